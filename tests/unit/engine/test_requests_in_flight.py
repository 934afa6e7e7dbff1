"""What a worker, seen from the program, owes at a moment."""

import msgspec
import pytest
from tests.helpers.raw_worker import ask
from tests.helpers.records import make_card, make_context

from large_enough.domain.errors import ErrorInfo, FailureKind, ProtocolError
from large_enough.domain.generation import FinishReason, LoadSettings
from large_enough.engine.client import Exited
from large_enough.engine.fleet import Worker
from large_enough.protocol.messages import (
    Cancel,
    Choose,
    Chosen,
    Command,
    CountTokens,
    Failed,
    Generate,
    Text,
    TokensCounted,
)


class FakeClient:
    """Keeps what is sent."""

    def __init__(self) -> None:
        self.sent: list[Command] = []

    def send(self, command: Command) -> None:
        if isinstance(command, CountTokens) and len(command.requests) > 2:
            raise ProtocolError(FailureKind.PROTOCOL_BROKEN, detail="too long")
        self.sent.append(command)


class FakeHealth:
    """Keeps what it is asked."""

    def __init__(self) -> None:
        self.is_working: list[bool] = []

    def problem(self, now_s: float, *, is_started: bool, is_working: bool) -> ErrorInfo | None:
        del now_s, is_started
        self.is_working.append(is_working)
        return None


@pytest.fixture
def worker() -> Worker:
    loaded = msgspec.structs.replace(make_context().loaded, parallel_sequences=2)
    return Worker(
        worker_id=1,
        card=make_card("Some model"),
        load=LoadSettings(parallel_sequences=2),
        client=FakeClient(),  # type: ignore[arg-type]
        health=FakeHealth(),  # type: ignore[arg-type]
        loaded=loaded,
    )


def generate(request_id: int) -> Generate:
    return Generate(request_id=request_id, request=ask("Hi"))


def choose(request_id: int) -> Choose:
    return Choose(request_id=request_id, request=ask("Hi"), labels=("A", "B"))


def test_several_are_in_flight_until_each_is_answered(worker: Worker) -> None:
    first, second = worker.ask(generate), worker.ask(choose)
    assert first != second
    assert worker.in_flight == {first, second}
    assert not worker.has_room
    assert worker.take_note(Text(request_id=first, text="Hi", token_count=1, t_s=0)) == frozenset()
    assert worker.take_note(Chosen(request_id=second, choice=FinishReason.TIME_UP)) == {second}
    assert worker.has_room
    error = ErrorInfo(kind=FailureKind.ENGINE_REFUSED)
    assert worker.take_note(Failed(request_id=first, error=error)) == {first}
    assert worker.in_flight == set()


def test_an_answer_that_nobody_asked_for_ends_nothing(worker: Worker) -> None:
    first = worker.ask(generate)
    for request_id in (first + 1, -1):
        assert worker.take_note(TokensCounted(request_id=request_id, counts=())) == frozenset()
    error = ErrorInfo(kind=FailureKind.ENGINE_REFUSED)
    assert worker.take_note(Failed(request_id=None, error=error)) == frozenset()
    assert worker.in_flight == {first}


def test_its_end_ends_all(worker: Worker) -> None:
    asked = {worker.ask(generate) for _ in range(3)}
    assert worker.take_note(Exited(exit_code=-9, error=None)) == asked
    assert worker.in_flight == set()


def test_a_command_that_is_too_long_is_not_in_flight(worker: Worker) -> None:
    def too_long(request_id: int) -> CountTokens:
        return CountTokens(request_id=request_id, requests=(ask("Hi"),) * 3)

    with pytest.raises(ProtocolError):
        worker.ask(too_long)
    assert worker.in_flight == set()


def test_all_in_flight_can_be_stopped(worker: Worker) -> None:
    asked = [worker.ask(generate) for _ in range(2)]
    worker.cancel_all()
    sent = worker.client.sent  # type: ignore[attr-defined]
    assert sent[-2:] == [Cancel(request_id=request_id) for request_id in asked]
    assert worker.in_flight == set(asked)


def test_it_owes_something_while_it_loads_or_anything_is_in_flight(worker: Worker) -> None:
    worker.problem(1.0)
    worker.ask(generate)
    worker.problem(2.0)
    worker.loaded = None
    worker.in_flight.clear()
    worker.problem(3.0)
    assert worker.health.is_working == [False, True, True]  # type: ignore[attr-defined]
    assert not worker.has_room
