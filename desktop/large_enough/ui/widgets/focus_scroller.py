"""Brings into view what has got the keyboard."""

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget


class FocusScroller(QObject):
    """Scrolls where the keyboard goes by a shortcut or by itself; Qt does it for Tab only."""

    def __init__(self, application: QApplication, parent: QObject) -> None:
        super().__init__(parent)
        application.focusChanged.connect(self._on_focus_changed)

    @Slot(QWidget, QWidget)
    def _on_focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        if new is None or not new.visibleRegion().isEmpty():
            return
        place = new.parentWidget()
        while place is not None:
            if isinstance(place, QScrollArea):
                place.ensureWidgetVisible(new)
            place = place.parentWidget()
