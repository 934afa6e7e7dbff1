"""The real program on a real X server, used by somebody: with the mouse, by keyboard, by ear.

What they do is told in `person_stories` and `person_tour`, and happens in the program's process.
Without Xvfb nothing here is collected.
"""

import contextlib
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest
from tests.e2e.person_stories import EXPORTED, QUESTION
from tests.helpers.adapters import first_word_pair, random_pair, write_adapter
from tests.helpers.tiny_model import END, write_tiny_model
from tests.helpers.x_server import XVFB, x_server

from large_enough.domain.round import Cancelled, Done, Mode, RoundRecord
from large_enough.resources.paths import HOME_VARIABLE, MODELS_VARIABLE
from large_enough.resources.settings import load_settings
from large_enough.store.run_log import list_rounds, read_round

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_S = 240
LEFT_OUT = ("QT_QPA_PLATFORM", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS")

ENDLESS = {"end": "length", "token_delay_s": 0.1}
RUNNERS = {
    "Ant": (1_000, {"text": "a short answer"}),
    "Hare": (
        1_000_000,
        {"tokens": ["hop ", "and "], **ENDLESS},
        {"text": "I hop and have arrived.", "token_delay_s": 0.05},
    ),
    "Tortoise": (
        9_000_000,
        {"tokens": ["step ", "by "], **ENDLESS},
        {"text": "Step by step I arrived, too.", "token_delay_s": 0.1},
    ),
}
"""Models by name: size in bytes, then answers. The two that run never end the first time."""
LINK = "[this page](https://example.org/large)"
CHARACTERS = {
    "Owl": (1_000, {"think": "Let me think of that.", "text": f"I thought. See {LINK}."}),
    "Mole": (5_000, {"text": "I dig and", "end": "crash_abort"}),
    "Snail": (9_000_000, {"text": "I answer slowly, but I do answer.", "token_delay_s": 0.15}),
}

SAYS = ("▁Yes", ".", END, "▁No")
TINY = "Tiny 1M Instruct"

Models = dict[str, tuple[object, ...]]


@pytest.fixture
def environment(tmp_path: Path, home_folder: Path) -> Iterator[dict[str, str]]:
    """A screen and a user of its own, with Qt's own dialogs and settings."""
    with x_server(tmp_path) as screen:
        yield {
            **{name: value for name, value in os.environ.items() if name not in LEFT_OUT},
            "DISPLAY": screen.display,
            "HOME": str(home_folder),
            "XDG_CONFIG_HOME": str(home_folder),
            "PYTHONPATH": os.pathsep.join((*filter(None, sys.path), str(ROOT))),
            HOME_VARIABLE: str(home_folder),
            MODELS_VARIABLE: str(tmp_path / "models"),
        }


@pytest.fixture
def live(tmp_path: Path, environment: dict[str, str]) -> Callable[..., None]:
    """Lives through a story with these models; fails if anything was not as it should be."""

    def live_through(story: str, models: Models) -> None:
        models_folder = Path(environment[MODELS_VARIABLE])
        write_models(models_folder, models)
        ended = subprocess.run(
            [sys.executable, "-m", "tests.e2e.person_stories", story, str(tmp_path)],
            env=environment,
            cwd=tmp_path,
            capture_output=True,
            text=True,
            timeout=PATIENCE_S,
            check=False,
        )
        diary = "\n".join(ended.stdout.splitlines()[-12:])
        story_so_far = f"{ended.stderr}\n{diary}\nMore, and perhaps a picture, in {tmp_path}"
        assert (ended.returncode, ended.stderr) == (0, ""), story_so_far
        assert processes_with(models_folder) == []

    return live_through


def write_models(folder: Path, models: Models) -> None:
    folder.mkdir(exist_ok=True)
    for name, (size_bytes, *answers) in models.items():
        script = {"name": name, "size_bytes": size_bytes, "answers": answers}
        (folder / f"{name}.echo.json").write_text(json.dumps(script), encoding="utf-8")


def write_tiny_family(folder: Path) -> None:
    """Write a model, an adapter for it, one whose model is not here, and a broken file."""
    folder.mkdir()
    write_tiny_model(folder / "tiny-F32.gguf", SAYS, metadata={"general.name": TINY})
    no_sayer = {"output.weight": first_word_pair(SAYS, "▁No")}
    write_adapter(folder / "no-sayer.gguf", no_sayer, base_model=TINY)
    lonely = {"output.weight": random_pair(7, 7)}
    write_adapter(folder / "lonely.gguf", lonely, base_model="Mistral 7B")
    (folder / "broken.gguf").write_bytes(b"nothing of that kind")


def processes_with(models_folder: Path) -> list[str]:
    """Return the command lines of all processes that were given this folder: it, and workers."""
    found = []
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error):
            if process.environ().get(MODELS_VARIABLE) == str(models_folder):
                found.append(" ".join(process.cmdline()))
    return found


def rounds_in(home: Path) -> list[RoundRecord]:
    """Return the recorded rounds, the first one first."""
    found = (read_round(Path(each.path)) for each in list_rounds(home / "data" / "rounds"))
    return sorted(found, key=lambda record: record.started_utc)


def check_what_is_left(home: Path, folder: Path) -> None:
    stopped, finished = rounds_in(home)
    assert (stopped.plan.mode, finished.plan.mode) == (Mode.TOGETHER, Mode.MEASURED)
    assert [record.plan.prompt for record in (stopped, finished)] == [QUESTION, QUESTION]
    assert [type(result) for result in stopped.results] == [Cancelled, Cancelled]
    answers = [result.answer.text for result in finished.results if isinstance(result, Done)]
    assert answers == ["I hop and have arrived.", "Step by step I arrived, too."]
    page = (folder / EXPORTED).read_text(encoding="utf-8")
    assert page.rstrip().endswith("</html>")
    assert all(text in page for text in (QUESTION, "Hare", "Tortoise", *answers))
    assert load_settings(home / "config")[0].language == "de"


if XVFB:

    def test_all_of_it_with_the_mouse(live: Callable[..., None], home_folder: Path, tmp_path: Path):
        live("by_mouse", RUNNERS)
        check_what_is_left(home_folder, tmp_path)

    def test_all_of_it_by_keyboard(live: Callable[..., None], home_folder: Path, tmp_path: Path):
        live("by_keyboard", RUNNERS)
        check_what_is_left(home_folder, tmp_path)

    @pytest.mark.model
    def test_a_real_model_beside_a_scripted_one(
        live: Callable[..., None], home_folder: Path, tmp_path: Path, smollm2_path: Path
    ):
        (tmp_path / "models").mkdir()
        (tmp_path / "models" / smollm2_path.name).symlink_to(smollm2_path)
        live("with_real_model", {"Hare": (1_000, {"text": "I hop."})})
        (record,) = rounds_in(home_folder)
        assert [type(result) for result in record.results] == [Done, Done]

    def test_copies_adapters_and_what_is_set_apart(live: Callable[..., None], tmp_path: Path):
        write_tiny_family(tmp_path / "models")
        live("models_by_mouse", {"Hare": (1_000, {"text": "I hop."})})
        assert not list((tmp_path / "models").glob("*Q8_0*"))

    def test_everything_can_be_told_by_a_screen_reader(live: Callable[..., None]):
        live("tour", CHARACTERS)

    def test_the_first_screen_can_be_told_by_a_screen_reader(live: Callable[..., None]):
        live("first_tour", {})
