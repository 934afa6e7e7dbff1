"""Several fetches beside a window, with sources and a disk that are made up."""

import contextlib
import threading
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from tests.helpers.catalogue_entries import tiny_entry

from large_enough.catalog.catalogue import CatalogueEntry
from large_enough.catalog.fetch import SPARE_BYTES, FetchProgress, FetchTools
from large_enough.catalog.identity import FileHashes
from large_enough.catalog.job import FetchJob, unreachable
from large_enough.catalog.sources import HuggingFaceSource, WheelsSource
from large_enough.comparison.fetch_items import GOING_ON, FetchItem, FetchState
from large_enough.comparison.fetching import FetchDesk
from large_enough.domain.errors import FailureKind, FetchError, RequestError

CONTENT = bytes(range(256)) * 40
HALF = len(CONTENT) // 2
PATIENCE_S = 30.0
ANT, BEE = tiny_entry(CONTENT, identifier="ant"), tiny_entry(CONTENT, identifier="bee")


class World:
    """A desk, its models folder, and sources that obey the test."""

    def __init__(self, models: Path) -> None:
        self.models = models
        self.asked: list[str] = []
        self.held: set[str] = set()
        """Files of which half comes, and the rest only once `may_go_on`."""
        self.may_go_on = threading.Event()
        self.is_offline = False
        self.free_bytes = 1 << 40
        self.address = "https://hub.example"
        self.environs: list[Mapping[str, str]] = []
        self.fault: Exception | None = None
        self.desk = self.open()

    def open(self) -> FetchDesk:
        tools = FetchTools(self._bring_hub, self._bring_wheels, lambda _folder: self.free_bytes)
        hashes = FileHashes(self.models.parent / "hashes.json")
        self.desk = FetchDesk(self.models, (ANT, BEE), hashes, self._environ, tools=tools)
        self.desk.take_up()
        return self.desk

    def item(self, entry: CatalogueEntry) -> FetchItem:
        return next(item for item in self.desk.items if item.id == entry.id)

    def wait_for(self, entry: CatalogueEntry, state: FetchState) -> FetchItem:
        self.wait_until(lambda: self.item(entry).state is state)
        return self.item(entry)

    def wait_until(self, holds: Callable[[], bool]) -> None:
        tick, passed_s = threading.Event(), 0.0
        while not holds():
            assert passed_s < PATIENCE_S, self.desk.items
            tick.wait(0.01)
            passed_s += 0.01

    def wait_for_half(self, entry: CatalogueEntry) -> None:
        self.wait_until(lambda: self.has_half(entry))

    def has_half(self, entry: CatalogueEntry) -> bool:
        part = self.models / f"{entry.file_name}.part"
        return part.exists() and part.stat().st_size >= HALF

    def has_half_of_any(self) -> bool:
        return self.has_half(ANT) or self.has_half(BEE)

    def _environ(self) -> Mapping[str, str]:
        if not self.address:
            raise RequestError(FailureKind.BAD_SETTING, "hub_address")
        return {"HF_ENDPOINT": self.address}

    def _bring_wheels(self, source: WheelsSource, job: FetchJob) -> bool:
        raise AssertionError

    def _bring_hub(self, source: HuggingFaceSource, job: FetchJob) -> bool:
        self.asked.append(f"{job.file.file_name} from {job.have_bytes}")
        self.environs.append(job.environ)
        if self.fault is not None:
            raise self.fault
        if self.is_offline:
            raise unreachable(job, "no route")
        if job.file.file_name in self.held and not job.have_bytes:
            job.unfinished_path.write_bytes(CONTENT[:HALF])
            job.meter.report(HALF)
            while not self.may_go_on.wait(0.01):
                if job.is_cancelled():
                    return False
        with job.unfinished_path.open("ab") as file:
            file.write(CONTENT[job.have_bytes :])
        job.meter.report(job.have_bytes)
        return True


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path / "models")
    yield made
    made.may_go_on.set()
    made.desk.close()


def test_what_is_wanted_comes_in_turn(world: World) -> None:
    world.held = {ANT.file_name}
    world.desk.want(ANT)
    world.wait_for_half(ANT)
    world.desk.want(BEE)
    world.wait_for(BEE, FetchState.WAITING)
    assert [item.name for item in world.desk.items] == ["Ant Catalogue", "Bee Catalogue"]
    world.may_go_on.set()
    world.wait_for(ANT, FetchState.DONE)
    world.wait_for(BEE, FetchState.DONE)
    assert sorted(path.name for path in world.models.glob("*.gguf")) == ["ant.gguf", "bee.gguf"]


def test_what_is_on_its_way_is_wanted_once(world: World) -> None:
    world.held = {ANT.file_name}
    world.desk.want(ANT)
    world.wait_for_half(ANT)
    world.desk.want(ANT)
    world.may_go_on.set()
    world.wait_for(ANT, FetchState.DONE)
    assert world.asked == ["ant.gguf from 0"]


