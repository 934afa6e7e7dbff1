"""Holds chips in as many lines as they need."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from large_enough.ui.widgets.flow_layout import FlowLayout

_GAP_PX = 8


class ChipLines(QWidget):
    """Chips in lines; tells its height only, so that screens can scroll."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.flow = FlowLayout(_GAP_PX, self)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def hasHeightForWidth(self) -> bool:
        """Return no: the height is set once the width is known."""
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take the height that the chips need at this width."""
        super().resizeEvent(event)
        self.renew_height()

    def renew_height(self) -> None:
        """Take the height again: other chips are shown."""
        self.setFixedHeight(self.flow.heightForWidth(self.width()))
