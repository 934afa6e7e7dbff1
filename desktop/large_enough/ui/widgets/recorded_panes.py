"""The panes of all contenders of a recorded round, side by side."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from large_enough.domain.clock import Clock
from large_enough.domain.round import RoundPlan, RoundRecord
from large_enough.ui.directions import keep_order
from large_enough.ui.model_facts import which_are_large
from large_enough.ui.round_progress import RoundProgress
from large_enough.ui.theme import Theme
from large_enough.ui.widgets.recorded_pane import RecordedPane

_GAP_PX = 12
_TIGHT_FROM = 3  # with this many panes, heads have little room


class RecordedPanes(QWidget):
    """One pane for each contender."""

    def __init__(self, theme: Theme, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._clock = clock
        self._has_strips = self._has_feet = True
        self.panes: dict[str, RecordedPane] = {}
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(_GAP_PX)
        keep_order(self._row)

    def show_plan(self, plan: RoundPlan, *, is_narrow: bool) -> None:
        """Show the contenders of a round, with empty panes."""
        letters = [contender.letter for contender in plan.contenders]
        for letter in set(self.panes) - set(letters):
            pane = self.panes.pop(letter)
            self._row.removeWidget(pane)
            pane.deleteLater()
        is_narrow = is_narrow or self._theme.is_projector
        are_large = which_are_large([contender.card for contender in plan.contenders])
        for contender, is_large in zip(plan.contenders, are_large, strict=True):
            pane = self.panes.get(contender.letter) or self._add(contender.letter)
            pane.show_contender(
                contender,
                is_large=is_large,
                is_narrow=is_narrow,
                is_tight=len(letters) >= _TIGHT_FROM,
            )
            pane.begin()

    def show_record(self, record: RoundRecord, *, is_narrow: bool) -> None:
        """Show a round as it ended."""
        self.show_plan(record.plan, is_narrow=is_narrow)
        progress = RoundProgress(record.plan)
        for letter, pane in self.panes.items():
            result = record.result_of(letter)
            if result is None:
                pane.finish_without()
                continue
            progress.contenders[letter].result = result
            pane.show_result(result)
            figures = progress.contenders[letter].figures()
            pane.show_figures(figures, is_contended=progress.is_contended)

    def show_strips(self, *, is_shown: bool) -> None:
        """Show the four figures of each pane, or leave them out for want of room."""
        self._has_strips = is_shown
        for pane in self.panes.values():
            pane.strip.setVisible(is_shown)

    def show_feet(self, *, is_shown: bool) -> None:
        """Show what can be done with each answer's text, or leave it out."""
        self._has_feet = is_shown
        for pane in self.panes.values():
            pane.foot.setVisible(is_shown)

    def _add(self, letter: str) -> RecordedPane:
        pane = RecordedPane(self._theme, self._clock, letter, self)
        pane.strip.setVisible(self._has_strips)
        pane.foot.setVisible(self._has_feet)
        self.panes[letter] = pane
        self._row.addWidget(pane, 1)
        return pane
