"""The one way from other threads into the window."""

import functools
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot
from tests.helpers.fake_clock import FakeClock
from tests.ui.builders import text_event

from large_enough.domain.errors import ErrorInfo, FailureKind
from large_enough.ui.bridge import BUDGET_S, QUEUE_LIMIT, Bridge

PATIENCE_S = 10


@pytest.fixture
def helper() -> Iterator[list[threading.Thread]]:
    """Threads that are waited for after the test."""
    threads: list[threading.Thread] = []
    yield threads
    for thread in threads:
        thread.join(PATIENCE_S)
        assert not thread.is_alive()


def run(threads: list[threading.Thread], work: object, *values: object) -> threading.Thread:
    thread = threading.Thread(target=work, args=values)
    threads.append(thread)
    thread.start()
    return thread


def test_events_arrive_in_order_on_the_main_thread(
    qtbot: QtBot, bridge: Bridge, helper: list[threading.Thread]
):
    arrived: list[tuple[object, bool]] = []

    def take(event: object) -> None:
        arrived.append((event, threading.current_thread() is threading.main_thread()))

    bridge.event_arrived.connect(take)
    events = [text_event("A", str(number)) for number in range(500)]

    def bring() -> None:
        for event in events:
            bridge.on_event(event)

    run(helper, bring)
    qtbot.waitUntil(lambda: len(arrived) == len(events))
    assert arrived == [(event, True) for event in events]


def test_errors_arrive_too(qtbot: QtBot, bridge: Bridge, helper: list[threading.Thread]):
    error = ErrorInfo(kind=FailureKind.INTERNAL)
    with qtbot.waitSignal(bridge.error_arrived) as told:
        run(helper, bridge.on_error, error)
    assert told.args == [error]


def test_who_brings_too_much_waits_and_closing_releases(
    qtbot: QtBot, clock: FakeClock, helper: list[threading.Thread]
):
    bridge = Bridge(clock)
    brought = threading.Semaphore(0)

    def bring() -> None:
        for number in range(QUEUE_LIMIT + 1):
            bridge.deliver(str, number)
            brought.release()

    thread = run(helper, bring)
    for _number in range(QUEUE_LIMIT):
        assert brought.acquire(timeout=PATIENCE_S)
    assert not brought.acquire(timeout=0.05)  # the main thread takes nothing here: the next waits
    assert thread.is_alive()
    bridge.close()
    thread.join(PATIENCE_S)
    assert not thread.is_alive()


def test_nothing_arrives_after_closing(qtbot: QtBot, clock: FakeClock):
    bridge = Bridge(clock)
    arrived: list[int] = []
    bridge.deliver(arrived.append, 1)
    bridge.close()
    bridge.deliver(arrived.append, 2)
    qtbot.wait(20)
    assert arrived == []


def test_the_main_thread_never_waits_for_itself(qtbot: QtBot, bridge: Bridge):
    arrived: list[int] = []
    for number in range(QUEUE_LIMIT + 10):
        bridge.deliver(arrived.append, number)
    qtbot.waitUntil(lambda: len(arrived) == QUEUE_LIMIT + 10)


def test_slow_work_lets_other_events_through(qtbot: QtBot, bridge: Bridge, clock: FakeClock):
    done: list[str] = []

    def slow(name: str) -> None:
        clock.advance(BUDGET_S)
        done.append(name)

    for name in ("first", "second", "third"):
        bridge.deliver(slow, name)
    QTimer.singleShot(0, functools.partial(done.append, "between"))
    qtbot.waitUntil(lambda: len(done) == 4)
    assert [name for name in done if name != "between"] == ["first", "second", "third"]
    assert done[-1] != "between"


def test_a_fault_in_one_delivery_does_not_stop_the_next(
    qtbot: QtBot, bridge: Bridge, helper: list[threading.Thread]
):
    arrived: list[str] = []

    def faulty(_value: str) -> None:
        message = "on purpose"
        raise ValueError(message)

    with qtbot.captureExceptions() as faults:
        bridge.deliver(faulty, "first")
        bridge.deliver(arrived.append, "second")
        qtbot.waitUntil(lambda: arrived == ["second"])
    assert [kind for kind, _error, _trace in faults] == [ValueError]
