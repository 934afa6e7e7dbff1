"""Several answers at once, as the worker's loop sees them."""

import threading

import pytest
from tests.helpers.fake_clock import FakeClock
from tests.helpers.fake_seats import FakeSeats
from tests.helpers.raw_worker import ask
from tests.helpers.running_loop import LOAD, FakeBackend, RunningLoop

from large_enough.domain.errors import FailureKind
from large_enough.domain.generation import (
    FinishReason,
)
from large_enough.protocol.messages import (
    Cancel,
    Choose,
    Chosen,
    CountTokens,
    Event,
    Failed,
    Generate,
    Generated,
    TokensCounted,
)
from large_enough.worker.answer_batch import AnswerBatch


class Held:
    """Holds a batch's steps until it is told to let them go."""

    def __init__(self) -> None:
        self.is_open = threading.Event()
        self.entered = threading.Event()

    def __call__(self) -> bool:
        self.entered.set()
        return self.is_open.wait(10)


@pytest.fixture
def seats(backend: FakeBackend) -> FakeSeats:
    """Give the backend three seats."""
    clock = FakeClock()
    seats = FakeSeats(clock)
    backend.batch = AnswerBatch(seats, clock)
    return seats


def ends(loop: RunningLoop, count: int) -> dict[int | None, Event]:
    """Return how so many requests ended."""
    found: dict[int | None, Event] = {}
    while len(found) < count:
        event = loop.next()
        if isinstance(event, Generated | Chosen | Failed | TokensCounted):
            assert event.request_id not in found
            found[event.request_id] = event
    return found


def text_of(event: Event) -> str:
    assert isinstance(event, Generated)
    return event.answer.text.strip()


def test_several_at_once_and_more_in_line(loop: RunningLoop, seats: FakeSeats) -> None:
    loop.next()
    words = {number: f"this is {number}" for number in range(1, 8)}
    loop.send(LOAD, *(Generate(request_id=n, request=ask(text)) for n, text in words.items()))
    found = ends(loop, 7)
    assert {number: text_of(event) for number, event in found.items()} == words
    assert set(seats.closed) == {0, 1, 2}


def test_counting_does_not_wait_for_answers(loop: RunningLoop, seats: FakeSeats) -> None:
    seats.before_step = held = Held()
    loop.next()
    loop.send(LOAD, Generate(request_id=1, request=ask("one")))
    loop.next()
    assert held.entered.wait(10)
    loop.send(CountTokens(request_id=2, requests=(ask("abc"),)))
    held.is_open.set()
    assert set(ends(loop, 2)) == {1, 2}


def test_a_cancel_of_one_among_several(
    loop: RunningLoop, seats: FakeSeats, backend: FakeBackend
) -> None:
    seats.before_step = held = Held()
    loop.next()
    loop.send(LOAD, *(Generate(request_id=n, request=ask(f"this is {n}")) for n in (1, 2)))
    loop.next()
    assert held.entered.wait(10)
    loop.send(Cancel(request_id=1), Cancel(request_id=3))
    assert backend.cancelled.wait(10)
    loop.send(*(Generate(request_id=n, request=ask(f"this is {n}")) for n in (3, 4)))
    held.is_open.set()
    found = ends(loop, 4)
    for number, event in found.items():
        assert isinstance(event, Generated)
        wanted = FinishReason.CANCELLED if number in (1, 3) else FinishReason.END_OF_TEXT
        assert event.answer.finish is wanted
    assert not backend.cancelled.is_set()


def test_one_that_cannot_be_answered_leaves_the_others(loop: RunningLoop, seats: FakeSeats) -> None:
    del seats
    loop.next()
    prompts = {1: "one", 2: "!refused", 3: "x !broken", 4: "four"}
    loop.send(LOAD, *(Generate(request_id=n, request=ask(text)) for n, text in prompts.items()))
    loop.send(Choose(request_id=5, request=ask("five"), labels=("A", "A")))
    found = ends(loop, 5)
    assert (text_of(found[1]), text_of(found[4])) == ("one", "four")
    kinds = {}
    for number in (2, 3, 5):
        event = found[number]
        assert isinstance(event, Failed)
        kinds[number] = event.error.kind
    assert kinds == {
        2: FailureKind.PROMPT_TOO_LONG,
        3: FailureKind.ENGINE_REFUSED,
        5: FailureKind.BAD_SETTING,
    }


def test_a_fault_fails_those_at_work_and_it_lives_on(
    loop: RunningLoop, seats: FakeSeats, backend: FakeBackend
) -> None:
    held = Held()

    def fail() -> bool:
        held()
        raise KeyError("a fault of ours")

    seats.before_step = fail
    loop.next()
    loop.send(LOAD, *(Generate(request_id=n, request=ask("x")) for n in (1, 2, 3, 4)))
    loop.next()
    assert held.entered.wait(10)
    seats.before_step = lambda: True
    held.is_open.set()
    found = ends(loop, 4)
    failed = [number for number, event in found.items() if isinstance(event, Failed)]
    answered = [number for number, event in found.items() if isinstance(event, Generated)]
    assert len(failed) + len(answered) == 4
    assert 1 in failed
    assert 4 in answered
    assert not backend.cancelled.is_set()
