import queue
import threading
from collections.abc import Iterator

import pytest
from tests.helpers.fake_clock import FakeClock

from large_enough.domain.quantity import Count, Unavailable
from large_enough.domain.resource_use import MemorySample
from large_enough.measure.sampler import MemorySampler, PauseTicker

PATIENCE_S = 30.0


class ManualTicker:
    """Lets the sampler take one round of readings for each tick."""

    def __init__(self) -> None:
        self.pauses_s: list[float] = []
        self._permits: queue.Queue[bool] = queue.Queue()
        self._arrivals: queue.Queue[None] = queue.Queue()

    def wait(self, pause_s: float) -> bool:
        self.pauses_s.append(pause_s)
        self._arrivals.put(None)
        return self._permits.get(timeout=PATIENCE_S)

    def close(self) -> None:
        self._permits.put(False)

    def arrive(self) -> None:
        """Return when the sampler waits for the next tick."""
        self._arrivals.get(timeout=PATIENCE_S)

    def tick(self) -> None:
        """Return when the sampler has taken its readings."""
        self._permits.put(True)
        self.arrive()


class FakeReader:
    method = "fake"

    def __init__(self, clock: FakeClock) -> None:
        self.clock = clock
        self.working_bytes: Count = 10
        self.weights_bytes: Count = 100
        self.resident_bytes = 120
        self.cost_s = 0.0
        self.is_gone = False
        self.error: Exception | None = None
        self.can_reset = True
        self.peak_bytes: Count = 150
        self.resets: list[int] = []
        self.reads: list[tuple[int, int]] = []

    def read(self, process_id: int, model_file_bytes: int) -> MemorySample | None:
        self.reads.append((process_id, model_file_bytes))
        self.clock.advance(self.cost_s)
        if self.error is not None:
            raise self.error
        if self.is_gone:
            return None
        return MemorySample(
            t_ns=self.clock.monotonic_ns(),
            resident_bytes=self.resident_bytes,
            weights_bytes=self.weights_bytes,
            working_bytes=self.working_bytes,
        )

    def peak_resident_bytes(self, process_id: int) -> Count:
        return self.peak_bytes

    def reset_peak(self, process_id: int) -> bool:
        self.resets.append(process_id)
        if self.error is not None:
            raise self.error
        return self.can_reset


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def reader(clock: FakeClock) -> FakeReader:
    return FakeReader(clock)


@pytest.fixture
def ticker() -> ManualTicker:
    return ManualTicker()


@pytest.fixture
def sampler(reader: FakeReader, clock: FakeClock, ticker: ManualTicker) -> Iterator[MemorySampler]:
    sampler = MemorySampler(reader, clock, 0.15, ticker)
    yield sampler
    sampler.close()


@pytest.fixture
def samples(sampler: MemorySampler, ticker: ManualTicker) -> list[MemorySample]:
    """What the listener of worker A (process 7) was given."""
    taken: list[MemorySample] = []
    sampler.watch("A", 7, 1000, taken.append)
    ticker.arrive()
    return taken


def test_samples_are_handed_out(samples, reader, ticker) -> None:
    ticker.tick()
    reader.working_bytes = 20
    ticker.tick()
    assert [sample.working_bytes for sample in samples] == [10, 20]
    assert reader.reads == [(7, 1000)] * 2


def test_a_window_holds_the_highest_need(sampler, samples, reader, ticker) -> None:
    sampler.begin("A")
    for working_bytes in (10, 50, 30):
        reader.working_bytes = working_bytes
        ticker.tick()
    use = sampler.end("A")
    assert (use.needed_bytes, use.weights_bytes, use.working_bytes) == (150, 100, 50)
    assert use.sample_count == 5
    assert use.method == "fake"


def test_an_answer_shorter_than_the_period_has_two_readings(sampler, samples, reader) -> None:
    sampler.begin("A")
    reader.working_bytes = 70
    use = sampler.end("A")
    assert (use.needed_bytes, use.sample_count) == (170, 2)
    assert samples == []


def test_windows_are_of_one_answer(sampler, samples, reader) -> None:
    reader.working_bytes = 900
    sampler.begin("A")
    assert sampler.end("A").needed_bytes == 1000
    reader.working_bytes = 1
    sampler.begin("A")
    assert sampler.end("A").needed_bytes == 101
    assert reader.resets == [7, 7]


def test_the_peak_is_the_systems_own_where_it_starts_anew(sampler, samples, reader) -> None:
    sampler.begin("A")
    assert sampler.end("A").peak_resident_bytes == 150
    reader.peak_bytes = 5
    sampler.begin("A")
    assert sampler.end("A").peak_resident_bytes == 120
    reader.peak_bytes = Unavailable(reason="gone")
    sampler.begin("A")
    assert sampler.end("A").peak_resident_bytes == 120


def test_the_peak_is_the_highest_reading_elsewhere(sampler, samples, reader) -> None:
    reader.can_reset = False
    sampler.begin("A")
    reader.resident_bytes = 130
    assert sampler.end("A").peak_resident_bytes == 130


