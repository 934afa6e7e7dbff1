"""Several views at one place, one of them in sight."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QStackedWidget, QWidget


class Pages(QStackedWidget):
    """As high as there is room, whatever the views would like."""

    def hasHeightForWidth(self) -> bool:
        """Return no: otherwise Qt would not let a view be lower than all of its rows."""
        return False


class LonePages(Pages):
    """Needs room for the view in sight only, not for the largest of all."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.currentChanged.connect(self.updateGeometry)

    def minimumSizeHint(self) -> QSize:
        """Return what the view in sight needs."""
        view = self.currentWidget()
        return QSize(0, 0) if view is None else view.minimumSizeHint()
