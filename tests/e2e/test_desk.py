"""Rounds in the background, with real worker processes that play scripts."""

import queue
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from tests.helpers.rounds import Table, write_script

from large_enough.comparison.desk import Desk
from large_enough.comparison.events import Listener, RoundEvent, RoundFinished, TextAdded
from large_enough.domain.errors import ErrorInfo, FailureKind
from large_enough.domain.round import Cancelled, Done, RoundPlan, RoundRecord

WAIT_S = 30
ENDLESS = [{"text": "on and on ", "token_delay_s": 0.02, "end": "length"}]


class Ear:
    """A listener on the desk's thread; the test takes what it hears from a queue."""

    def __init__(self) -> None:
        self.heard: queue.Queue[RoundEvent | ErrorInfo] = queue.Queue()

    def on_event(self, event: RoundEvent) -> None:
        self.heard.put(event)

    def on_error(self, error: ErrorInfo) -> None:
        self.heard.put(error)

    def wait_for(self, kind: type) -> RoundEvent | ErrorInfo:
        while not isinstance(heard := self.heard.get(timeout=WAIT_S), kind):
            pass
        return heard

    def wait_for_record(self) -> RoundRecord:
        finished = self.wait_for(RoundFinished)
        assert isinstance(finished, RoundFinished)
        return finished.record


@pytest.fixture
def ear() -> Ear:
    return Ear()


@pytest.fixture
def table(tmp_path: Path) -> Table:
    return Table(tmp_path)


@pytest.fixture
def desk(table: Table, ear: Ear) -> Iterator[Desk]:
    desk = Desk(table, ear)
    desk.start()
    yield desk
    desk.close()
    assert not psutil.Process().children(recursive=True)


def test_rounds_run_in_the_order_they_were_asked(
    desk: Desk, table: Table, ear: Ear, tmp_path: Path
) -> None:
    script = write_script(tmp_path, "ant")
    for prompt in ("One?", "Two?"):
        desk.ask(table.plan([script], prompt))
    records = [ear.wait_for_record() for _ in range(2)]
    assert [record.plan.prompt for record in records] == ["One?", "Two?"]


def test_stop_right_after_asking_is_not_lost(
    desk: Desk, table: Table, ear: Ear, tmp_path: Path
) -> None:
    desk.ask(table.plan([write_script(tmp_path, "ant", answers=ENDLESS)]))
    desk.stop()
    assert isinstance(ear.wait_for_record().results[0], Cancelled)


def test_a_late_stop_does_not_stop_the_next_round(
    desk: Desk, table: Table, ear: Ear, tmp_path: Path
) -> None:
    script = write_script(tmp_path, "ant")
    desk.ask(table.plan([script], "One?"))
    ear.wait_for_record()
    desk.stop()
    desk.ask(table.plan([script], "Two?"))
    assert isinstance(ear.wait_for_record().results[0], Done)


def test_closing_in_the_middle_of_an_answer_ends_everything(
    desk: Desk, table: Table, ear: Ear, tmp_path: Path
) -> None:
    desk.ask(table.plan([write_script(tmp_path, "ant", answers=ENDLESS)]))
    ear.wait_for(TextAdded)
    desk.close()
    assert isinstance(ear.wait_for_record().results[0], Cancelled)
    assert not desk.is_busy


class BrokenRunner(Table):
    """Stands for a fault of the program itself."""

    def run_round(self, plan: RoundPlan, listener: Listener) -> RoundRecord:
        raise ZeroDivisionError


def test_a_fault_of_the_program_reaches_the_listener(ear: Ear, tmp_path: Path) -> None:
    desk = Desk(BrokenRunner(tmp_path), ear)
    desk.start()
    try:
        table = Table(tmp_path)
        desk.ask(table.plan([write_script(tmp_path, "ant")]))
        error = ear.wait_for(ErrorInfo)
    finally:
        desk.close()
    assert isinstance(error, ErrorInfo)
    assert error.kind is FailureKind.INTERNAL
    assert "ZeroDivisionError" in error.detail
