"""Why the answers of a round were as fast as they were, and charts of it."""

import functools
from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from large_enough.domain.costing import Costing
from large_enough.domain.round import RoundRecord
from large_enough.domain.text import harmless_line
from large_enough.ui.round_drawings import (
    figures_drawing,
    has_power,
    memory_drawing,
    power_drawing,
    speed_drawing,
)
from large_enough.ui.round_samples import Readings, ReadingsOf
from large_enough.ui.theme import Theme
from large_enough.ui.tokens import Type
from large_enough.ui.widgets.buttons import card
from large_enough.ui.widgets.chart_card import ChartCard
from large_enough.ui.widgets.labels import Label
from large_enough.wording.translate import _


class ChartPanel(QWidget):
    """The explanation above the charts.

    Signals:
        saving_wanted: The user wants a `Drawing` as a file of this `Picture`.
    """

    saving_wanted = Signal(object, object)

    def __init__(
        self,
        theme: Theme,
        readings_of: ReadingsOf,
        parent: QWidget | None = None,
    ) -> None:
        """Show nothing yet.

        Args:
            theme: Colours and type.
            readings_of: Finds the readings of a round.
            parent: What it lies in.
        """
        super().__init__(parent)
        self._readings_of = readings_of
        self.explanation = Label(theme, Type.BASE, wraps=True)
        self.speed = ChartCard(theme, _("Speed over time"))
        self.memory = ChartCard(theme, _("Memory over time"))
        self.power = ChartCard(theme, _("Power over time"))
        self.figures = ChartCard(theme, _("The figures side by side"))
        self.remark = Label(theme, Type.SMALL, tone="soft", wraps=True)
        self._arrange(theme)
        for chart in self._charts:
            chart.saving_wanted.connect(self.saving_wanted)

    @property
    def _charts(self) -> tuple[ChartCard, ...]:
        return self.speed, self.memory, self.power, self.figures

    def show_record(self, record: RoundRecord, costing: Costing) -> None:
        """Show the charts of a round; why it was so fast follows."""
        self.explanation.setText(_("Looking into it…"))
        self.speed.show_drawing(functools.partial(speed_drawing, record))
        self.figures.show_drawing(functools.partial(figures_drawing, record, costing))
        self._show_readings(record, self._readings_of(record.plan.round_id))

    def _show_readings(self, record: RoundRecord, readings: Readings | None) -> None:
        has_memory = readings is not None and bool(readings.memory)
        is_powered = has_power(readings)
        self.memory.setVisible(has_memory)
        self.power.setVisible(is_powered)
        if readings is not None and has_memory:
            self.memory.show_drawing(functools.partial(memory_drawing, record.plan, readings))
        if readings is not None and is_powered:
            self.power.show_drawing(functools.partial(power_drawing, record.plan, readings))
        self.remark.setText(_missing_words(readings, has_memory=has_memory, has_power=is_powered))

    def explain(self, sentences: Sequence[str]) -> None:
        """Say why the answers were as fast as they were, a sentence for each."""
        words = [harmless_line(sentence) for sentence in sentences]
        self.explanation.setText("\n".join(words) or _("There is no answer whose speed is known."))

    def _arrange(self, theme: Theme) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self._why(theme))
        for chart in self._charts:
            column.addWidget(chart)
        column.addWidget(self.remark)
        column.addStretch(1)

    def _why(self, theme: Theme) -> QFrame:
        why = card()
        column = QVBoxLayout(why)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(4)
        column.addWidget(Label(theme, Type.STRONG, _("Why this speed")))
        column.addWidget(self.explanation)
        return why


def _missing_words(readings: Readings | None, *, has_memory: bool, has_power: bool) -> str:
    """Return why a chart is missing; empty if none is."""
    if readings is None:
        return _(
            "Memory and power over time are there for rounds that ran since this window was "
            "opened; records keep their peaks and averages, which are among the figures."
        )
    if has_memory and not has_power:
        return _("Power over time: nothing measures it here. The doctor says what would.")
    return ""
