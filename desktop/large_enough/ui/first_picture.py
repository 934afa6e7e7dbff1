"""Tells when a window's first picture is on the screen."""

from PySide6.QtCore import QEvent, QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QWidget

PATIENCE_MS = 1_000
"""After this, a window that nobody can see (minimised, on another desktop) is taken as seen."""


class FirstPicture(QObject):
    """Waits for a widget to be painted.

    Signals:
        seen: It was painted, and what was painted is on its way to the screen. Sent once.
    """

    seen = Signal()

    def __init__(self, widget: QWidget, parent: QObject) -> None:
        super().__init__(parent)
        self._is_seen = False
        self._widget = widget
        widget.installEventFilter(self)
        QTimer.singleShot(PATIENCE_MS, self._on_painted)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notice the first painting; all events go on to the widget."""
        if event.type() == QEvent.Type.Paint:
            self._widget.removeEventFilter(self)
            QTimer.singleShot(0, self._on_painted)  # by then the whole window is painted
        return super().eventFilter(watched, event)

    @Slot()
    def _on_painted(self) -> None:
        if not self._is_seen:
            self._is_seen = True
            self.seen.emit()
