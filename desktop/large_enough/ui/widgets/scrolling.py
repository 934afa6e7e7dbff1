"""Lets what is too high for its place scroll up and down."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget


class Scrolling(QScrollArea):
    """Fills the window with a screen; only when that needs more height, it scrolls."""

    def __init__(self, screen: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        scroll_up_and_down(self, screen)


def scroll_up_and_down(area: QScrollArea, content: QWidget) -> None:
    """Fill an area with its content, without a frame, a ground or a place in the Tab order.

    Keys that the controls within do not want scroll it.
    """
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidgetResizable(True)
    area.setWidget(content)
    area.viewport().setAutoFillBackground(False)
