"""Asks a loaded contender: one question at a time and measured, or several at once."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field

import msgspec

from large_enough.comparison.pack_run_book import RunBook
from large_enough.comparison.pack_run_cells import CellMaker
from large_enough.comparison.pack_run_ends import GivenUpError, StoppedError
from large_enough.comparison.pack_run_events import RunState
from large_enough.comparison.pack_run_loading import Loader, RunTools, Seat
from large_enough.comparison.pack_run_questions import Question, round_for, shape_for
from large_enough.comparison.pack_run_talk import Talk, too_long_for_a_frame
from large_enough.comparison.turn import request_of
from large_enough.domain.errors import ErrorInfo, FailureKind, ProtocolError
from large_enough.domain.generation import Choice, FinishReason
from large_enough.domain.pack_run import AnswerWay
from large_enough.domain.round import Cancelled, Done
from large_enough.engine.client import Delivered, Exited
from large_enough.protocol.messages import Choose, Chosen, Failed, Generate, Generated

MOST_MISHAPS = 5
"""So many questions in a row at which a model's process ended, twice each: then it is given up."""


@dataclass(slots=True, kw_only=True)
class AskingDesk:
    """What both ways of asking share."""

    book: RunBook
    tools: RunTools
    loader: Loader
    maker: CellMaker
    _mishap_count: int = field(default=0, init=False)
    _last_end_s: float = field(default=0.0, init=False)

    def begin(self) -> None:
        """Take note of the time from which the next answer's duration counts."""
        self._last_end_s = self.tools.clock.monotonic_s()

    def took_s(self) -> float:
        """Return the time since the answer before."""
        before_s, self._last_end_s = self._last_end_s, self.tools.clock.monotonic_s()
        return self._last_end_s - before_s

    def fail(self, question: Question, error: ErrorInfo, seat: Seat, *, has_ended: bool) -> None:
        """Record that a question could not be answered.

        Args:
            question: The question.
            error: Why.
            seat: Who was asked.
            has_ended: Whether the model's process ended at it, twice.

        Raises:
            GivenUpError: That has happened too often in a row.
            StoreError: It cannot be recorded.
        """
        utc = self.book.now_utc()
        self.book.add_cell(self.maker.failed(question, error, seat.setup_id, utc), self.took_s())
        self._mishap_count = self._mishap_count + 1 if has_ended else 0
        if self._mishap_count >= MOST_MISHAPS:
            raise GivenUpError(error)

    def succeed(self) -> None:
        """Take note that the model answers."""
        self._mishap_count = 0


def ask_one_by_one(desk: AskingDesk, letter: str, questions: Sequence[Question]) -> None:
    """Ask one question after the other, each as a round that measures it.

    Raises:
        StoppedError: Somebody wants the run to pause.
        GivenUpError: The contender cannot go on.
        StoreError: An answer cannot be recorded.
    """
    for question in questions:
        if desk.tools.is_pause_wanted():
            raise StoppedError
        desk.begin()
        if not _asked_in_round(desk, letter, question, is_last_try=False):
            _asked_in_round(desk, letter, question, is_last_try=True)


def _asked_in_round(
    desk: AskingDesk, letter: str, question: Question, *, is_last_try: bool
) -> bool:
    """Ask a question; return False if the model's process ended and it may be tried again."""
    seat = desk.loader.seat(letter)
    plan, utc = desk.book.plan, desk.book.now_utc()
    desk.book.tell(letter, RunState.ANSWERING)
    record = desk.tools.run_round(
        round_for(plan, seat.contender, question), lambda _event: None, shape_for(plan, question)
    )
    result = record.results[0]
    if isinstance(result, Cancelled):
        raise StoppedError
    if isinstance(result, Done):
        desk.tools.learn_speeds(record)
        cell = desk.maker.measured(question, result, seat.setup_id, utc)
        desk.book.add_cell(cell, desk.took_s())
        desk.succeed()
        return True
    has_ended = not desk.loader.is_alive(seat)
    if has_ended and not is_last_try:
        desk.book.tell(letter, RunState.LOADING, error=result.error)
        return False
    desk.fail(question, result.error, seat, has_ended=has_ended)
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class _InFlight:
    question: Question
    started_utc: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Lost:
    """What was in flight when the model's process ended."""

    questions: tuple[Question, ...]
    error: ErrorInfo


