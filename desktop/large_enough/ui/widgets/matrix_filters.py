"""Chooses which questions of a run are in view, and in which order."""

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from large_enough.comparison.matrix_filter import (
    Finding,
    Findings,
    MatrixWish,
    failures_in,
)
from large_enough.comparison.run_matrix import RunMatrix
from large_enough.ui.matrix_words import finding_word
from large_enough.ui.safe_text import menu_text
from large_enough.ui.tables.matrix_model import SortBy
from large_enough.ui.theme import Theme
from large_enough.ui.tokens import Type
from large_enough.ui.widgets.buttons import Button, Chip
from large_enough.ui.widgets.chip_lines import ChipLines
from large_enough.ui.widgets.exclusive_group import ExclusiveGroup
from large_enough.ui.widgets.labels import Label
from large_enough.ui.widgets.text_field import TextField
from large_enough.wording.grade_words import status_word
from large_enough.wording.numbers import count_text
from large_enough.wording.translate import _

SEARCH_PAUSE_MS = 150
_SEARCH_WIDTH_PX = 210
_LONGEST_SEARCH = 200
_ALWAYS = frozenset({Finding.ANY, Finding.ONLY_LARGE, Finding.ONLY_SMALL})
"""Chips that are there even where nothing fits: they are what a run is made for."""


class MatrixFilters(QWidget):
    """Chips for what answers have in common, a menu for kinds of questions, and a search.

    Signals:
        wished: The user wants other questions: `MatrixWish`.
        sorting_wanted: The user wants another order: a `SortBy`.
    """

    wished = Signal(object)
    sorting_wanted = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wish = MatrixWish()
        self._findings = tuple(Finding)
        self._group = ExclusiveGroup(self)
        self._lines = ChipLines()
        self.chips = {finding: Chip(theme, "") for finding in self._findings}
        self.menu_button = Button(theme, _("Kinds"), picture="chevron-down", kind="small")
        self.menu_button.setToolTip(_("Only some levels, kinds of task, tags or failures"))
        self.kinds = QMenu(self.menu_button)
        self.menu_button.setMenu(self.kinds)
        self.sort_button = Button(theme, _("Order"), picture="chevron-down", kind="small")
        self.orders = QMenu(self.sort_button)
        self.sort_button.setMenu(self.orders)
        hint = _("Search questions")
        self.search = TextField(
            theme, hint, longest=_LONGEST_SEARCH, width_px=_SEARCH_WIDTH_PX, hint=hint
        )
        self.search.setClearButtonEnabled(True)
        self.count = Label(theme, Type.SOFT, tone="soft")
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SEARCH_PAUSE_MS)
        self._arrange()
        self._fill_orders()
        self._connect()

    @property
    def wish(self) -> MatrixWish:
        """Which questions the user wants to see."""
        return self._wish

    def show_matrix(self, matrix: RunMatrix, findings: Findings) -> None:
        """Offer what can be looked for in another run, and all of its questions."""
        self._wish = MatrixWish()
        self.search.blockSignals(True)
        self.search.clear()
        self.search.blockSignals(False)
        self.chips[Finding.ANY].setChecked(True)
        self._fill_kinds(matrix)
        self.renew(matrix, findings)

    def renew(self, matrix: RunMatrix, findings: Findings) -> None:
        """Count again."""
        counts = findings.counts()
        for finding, chip in self.chips.items():
            words = finding_word(finding, matrix)
            if finding is not Finding.ANY:
                words = f"{words} ({count_text(counts[finding])})"
            if chip.text() != words:
                chip.setText(words)
                chip.updateGeometry()
            has_any = counts[finding] > 0 or finding in _ALWAYS
            chip.setVisible(has_any or chip.isChecked())
        self._lines.renew_height()

    def _arrange(self) -> None:
        for number, finding in enumerate(self._findings):
            self._group.add(self.chips[finding], number)
            self._lines.flow.addWidget(self.chips[finding])
        self.chips[Finding.ANY].setChecked(True)
        below = QHBoxLayout()
        below.setSpacing(8)
        below.addWidget(self.search)
        below.addWidget(self.menu_button)
        below.addWidget(self.sort_button)
        below.addStretch(1)
        below.addWidget(self.count)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._lines)
        column.addLayout(below)

    def _connect(self) -> None:
        self._group.idClicked.connect(self._on_chip_clicked)
        self.search.textChanged.connect(self._timer.start)
        self._timer.timeout.connect(self._on_typed)
        self.kinds.triggered.connect(self._on_kind_chosen)
        self.orders.triggered.connect(self._on_order_chosen)

    def _fill_orders(self) -> None:
        for sort, words in (
            (SortBy.ASKED, _("As they are asked")),
            (SortBy.RIGHT_COUNT, _("Hardest first")),
            (SortBy.LEVEL, _("By level")),
            (SortBy.QUESTION, _("By question")),
        ):
            self.orders.addAction(words).setData(sort)
        self.sort_button.setToolTip(_("Headings of columns order the rows, too"))

    def _fill_kinds(self, matrix: RunMatrix) -> None:
        """List levels, families, tags and failures of this run."""
        self.kinds.clear()
        self._add_kind(_("All questions"), MatrixWish())
        items = [row.item for row in matrix.rows]
        levels = sorted({item.level for item in items if item.level is not None})
        families = sorted({item.family for item in items if item.family})
        tags = sorted({tag for item in items for tag in item.tags})
        self._add_section(
            [(_("Level {level}").format(level=level), MatrixWish(level=level)) for level in levels]
        )
        self._add_section([(menu_text(name), MatrixWish(family=name)) for name in families])
        self._add_section([(f"# {menu_text(name)}", MatrixWish(tag=name)) for name in tags])
        self._add_section(
            [
                (status_word(status), MatrixWish(Finding.FAILED, failure=status))
                for status in failures_in(matrix)
            ]
        )
        group = QActionGroup(self.kinds)
        for action in self.kinds.actions():
            group.addAction(action)
        self.kinds.actions()[0].setChecked(True)
        self.menu_button.setText(_("Kinds"))

    def _add_section(self, entries: list[tuple[str, MatrixWish]]) -> None:
        if entries:
            self.kinds.addSeparator()
        for words, wish in entries:
            self._add_kind(words, wish)

    def _add_kind(self, words: str, wish: MatrixWish) -> None:
        action = self.kinds.addAction(words)
        action.setData(wish)
        action.setCheckable(True)

    @Slot(int)
    def _on_chip_clicked(self, number: int) -> None:
        self._change(self._wish._replace(finding=self._findings[number], failure=None))

    @Slot()
    def _on_typed(self) -> None:
        self._change(self._wish._replace(text=self.search.text()))

    @Slot(QAction)
    def _on_kind_chosen(self, action: QAction) -> None:
        wish: MatrixWish = action.data()
        kept = self._wish.finding if wish.failure is None else Finding.FAILED
        self.chips[kept].setChecked(True)
        self.chips[kept].show()
        is_all = wish == MatrixWish()
        self.menu_button.setText(_("Kinds") if is_all else action.text())
        self._change(wish._replace(finding=kept, text=self._wish.text))

    @Slot(QAction)
    def _on_order_chosen(self, action: QAction) -> None:
        self.sorting_wanted.emit(action.data())

    def _change(self, wish: MatrixWish) -> None:
        self._wish = wish
        self.wished.emit(wish)
