"""Keeps a run while it goes on: what is on record, what is missing, how fast it gets on."""

from collections.abc import Callable
from pathlib import Path

import msgspec

from large_enough.comparison.pack_run_events import (
    CellFinished,
    ContenderProgress,
    ContenderStateChanged,
    RunEvent,
    RunProgressed,
    RunState,
)
from large_enough.comparison.pack_run_pace import Pace, left_s
from large_enough.comparison.pack_run_plan import wanted_keys
from large_enough.domain.clock import Clock
from large_enough.domain.errors import ErrorInfo
from large_enough.domain.generation import EngineBuild, LoadedModel, Placement
from large_enough.domain.grade import ANSWERED, GradeStatus
from large_enough.domain.pack_run import Cell, CellKey, PackRunPlan, PackRunRecord, Setup
from large_enough.domain.round import Contender
from large_enough.store.pack_run_cells import stored
from large_enough.store.pack_run_lines import (
    CellLine,
    ContenderLine,
    EndLine,
    PauseLine,
    ProblemLine,
    SetupLine,
)
from large_enough.store.pack_run_log import PackRunLog
from large_enough.store.pack_run_reading import read_pack_run


class RunBook:
    """One run as it stands. Everything is on the disk before it counts."""

    def __init__(
        self,
        log: PackRunLog,
        record: PackRunRecord,
        announce: Callable[[RunEvent], None],
        clock: Clock,
    ) -> None:
        self.record = record
        """As it was when the book was opened."""
        self.plan: PackRunPlan = record.plan_as_asked
        """With the pack as it was asked from the beginning."""
        self.announce = announce
        self._log = log
        self._clock = clock
        self._setup_count = 1 + max((setup.setup_id for setup in record.setups), default=-1)
        self._done = {cell.key for cell in record.cells}
        self._right = dict.fromkeys(self.letters, 0)
        self._failures = dict.fromkeys(self.letters, 0)
        self._paces = {letter: Pace() for letter in self.letters}
        for cell in record.cells:
            self._count(cell)

    @property
    def letters(self) -> tuple[str, ...]:
        """All contenders', in the order in which they joined."""
        return tuple(contender.letter for contender in self.plan.contenders)

    @property
    def path(self) -> Path:
        """The log."""
        return self._log.path

    @property
    def done_count(self) -> int:
        """How many answers are on record."""
        return len(self._done)

    @property
    def is_complete(self) -> bool:
        """Whether nothing is missing."""
        return not any(self.missing(letter) for letter in self.letters)

    def missing(self, letter: str) -> tuple[CellKey, ...]:
        """Return the answers that a contender still has to give, in order."""
        return tuple(key for key in wanted_keys(self.plan, letter) if key not in self._done)

    def now_utc(self) -> str:
        """Return the time of day, as records have it."""
        return self._clock.utc_now().isoformat(timespec="milliseconds")

    def tell(
        self,
        letter: str,
        state: RunState,
        fraction: float | None = None,
        error: ErrorInfo | None = None,
    ) -> None:
        """Tell where a contender stands."""
        self.announce(
            ContenderStateChanged(letter=letter, state=state, fraction=fraction, error=error)
        )

    def add_setup(
        self, letter: str, engine: EngineBuild, loaded: LoadedModel, placement: Placement
    ) -> int:
        """Record that a model was loaded; return its number.

        Raises:
            StoreError: It cannot be recorded.
        """
        setup = Setup(
            setup_id=self._setup_count,
            letter=letter,
            engine=engine,
            loaded=loaded,
            placement=placement,
        )
        self._log.append(SetupLine(setup=setup))
        self._setup_count += 1
        return setup.setup_id

    def add_cell(self, cell: Cell, took_s: float | None) -> None:
        """Record an answer, then tell of it.

        Args:
            cell: The answer.
            took_s: Time since the answer before it, of which the run's pace is made; None if it
                says nothing about that.

        Raises:
            StoreError: It cannot be recorded, so it does not count.
        """
        if cell.key in self._done:
            return
        self._log.append(CellLine(cell=stored(cell)))
        self._done.add(cell.key)
        self._count(cell)
        if took_s is not None:
            self._paces[cell.key.letter].add(took_s)
        self.announce(CellFinished(cell=cell))
        self.announce(self.progress(cell.key.letter))

    def know(self, contender: Contender) -> None:
        """Record what has become known about a contender.

        Raises:
            StoreError: It cannot be recorded.
        """
        if contender == self.plan.contender(contender.letter):
            return
        self._log.append(ContenderLine(contender=contender))
        contenders = tuple(
            contender if one.letter == contender.letter else one for one in self.plan.contenders
        )
        self.plan = msgspec.structs.replace(self.plan, contenders=contenders)

    def give_up(self, letter: str, error: ErrorInfo) -> None:
        """Record that a contender cannot go on.

        Raises:
            StoreError: It cannot be recorded.
        """
        self._log.append(ProblemLine(letter=letter, error=error))
        self.tell(letter, RunState.FAILED, error=error)

    def finish(self) -> PackRunRecord:
        """Record that the run is over, or paused, and return the whole of it.

        Raises:
            StoreError: It cannot be recorded; its answers are on record all the same.
        """
        utc = self.now_utc()
        self._log.append(EndLine(utc=utc) if self.is_complete else PauseLine(utc=utc))
        return read_pack_run(self.path)

    def progress(self, letter: str | None) -> RunProgressed:
        """Return how far the run is.

        Args:
            letter: Who answers now; None if nobody does.
        """
        missing = {one: len(self.missing(one)) for one in self.letters}
        per_contender = len(self.plan.item_ids) * self.plan.settings.repeats
        return RunProgressed(
            done_count=self.done_count,
            total_count=self.plan.cell_count,
            items_per_s=self._paces[letter or self.letters[0]].items_per_s,
            left_s=left_s(missing, self._paces),
            contenders=tuple(
                ContenderProgress(
                    letter=one,
                    done_count=per_contender - missing[one],
                    total_count=per_contender,
                    right_count=self._right[one],
                    failure_count=self._failures[one],
                    items_per_s=self._paces[one].items_per_s,
                )
                for one in self.letters
            ),
        )

    def _count(self, cell: Cell) -> None:
        letter, status = cell.key.letter, cell.grade.status
        self._right[letter] += status is GradeStatus.CORRECT
        self._failures[letter] += status not in ANSWERED and status is not GradeStatus.NEEDS_HUMAN