def ask_at_once(desk: AskingDesk, letter: str, questions: Sequence[Question]) -> None:
    """Keep as many questions in flight as the model takes.

    Raises:
        StoppedError: Somebody wants the run to pause.
        GivenUpError: The contender cannot go on.
        StoreError: An answer cannot be recorded.
    """
    waiting = deque(questions)
    while waiting:
        seat = desk.loader.seat(letter)
        loaded = seat.worker.loaded
        room = 1 if loaded is None else loaded.parallel_sequences
        lost = _Stretch(desk, seat, waiting, room).run()
        if lost is not None:
            _ask_alone(desk, letter, lost)


def _ask_alone(desk: AskingDesk, letter: str, lost: _Lost) -> None:
    """Ask again, one at a time, what was in flight at a mishap: it may be one of them."""
    for question in lost.questions:
        desk.book.tell(letter, RunState.LOADING, error=lost.error)
        seat = desk.loader.seat(letter)
        again = _Stretch(desk, seat, deque([question]), 1).run()
        if again is not None:
            desk.fail(question, again.error, seat, has_ended=True)


class _Stretch:
    """Questions to one worker, until there are no more or it ends."""

    def __init__(self, desk: AskingDesk, seat: Seat, waiting: deque[Question], room: int) -> None:
        self._desk = desk
        self._seat = seat
        self._waiting = waiting
        self._room = room
        self._plan = desk.book.plan
        self._in_flight: dict[int, _InFlight] = {}
        self._talk = Talk(seat.worker, self._plan.run_id, desk.tools.fleet, desk.tools.clock)

    def run(self) -> _Lost | None:
        """Ask; return what was in flight if the worker ended."""
        power, fleet = self._desk.tools.instruments.power, self._desk.tools.fleet
        self._desk.book.tell(self._seat.contender.letter, RunState.ANSWERING)
        self._desk.begin()
        power.be_busy()
        try:
            return self._converse()
        finally:
            power.be_quiet(fleet.loaded_ids)

    def _converse(self) -> _Lost | None:
        while True:
            while self._waiting and len(self._in_flight) < self._room and not self._is_stopping:
                self._send(self._waiting.popleft())
            if not self._in_flight:
                break
            heard = self._talk.hear()
            if heard is None:
                continue
            said, ended = heard
            if isinstance(said, Exited):
                return self._lost(said)
            for number in ended:
                self._take(self._in_flight.pop(number), said)
        if self._is_stopping:
            raise StoppedError
        return None

    @property
    def _is_stopping(self) -> bool:
        return self._talk.is_stopping or self._desk.tools.is_pause_wanted()

    def _send(self, question: Question) -> None:
        command = self._command(question)
        try:
            number = self._seat.worker.ask(lambda number: _numbered(command, number))
        except ProtocolError as error:
            self._desk.fail(question, too_long_for_a_frame(error), self._seat, has_ended=False)
            return
        self._in_flight[number] = _InFlight(
            question=question, started_utc=self._desk.book.now_utc()
        )

    def _command(self, question: Question) -> Generate | Choose:
        """Return the command, still without a number of its own."""
        contender = self._seat.contender
        asked = round_for(self._plan, contender, question)
        shape = shape_for(self._plan, question)
        request = shape(request_of(asked, contender.letter, self._seat.placement))
        if self._plan.settings.way is AnswerWay.FORCED_CHOICE:
            return Choose(request_id=0, request=request, labels=question.labels)
        return Generate(request_id=0, request=request)

    def _lost(self, exited: Exited) -> _Lost:
        if self._is_stopping:
            raise StoppedError
        unexplained = ErrorInfo(kind=FailureKind.EXITED, facts={"exit_code": exited.exit_code})
        questions = tuple(asked.question for asked in self._in_flight.values())
        return _Lost(questions=questions, error=exited.error or unexplained)

    def _take(self, asked: _InFlight, said: Delivered) -> None:
        """Record what became of a question; one that was stopped is asked again another time."""
        maker, setup_id = self._desk.maker, self._seat.setup_id
        question, utc = asked.question, asked.started_utc
        match said:
            case Generated(answer=answer) if answer.finish is not FinishReason.CANCELLED:
                cell = maker.written(question, answer, setup_id, utc)
            case Chosen(choice=Choice() as choice):
                cell = maker.chosen(question, choice, setup_id, utc)
            case Chosen(choice=FinishReason.TIME_UP):
                cell = maker.timed_out(question, setup_id, utc)
            case Failed(error=error) if not self._is_stopping:
                self._desk.fail(question, error, self._seat, has_ended=False)
                return
            case _:
                return
        self._desk.book.add_cell(cell, self._desk.took_s())
        self._desk.succeed()


def _numbered(command: Generate | Choose, number: int) -> Generate | Choose:
    return msgspec.structs.replace(command, request_id=number)