def test_one_that_is_paused_lets_the_next_come_and_goes_on_where_it_stopped(world: World) -> None:
    world.held = {ANT.file_name}
    world.desk.want(ANT)
    world.wait_for_half(ANT)
    world.desk.pause(ANT.id)
    world.desk.want(BEE)
    world.wait_for(BEE, FetchState.DONE)
    paused = world.item(ANT)
    assert (paused.state, paused.arrived_bytes, paused.size_bytes) == (
        FetchState.PAUSED,
        HALF,
        len(CONTENT),
    )
    world.desk.resume(ANT.id)
    world.wait_for(ANT, FetchState.DONE)
    assert world.asked[-1] == f"ant.gguf from {HALF}"


def test_one_that_is_removed_leaves_nothing(world: World) -> None:
    world.held = {ANT.file_name}
    world.desk.want(ANT)
    world.wait_for_half(ANT)
    world.desk.remove(ANT.id)
    assert world.desk.items == ()
    world.wait_until(lambda: not list(world.models.glob("ant.gguf*")))


def test_what_was_not_over_is_there_paused_the_next_time(world: World) -> None:
    world.held = {ANT.file_name}
    world.desk.want(ANT)
    world.wait_for_half(ANT)
    world.desk.close()
    world.asked.clear()
    world.open()
    (item,) = world.desk.items
    assert (item.id, item.state, item.arrived_bytes) == (ANT.id, FetchState.PAUSED, HALF)
    assert world.asked == []  # nobody has asked for it yet
    world.desk.resume(ANT.id)
    world.wait_for(ANT, FetchState.DONE)
    world.desk.close()
    assert world.open().items == ()


def test_no_network_is_a_failure_that_can_be_tried_again(world: World) -> None:
    world.is_offline = True
    world.desk.want(ANT)
    error = world.wait_for(ANT, FetchState.FAILED).error
    assert error is not None
    assert error.kind is FailureKind.NO_NETWORK
    world.is_offline = False
    world.desk.resume(ANT.id)
    assert world.wait_for(ANT, FetchState.DONE).error is None


def test_a_disk_that_is_too_small_for_all_refuses_the_last_one(world: World) -> None:
    world.held = {ANT.file_name}
    world.free_bytes = SPARE_BYTES + len(CONTENT) + HALF - 1
    world.desk.want(ANT)
    world.wait_for_half(ANT)
    world.desk.want(BEE)
    error = world.wait_for(BEE, FetchState.FAILED).error
    assert error is not None
    assert error.kind is FailureKind.DISK_FULL
    world.may_go_on.set()
    world.wait_for(ANT, FetchState.DONE)


def test_an_address_that_cannot_be_used_is_told_and_another_one_is_taken(world: World) -> None:
    world.address = ""
    world.desk.want(ANT)
    error = world.wait_for(ANT, FetchState.FAILED).error
    assert error is not None
    assert error.kind is FailureKind.BAD_SETTING
    assert world.asked == []
    world.address = "https://mirror.example"
    world.desk.resume(ANT.id)
    world.wait_for(ANT, FetchState.DONE)
    assert world.environs == [{"HF_ENDPOINT": "https://mirror.example"}]


def test_a_fault_of_the_program_is_told_like_a_failure(world: World) -> None:
    world.fault = ValueError("no idea")
    world.desk.want(ANT)
    error = world.wait_for(ANT, FetchState.FAILED).error
    assert error is not None
    assert (error.kind, error.subject) == (FailureKind.INTERNAL, "no idea")
    world.fault = None
    world.desk.want(BEE)
    world.wait_for(BEE, FetchState.DONE)


class TestWaiting:
    """Wanting models and waiting for them; whichever is looked up first comes first."""

    def test_all_come(self, world: World) -> None:
        told: list[FetchProgress] = []

        def on_progress(progress: FetchProgress) -> None:
            told.append(progress)
            world.may_go_on.set()

        world.held = {ANT.file_name, BEE.file_name}
        assert world.desk.fetch((ANT, BEE), on_progress, lambda: False)
        assert told[0].entry_id in {ANT.id, BEE.id}
        assert {item.state for item in world.desk.items} == {FetchState.DONE}

    def test_cancelled(self, world: World) -> None:
        world.held = {ANT.file_name, BEE.file_name}
        assert not world.desk.fetch((ANT, BEE), print, world.has_half_of_any)
        assert {item.state for item in world.desk.items} == {FetchState.PAUSED}

    def test_a_failure(self, world: World) -> None:
        world.is_offline = True
        with pytest.raises(FetchError) as caught:
            world.desk.fetch((ANT, BEE), print, lambda: False)
        assert caught.value.info.kind is FailureKind.NO_NETWORK
        assert not any(item.state in GOING_ON for item in world.desk.items)


def test_nothing_begins_once_it_is_closed(world: World) -> None:
    world.desk.close()
    world.desk.want(ANT)
    with contextlib.closing(world.desk):
        assert world.asked == []


def test_what_has_all_arrived_but_was_not_checked_is_there_the_next_time(world: World) -> None:
    world.held = {ANT.file_name}
    world.desk.want(ANT)
    world.wait_for_half(ANT)
    world.desk.close()
    (world.models / f"{ANT.file_name}.part").write_bytes(CONTENT)
    (item,) = world.open().items
    assert (item.state, item.arrived_bytes) == (FetchState.PAUSED, len(CONTENT))
    world.desk.resume(ANT.id)
    world.wait_for(ANT, FetchState.DONE)
