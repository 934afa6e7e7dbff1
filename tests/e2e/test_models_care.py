"""`large-enough models` show, verify, add, remove and the filters of list: the real program."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.helpers.catalogue_entries import tiny_file
from tests.helpers.gguf_files import write_gguf

from large_enough.catalog.fetch import Arrival
from large_enough.catalog.origins import Origins
from large_enough.domain.clock import SystemClock


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "models"


def run(folder: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "large_enough", "models", *arguments],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        stdin=subprocess.DEVNULL,
        env={**os.environ, "LARGE_ENOUGH_MODELS": str(folder)},
    )


def fetched(folder: Path, name: str = "tiny-1m-f32.gguf") -> Path:
    path = write_gguf(folder / name)
    file = tiny_file(path.read_bytes())
    arrival = Arrival(file, path, file.sources[0], "c0ffee")
    Origins(folder).record(arrival, SystemClock(), is_pinned=False)
    return path


class TestShow:
    """`models show`."""

    def test_a_model_that_is_here(self, folder: Path) -> None:
        path = fetched(folder)
        finished = run(folder, "show", "tiny", "--sha256")
        assert finished.returncode == 0, finished.stderr
        for words in (
            "Tiny 1M",
            " bits per weight",
            "512 tokens",
            "Hugging Face, someone/tiny",
            "c0ffee",
            str(path),
            tiny_file(path.read_bytes()).sha256,
        ):
            assert words in finished.stdout

    def test_as_json(self, folder: Path) -> None:
        fetched(folder)
        document = json.loads(run(folder, "show", "tiny", "--json").stdout)
        assert document["schema_version"] == 1
        assert document["card"]["quantisation"] == "F32"
        assert document["origin"]["repository"] == "someone/tiny"
        assert document["card"]["sha256"]["type"] == "unavailable"

    def test_a_model_of_the_catalogue(self, folder: Path) -> None:
        finished = run(folder, "show", "gemma-3-1b-it")
        assert finished.returncode == 0, finished.stderr
        assert "prohibited-use policy" in finished.stdout
        assert "large-enough models get gemma-3-1b-it" in finished.stdout
        finished = run(folder, "show", "saul-7b-instruct-v1")
        assert "the publisher's own is taken at download time" in finished.stdout
        document = json.loads(run(folder, "show", "saul-7b-instruct-v1", "--json").stdout)
        assert document["entry"]["sha256"]["type"] == "unavailable"

    def test_nobodys_name(self, folder: Path) -> None:
        assert run(folder, "show", "nobody").returncode == 2
        folder.mkdir()
        (folder / "page.gguf").write_text("<html>", encoding="utf-8")
        assert run(folder, "show", str(folder / "page.gguf")).returncode == 1


class TestVerify:
    """`models verify`."""

    def test_tells_intact_from_changed_and_unknown(self, folder: Path) -> None:
        fetched(folder)
        changed = fetched(folder, "changed-1m-f32.gguf")
        write_gguf(folder / "mine-1m-f32.gguf")
        finished = run(folder, "verify", "tiny-1m-f32.gguf", "mine")
        assert finished.returncode == 0, finished.stderr
        assert "intact, as it was when it was fetched" in finished.stdout
        assert "no checksum is known" in finished.stdout
        content = bytearray(changed.read_bytes())
        content[-1] ^= 1
        changed.write_bytes(content)
        finished = run(folder, "verify")
        assert finished.returncode == 1
        assert "NOT the published file" in finished.stdout

    def test_as_json(self, folder: Path) -> None:
        fetched(folder)
        document = json.loads(run(folder, "verify", "--json").stdout)
        (file,) = document["files"]
        assert (file["verdict"], file["known_by"]) == ("intact", "record")

    def test_nobodys_name(self, folder: Path) -> None:
        assert run(folder, "verify", "nobody").returncode == 2


class TestRemove:
    """`models remove`."""

    def test_asks_and_takes_silence_for_a_no(self, folder: Path) -> None:
        path = fetched(folder)
        finished = run(folder, "remove", "tiny")
        assert finished.returncode == 1
        assert "Add --yes to remove it" in finished.stderr
        assert path.exists()

    def test_says_what_it_frees(self, folder: Path) -> None:
        path = fetched(folder)
        finished = run(folder, "remove", "tiny", "--yes")
        assert finished.returncode == 0, finished.stderr
        assert "that frees 42 kB" in finished.stdout
        assert not path.exists()

    def test_not_what_was_not_fetched(self, folder: Path) -> None:
        path = write_gguf(folder / "mine-1m-f32.gguf")
        finished = run(folder, "remove", "mine", "--yes")
        assert finished.returncode == 1
        assert "was neither fetched nor made by Large Enough" in " ".join(finished.stderr.split())
        assert path.exists()

    def test_one_that_stays_keeps_all(self, folder: Path) -> None:
        path = fetched(folder)
        write_gguf(folder / "mine-1m-f32.gguf")
        assert run(folder, "remove", "tiny-1m-f32.gguf", "mine", "--yes").returncode == 1
        assert path.exists()


class TestAdd:
    """`models add`."""

    def test_a_path_is_listed_and_can_be_dropped_again(self, folder: Path, tmp_path: Path) -> None:
        path = write_gguf(tmp_path / "far" / "mine-1m-f32.gguf")
        for place in (path, path.parent):
            finished = run(folder, "add", str(place))
            assert finished.returncode == 0, finished.stderr
            assert "stays where it is" in finished.stdout
        assert not folder.exists()
        assert run(folder, "list").stdout.count(str(path)) == 1
        assert run(folder, "remove", str(path.parent)).returncode == 0
        finished = run(folder, "remove", "mine")
        assert "no longer listed" in finished.stdout
        assert "mine-1m-f32.gguf" not in run(folder, "list").stdout
        assert path.exists()

    def test_a_link_or_a_copy(self, folder: Path, tmp_path: Path) -> None:
        path = write_gguf(tmp_path / "far" / "mine-1m-f32.gguf")
        assert run(folder, "add", str(path), "--copy").returncode == 0
        assert run(folder, "add", str(path), "--link").returncode == 1
        assert (folder / path.name).read_bytes() == path.read_bytes()
        assert run(folder, "add", str(path.parent), "--link").returncode == 1

    def test_what_is_no_model_is_not_added(self, folder: Path, tmp_path: Path) -> None:
        path = write_gguf(tmp_path / "mine-1m-f32.gguf")
        assert run(folder, "add", str(path), str(tmp_path / "gone.gguf")).returncode == 1
        assert "mine-1m" not in run(folder, "list").stdout


class TestListOfAKind:
    """`models list --family --domain`."""

    def test_filters(self, folder: Path) -> None:
        write_gguf(folder / "tiny-1m-f32.gguf")
        medical = run(folder, "list", "--domain", "medical").stdout
        assert "biomistral-7b" in medical
        assert "qwen3-4b" not in medical
        assert "Tiny 1M" not in medical
        family = run(folder, "list", "--family", "QWEN 3").stdout
        assert "qwen3-0.6b" in family
        assert "qwen2.5" not in family
        assert "Tiny 1M" in run(folder, "list", "--family", "tiny").stdout
        document = json.loads(run(folder, "list", "--family", "tinyllama", "--json").stdout)
        assert [entry["id"] for entry in document["catalogue"]] == ["tinyllama-1.1b-chat-v1.0"]
        assert run(folder, "list", "--domain", "cooking").returncode == 2
