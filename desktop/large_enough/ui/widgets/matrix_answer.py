"""One contender's answer to a question: what it says, how it was judged, what it cost."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from large_enough.comparison.run_matrix import Square, status_of
from large_enough.domain.clock import Clock
from large_enough.domain.energy import Energy
from large_enough.domain.grade import GradeStatus
from large_enough.domain.pack_run import Cell
from large_enough.domain.quantity import Unavailable
from large_enough.domain.round import Contender
from large_enough.ui.answer_facts import cost_lines, judgement_line, taken_line, why_lines
from large_enough.ui.model_facts import facts_line, model_name
from large_enough.ui.theme import Theme
from large_enough.ui.tokens import Type
from large_enough.ui.widgets.answer_pane import AnswerPane
from large_enough.ui.widgets.buttons import Button, line
from large_enough.ui.widgets.choice_switch import ChoiceSwitch
from large_enough.ui.widgets.labels import ElidedLabel, Label
from large_enough.ui.widgets.marks import Badge
from large_enough.ui.widgets.matrix_marks import SquarePainter
from large_enough.ui.widgets.thoughts_fold import ThoughtsFold
from large_enough.wording.translate import _

_LEAST_WIDTH_PX = 250
_MARK_PX = 20
_INSET_PX = 14


class _StatusMark(QLabel):
    """The mark that stands in the matrix, beside its words."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._squares = SquarePainter(theme)
        self._status: GradeStatus | None = None
        theme.changed.connect(self._on_theme_changed)

    def show_status(self, status: GradeStatus) -> None:
        """Show another one; only right and wrong have marks."""
        self._status = status
        self.setVisible(status in (GradeStatus.CORRECT, GradeStatus.WRONG))
        self.update()

    def sizeHint(self) -> QSize:
        edge = round(_MARK_PX * self._theme.scale)
        return QSize(edge, edge)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        if self._status is not None:
            painter = QPainter(self)
            square = Square(statuses=(self._status,))
            self._squares.paint(painter, QRectF(self.rect()), square)
            painter.end()

    @Slot()
    def _on_theme_changed(self) -> None:
        self._squares.forget()
        self.updateGeometry()


