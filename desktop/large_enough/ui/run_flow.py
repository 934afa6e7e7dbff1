"""Leads through a run: from a pack to the set-up, through the run itself, to its results."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QWidget

from large_enough.comparison.pack_run_events import (
    CellFinished,
    RunEnded,
    RunEvent,
    RunStarted,
)
from large_enough.comparison.run_matrix import RunMatrix
from large_enough.domain.errors import ErrorInfo
from large_enough.domain.model_card import ModelCard
from large_enough.domain.pack import Pack
from large_enough.domain.pack_run import PackRunEnd, PackRunPlan, PackRunRecord
from large_enough.ui.background import Background
from large_enough.ui.library import ModelLibrary
from large_enough.ui.live_run import LiveRun, matrix_of
from large_enough.ui.pack_run_words import ended_title, pack_title, progress_words, running_title
from large_enough.ui.run_care import RunCare
from large_enough.ui.run_planning import RunPlanning
from large_enough.ui.run_rows import RunRow
from large_enough.ui.run_services import PackRunner, RunArchive
from large_enough.ui.screens.pack_run import PackRunScreen
from large_enough.ui.widgets.run_band import BandState, ContenderStand
from large_enough.wording.translate import _

RENEWAL_MS = 250
"""While a run goes on, its figures are painted so often at most: it must not be disturbed."""


class RunFlow(QObject):
    """Knows which run goes on, and which one is in view.

    Signals:
        screen_wanted: The screen of runs is to be shown.
        packs_wanted: The user wants to go back to the packs.
        running_changed: A run has begun (True) or ended (False).
        hindrance_changed: Why nothing can be asked in the Arena for now; "" when it can again.
        verdict_wanted: The user wants to know what this run comes to: its id.
        noticed: Something that the user should know, in words.
        failed: Something did not work: `ErrorInfo`.
    """

    screen_wanted = Signal()
    packs_wanted = Signal()
    running_changed = Signal(bool)
    hindrance_changed = Signal(str)
    verdict_wanted = Signal(str)
    noticed = Signal(str)
    failed = Signal(object)

    def __init__(
        self,
        screen: PackRunScreen,
        runner: PackRunner,
        archive: RunArchive,
        library: ModelLibrary,
        background: Background,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._screen = screen
        self._runner = runner
        self._archive = archive
        self._background = background
        self._live: LiveRun | None = None
        self._record: PackRunRecord | None = None  # of the run in view, if nothing works on it
        self._has_told = False
        self._planning = RunPlanning(screen.setup, runner, archive, library, background, parent)
        self._care = RunCare(screen, archive, background, parent)
        self._timer = QTimer(self)
        self._timer.setInterval(RENEWAL_MS)
        self._connect()

    @property
    def is_running(self) -> bool:
        """Whether a run goes on."""
        return self._live is not None

    def live_run(self) -> RunMatrix | None:
        """Return the run that goes on, as far as it is; None if there is none."""
        return None if self._live is None else self._live.matrix

    def close(self) -> None:
        """Let running jobs end soon."""
        self._planning.close()

    # --- from outside

    @Slot(object)
    def open_pack(self, pack: Pack, cards: Sequence[ModelCard] = ()) -> None:
        """Set up a run of this pack."""
        self._planning.open_pack(pack, cards)
        self._screen.bring(self._screen.setup)
        self.screen_wanted.emit()

    @Slot()
    def open_runs(self) -> None:
        """Show all runs."""
        self._screen.bring(self._screen.runs)
        self.screen_wanted.emit()
        self.list_runs()

    @Slot(str)
    def open_run(self, run_id: str) -> None:
        """Show one run."""
        self.screen_wanted.emit()
        self._on_open_wanted(run_id)

    @Slot(object, str)
    def open_question(self, record: PackRunRecord, item_id: str) -> None:
        """Show a question of a run with all answers to it.

        Args:
            record: The run.
            item_id: Which question; one that does not take part leads to the matrix.
        """
        self._screen.bring(self._screen.view)
        if self._live is not None and self._live.run_id == record.plan.run_id:
            self._show(self._live.matrix)
        else:
            self._show_record(record)
        self.screen_wanted.emit()
        if item_id in record.plan.item_ids:
            self._screen.view.show_detail(item_id, "")

    @Slot()
    def list_runs(self) -> None:
        """Read which runs there are."""
        self._background.run("runs", self._archive.runs, self._on_listed, self.failed.emit)

    @Slot(object)
    def take(self, event: RunEvent) -> None:
        """Follow the run that goes on."""
        match event:
            case RunStarted():
                self._on_started(event)
            case CellFinished():
                self._on_cell(event)
            case RunEnded():
                self._on_ended(event)
            case _:
                if self._live is not None:
                    self._live.take(event)

    @Slot(object)
    def fail(self, error: ErrorInfo) -> None:
        """Take note that the run ended without a record."""
        run_id = self._live.run_id if self._live is not None else ""
        self._stop_following()
        self.failed.emit(error)
        if run_id and self._screen.view.run_id == run_id:
            self._read(run_id)

    # --- the run that goes on

    def _begin(self, plan: PackRunPlan, matrix: RunMatrix) -> None:
        """Have a run asked, and follow it."""
        if self._live is not None:
            self.noticed.emit(_("Another run goes on. Pause it first."))
            return
        self._live = LiveRun(matrix)
        self._record = None
        self._show(matrix)
        self._screen.bring(self._screen.view)
        self._runner.run_pack(plan)
        self._timer.start()
        self.running_changed.emit(True)
        self.hindrance_changed.emit(_("A pack is being run: pause it, or ask when it is done."))

    def _on_started(self, event: RunStarted) -> None:
        if self._live is not None and self._live.run_id == event.plan.run_id:
            self._live.take(event)
            self._show_band()

    def _on_cell(self, event: CellFinished) -> None:
        if self._live is None:
            return
        self._live.take(event)
        if self._is_live_in_view():
            self._screen.view.take(event.cell)
        else:
            self._live.matrix.take(event.cell)

    def _on_ended(self, event: RunEnded) -> None:
        is_in_view = self._is_live_in_view()
        self._stop_following()
        if event.log_problem is not None:
            self.failed.emit(event.log_problem)
        for letter, problem in event.record.problems.items():
            self._care.tell_of_contender(letter, problem)
        if is_in_view:
            self._show_record(event.record)
        if event.record.end is PackRunEnd.COMPLETE and not self._screen.isVisible():
            title = pack_title(event.record.plan.pack)
            self.noticed.emit(_("The run of “{title}” is complete.").format(title=title))
        self.list_runs()

    def _stop_following(self) -> None:
        self._timer.stop()
        if self._live is not None:
            self._live = None
            self.running_changed.emit(False)
            self.hindrance_changed.emit("")

    def _is_live_in_view(self) -> bool:
        return self._live is not None and self._screen.view.matrix is self._live.matrix

    @Slot()
    def _show_band(self) -> None:
        """Paint how far the run is."""
        live, band = self._live, self._screen.view.band
        if live is None or not self._is_live_in_view():
            return
        state = BandState.PAUSING if live.is_pausing else BandState.RUNNING
        if band.state is not state:
            settings = live.matrix.plan.settings
            band.show_state(state, running_title(settings, is_pausing=live.is_pausing))
        band.show_progress(live.progress_words(), live.fraction)
        for letter in live.matrix.letters:
            done, total = live.counts_of(letter)
            band.show_stand(letter, ContenderStand(live.contender_words(letter), done, total))
        band.show_now(live.now_words())

    @Slot()
    def _on_pause_wanted(self) -> None:
        if self._is_live_in_view() and self._live is not None:
            self._live.is_pausing = True
            self._runner.pause_pack()
            self._show_band()

    @Slot()
    def _on_stop_wanted(self) -> None:
        if self._is_live_in_view() and self._live is not None:
            self._live.is_pausing = True
            self._runner.stop_pack()
            self._show_band()

    @Slot()
    def _on_resume_wanted(self) -> None:
        if self._record is not None:
            self._begin(self._record.plan_as_asked, matrix_of(self._record))

    # --- the run in view

    def _show(self, matrix: RunMatrix) -> None:
        self._screen.view.show_run(matrix)
        self._screen.view.add_button.setEnabled(self._live is None)
        self._show_band()

    def _show_record(self, record: PackRunRecord) -> None:
        """Show a run that nothing works on."""
        self._record = record
        view = self._screen.view
        band, plan = view.band, record.plan
        state = BandState.COMPLETE if record.end is PackRunEnd.COMPLETE else BandState.OPEN
        matrix = matrix_of(record)
        view.band.show_plan(plan)
        band.show_state(state, ended_title(record.end, plan.settings))
        self._show(matrix)
        band.show_state(state, ended_title(record.end, plan.settings))
        done, total = matrix.cell_count, plan.cell_count
        band.show_progress(progress_words(done, total, None, None), done / total if total else 0.0)
        live = LiveRun(matrix)
        for letter in matrix.letters:
            counts = live.counts_of(letter)
            band.show_stand(letter, ContenderStand(live.contender_words(letter), *counts))
        view.renew_detail()
        self._care.show_record(record)

    def _read(self, run_id: str) -> None:
        def work() -> PackRunRecord:
            return self._archive.read(run_id)

        self._background.run("run", work, self._on_read, self.failed.emit)

    def _on_read(self, record: PackRunRecord) -> None:
        self._screen.bring(self._screen.view)
        self._show_record(record)

    # --- the list

    def _on_listed(self, rows: tuple[RunRow, ...]) -> None:
        live_id = "" if self._live is None else self._live.run_id
        shown = tuple(
            row._replace(is_running=True, state=_("running")) if row.run_id == live_id else row
            for row in rows
        )
        self._screen.runs.show_rows(shown)
        self._tell_of_cut(shown)

    def _tell_of_cut(self, rows: Sequence[RunRow]) -> None:
        """Offer once to go on with a run that was interrupted."""
        cut = next((row for row in rows if row.end is PackRunEnd.CUT and not row.is_running), None)
        if cut is not None and not self._has_told and not self._screen.isVisible():
            self._has_told = True
            self.noticed.emit(
                _(
                    "The run of “{title}” was interrupted ({state}). Nothing is lost: it can go "
                    "on from the list of runs."
                ).format(title=cut.title, state=cut.state)
            )

    @Slot(str)
    def _on_open_wanted(self, run_id: str) -> None:
        if self._live is not None and self._live.run_id == run_id:
            if not self._is_live_in_view():
                self._show(self._live.matrix)
            self._screen.bring(self._screen.view)
        else:
            self._read(run_id)

    @Slot(str)
    def _on_resume_from_list(self, run_id: str) -> None:
        def work() -> PackRunRecord:
            return self._archive.read(run_id)

        self._background.run("run", work, self._go_on, self.failed.emit)

    def _go_on(self, record: PackRunRecord) -> None:
        self._begin(record.plan_as_asked, matrix_of(record))

    @Slot(str)
    def _on_addition_from_list(self, run_id: str) -> None:
        def work() -> PackRunRecord:
            return self._archive.read(run_id)

        self._background.run("run", work, self._add_to, self.failed.emit)

    @Slot()
    def _on_addition_wanted(self) -> None:
        if self._record is not None:
            self._add_to(self._record)

    def _add_to(self, record: PackRunRecord) -> None:
        self._planning.open_record(record)
        self._screen.bring(self._screen.setup)

    # --- building

    def _connect(self) -> None:
        runs, view, setup = self._screen.runs, self._screen.view, self._screen.setup
        runs.open_wanted.connect(self._on_open_wanted)
        runs.resume_wanted.connect(self._on_resume_from_list)
        runs.addition_wanted.connect(self._on_addition_from_list)
        runs.closed.connect(self.packs_wanted)
        for page in (runs, view):
            page.verdict_wanted.connect(self.verdict_wanted)
        view.closed.connect(self.open_runs)
        view.addition_wanted.connect(self._on_addition_wanted)
        view.band.pause_wanted.connect(self._on_pause_wanted)
        view.band.stop_wanted.connect(self._on_stop_wanted)
        view.band.resume_wanted.connect(self._on_resume_wanted)
        setup.closed.connect(self._on_setup_closed)
        self._planning.planned.connect(self._begin)
        self._planning.failed.connect(self.failed)
        self._care.renewed.connect(self._show_record)
        self._care.again_planned.connect(self._begin)
        self._care.deleted.connect(self.list_runs)
        self._care.noticed.connect(self.noticed)
        self._care.failed.connect(self.failed)
        self._timer.timeout.connect(self._show_band)

    @Slot()
    def _on_setup_closed(self) -> None:
        if self._screen.setup.record is not None:
            self._screen.bring(self._screen.view)
        else:
            self.packs_wanted.emit()
