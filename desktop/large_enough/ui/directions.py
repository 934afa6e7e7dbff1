"""Keeps contenders in their order, A at the left, also where words run from right to left."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QBoxLayout


def keep_order(row: QBoxLayout) -> None:
    """Let the first widget of a row stand at the left in every language.

    Letters, tables of other programs and what people say to each other ("the left one") would
    contradict each other otherwise.
    """
    if QApplication.layoutDirection() is Qt.LayoutDirection.RightToLeft:
        row.setDirection(QBoxLayout.Direction.RightToLeft)  # which Qt turns round once more