class AnswerColumn(QFrame):
    """A card with an answer, as tall as there is room.

    Signals:
        judging_wanted: The user wants to judge this answer by hand: `Cell`.
    """

    judging_wanted = Signal(object)

    def __init__(
        self, theme: Theme, clock: Clock, letter: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self._theme = theme
        self.letter = letter
        self._cells: tuple[Cell, ...] = ()
        self._energies: dict[int, Energy | Unavailable] = {}
        self._repeat = 0
        self.name = ElidedLabel(theme, Type.NAME)
        self.facts = ElidedLabel(theme, Type.SMALL, tone="soft")
        self.mark = _StatusMark(theme)
        self.judgement = Label(theme, Type.STRONG, wraps=True)
        self.taken = Label(theme, Type.SOFT, wraps=True)
        self.why = Label(theme, Type.SOFT, tone="soft", wraps=True)
        self.cost = Label(theme, Type.SMALL, tone="soft", wraps=True)
        self.thoughts = ThoughtsFold(theme, clock, letter)
        self.answer = AnswerPane(theme, clock, self)
        self.answer.setAccessibleName(_("Answer of contender {letter}").format(letter=letter))
        self.judge_button = Button(theme, _("Judge by hand…"), kind="small")
        self.judge_button.setAccessibleName(
            _("Judge the answer of contender {letter} by hand").format(letter=letter)
        )
        self._repeats = QVBoxLayout()
        self._switch: ChoiceSwitch | None = None
        self._arrange(theme)
        self.judge_button.clicked.connect(self._on_judging_wanted)

    @property
    def cell(self) -> Cell | None:
        """The answer that is shown."""
        return self._cells[self._repeat] if self._repeat < len(self._cells) else None

    @property
    def repeat_switch(self) -> ChoiceSwitch | None:
        """Chooses among repeats; None where there is one answer."""
        return self._switch

    def minimumSizeHint(self) -> QSize:
        """Return the least width at which an answer can be read."""
        width = round(_LEAST_WIDTH_PX * self._theme.scale)
        return QSize(width, super().minimumSizeHint().height())

    def show_contender(self, contender: Contender) -> None:
        """Show whose answers these are."""
        self.name.setText(model_name(contender.card))
        self.facts.setText(facts_line(contender.card))

    def show_cells(
        self, cells: Sequence[Cell], energies: Sequence[Energy | Unavailable | None]
    ) -> None:
        """Show answers to one question.

        Args:
            cells: One for each repeat that is finished.
            energies: Of each of them, chosen so that those of all contenders compare.
        """
        is_same_item = bool(cells and self._cells) and cells[0].key == self._cells[0].key
        self._cells = tuple(cells)
        self._energies = {
            number: energy for number, energy in enumerate(energies) if energy is not None
        }
        if not is_same_item or self._repeat >= len(cells):
            self._repeat = 0
        self._offer_repeats()
        self._show()

    def _show(self) -> None:
        cell = self.cell
        self.judge_button.setEnabled(cell is not None)
        self.thoughts.begin(self.letter)
        self.answer.begin(self.letter)
        if cell is None:
            self.mark.hide()
            self.judgement.setText(_("not answered yet"))
            self.judgement.set_tone("soft")
            for label in (self.taken, self.why, self.cost):
                label.hide()
            self.answer.finish()
            return
        if cell.thoughts:
            self.thoughts.add_text(cell.thoughts)
        self.thoughts.finish()
        self.answer.add_text(cell.text)
        self.answer.finish()
        self._show_judgement(cell)

    def _show_judgement(self, cell: Cell) -> None:
        status = status_of(cell)
        self.mark.show_status(status)
        self.judgement.setText(judgement_line(cell))
        tones = {GradeStatus.CORRECT: "good", GradeStatus.WRONG: "ink"}
        self.judgement.set_tone(tones.get(status, "warning"))
        costs = cost_lines(cell, self._energies.get(self._repeat))
        for label, words in (
            (self.taken, taken_line(cell)),
            (self.why, "\n".join(why_lines(cell))),
            (self.cost, " · ".join(costs)),
        ):
            label.setText(words)
            label.setVisible(bool(words))

    def _offer_repeats(self) -> None:
        """Let the user choose among repeats, where there are some."""
        count = len(self._cells)
        if self._switch is not None:
            if len(self._switch.parts) == count:
                self._switch.choose(self._repeat)
                return
            self._repeats.removeWidget(self._switch)
            self._switch.hide()
            self._switch.deleteLater()
            self._switch = None
        if count > 1:
            parts = tuple(str(number + 1) for number in range(count))
            name = _("Repeat of contender {letter}").format(letter=self.letter)
            self._switch = ChoiceSwitch(self._theme, name, parts)
            self._switch.choose(self._repeat)
            self._switch.chosen.connect(self._on_repeat_chosen)
            self._repeats.addWidget(self._switch, 0, Qt.AlignmentFlag.AlignLeft)

    def _arrange(self, theme: Theme) -> None:
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.name)
        words.addWidget(self.facts)
        head = QHBoxLayout()
        head.setContentsMargins(_INSET_PX, 10, _INSET_PX, 10)
        head.setSpacing(10)
        head.addWidget(Badge(theme, self.letter))
        head.addLayout(words, 1)
        verdict = QHBoxLayout()
        verdict.setContentsMargins(_INSET_PX, 8, _INSET_PX, 8)
        verdict.setSpacing(6)
        verdict.addWidget(self.mark)
        verdict.addWidget(self.judgement, 1)
        verdict.addWidget(self.judge_button)
        below = QVBoxLayout()
        below.setContentsMargins(_INSET_PX, 10, _INSET_PX, 12)
        below.setSpacing(6)
        below.addLayout(self._repeats)
        for label in (self.taken, self.why, self.cost):
            below.addWidget(label)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(line())
        column.addLayout(verdict)
        column.addWidget(line())
        column.addWidget(self.thoughts)
        column.addWidget(self.answer, 1)
        column.addWidget(line())
        column.addLayout(below)

    @Slot(int)
    def _on_repeat_chosen(self, repeat: int) -> None:
        self._repeat = repeat
        self._show()

    @Slot()
    def _on_judging_wanted(self) -> None:
        if self.cell is not None:
            self.judging_wanted.emit(self.cell)
