"""Two answers of a round side by side, with the words that only one of them has."""

import itertools
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QTextBrowser, QVBoxLayout, QWidget

from large_enough.domain.round import Cancelled, Done, RoundRecord
from large_enough.ui.difference_text import difference_words, show_side
from large_enough.ui.model_facts import model_name
from large_enough.ui.theme import Theme
from large_enough.ui.tokens import Type
from large_enough.ui.widgets.buttons import Chip, card
from large_enough.ui.widgets.exclusive_group import ExclusiveGroup
from large_enough.ui.widgets.labels import ElidedLabel, Label
from large_enough.ui.widgets.marks import Badge
from large_enough.wording.translate import _

if TYPE_CHECKING:
    from large_enough.comparison.differences import Differences

_MARGIN_PX = 14


class _Side(QFrame):
    """One of the two answers."""

    def __init__(self, theme: Theme, letter: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self.text = QTextBrowser()
        self.text.setOpenLinks(False)
        self.text.setFrameShape(QFrame.Shape.NoFrame)
        self.text.setFont(theme.font(Type.BASE))
        self.text.document().setDocumentMargin(_MARGIN_PX)
        self.text.viewport().setAutoFillBackground(False)
        self.text.setTabChangesFocus(True)
        self.text.setProperty("ringInside", True)
        self.text.setAccessibleName(
            _("Answer of contender {letter}, differences underlined").format(letter=letter)
        )
        row = QHBoxLayout()
        row.setContentsMargins(_MARGIN_PX, 10, _MARGIN_PX, 0)
        row.setSpacing(9)
        row.addWidget(Badge(theme, letter))
        title = ElidedLabel(theme, Type.STRONG, name)
        row.addWidget(title, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(self.text, 1)


class DifferencePanel(QWidget):
    """The two answers, how much they share, and the choice of the pair where there are more.

    Signals:
        comparing_wanted: The user wants to see how these two texts differ.
    """

    comparing_wanted = Signal(str, str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._record: RoundRecord | None = None
        self._found: Differences | None = None
        self._pair = ("", "")
        self._pairs: list[tuple[str, str]] = []
        self.chips: list[Chip] = []
        self._group = ExclusiveGroup(self)
        self.sides: list[_Side] = []
        self.summary = Label(theme, Type.SOFT, tone="soft", wraps=True)
        self._choice = QHBoxLayout()
        self._row = QHBoxLayout()
        self._arrange()
        theme.changed.connect(self._paint)

    def show_record(self, record: RoundRecord) -> None:
        """Compare the first two answers of a round, and offer the other pairs."""
        self._record = record
        letters = [each.letter for each in record.plan.contenders if _text(record, each.letter)]
        pairs = list(itertools.combinations(letters, 2))
        self._make_chips(pairs)
        if pairs:
            self._compare(*pairs[0])
        else:
            self._clear_sides()
            self.summary.setText(_("It takes two answers to see how they differ."))

    def show_differences(self, found: "Differences") -> None:
        """Show what was found."""
        self._found = found
        self.summary.setText(difference_words(found, *self._pair))
        self._paint()

    # --- building

    def _arrange(self) -> None:
        head = card()
        inner = QVBoxLayout(head)
        inner.setContentsMargins(16, 10, 16, 10)
        inner.setSpacing(8)
        inner.addLayout(self._choice)
        inner.addWidget(self.summary)
        self._choice.setSpacing(8)
        self._row.setSpacing(12)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(head)
        column.addLayout(self._row, 1)

    def _make_chips(self, pairs: list[tuple[str, str]]) -> None:
        for chip in self.chips:
            chip.deleteLater()
        while self._choice.count():
            self._choice.takeAt(0)
        self.chips, self._pairs = [], pairs
        for pair in pairs if len(pairs) > 1 else []:
            chip = Chip(self._theme, _("{a} and {b}").format(a=pair[0], b=pair[1]))
            self._group.add(chip)
            chip.setChecked(not self.chips)
            chip.clicked.connect(self._on_pair_clicked)
            self.chips.append(chip)
            self._choice.addWidget(chip)
        self._choice.addStretch(1)

    @Slot()
    def _on_pair_clicked(self) -> None:
        chosen = next(chip for chip in self.chips if chip.isChecked())
        self._compare(*self._pairs[self.chips.index(chosen)])

    def _compare(self, letter_a: str, letter_b: str) -> None:
        if self._record is None:
            return
        self._pair, self._found = (letter_a, letter_b), None
        self._clear_sides()
        for contender in self._record.plan.contenders:
            if contender.letter in self._pair:
                side = _Side(self._theme, contender.letter, model_name(contender.card))
                self.sides.append(side)
                self._row.addWidget(side, 1)
        self.summary.setText(_("Comparing…"))
        record = self._record
        self.comparing_wanted.emit(_text(record, letter_a), _text(record, letter_b))

    def _clear_sides(self) -> None:
        for side in self.sides:
            self._row.removeWidget(side)
            side.deleteLater()
        self.sides = []

    @Slot()
    def _paint(self) -> None:
        if self._found is None:
            return
        tokens = self._theme.tokens
        for number, (side, letter) in enumerate(zip(self.sides, self._pair, strict=True)):
            document = side.text.document()
            show_side(document, self._found, letter, is_second=bool(number), tokens=tokens)
            side.text.verticalScrollBar().setValue(0)


def _text(record: RoundRecord, letter: str) -> str:
    match record.result_of(letter):
        case Done(answer=answer):
            return answer.text
        case Cancelled(answer=answer) if answer is not None:
            return answer.text
        case _:
            return ""
