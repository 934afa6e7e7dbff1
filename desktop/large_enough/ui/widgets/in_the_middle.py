"""Puts a few words into the middle of an empty place."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QWidget

_EDGE_PX = 24


def put_in_the_middle(place: QWidget, words: QLayout, width_px: float) -> None:
    """Fill a place with words that stand in its middle and are no wider than they read well.

    Args:
        place: Has no layout yet.
        words: From top to bottom.
        width_px: At most.
    """
    holder = QFrame()
    holder.setMaximumWidth(round(width_px))
    holder.setLayout(words)
    row = QHBoxLayout(place)
    row.setContentsMargins(_EDGE_PX, _EDGE_PX, _EDGE_PX, _EDGE_PX)
    row.addStretch(1)
    row.addWidget(holder, 100)
    row.addStretch(1)
