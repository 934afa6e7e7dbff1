"""Shares the Arena's room among the question, the answers, the comparison and the drawer."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from large_enough.ui.theme import Theme
from large_enough.ui.widgets.comparison_card import ComparisonCard
from large_enough.ui.widgets.pane_row import PaneRow
from large_enough.ui.widgets.prompt_box import MOST_LINES
from large_enough.ui.widgets.prompt_card import PromptCard

DRAWER_WIDTH_PX = 348
_LOW_HEIGHT_PX = 720
_ROOMY_COUNT = 2  # with more contenders, bars and figures need the height
_LEAST_PANE_PX = 360  # beside the drawer
_WIDEST_PX = 16_777_215  # Qt's own limit (QWIDGETSIZE_MAX)
_MOST_LINES = (MOST_LINES, 3, 2, 2)  # of the question, by how many things crowd the window


class ArenaLayout:
    """Question above, answers with their comparison below, the drawer at their right."""

    def __init__(
        self,
        screen: QWidget,
        theme: Theme,
        prompt_card: PromptCard,
        pane_row: PaneRow,
        comparison: ComparisonCard,
    ) -> None:
        self._screen = screen
        self._theme = theme
        self._prompt_card = prompt_card
        self._pane_row = pane_row
        self._comparison = comparison
        self._drawer: QWidget | None = None
        self._stage = QVBoxLayout()
        self._stage.addWidget(pane_row, 1)
        self._stage.addWidget(comparison)
        self._lower = QHBoxLayout()
        self._lower.addLayout(self._stage, 1)
        self._column = QVBoxLayout(screen)
        self._column.addWidget(prompt_card)
        self._column.addLayout(self._lower, 1)
        self._space_out(is_tight=False)

    def add_drawer(self, drawer: QWidget) -> None:
        """Take in the drawer, shut; it may come late."""
        self._drawer = drawer
        drawer.hide()
        self._lower.addWidget(drawer)

    @property
    def has_room_beside(self) -> bool:
        """Whether the drawer can stand beside the answers."""
        count = max(_ROOMY_COUNT, len(self._pane_row.cards))
        wanted = DRAWER_WIDTH_PX + count * _LEAST_PANE_PX
        return self._screen.width() >= wanted * self._theme.scale

    def share_height(self) -> None:
        """Keep room for the answers in a low window."""
        crowding = (
            self._screen.height() < _LOW_HEIGHT_PX * self._theme.scale,
            self._comparison.is_tall,
            len(self._pane_row.cards) > _ROOMY_COUNT,
        )
        self._prompt_card.box.limit_lines(_MOST_LINES[sum(crowding)])
        self._comparison.be_low(is_low=crowding[0])
        self._space_out(is_tight=crowding[0] and sum(crowding) > 1)

    def share_width(self) -> None:
        """Put the drawer beside the answers, or in their place where there is no room for both."""
        if self._drawer is None:
            return
        is_open = not self._drawer.isHidden()
        if not is_open and not self._pane_row.isHidden():
            return  # nothing to share, and nothing to lay out anew
        must_hide = is_open and not self.has_room_beside
        width = _WIDEST_PX if must_hide else round(DRAWER_WIDTH_PX * self._theme.scale)
        self._drawer.setMaximumWidth(width)
        self._drawer.setMinimumWidth(0 if must_hide else width)
        for place, is_wide in enumerate((not must_hide, must_hide)):
            self._lower.setStretch(place, int(is_wide))
        self._pane_row.setVisible(not must_hide)
        self._comparison.setVisible(not must_hide)

    def _space_out(self, *, is_tight: bool) -> None:
        margin, gap = (6, 7) if is_tight else (14, 12)
        self._column.setContentsMargins(18, margin, 18, margin)
        for layout in (self._column, self._stage, self._lower):
            layout.setSpacing(gap)
