"""Runs of packs without models: a runner that the test plays, and an archive in memory."""

import threading
from collections.abc import Sequence

import msgspec

from large_enough.comparison.pack_run_events import (
    CellFinished,
    ContenderProgress,
    ContenderStateChanged,
    RunEnded,
    RunEvent,
    RunProgressed,
    RunStarted,
    RunState,
)
from large_enough.domain.errors import FailureKind, LargeEnoughError, RequestError
from large_enough.domain.grade import HandGrade
from large_enough.domain.model_card import ModelCard
from large_enough.domain.pack import Pack
from large_enough.domain.pack_run import (
    RUN_LETTERS,
    Cell,
    CellKey,
    PackRunEnd,
    PackRunPlan,
    PackRunRecord,
    PackRunSettings,
    Regrading,
)
from large_enough.domain.quantity import Unavailable
from large_enough.domain.round import Contender
from large_enough.ui.run_rows import RunRow
from large_enough.ui.run_services import CheckEar
from large_enough.ui.widgets.run_checks import CheckLine, CheckVerdict
from large_enough.ui.widgets.run_export_button import RunFormat

PATIENCE_S = 60.0
GOOD = CheckLine(CheckVerdict.GOOD, "Memory", "The largest needs 1.4 GB of 6.2 GB.")


class FakePackRunner:
    """Takes plans; the test plays the run."""

    def __init__(self) -> None:
        self.plans: list[PackRunPlan] = []
        self.wishes: list[str] = []
        self.lines: tuple[CheckLine, ...] = (GOOD,)
        self.checked: list[PackRunPlan] = []
        self.check_failure: LargeEnoughError | None = None

    def run_pack(self, plan: PackRunPlan) -> None:
        """Remember the plan."""
        self.plans.append(plan)

    def check_pack(self, plan: PackRunPlan, ear: CheckEar) -> None:
        """Tell at once what the test says."""
        self.checked.append(plan)
        if self.check_failure is not None:
            ear.fail(self.check_failure.info)
            return
        for line in self.lines:
            ear.take_line(line)
        ear.end()

    def pause_pack(self) -> None:
        """Remember the wish."""
        self.wishes.append("pause")

    def stop_pack(self) -> None:
        """Remember the wish."""
        self.wishes.append("stop")


class FakeRuns:
    """Keeps records in memory."""

    def __init__(self) -> None:
        self.records: dict[str, PackRunRecord] = {}
        self.saved: dict[str, bytes] = {}
        self.save_failure: OSError | None = None
        self.read_ids: list[str] = []
        """Which runs were read, in their order."""
        self._held: dict[str, threading.Event] = {}

    def hold(self, run_id: str) -> threading.Event:
        """Let a run be read only once what is returned is set."""
        return self._held.setdefault(run_id, threading.Event())

    def keep(self, record: PackRunRecord) -> None:
        """Keep a record."""
        self.records[record.plan.run_id] = record

    def plan(
        self, pack: Pack, cards: Sequence[ModelCard], settings: PackRunSettings
    ) -> PackRunPlan:
        """Ask all questions in their order."""
        return PackRunPlan(
            run_id="new-run",
            pack=pack,
            pack_sha256="ab" * 32,
            contenders=_contenders(cards),
            settings=settings,
            item_ids=tuple(item.id for item in pack.graded_items)[: settings.sample_count],
        )

    def plan_more(self, record: PackRunRecord, cards: Sequence[ModelCard]) -> PackRunPlan:
        """Add contenders behind those there are."""
        known = tuple(contender.card for contender in record.plan.contenders)
        return msgspec.structs.replace(record.plan, contenders=_contenders((*known, *cards)))

    def runs(self) -> tuple[RunRow, ...]:
        """Return all runs."""
        return tuple(
            RunRow(
                run_id=run_id,
                title=record.plan.pack.title,
                facts="Measure everything",
                state=f"{len(record.cells)} of {record.plan.cell_count}",
                end=record.end,
                share=len(record.cells) / record.plan.cell_count,
            )
            for run_id, record in self.records.items()
        )

    def read(self, run_id: str) -> PackRunRecord:
        """Return a record."""
        self.read_ids.append(run_id)
        if run_id in self._held:
            self._held[run_id].wait(PATIENCE_S)
        if run_id not in self.records:
            raise RequestError(FailureKind.LOG_UNREADABLE, run_id)
        return self.records[run_id]

    def judge(self, run_id: str, key: CellKey, grade: HandGrade | None) -> PackRunRecord:
        """Put a judgement into the record."""
        return self._change(run_id, key, hand_grade=grade)

    def regrade(self, run_id: str, pack: Pack, why: str) -> PackRunRecord:
        """Note the new keys; the grades stay as they are."""
        record = self.read(run_id)
        note = Regrading(utc="2026-11-27T13:00:00Z", pack_sha256="cd" * 32, why=why)
        plan = msgspec.structs.replace(record.plan, pack=pack)
        self.keep(
            msgspec.structs.replace(
                record, plan=plan, asked_pack=record.plan.pack, regradings=(note,)
            )
        )
        return self.records[run_id]

    def delete(self, run_id: str) -> None:
        """Forget a record."""
        del self.records[run_id]

    def document(self, record: PackRunRecord, form: RunFormat) -> bytes:
        """Return the format's name."""
        return f"{form.value} of {record.plan.run_id}".encode()

    def save(self, path: str, data: bytes) -> None:
        """Keep what would be written."""
        if self.save_failure is not None:
            raise self.save_failure
        self.saved[path] = data

    def _change(self, run_id: str, key: CellKey, **changes: object) -> PackRunRecord:
        record = self.read(run_id)
        cells = tuple(
            msgspec.structs.replace(cell, **changes) if cell.key == key else cell
            for cell in record.cells
        )
        self.keep(msgspec.structs.replace(record, cells=cells))
        return self.records[run_id]


def _contenders(cards: Sequence[ModelCard]) -> tuple[Contender, ...]:
    return tuple(
        Contender(letter=letter, card=card)
        for letter, card in zip(RUN_LETTERS, cards, strict=False)
    )


def started(plan: PackRunPlan, done_count: int = 0) -> RunEvent:
    """Return that a run begins or goes on."""
    return RunStarted(plan=plan, done_count=done_count, total_count=plan.cell_count)


def state(letter: str, now: RunState, fraction: float | None = None) -> RunEvent:
    """Return what a contender does."""
    return ContenderStateChanged(letter=letter, state=now, fraction=fraction)


def finished(cell: Cell) -> RunEvent:
    """Return that an answer is there."""
    return CellFinished(cell=cell)


def progressed(plan: PackRunPlan, done_by_letter: dict[str, int]) -> RunEvent:
    """Return how far the run is."""
    total = len(plan.item_ids) * plan.settings.repeats
    return RunProgressed(
        done_count=sum(done_by_letter.values()),
        total_count=plan.cell_count,
        items_per_s=0.1,
        left_s=600.0,
        contenders=tuple(
            ContenderProgress(
                letter=contender.letter,
                done_count=done_by_letter.get(contender.letter, 0),
                total_count=total,
                right_count=0,
                failure_count=0,
                items_per_s=Unavailable(reason="nothing is answered yet"),
            )
            for contender in plan.contenders
        ),
    )


def ended(record: PackRunRecord, end: PackRunEnd | None = None) -> RunEvent:
    """Return that a run is over."""
    if end is not None:
        record = msgspec.structs.replace(record, end=end)
    return RunEnded(record=record, log_path="/runs/one.jsonl")