@pytest.mark.parametrize("part", ["working_bytes", "weights_bytes"])
def test_parts_the_system_does_not_tell(sampler, samples, reader, part: str) -> None:
    setattr(reader, part, Unavailable(reason="not told apart"))
    sampler.begin("A")
    reader.resident_bytes = 130
    use = sampler.end("A")
    assert use.needed_bytes == Unavailable(reason="not told apart")
    assert use.peak_resident_bytes == 150


def test_a_worker_that_dies_keeps_its_readings(sampler, samples, reader, ticker) -> None:
    sampler.begin("A")
    reader.is_gone = True
    ticker.tick()
    use = sampler.end("A")
    assert (use.needed_bytes, use.sample_count) == (110, 1)
    assert samples == []


def test_a_worker_that_was_gone_before(sampler, samples, reader) -> None:
    reader.is_gone = True
    sampler.begin("A")
    use = sampler.end("A")
    assert use.needed_bytes == Unavailable(reason="its process was gone")
    assert use.sample_count == 0


def test_windows_nobody_opened(sampler, samples) -> None:
    for key in ("A", "B"):
        assert sampler.end(key).needed_bytes == Unavailable(reason="it was not watched")
    sampler.begin("B")
    assert isinstance(sampler.end("B").needed_bytes, Unavailable)


def test_a_reading_that_fails_ends_nothing(
    sampler, samples, reader, ticker, expected_warnings
) -> None:
    expected_warnings.allow("reading the memory of process 7 failed")
    reader.error = RuntimeError("strange")
    ticker.tick()
    ticker.tick()
    sampler.begin("A")
    assert sampler.end("A").sample_count == 0
    reader.error = None
    ticker.tick()
    assert len(samples) == 1


def test_a_listener_that_fails_ends_nothing(sampler, ticker, expected_warnings) -> None:
    expected_warnings.allow("reading the memory of process 7 failed")
    taken: list[MemorySample] = []

    def fail(sample: MemorySample) -> None:
        taken.append(sample)
        raise RuntimeError

    sampler.watch("A", 7, 1000, fail)
    ticker.arrive()
    ticker.tick()
    ticker.tick()
    assert len(taken) == 2


def test_several_workers_on_one_thread(sampler, samples, reader, ticker) -> None:
    threads: list[threading.Thread] = []
    sampler.watch("B", 8, 2000, lambda _sample: threads.append(threading.current_thread()))
    ticker.tick()
    assert reader.reads == [(7, 1000), (8, 2000)]
    assert len(samples) == len(threads) == 1
    assert threads[0] is not threading.current_thread()
    assert threads[0].daemon


def test_a_worker_not_watched_any_more_is_not_read(sampler, samples, reader, ticker) -> None:
    sampler.unwatch("A")
    sampler.unwatch("A")
    read = threading.Event()
    ticker._permits.put(True)  # the sampler waits for somebody to watch now
    sampler.watch("B", 8, 1, lambda _sample: read.set())
    assert read.wait(PATIENCE_S)
    assert reader.reads == [(8, 1)]
    assert samples == []


def test_a_worker_dropped_by_its_own_listener(sampler, ticker, reader) -> None:
    taken: list[MemorySample] = []

    def drop(sample: MemorySample) -> None:
        taken.append(sample)
        sampler.unwatch("B")

    sampler.watch("A", 7, 1, drop)
    sampler.watch("B", 8, 1, taken.append)
    ticker.arrive()
    ticker.tick()
    assert len(taken) == 1


def test_the_pace_includes_the_reading_itself(sampler, samples, reader, ticker) -> None:
    reader.cost_s = 0.05
    ticker.tick()
    reader.cost_s = 9.0
    ticker.tick()
    assert ticker.pauses_s == [0.0, pytest.approx(0.10), 0.0]


def test_closing_ends_the_thread(sampler, samples, ticker) -> None:
    sampler.close()
    sampler.close()
    sampler.watch("B", 8, 1, samples.append)
    assert sampler.end("B").sample_count == 0
    assert not any(thread.name == "memory" for thread in threading.enumerate())


def test_closing_while_nobody_is_watched(sampler, samples, ticker) -> None:
    sampler.unwatch("A")
    ticker._permits.put(True)
    sampler.close()
    assert not any(thread.name == "memory" for thread in threading.enumerate())


def test_closing_from_a_listener(reader, clock, ticker) -> None:
    closed = threading.Event()
    sampler = MemorySampler(reader, clock, 0.15, ticker)

    def close(_sample: MemorySample) -> None:
        sampler.close()
        closed.set()

    sampler.watch("A", 7, 1, close)
    ticker._permits.put(True)
    assert closed.wait(PATIENCE_S)
    sampler.close()


def test_real_time(reader, clock) -> None:
    arrived = threading.Event()
    remaining = [3]

    def count(_sample: MemorySample) -> None:
        remaining[0] -= 1
        if remaining[0] == 0:
            arrived.set()

    sampler = MemorySampler(reader, clock, 0.001)
    sampler.watch("A", 7, 1, count)
    assert arrived.wait(PATIENCE_S)
    sampler.close()


def test_the_pause_ticker() -> None:
    ticker = PauseTicker()
    assert ticker.wait(0.0)
    ticker.close()
    assert not ticker.wait(PATIENCE_S)
