"""Looks whether files came or went, for somebody who looks at the models."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from large_enough.domain.errors import ErrorInfo
from large_enough.ui.background import Background
from large_enough.ui.services import ModelForecaster

LOOK_PERIOD_MS = 5_000
"""How often it is looked, while the screen is in view."""


class Watch(QObject):
    """Asks every few seconds, and never twice at once.

    Signals:
        news: Files came or went.
    """

    news = Signal()

    def __init__(
        self,
        forecaster: ModelForecaster,
        background: Background,
        is_in_view: Callable[[], bool],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._forecaster = forecaster
        self._background = background
        self._is_in_view = is_in_view
        self._is_looking = False
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_PERIOD_MS)
        self._timer.timeout.connect(self._on_timeout)

    @Slot()
    def start(self) -> None:
        """Look now, and from now on."""
        self._timer.start()
        self._on_timeout()

    def close(self) -> None:
        """Look no more."""
        self._timer.stop()

    @Slot()
    def _on_timeout(self) -> None:
        if not self._is_in_view():
            self._timer.stop()
        elif not self._is_looking:
            self._is_looking = True
            self._background.run(
                "news", self._forecaster.has_new_models, self._on_told, self._on_failed
            )

    def _on_told(self, has_news: bool) -> None:
        self._is_looking = False
        if has_news:
            self.news.emit()

    def _on_failed(self, _error: ErrorInfo) -> None:
        self._is_looking = False
