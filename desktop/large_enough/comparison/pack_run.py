"""Asks a pack of several contenders, grades every answer, and puts it all on record.

One contender at a time has its model in memory. Whatever happens (a crash, a pause, a power cut),
what was answered is on the disk and is never asked again; what is missing can be asked later.
"""

from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path

from large_enough.comparison.pack_run_asking import AskingDesk, ask_at_once, ask_one_by_one
from large_enough.comparison.pack_run_book import RunBook
from large_enough.comparison.pack_run_cells import CellMaker
from large_enough.comparison.pack_run_counting import count_tokens
from large_enough.comparison.pack_run_ends import GivenUpError, StoppedError
from large_enough.comparison.pack_run_events import RunEnded, RunListener, RunStarted, RunState
from large_enough.comparison.pack_run_limits import still_replaceable
from large_enough.comparison.pack_run_loading import Loader, RunTools
from large_enough.comparison.pack_run_plan import wanted_keys, with_contenders
from large_enough.comparison.pack_run_questions import Question, needed_tokens, question
from large_enough.comparison.pack_runs import run_path
from large_enough.domain.errors import ErrorInfo, StoreError
from large_enough.domain.pack_run import (
    AnswerWay,
    CellKey,
    LimitRise,
    PackRunPlan,
    PackRunRecord,
    RunMode,
    RunOrder,
)
from large_enough.domain.round import Contender
from large_enough.store.pack_run_lines import ContenderLine, ResumeLine, RiseLine
from large_enough.store.pack_run_log import PackRunLog
from large_enough.store.pack_run_reading import read_pack_run


def run_pack(
    plan: PackRunPlan, listener: RunListener, *, folder: Path, tools: RunTools
) -> PackRunRecord:
    """Run a pack to its end, or until it is paused, on the caller's thread.

    Args:
        plan: The run.
        listener: Follows it.
        folder: Where the logs of runs lie.
        tools: What it works with.

    Raises:
        StoreError: Its record cannot even be begun, so nothing was asked.
    """
    utc = tools.clock.utc_now().isoformat(timespec="milliseconds")
    machine = tools.instruments.machine
    with PackRunLog.create(folder, plan, machine, utc, open_file=tools.open_log) as log:
        return _Run(log, read_pack_run(log.path), listener, tools).run()


def run_or_resume(
    plan: PackRunPlan, listener: RunListener, *, folder: Path, tools: RunTools
) -> PackRunRecord:
    """Run a pack; if there is a record of that run, go on with it instead.

    Args:
        plan: The run; contenders that the record does not know join it, and limits that it does not
            know are raised.
        listener: Follows it.
        folder: Where the logs of runs lie.
        tools: What it works with.

    Raises:
        StoreError: Its record cannot be read or written, or another process writes it.
    """
    path = run_path(folder, plan.run_id)
    if path is None:
        return run_pack(plan, listener, folder=folder, tools=tools)
    known = read_pack_run(path).plan
    added, rises = plan.contenders[len(known.contenders) :], plan.rises[len(known.rises) :]
    return resume_pack(path, listener, tools=tools, added=added, rises=rises)


def resume_pack(
    path: Path,
    listener: RunListener,
    *,
    tools: RunTools,
    added: Sequence[Contender] = (),
    rises: Sequence[LimitRise] = (),
) -> PackRunRecord:
    """Go on with a run: only what is missing is asked.

    Args:
        path: Its log.
        listener: Follows it.
        tools: What it works with.
        added: Contenders that join; they are asked the same as those before.
        rises: Answers to ask again with higher limits.

    Raises:
        RequestError: More contenders than letters.
        StoreError: Its record cannot be read or written, or another process writes it.
    """
    with PackRunLog.reopen(path) as log:
        record = read_pack_run(path)
        joined = with_contenders(record.plan, added).contenders[len(record.plan.contenders) :]
        log.append(ResumeLine(utc=tools.clock.utc_now().isoformat(timespec="milliseconds")))
        for contender in joined:
            log.append(ContenderLine(contender=contender))
        for rise in (still_replaceable(one, record) for one in rises):
            if rise.keys:
                log.append(RiseLine(rise=rise))
        return _Run(log, read_pack_run(path), listener, tools).run()


