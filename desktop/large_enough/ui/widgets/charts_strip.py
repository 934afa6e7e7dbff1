"""Small charts of a round side by side: speed, memory and power over time, also while it runs."""

import functools

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
from large_enough.ui.round_samples import Readings, ReadingsOf
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
        self._look = _USUAL
        self._round_id = ""
        self._turn = 0
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
        """Show how a running round has gone so far.

        The first call for a round draws all charts, each further one the next in turn: drawing
        takes time that keys, clicks and answers wait for.
        """
        readings = self._readings_of(progress.plan.round_id)
        self._show_which(readings)
        is_new = self._round_id != progress.plan.round_id
        self._round_id = progress.plan.round_id
        self._turn += 1
        for number, view in enumerate(view for view in self.views if not view.isHidden()):
            if is_new or number == self._turn % self._shown_count:
                self._draw(view, progress, readings)

    def show_record(self, record: RoundRecord) -> None:
        """Show a finished round."""
        self._round_id = ""
        readings = self._readings_of(record.plan.round_id)
        self._show_which(readings)
        self.speed.show_drawing(functools.partial(speed_drawing, record, look=self._look))
        for view in (self.memory, self.power):
            self._draw_readings(view, record.plan, readings)

    @property
    def _shown_count(self) -> int:
        return sum(not view.isHidden() for view in self.views)

    def _show_which(self, readings: Readings | None) -> None:
        self.memory.setVisible(readings is not None and bool(readings.memory))
        self.power.setVisible(has_power(readings))

    def _draw(self, view: DrawingView, progress: RoundProgress, readings: Readings | None) -> None:
        if view is self.speed:
            view.show_drawing(functools.partial(live_speed_drawing, progress, look=self._look))
        else:
            self._draw_readings(view, progress.plan, readings)

    def _draw_readings(self, view: DrawingView, plan: RoundPlan, readings: Readings | None) -> None:
        if readings is None or view.isHidden():
            return
        make = memory_drawing if view is self.memory else power_drawing
        view.show_drawing(functools.partial(make, plan, readings, look=self._look))
