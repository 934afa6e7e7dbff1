"""What turns round where words run from right to left, and what does not."""

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtWidgets import QApplication, QBoxLayout


def keep_order(row: QBoxLayout) -> None:
    """Let the first widget of a row stand at the left in every language.

    Letters, tables of other programs and what people say to each other ("the left one") would
    contradict each other otherwise.
    """
    if QApplication.layoutDirection() is Qt.LayoutDirection.RightToLeft:
        row.setDirection(QBoxLayout.Direction.RightToLeft)  # which Qt turns round once more


def turned(area: QRectF, within: QRect) -> QRectF:
    """Return where a part of a painted widget lies: mirrored where words run from right to left."""
    if QApplication.layoutDirection() is not Qt.LayoutDirection.RightToLeft:
        return area
    left = within.left() + within.right() + 1 - area.right()
    return QRectF(left, area.top(), area.width(), area.height())
