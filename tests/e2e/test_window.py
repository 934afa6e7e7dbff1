"""The real window as a process of its own, with real (scripted) workers."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest
from tests.helpers.real_window import PATIENCE_S, Window, windows

from large_enough.domain.round import RoundRecord
from large_enough.resources.settings import load_settings
from large_enough.store.run_log import list_rounds, read_round


def write_script(path: Path, name: str, **answer: object) -> Path:
    path.write_text(json.dumps({"name": name, "answers": [answer]}), encoding="utf-8")
    return path


@pytest.fixture
def endless(tmp_path: Path) -> list[Path]:
    """Two models that would answer for minutes."""
    answer = {"tokens": ["on ", "and "], "end": "length", "token_delay_s": 0.5}
    names = ("Ant", "Dinosaur")
    return [write_script(tmp_path / f"{name}.echo.json", name, **answer) for name in names]


@pytest.fixture
def quick(tmp_path: Path) -> list[Path]:
    """Two models that answer at once; the second one breaks."""
    return [
        write_script(tmp_path / "quick.echo.json", "Quick", text="a short answer"),
        write_script(tmp_path / "broken.echo.json", "Broken", text="half of", end="crash_abort"),
    ]


@pytest.fixture
def start(home_folder: Path, tmp_path: Path) -> Iterator[Callable[..., Window]]:
    """Opens windows; what is left of them is killed after the test."""
    with windows(home_folder, tmp_path / "no-models") as start_window:
        yield start_window


def asking(models: list[Path]) -> list[str]:
    names = [part for model in models for part in ("--model", str(model))]
    return [*names, "--prompt", "Why?", "--ask"]


def running(window: Window, worker_count: int) -> Callable[[], bool]:
    return lambda: len(window.workers()) >= worker_count


def has_log(window: Window) -> bool:
    return window.rounds_folder.is_dir() and bool(list_rounds(window.rounds_folder))


def test_killing_the_window_leaves_no_worker(start: Callable[..., Window], endless: list[Path]):
    window = start(*asking(endless))
    window.wait_for(running(window, 2))
    window.process.kill()
    window.process.wait(PATIENCE_S)
    window.wait_for_no_worker()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_cleanly_in_the_middle_of_a_round(
    start: Callable[..., Window], endless: list[Path], number: signal.Signals
):
    window = start(*asking(endless))
    window.wait_for(running(window, 2))
    window.process.send_signal(number)
    _output, errors = window.process.communicate(timeout=PATIENCE_S)
    assert window.process.returncode == 0
    assert b"Traceback" not in errors
    window.wait_for_no_worker()


def test_a_round_is_recorded_and_a_broken_model_costs_only_itself(
    start: Callable[..., Window], quick: list[Path]
):
    window = start(*asking(quick))
    window.wait_for(lambda: has_log(window) and len(newest(window).results) == 2)
    record = newest(window)
    results = {result.letter: type(result).__name__ for result in record.results}
    assert results == {"A": "Done", "B": "Failed"}
    assert record.plan.prompt == "Why?"
    assert window.process.poll() is None
    window.process.terminate()
    window.process.communicate(timeout=PATIENCE_S)
    assert window.process.returncode == 0
    window.wait_for_no_worker()
    settings, _problem = load_settings(window.home / "config")
    assert settings.last_contenders == tuple(str(path) for path in quick)


def test_without_models_it_opens_and_ends_too(start: Callable[..., Window]):
    window = start()
    window.wait_for(lambda: bool(psutil.Process(window.process.pid).num_threads() > 1))
    window.process.terminate()
    _output, errors = window.process.communicate(timeout=PATIENCE_S)
    assert b"Traceback" not in errors


def newest(window: Window) -> RoundRecord:
    return read_round(Path(list_rounds(window.rounds_folder)[0].path))


def test_the_window_loads_nothing_that_it_does_not_need(tmp_path: Path):
    code = """
import os, sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from large_enough.ui.app import Session, read_options
from large_enough.ui.settings_keeper import SettingsKeeper
application = QApplication([])
keeper = SettingsKeeper(Path(os.environ["LARGE_ENOUGH_HOME"]))
session = Session(application, os.environ, keeper, read_options([]))
session.start()
QTimer.singleShot(300, application.quit)
code = application.exec()
session.close()
heavy = {"numpy", "llama_cpp", "rich", "huggingface_hub", "pip", "asyncio", "jinja2"}
print(sorted(heavy & set(sys.modules)), code)
"""
    ended = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=True,
        env={
            **os.environ,
            "QT_QPA_PLATFORM": "offscreen",
            "LARGE_ENOUGH_MODELS": str(tmp_path),
        },
    )
    assert ended.stdout.split("\n")[0] == "[] 0"
