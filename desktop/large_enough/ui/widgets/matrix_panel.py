"""The matrix with what is around it: filters above, totals below."""

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from large_enough.comparison.matrix_filter import MatrixWish
from large_enough.comparison.run_matrix import RunMatrix
from large_enough.domain.pack_run import Cell
from large_enough.ui.matrix_words import shown_words
from large_enough.ui.tables.matrix_model import SortBy
from large_enough.ui.theme import Theme
from large_enough.ui.tokens import Type
from large_enough.ui.widgets.buttons import line
from large_enough.ui.widgets.labels import Label
from large_enough.ui.widgets.matrix_filters import MatrixFilters
from large_enough.ui.widgets.matrix_totals import MatrixTotals
from large_enough.ui.widgets.matrix_view import MatrixView
from large_enough.wording.translate import _

RENEWAL_MS = 250
"""While a run goes on, what it shows is renewed so often: measuring must not be disturbed."""


class MatrixPanel(QFrame):
    """A card with the matrix of one run.

    Signals:
        opened: The user wants to see a question and its answers: item id, letter or "".
    """

    opened = Signal(str, str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self.filters = MatrixFilters(theme)
        self.view = MatrixView(theme)
        self.totals = MatrixTotals(theme, self.view)
        self.nothing = Label(theme, Type.BASE, _("No question fits."), tone="soft")
        self.nothing.hide()
        self._timer = QTimer(self)
        self._timer.setInterval(RENEWAL_MS)
        self._arrange()
        self.filters.wished.connect(self._on_wished)
        self.filters.sorting_wanted.connect(self._on_sorting_wanted)
        self.view.opened.connect(self.opened)
        self.view.sorted_by.connect(self.view.horizontalHeader().viewport().update)
        self._timer.timeout.connect(self.catch_up)

    def show_matrix(self, matrix: RunMatrix) -> None:
        """Show another run."""
        self.view.matrix.want(MatrixWish())
        self.view.matrix.sort_by(SortBy.ASKED)
        self.view.matrix.show(matrix)
        self.totals.totals.show(matrix)
        findings = self.view.matrix.findings
        if findings is not None:
            self.filters.show_matrix(matrix, findings)
        self._say_count()
        if matrix.rows:
            self.view.go_to(matrix.rows[0].item.id)

    def take(self, cell: Cell) -> None:
        """Take in an answer; it is shown within a quarter of a second."""
        self.view.matrix.take(cell)
        if not self._timer.isActive():
            self._timer.start()

    @Slot()
    def catch_up(self) -> None:
        """Show what was taken in."""
        matrix, findings = self.view.matrix.matrix, self.view.matrix.findings
        if matrix is None or findings is None or not self.view.matrix.catch_up():
            self._timer.stop()
            return
        self.totals.totals.renew()
        self.filters.renew(matrix, findings)
        self._say_count()

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 10)
        column.setSpacing(4)
        column.addWidget(self.filters)
        column.addSpacing(2)
        column.addWidget(self.nothing)
        column.addWidget(self.view, 1)
        column.addWidget(line())
        column.addWidget(self.totals)

    @Slot(object)
    def _on_wished(self, wish: MatrixWish) -> None:
        self.view.matrix.want(wish)
        self._say_count()

    @Slot(object)
    def _on_sorting_wanted(self, sort: SortBy) -> None:
        self.view.matrix.sort_by(sort)
        self.view.sorted_by.emit()

    def _say_count(self) -> None:
        matrix = self.view.matrix.matrix
        shown = self.view.matrix.rowCount()
        count = 0 if matrix is None else len(matrix.rows)
        self.filters.count.setText(shown_words(shown, count))
        self.nothing.setVisible(count > 0 and shown == 0)
