"""Small charts of a round side by side: speed, memory and power over time, also while it runs."""

import functools
from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QWidget

from large_enough.domain.round import RoundPlan, RoundRecord
from large_enough.ui.round_drawings import (
    Look,
    has_power,
    live_speed_drawing,
    memory_drawing,
    power_drawing,
    speed_drawing,
)
from large_enough.ui.round_progress import RoundProgress
from large_enough.ui.round_samples import Readings
from large_enough.ui.theme import Theme
from large_enough.ui.widgets.drawing_view import DrawingView

_USUAL, _LOW = (Look(height, with_legend=False) for height in (150.0, 112.0))
"""The panes above tell which letter is whose."""
_GAP_PX = 24


class ChartsStrip(QWidget):
    """Two or three charts; power only where something measures it."""

    def __init__(
        self,
        theme: Theme,
        readings_of: Callable[[str], Readings | None],
        parent: QWidget | None = None,
    ) -> None:
        """Show nothing yet.

        Args:
            theme: Colours and type.
            readings_of: Returns what was read during the round with that id, if it is still known.
            parent: What it lies in.
        """
        super().__init__(parent)
        self._readings_of = readings_of
        self._look = _USUAL
        self.speed, self.memory, self.power = (DrawingView(theme) for _number in range(3))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(_GAP_PX)
        for view in self.views:
            row.addWidget(view, 1)

    @property
    def views(self) -> tuple[DrawingView, ...]:
        """The charts, from left to right."""
        return self.speed, self.memory, self.power

    def use_height(self, *, is_low: bool) -> bool:
        """Draw this high from the next time on; return whether that is another height."""
        before, self._look = self._look, _LOW if is_low else _USUAL
        return before != self._look

    def show_progress(self, progress: RoundProgress) -> None:
        """Show how a running round has gone so far."""
        self.speed.show_drawing(functools.partial(live_speed_drawing, progress, look=self._look))
        self._show_readings(progress.plan)

    def show_record(self, record: RoundRecord) -> None:
        """Show a finished round."""
        self.speed.show_drawing(functools.partial(speed_drawing, record, look=self._look))
        self._show_readings(record.plan)

    def _show_readings(self, plan: RoundPlan) -> None:
        readings = self._readings_of(plan.round_id)
        has_memory = readings is not None and bool(readings.memory)
        self.memory.setVisible(has_memory)
        self.power.setVisible(has_power(readings))
        if readings is None:
            return
        for view, make in ((self.memory, memory_drawing), (self.power, power_drawing)):
            if not view.isHidden():
                view.show_drawing(functools.partial(make, plan, readings, look=self._look))
