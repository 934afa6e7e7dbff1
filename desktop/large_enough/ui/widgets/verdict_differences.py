"""Which questions only one of two models got: chips that open the lists."""

import functools

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from large_enough.domain.verdict import PairVerdict, RunVerdict
from large_enough.ui.theme import Theme
from large_enough.ui.tokens import Type
from large_enough.ui.verdict_words import question_words
from large_enough.ui.widgets.buttons import Chip
from large_enough.ui.widgets.chip_lines import ChipLines
from large_enough.ui.widgets.labels import Label
from large_enough.ui.widgets.question_list import QuestionList
from large_enough.ui.widgets.titled_card import TitledCard
from large_enough.wording.numbers import count_text
from large_enough.wording.translate import _
from large_enough.wording.verdict_words import difference_sentence

ONLY_LARGE, ONLY_SMALL, NEITHER, BOTH = range(4)
"""The chips, in their order."""


class DifferenceCard(TitledCard):
    """Four groups of questions; the one that is open is listed.

    Signals:
        question_wanted: The user wants to see a question with its answers: its id.
    """

    question_wanted = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, _("Where they differ"), parent)
        self._verdict: RunVerdict | None = None
        self._groups: tuple[tuple[str, ...], ...] = ((), (), (), ())
        self._lines = ChipLines()
        self.chips = tuple(Chip(theme, "") for _number in self._groups)
        self.list = QuestionList(theme, _("Questions of this kind"))
        self.hint = Label(theme, Type.SMALL, _("Press one to list its questions."), tone="soft")
        self.sentence = Label(theme, Type.SOFT, tone="soft", wraps=True)
        for number, chip in enumerate(self.chips):
            chip.clicked.connect(functools.partial(self._on_chip_clicked, number))
            self._lines.flow.addWidget(chip)
        for widget in (self._lines, self.hint, self.list, self.sentence):
            self.column.addWidget(widget)
        self.list.opened.connect(self.question_wanted)
        self.list.hide()

    def show_pair(self, verdict: RunVerdict, pair: PairVerdict) -> None:
        """Count the questions of a pair; no list is open."""
        self._verdict = verdict
        self._groups = (pair.only_large, pair.only_small, pair.neither, pair.both)
        words = (
            _("{count} only the large one got"),
            _("{count} only the small one got"),
            _("{count} neither"),
            _("{count} both"),
        )
        for chip, text, group in zip(self.chips, words, self._groups, strict=True):
            chip.setText(text.format(count=count_text(len(group))))
            chip.setChecked(False)
            chip.setEnabled(bool(group))
            chip.updateGeometry()
        self._lines.renew_height()
        self.sentence.setText(difference_sentence(pair))
        self._show_list(())

    def open_group(self, number: int) -> None:
        """List the questions of one group, as a click on its chip does."""
        for other, chip in enumerate(self.chips):
            chip.setChecked(other == number)
        self._show_list(self._groups[number])

    def _show_list(self, item_ids: tuple[str, ...]) -> None:
        verdict = self._verdict
        if verdict is not None:
            plan = verdict.plan
            self.list.show_questions([(one, question_words(plan, one)) for one in item_ids])
        self.list.setVisible(bool(item_ids))
        self.hint.setVisible(not item_ids)

    def _on_chip_clicked(self, number: int) -> None:
        if self.chips[number].isChecked():
            self.open_group(number)
        else:
            self._show_list(())
