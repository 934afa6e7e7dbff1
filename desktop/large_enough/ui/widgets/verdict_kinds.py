"""How right each contender is on each kind of question, and models for the field beside others."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from large_enough.domain.text import harmless_line
from large_enough.domain.verdict import RunVerdict, Slice
from large_enough.ui.safe_text import tooltip
from large_enough.ui.theme import Theme
from large_enough.ui.tokens import Type
from large_enough.ui.verdict_words import field_sentence, interval_words, reason_of
from large_enough.ui.widgets.labels import ElidedLabel, Label
from large_enough.ui.widgets.marks import Badge
from large_enough.ui.widgets.titled_card import TitledCard
from large_enough.wording.numbers import NOT_AVAILABLE, count_text, share_text
from large_enough.wording.translate import _
from large_enough.wording.verdict_words import contender_names

_MOST_COLUMNS = 6
"""Of contenders: more would not fit beside each other; the report has them all."""


class KindsCard(TitledCard):
    """Levels and families, one line for each."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, _("How right they were, by level and kind of task"), parent)
        self._theme = theme
        self._place: QWidget | None = None
        self.cells: dict[tuple[str, str], Label] = {}
        self.hint = Label(
            theme,
            Type.SMALL,
            _("Right answers; with few questions of a kind these shares are rough."),
            tone="soft",
            wraps=True,
        )
        self.column.addWidget(self.hint)

    def show_verdict(self, verdict: RunVerdict) -> None:
        """Show all of a run, then its slices."""
        slices = [(_("Level {level}").format(level=one.name), one) for one in verdict.levels]
        slices += [(harmless_line(one.name), one) for one in verdict.families]
        slices.insert(0, (_("All questions"), _all_questions(verdict)))
        if self._place is not None:
            self.column.removeWidget(self._place)
            self._place.hide()
            self._place.deleteLater()
        self._place = self._table(verdict, slices)
        self.column.insertWidget(1, self._place)

    def _table(self, verdict: RunVerdict, slices: Sequence[tuple[str, Slice]]) -> QWidget:
        place = QWidget()
        grid = QGridLayout(place)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(0, 1)
        letters = [contender.letter for contender in verdict.contenders][:_MOST_COLUMNS]
        middle = Qt.AlignmentFlag.AlignCenter
        for column, letter in enumerate(letters, 2):
            grid.addWidget(Badge(self._theme, letter), 0, column, middle)
        heading = Label(self._theme, Type.SMALL, _("questions"), tone="soft")
        grid.addWidget(heading, 0, 1, Qt.AlignmentFlag.AlignTrailing)
        self.cells = {}
        names = contender_names(verdict)
        for row, (name, one) in enumerate(slices, 1):
            grid.addWidget(ElidedLabel(self._theme, Type.SOFT, name), row, 0)
            count = Label(self._theme, Type.SOFT, count_text(one.question_count), tone="soft")
            grid.addWidget(count, row, 1, Qt.AlignmentFlag.AlignTrailing)
            for column, letter in enumerate(letters, 2):
                cell = self._cell(name, one, letter, names[letter])
                grid.addWidget(cell, row, column, Qt.AlignmentFlag.AlignTrailing)
        return place

    def _cell(self, name: str, one: Slice, letter: str, contender: str) -> Label:
        found = one.accuracies.get(letter)
        is_known = found is not None and not reason_of(found)
        text = NOT_AVAILABLE
        words = _("not available")
        if found is not None:
            words = reason_of(found) or interval_words(found)
        if is_known and found is not None:
            text = share_text(found.share)  # type: ignore[union-attr]  # reason_of told
        cell = self.cells[name, letter] = Label(self._theme, Type.SOFT_STRONG, text)
        cell.setToolTip(tooltip(words))
        cell.setAccessibleDescription(words)  # or screen readers would read the tooltip's HTML
        cell.setAccessibleName(
            _("{name}, {measure}: {number}").format(name=contender, measure=name, number=words)
        )
        return cell


def _all_questions(verdict: RunVerdict) -> Slice:
    accuracies = {letter: one.accuracy for letter, one in verdict.standings.items()}
    return Slice(name="", question_count=len(verdict.plan.item_ids), accuracies=accuracies)


class FieldCard(TitledCard):
    """Sentences about models that are made for this field."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, _("Made for this field, or general?"), parent)
        self.words = Label(theme, Type.SOFT, wraps=True)
        self.column.addWidget(self.words)

    def show_verdict(self, verdict: RunVerdict) -> None:
        """Show the pairs of a run; none takes no room."""
        self.words.setText("\n".join(field_sentence(verdict, pair) for pair in verdict.field_pairs))
        self.setVisible(bool(verdict.field_pairs))
