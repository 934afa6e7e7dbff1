"""Leads to the verdict of a run, and from there to questions, files and other runs."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from large_enough.comparison.costing_settings import costing_of
from large_enough.comparison.run_matrix import RunMatrix
from large_enough.domain.errors import ErrorInfo
from large_enough.ui.background import Background
from large_enough.ui.evidence_watch import EvidenceWatch
from large_enough.ui.round_words import problem_words
from large_enough.ui.run_rows import RunRow
from large_enough.ui.run_services import RunArchive
from large_enough.ui.screens.verdict import VerdictScreen
from large_enough.ui.settings_keeper import SettingsKeeper
from large_enough.ui.verdict_export import VerdictExport
from large_enough.ui.verdict_works import Judged, VerdictWorks
from large_enough.ui.widgets.run_picker import in_order
from large_enough.wording.translate import _


class VerdictFlow(QObject):
    """Knows whose verdict is wanted; an older one that comes late is dropped.

    Signals:
        screen_wanted: The screen is to be shown.
        packs_wanted: The user wants to run a pack.
        question_wanted: The user wants to see a question of a run: `PackRunRecord`, item id.
        run_wanted: The user wants to see this run: its id.
        dropped: A verdict came when another one was wanted already: the id of its run.
        noticed: Something that the user should know, in words.
        failed: Something did not work: `ErrorInfo`.
    """

    screen_wanted = Signal()
    packs_wanted = Signal()
    question_wanted = Signal(object, str)
    run_wanted = Signal(str)
    dropped = Signal(str)
    noticed = Signal(str)
    failed = Signal(object)

    def __init__(
        self,
        screen: VerdictScreen,
        archive: RunArchive,
        live_matrix: Callable[[], RunMatrix | None],
        keeper: SettingsKeeper,
        background: Background,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._screen = screen
        self._archive = archive
        self._works = VerdictWorks(archive)
        self._live_matrix = live_matrix
        self._keeper = keeper
        self._background = background
        self._wanted_id = ""
        self._judged: Judged | None = None
        self._watch = EvidenceWatch(screen, live_matrix, background, self)
        self._export = VerdictExport(screen, self._works, archive, background, parent)
        self._connect()

    @property
    def judged(self) -> Judged | None:
        """The run in view, if there is one."""
        return self._judged

    @Slot(str)
    def open_run(self, run_id: str) -> None:
        """Show what this run comes to."""
        self._wanted_id = run_id
        if not self._screen.isVisible():
            self.screen_wanted.emit()  # whose coming into view has it read
        else:
            self._read()

    @Slot()
    def open_list(self) -> None:
        """Show which runs there are."""
        self.screen_wanted.emit()
        self._screen.choose_run()

    @Slot()
    def take_running(self) -> None:
        """Take note that a run has begun or ended."""
        self._watch.renew()
        if self._screen.isVisible():
            self._list()

    # --- what there is

    @Slot()
    def _list(self) -> None:
        self._background.run("verdicts", self._archive.runs, self._on_listed, self.failed.emit)

    def _on_listed(self, rows: Sequence[RunRow]) -> None:
        live_id = self._live_id()
        fitting = in_order(rows)
        self._screen.show_runs([_marked(row, live_id) for row in fitting])
        if self._wanted_id not in {live_id, *(row.run_id for row in fitting)}:
            self._wanted_id = ""
        if not self._wanted_id:
            finished = (row.run_id for row in fitting if row.run_id != live_id)
            self._wanted_id = next(finished, live_id)
        if self._wanted_id:
            self._read()
        else:
            self._say_nothing()

    def _live_id(self) -> str:
        matrix = self._live_matrix()
        return "" if matrix is None else matrix.plan.run_id

    def _say_nothing(self) -> None:
        self._forget()
        self._screen.say(
            _("No verdict yet."),
            _(
                "Run a pack of questions with a small and a large model. Afterwards one sentence "
                "says here whether the small one is large enough, with what it rests on."
            ),
            leads_to_packs=True,
        )

    # --- one run

    def _read(self) -> None:
        run_id = self._wanted_id
        if run_id == self._live_id():
            self._wait_for_end()
            return
        is_shown = self._judged is not None and self._judged.run_id == run_id
        if is_shown and self._live_id():
            return  # while something is measured, nothing is worked out twice
        costing = costing_of(self._keeper.settings)
        if not is_shown:
            self._forget()
            self._screen.say(_("Working it out…"))

        def work() -> Judged:
            return self._works.judge(run_id, costing)

        def on_failed(error: ErrorInfo) -> None:
            self._on_failed(run_id, error)

        self._background.run("verdict", work, self._on_judged, on_failed)

    def _on_judged(self, judged: Judged) -> None:
        if judged.run_id != self._wanted_id or judged.run_id == self._live_id():
            self.dropped.emit(judged.run_id)
            return
        if judged == self._judged:
            return
        self._judged = judged
        self._screen.show_verdict(judged.verdict)
        self._export.show(judged)

    def _on_failed(self, run_id: str, error: ErrorInfo) -> None:
        if run_id != self._wanted_id:
            return
        self._forget()
        words = problem_words(error)
        self._screen.say(
            _("This run cannot be read."), f"{words.happened} {words.next_step}".strip()
        )

    def _forget(self) -> None:
        """Hold on to no verdict: something else is in view."""
        self._judged = None
        self._export.show(None)

    def _wait_for_end(self) -> None:
        self._forget()
        self._screen.say(
            _("The verdict comes when this run is over."),
            _(
                "Looking at the interval after every answer would find a winner where there is "
                "none. The evidence above is made for looking."
            ),
        )

    @Slot(str)
    def _on_run_wanted(self, run_id: str) -> None:
        self._wanted_id = run_id
        self._screen.leave_list()
        self._read()

    @Slot(str)
    def _on_question_wanted(self, item_id: str) -> None:
        if self._judged is not None:
            self.question_wanted.emit(self._judged.record, item_id)

    @Slot()
    def _on_live_run_wanted(self) -> None:
        if self._live_id():
            self.run_wanted.emit(self._live_id())

    @Slot()
    def _on_watch_wanted(self) -> None:
        if self._live_id():
            self._on_run_wanted(self._live_id())

    def _connect(self) -> None:
        screen = self._screen
        screen.evidence.watch_wanted.connect(self._on_watch_wanted)
        screen.shown.connect(self._list)
        screen.run_wanted.connect(self._on_run_wanted)
        screen.packs_wanted.connect(self.packs_wanted)
        screen.page.question_wanted.connect(self._on_question_wanted)
        screen.evidence.run_wanted.connect(self._on_live_run_wanted)
        self._export.noticed.connect(self.noticed)
        self._export.failed.connect(self.failed)


def _marked(row: RunRow, live_id: str) -> RunRow:
    """Return a row that says so if its run goes on."""
    if row.run_id != live_id:
        return row
    return row._replace(is_running=True, state=_("running"))
