"""Which run is meant, and what can be done with its verdict."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QPushButton, QWidget

from large_enough.ui.theme import Theme
from large_enough.ui.tokens import Type
from large_enough.ui.widgets.chip_lines import ChipLines
from large_enough.ui.widgets.labels import ElidedLabel

_LEAST_WORDS_PX = 260
"""With less room than that beside the buttons, the words get a line of their own."""
_GAP_PX = 10


class VerdictHead(QWidget):
    """Words with buttons beside them, or below where there is no room for both."""

    def __init__(
        self, theme: Theme, buttons: Sequence[QPushButton], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self.place = ElidedLabel(theme, Type.SOFT, tone="soft")
        self._lines = ChipLines()
        for button in buttons:
            self._lines.flow.addWidget(button)
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(_GAP_PX)
        self._box.addWidget(self.place, 1)
        self._box.addWidget(self._lines)
        theme.changed.connect(self.fit)

    def minimumSizeHint(self) -> QSize:
        """Return that any width will do."""
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put words and buttons beside each other or not."""
        super().resizeEvent(event)
        self.fit()

    @Slot()
    def fit(self) -> None:
        """Do the same after a button came or went."""
        buttons_px = self._lines.flow.sizeHint().width()
        words_px = round(_LEAST_WORDS_PX * self._theme.scale)
        has_room = self.width() >= buttons_px + words_px + _GAP_PX
        sides = QBoxLayout.Direction
        wanted = sides.LeftToRight if has_room else sides.TopToBottom
        if self._box.direction() is not wanted:
            self._box.setDirection(wanted)
        self._lines.renew_height()
