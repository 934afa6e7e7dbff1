"""Chips in as many lines as they need."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from large_enough.ui.widgets.flow_layout import FlowLayout

_GAP_PX = 8


class ChipLines(QWidget):
    """Tells its height only, so that screens can scroll."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.flow = FlowLayout(_GAP_PX, self)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def hasHeightForWidth(self) -> bool:
        """Return no: a layout above would not know what to do with it."""
        return False

    def fit(self) -> None:
        """Take the height that the chips need now."""
        self.setFixedHeight(max(1, self.flow.heightForWidth(self.width())))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Follow the width."""
        super().resizeEvent(event)
        self.fit()
