"""Collects garbage on the main thread only.

Python collects on whichever thread happens to allocate. Freeing Qt objects on another thread than
their own crashes, so automatic collection is off while the window is open.
"""

import gc

from PySide6.QtCore import QObject, QTimer, Slot

_PERIOD_MS = 2_000
_ROUNDS_TO_FULL = 30  # a full collection once a minute


class MainThreadCollector(QObject):
    """Collects from a timer of the main thread."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._rounds = 0
        self._timer = QTimer(self)
        self._timer.setInterval(_PERIOD_MS)
        self._timer.timeout.connect(self._on_timeout)

    def start(self) -> None:
        """Take collection over."""
        gc.disable()
        gc.freeze()  # what is there now stays: no need to look at it again and again
        self._timer.start()

    def stop(self) -> None:
        """Hand collection back to Python."""
        self._timer.stop()
        gc.unfreeze()
        gc.enable()

    @Slot()
    def _on_timeout(self) -> None:
        self._rounds += 1
        gc.collect(2 if self._rounds % _ROUNDS_TO_FULL == 0 else 1)
