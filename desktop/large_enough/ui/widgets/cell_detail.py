"""A question with all answers to it, side by side."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from large_enough.comparison.matrix_filter import Findings
from large_enough.comparison.run_matrix import RunMatrix
from large_enough.domain.clock import Clock
from large_enough.domain.energy import Energy
from large_enough.domain.pack_run import Cell
from large_enough.domain.quantity import Unavailable
from large_enough.domain.text import harmless_line
from large_enough.ui.answer_facts import energies_of
from large_enough.ui.directions import keep_order
from large_enough.ui.theme import Theme
from large_enough.ui.tokens import Type
from large_enough.ui.widgets.buttons import Button, IconButton
from large_enough.ui.widgets.labels import ElidedLabel
from large_enough.ui.widgets.matrix_answer import AnswerColumn
from large_enough.ui.widgets.matrix_question import WIDTH_PX, QuestionColumn
from large_enough.ui.widgets.side_scrolling import SideScrolling
from large_enough.wording.numbers import count_text
from large_enough.wording.translate import _


class CellDetail(QWidget):
    """The question at the left, the answers beside it, small models first.

    Signals:
        closed: The user wants to go back to the matrix.
        step_wanted: The user wants the question before (-1) or after (1).
        judging_wanted: The user wants to judge an answer by hand: `Cell`.
        key_fix_wanted: The user wants to change the key of the question that is shown.
    """

    closed = Signal()
    step_wanted = Signal(int)
    judging_wanted = Signal(object)
    key_fix_wanted = Signal()

    def __init__(self, theme: Theme, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._clock = clock
        self.item_id = ""
        self.back_button = Button(theme, _("Back to the matrix"), picture="chevron-left")
        self.title = ElidedLabel(theme, Type.STRONG)
        self.before_button = IconButton(theme, "chevron-left", _("Question before (Ctrl+Up)"))
        self.after_button = IconButton(theme, "chevron-right", _("Next question (Ctrl+Down)"))
        self.before_button.setShortcut("Ctrl+Up")
        self.after_button.setShortcut("Ctrl+Down")
        self.question = QuestionColumn(theme)
        self.columns: dict[str, AnswerColumn] = {}
        self._row = QHBoxLayout()
        self._letters: tuple[str, ...] = ()
        self._arrange()
        self._connect()

    def show_item(self, matrix: RunMatrix, item_id: str, *, can_fix: bool) -> None:
        """Show a question and what there is of its answers."""
        row = matrix.row(item_id)
        self.item_id = item_id
        self._show_contenders(matrix)
        self.title.setText(
            _("Question {number} of {count}: {item}").format(
                number=count_text(row.number),
                count=count_text(len(matrix.rows)),
                item=harmless_line(item_id),
            )
        )
        cells = {letter: matrix.cells_of(letter, item_id) for letter in matrix.letters}
        shown = next((one.shown_choices for found in cells.values() for one in found), ())
        self.question.show_item(row.item, Findings(matrix).flags(row), shown, can_fix=can_fix)
        for letter in matrix.letters:
            energies = [_energy(cells, letter, number) for number in range(len(cells[letter]))]
            self.columns[letter].show_cells(cells[letter], energies)

    def focus_letter(self, letter: str) -> None:
        """Give the keyboard to an answer, or to the way back."""
        column = self.columns.get(letter)
        if column is None or letter not in self._letters:
            self.back_button.setFocus()
        else:
            column.answer.setFocus()

    def offer_steps(self, *, has_before: bool, has_after: bool) -> None:
        """Say whether there are questions before and after this one."""
        self.before_button.setEnabled(has_before)
        self.after_button.setEnabled(has_after)

    def _show_contenders(self, matrix: RunMatrix) -> None:
        """Have a column for each contender, in this order."""
        for letter in matrix.letters:
            if letter not in self.columns:
                column = AnswerColumn(self._theme, self._clock, letter)
                column.judging_wanted.connect(self.judging_wanted)
                self.columns[letter] = column
        if self._letters != matrix.letters:
            self._letters = matrix.letters
            for column in self.columns.values():
                self._row.removeWidget(column)
                column.hide()
            for letter in matrix.letters:
                self._row.addWidget(self.columns[letter], 1)
        for letter in matrix.letters:
            self.columns[letter].show_contender(matrix.contender(letter))
            self.columns[letter].show()

    def _arrange(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self.back_button)
        head.addWidget(self.title, 1)
        head.addWidget(self.before_button)
        head.addWidget(self.after_button)
        self.question.setFixedWidth(round(WIDTH_PX * self._theme.scale))
        holder = QWidget()
        holder.setLayout(self._row)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(12)
        keep_order(self._row)
        answers = SideScrolling(holder)
        answers.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        body = QHBoxLayout()
        body.setSpacing(12)
        body.addWidget(self.question)
        body.addWidget(answers, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(head)
        column.addLayout(body, 1)

    def _connect(self) -> None:
        self.back_button.clicked.connect(self.closed)
        self.before_button.clicked.connect(self._on_before_wanted)
        self.after_button.clicked.connect(self._on_after_wanted)
        self.question.key_fix_wanted.connect(self.key_fix_wanted)
        self._theme.changed.connect(self._on_theme_changed)

    @Slot()
    def _on_before_wanted(self) -> None:
        self.step_wanted.emit(-1)

    @Slot()
    def _on_after_wanted(self) -> None:
        self.step_wanted.emit(1)

    @Slot()
    def _on_theme_changed(self) -> None:
        self.question.setFixedWidth(round(WIDTH_PX * self._theme.scale))


def _energy(
    cells: dict[str, tuple[Cell, ...]], letter: str, repeat: int
) -> Energy | Unavailable | None:
    """Return the energy of one answer, chosen so that it compares with the others'."""
    of_repeat = {one: found[repeat] for one, found in cells.items() if repeat < len(found)}
    return energies_of(of_repeat).get(letter)
