"""Running a pack and reading its results: the list of runs, the set-up, the matrix, the answers."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from large_enough.comparison.run_matrix import RunMatrix
from large_enough.domain.clock import Clock
from large_enough.domain.pack_run import Cell, PackRunPlan
from large_enough.ui.pack_run_words import pack_title, plan_facts
from large_enough.ui.theme import Theme
from large_enough.ui.tokens import Type
from large_enough.ui.widgets.buttons import Button
from large_enough.ui.widgets.cell_detail import CellDetail
from large_enough.ui.widgets.labels import ElidedLabel
from large_enough.ui.widgets.limit_band import LimitBand
from large_enough.ui.widgets.matrix_panel import MatrixPanel
from large_enough.ui.widgets.pages import Pages
from large_enough.ui.widgets.run_band import BandState, RunBand
from large_enough.ui.widgets.run_export_button import RunExportButton
from large_enough.ui.widgets.run_setup import RunSetup
from large_enough.ui.widgets.runs_page import RunsPage
from large_enough.wording.translate import _


class RunView(QWidget):
    """One run: how far it is, and its matrix; or one of its questions with all answers.

    Signals:
        closed: The user wants to see all runs.
        addition_wanted: The user wants contenders added to this run.
        verdict_wanted: The user wants to know what this run comes to: its id.
    """

    closed = Signal()
    addition_wanted = Signal()
    verdict_wanted = Signal(str)

    def __init__(self, theme: Theme, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._matrix: RunMatrix | None = None
        self.title = ElidedLabel(theme, Type.SENTENCE)
        self.facts = ElidedLabel(theme, Type.SOFT, tone="soft")
        self.back_button = Button(theme, _("All runs"), picture="chevron-left")
        self.add_button = Button(theme, _("Add a contender…"), picture="plus")
        self.export_button = RunExportButton(theme)
        self.verdict_button = Button(theme, _("Verdict"), picture="verdict")
        self.verdict_button.setToolTip(_("What this run says: is the small model large enough?"))
        self.band = RunBand(theme)
        self.limits = LimitBand(theme)
        self.panel = MatrixPanel(theme)
        self.detail = CellDetail(theme, clock)
        self.pages = Pages()
        self._arrange()
        self.back_button.clicked.connect(self.closed)
        self.add_button.clicked.connect(self.addition_wanted)
        self.verdict_button.clicked.connect(self._on_verdict_clicked)
        self.panel.opened.connect(self.show_detail)
        self.detail.closed.connect(self.show_grid)
        self.detail.step_wanted.connect(self._on_step_wanted)

    @property
    def matrix(self) -> RunMatrix | None:
        """The run in view."""
        return self._matrix

    @property
    def run_id(self) -> str:
        """Of the run in view; "" if there is none."""
        return "" if self._matrix is None else self._matrix.plan.run_id

    @property
    def is_in_detail(self) -> bool:
        """Whether one question is shown with its answers."""
        return self.pages.currentWidget() is self.detail

    def show_run(self, matrix: RunMatrix) -> None:
        """Show another run, or the same one with other judgements."""
        is_same = self._matrix is not None and self._matrix.plan.run_id == matrix.plan.run_id
        chosen = self.detail.item_id if is_same and self.is_in_detail else ""
        self._matrix = matrix
        self.limits.hide()
        self.show_plan(matrix.plan)
        self.panel.show_matrix(matrix)
        self._offer_verdict()
        if chosen and any(row.item.id == chosen for row in matrix.rows):
            self._show_item(chosen)
        else:
            self.pages.setCurrentIndex(0)

    def show_plan(self, plan: PackRunPlan) -> None:
        """Show what is asked of whom."""
        self.title.setText(pack_title(plan.pack))
        self.facts.setText(plan_facts(plan))
        self.band.show_plan(plan)

    def take(self, cell: Cell) -> None:
        """Take in an answer, or another judgement of one."""
        self.panel.take(cell)
        self._offer_verdict()
        if self.is_in_detail and cell.key.item_id == self.detail.item_id:
            self._show_item(cell.key.item_id)

    @Slot(str, str)
    def show_detail(self, item_id: str, letter: str) -> None:
        """Show a question with all answers.

        Args:
            item_id: Which one.
            letter: The contender whose answer gets the keyboard; "" for none.
        """
        self._show_item(item_id)
        self.detail.focus_letter(letter)

    @Slot()
    def show_grid(self) -> None:
        """Go back to the matrix, at the question that was shown."""
        self.pages.setCurrentIndex(0)
        self.panel.view.go_to(self.detail.item_id)
        self.panel.view.setFocus()

    def renew_detail(self) -> None:
        """Show the question anew: what can be done with it may be another now."""
        if self.is_in_detail:
            self._show_item(self.detail.item_id)

    def _show_item(self, item_id: str) -> None:
        if self._matrix is None:
            return
        can_fix = self.band.state in (BandState.OPEN, BandState.COMPLETE)
        self.detail.show_item(self._matrix, item_id, can_fix=can_fix)
        self.detail.offer_steps(
            has_before=bool(self.panel.view.neighbour(item_id, -1)),
            has_after=bool(self.panel.view.neighbour(item_id, 1)),
        )
        self.pages.setCurrentWidget(self.detail)

    def _offer_verdict(self) -> None:
        """Offer the verdict once there is something to compare."""
        matrix = self._matrix
        can_compare = matrix is not None and len(matrix.letters) > 1 and matrix.cell_count > 0
        self.verdict_button.setVisible(can_compare)

    @Slot()
    def _on_verdict_clicked(self) -> None:
        self.verdict_wanted.emit(self.run_id)

    @Slot(int)
    def _on_step_wanted(self, step: int) -> None:
        item_id = self.panel.view.neighbour(self.detail.item_id, step)
        if item_id:
            self._show_item(item_id)
            self.panel.view.go_to(item_id)

    def _arrange(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.title)
        words.addWidget(self.facts)
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addLayout(words, 1)
        for button in (
            self.back_button,
            self.add_button,
            self.export_button,
            self.verdict_button,
        ):
            head.addWidget(button)
        grid = QWidget()
        inner = QVBoxLayout(grid)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(12)
        inner.addLayout(head)
        inner.addWidget(self.band)
        inner.addWidget(self.limits)
        inner.addWidget(self.panel, 1)
        self.pages.addWidget(grid)
        self.pages.addWidget(self.detail)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.pages)


class PackRunScreen(QWidget):
    """Three places: the list of runs, the set-up of one, one run.

    Signals:
        shown: The screen has come into view.
    """

    shown = Signal()

    def __init__(self, theme: Theme, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        """For dialogs that belong to this screen."""
        self.runs = RunsPage(theme)
        self.setup = RunSetup(theme)
        self.view = RunView(theme, clock)
        self.pages = Pages()
        for page in (self.runs, self.setup, self.view):
            self.pages.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 14, 18, 14)
        column.addWidget(self.pages)

    def bring(self, page: QWidget) -> None:
        """Show one of the three places."""
        self.pages.setCurrentWidget(page)
        self.focus_first()

    @Slot()
    def focus_first(self) -> None:
        """Give the keyboard to what matters most in the place that is shown."""
        page = self.pages.currentWidget()
        if page is self.runs:
            self.runs.list.setFocus()
        elif page is self.setup:
            self.setup.contenders.add_button.setFocus()
        elif self.view.is_in_detail:
            self.view.detail.focus_letter("")
        else:
            self.view.panel.view.setFocus()

    def step_back(self) -> bool:
        """Close the question that is open; return whether there was one."""
        if self.pages.currentWidget() is self.view and self.view.is_in_detail:
            self.view.show_grid()
            return True
        return False

    def showEvent(self, event: QShowEvent) -> None:
        """Tell that the screen has come into view."""
        super().showEvent(event)
        self.shown.emit()
