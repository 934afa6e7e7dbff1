"""What one right answer costs with each contender, as a small table and a sentence."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from large_enough.domain.quantity import Unavailable
from large_enough.domain.verdict import CostMeasure, PairVerdict, RunVerdict
from large_enough.ui.safe_text import tooltip
from large_enough.ui.theme import Theme
from large_enough.ui.tokens import Type
from large_enough.ui.widgets.labels import ElidedLabel, Label
from large_enough.ui.widgets.marks import Badge
from large_enough.ui.widgets.titled_card import TitledCard
from large_enough.wording.numbers import NOT_AVAILABLE
from large_enough.wording.reasons import reason_text
from large_enough.wording.translate import _
from large_enough.wording.verdict_words import (
    amount_text,
    contender_names,
    cost_sentence,
    measure_name,
)

_ALWAYS = (CostMeasure.TIME, CostMeasure.ENERGY, CostMeasure.MEMORY)
_WHERE_SET = (CostMeasure.MONEY, CostMeasure.CO2)


class CostCard(TitledCard):
    """One line for each contender, the smallest first."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, _("What one correct answer costs"), parent)
        self._theme = theme
        self._place: QWidget | None = None
        self.cells: dict[tuple[str, CostMeasure], Label] = {}
        self.sentence = Label(theme, Type.SOFT, wraps=True)
        self.column.addWidget(self.sentence)

    def show_verdict(self, verdict: RunVerdict, pair: PairVerdict | None) -> None:
        """Show the costs of a run, and what the pair's come to."""
        self._fill(verdict)
        self.sentence.setText("" if pair is None else cost_sentence(verdict, pair))
        self.sentence.setVisible(bool(self.sentence.text()))

    def _fill(self, verdict: RunVerdict) -> None:
        if self._place is not None:
            self.column.removeWidget(self._place)
            self._place.hide()
            self._place.deleteLater()
        self._place = QWidget()
        grid = QGridLayout(self._place)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(7)
        grid.setColumnStretch(1, 1)  # names get what numbers leave
        measures = _measures(verdict)
        for number, measure in enumerate(measures):
            heading = Label(self._theme, Type.SMALL, measure_name(measure), tone="soft")
            grid.addWidget(heading, 0, 2 + number, Qt.AlignmentFlag.AlignTrailing)
        self.cells = {}
        names = contender_names(verdict)
        for row, contender in enumerate(verdict.contenders, 1):
            self._add_row(grid, row, verdict, contender.letter, names, measures)
        self.column.insertWidget(1, self._place)

    def _add_row(
        self,
        grid: QGridLayout,
        row: int,
        verdict: RunVerdict,
        letter: str,
        names: dict[str, str],
        measures: Sequence[CostMeasure],
    ) -> None:
        grid.addWidget(Badge(self._theme, letter), row, 0)
        grid.addWidget(ElidedLabel(self._theme, Type.BASE, names[letter]), row, 1)
        for number, measure in enumerate(measures):
            text, why = _cost_words(verdict, letter, measure)
            cell = self.cells[letter, measure] = Label(self._theme, Type.STRONG, text)
            cell.setToolTip(tooltip(why))
            cell.setAccessibleDescription(why)  # or screen readers would read the tooltip's HTML
            cell.setAccessibleName(
                _("{name}, {measure}: {number}").format(
                    name=names[letter], measure=measure_name(measure), number=why or text
                )
            )
            grid.addWidget(cell, row, 2 + number, Qt.AlignmentFlag.AlignTrailing)


def _measures(verdict: RunVerdict) -> tuple[CostMeasure, ...]:
    """Return what is shown: money and CO2 only where they are known."""
    known = [
        measure
        for measure in _WHERE_SET
        if any(
            measure in standing.costs
            and not isinstance(standing.costs[measure].per_right, Unavailable)
            for standing in verdict.standings.values()
        )
    ]
    return (*_ALWAYS, *known)


def _cost_words(verdict: RunVerdict, letter: str, measure: CostMeasure) -> tuple[str, str]:
    """Return an amount, or a dash and why it is not known."""
    standing = verdict.standings.get(letter)
    cost = None if standing is None else standing.costs.get(measure)
    if cost is None:
        return NOT_AVAILABLE, _("not available")
    if isinstance(cost.per_right, Unavailable):
        return NOT_AVAILABLE, reason_text(cost.per_right.reason)
    return amount_text(measure, cost.per_right, cost.quality), ""