class _Run:
    """One go at a run. Used once."""

    def __init__(
        self, log: PackRunLog, record: PackRunRecord, listener: RunListener, tools: RunTools
    ) -> None:
        self._listener = listener
        self._tools = tools
        self._book = RunBook(log, record, listener.on_run_event, tools.clock)
        self._loader = Loader(self._book, tools)
        self._desk = AskingDesk(
            book=self._book,
            tools=tools,
            loader=self._loader,
            maker=CellMaker(pack=record.plan.pack),
        )
        self._token_counts: dict[str, dict[str, int]] = {}
        self._given_up: set[str] = set()

    def run(self) -> PackRunRecord:
        """Ask whatever is missing."""
        book = self._book
        book.announce(
            RunStarted(plan=book.plan, done_count=book.done_count, total_count=book.plan.cell_count)
        )
        try:
            self._go_through()
            record = book.finish()
        except StoreError as error:
            return self._ended(read_pack_run(book.path), error.info)
        finally:
            self._tools.fleet.dismiss_others(())  # their memory is free again
        return self._ended(record, None)

    def _ended(self, record: PackRunRecord, problem: ErrorInfo | None) -> PackRunRecord:
        self._book.announce(
            RunEnded(record=record, log_path=str(self._book.path), log_problem=problem)
        )
        return record

    def _go_through(self) -> None:
        """Let the contenders have their turns; one that cannot go on costs only its own."""
        try:
            for letter, keys in turns(self._book.plan):
                missing = frozenset(self._book.missing(letter))
                left = [key for key in keys if key in missing]
                if left and letter not in self._given_up:
                    self._have_turn(letter, left)
        except StoppedError:
            for letter in self._book.letters:
                if self._book.missing(letter) and letter not in self._given_up:
                    self._book.tell(letter, RunState.PAUSED)

    def _have_turn(self, letter: str, keys: Sequence[CellKey]) -> None:
        questions = [question(self._book.plan, key) for key in keys]
        try:
            fitting = self._without_overflow(letter, questions)
            ask = ask_one_by_one if _is_measured(self._book.plan) else ask_at_once
            ask(self._desk, letter, fitting)
        except GivenUpError as given_up:
            self._given_up.add(letter)
            self._book.give_up(letter, given_up.error)
            return
        is_done = not self._book.missing(letter)
        self._book.tell(letter, RunState.DONE if is_done else RunState.WAITING)

    def _without_overflow(self, letter: str, questions: Sequence[Question]) -> list[Question]:
        """Return what the context has room for; the rest is on record without being asked."""
        seat = self._loader.seat(letter)
        counts = self._token_counts.setdefault(letter, {})
        unknown = [one for one in questions if one.key.item_id not in counts]
        if unknown:
            self._book.tell(letter, RunState.COUNTING)
            counts.update(count_tokens(self._book.plan, seat, unknown, self._tools))
        loaded = seat.worker.loaded
        room = seat.contender.load.context_tokens if loaded is None else loaded.context_tokens
        fitting = []
        for one in questions:
            tokens = counts.get(one.key.item_id)
            if tokens is None or needed_tokens(self._book.plan, one, tokens) <= room:
                fitting.append(one)
                continue
            cell = self._desk.maker.overflow(one, seat.setup_id, tokens, self._book.now_utc())
            self._book.add_cell(cell, took_s=None)
        return fitting


def turns(plan: PackRunPlan) -> Iterator[tuple[str, tuple[CellKey, ...]]]:
    """Yield whose turn it is, and with which cells.

    Model by model each contender has one turn. In turned order (ABBA) everybody has two, with one
    half of the cells each: A B C, then C B A. What drifts steadily (heat, battery) then meets all
    alike, and the one in the middle is not even loaded again.
    """
    letters = [contender.letter for contender in plan.contenders]
    keys = {letter: wanted_keys(plan, letter) for letter in letters}
    if plan.settings.order is RunOrder.MODEL_BY_MODEL:
        yield from keys.items()
        return
    half = {letter: (len(keys[letter]) + 1) // 2 for letter in letters}
    yield from chain(
        ((letter, keys[letter][: half[letter]]) for letter in letters),
        ((letter, keys[letter][half[letter] :]) for letter in reversed(letters)),
    )


def _is_measured(plan: PackRunPlan) -> bool:
    is_written = plan.settings.way is AnswerWay.GENERATED
    return is_written and plan.settings.mode is RunMode.MEASURE
