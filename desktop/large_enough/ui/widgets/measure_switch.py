"""Chooses which cost is meant; one that nobody measured is grey and says why."""

from collections.abc import Mapping

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from large_enough.domain.verdict import CostMeasure
from large_enough.ui.safe_text import tooltip
from large_enough.ui.theme import Theme
from large_enough.ui.widgets.choice_switch import ChoiceSwitch
from large_enough.wording.translate import _

MEASURES = (
    CostMeasure.ENERGY,
    CostMeasure.TIME,
    CostMeasure.MEMORY,
    CostMeasure.MONEY,
    CostMeasure.CO2,
)
_ONLY_WHERE_SET = frozenset({CostMeasure.MONEY, CostMeasure.CO2})
"""They rest on the user's own figures, so nobody misses them."""


class MeasureSwitch(ChoiceSwitch):
    """Energy, time, memory; money and CO2 where the user has set what they need.

    Signals:
        measure_chosen: The user chose this `CostMeasure`.
    """

    measure_chosen = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        words = (_("Energy"), _("Time"), _("Memory"), _("Money"), _("CO2"))
        super().__init__(theme, _("Which cost is shown"), words, parent)
        self._wanted = CostMeasure.ENERGY
        self.chosen.connect(self._on_chosen)

    @property
    def measure(self) -> CostMeasure:
        """What is chosen."""
        return MEASURES[self.index]

    def offer(self, missing: Mapping[CostMeasure, str]) -> None:
        """Offer all but what is missing, and go to what the user chose last if it is there.

        Args:
            missing: Why a measure cannot be shown, by measure.
        """
        for part, measure in zip(self.parts, MEASURES, strict=True):
            part.setEnabled(measure not in missing)
            part.setVisible(measure not in missing or measure not in _ONLY_WHERE_SET)
            part.setToolTip(tooltip(missing.get(measure, "")))
            part.setAccessibleDescription(missing.get(measure, ""))
        there = [measure for measure in MEASURES if measure not in missing]
        if there:
            best = self._wanted if self._wanted in there else there[0]
            self.choose(MEASURES.index(best))

    @Slot(int)
    def _on_chosen(self, index: int) -> None:
        self._wanted = MEASURES[index]
        self.measure_chosen.emit(self._wanted)
