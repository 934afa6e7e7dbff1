"""Forecasts whether models fit and how fast they may be, one after the other."""

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from large_enough.comparison.asking_settings import checked, load_settings
from large_enough.domain.errors import ErrorInfo
from large_enough.ui.background import Background
from large_enough.ui.on_disk.shelf import Shelf
from large_enough.ui.services import ModelForecaster
from large_enough.ui.settings_keeper import SettingsKeeper

if TYPE_CHECKING:
    from large_enough.domain.fit import ModelFit, Unjudged


class Forecasts(QObject):
    """What is forecast about the models on the shelf, by their keys.

    Signals:
        changed: One more forecast is there, or none is any more.
        failed: One could not be made: `ErrorInfo`.
    """

    changed = Signal()
    failed = Signal(object)

    def __init__(
        self,
        shelf: Shelf,
        forecaster: ModelForecaster,
        keeper: SettingsKeeper,
        background: Background,
        may_work: Callable[[], bool],
        parent: QObject,
    ) -> None:
        """Forecast nothing yet.

        Args:
            shelf: The models.
            forecaster: Who knows.
            keeper: The user's settings: how models are loaded.
            background: Where it is found out.
            may_work: Whether somebody looks, and nothing else needs the machine.
            parent: What it belongs to.
        """
        super().__init__(parent)
        self._shelf = shelf
        self._forecaster = forecaster
        self._keeper = keeper
        self._background = background
        self._may_work = may_work
        self._fits: dict[str, ModelFit | Unjudged] = {}
        self._is_working = False
        self._is_closed = threading.Event()
        shelf.changed.connect(self._on_shelf_changed)

    def of(self, key: str) -> "ModelFit | Unjudged | None":
        """Return what was forecast of a model; None if nothing was yet."""
        return self._fits.get(key)

    @property
    def context_tokens(self) -> int:
        """The context length that it is forecast for."""
        return load_settings(checked(self._keeper.settings.asking)).context_tokens

    def forget(self) -> None:
        """Forecast anew: models are loaded otherwise now."""
        self._fits.clear()
        self.changed.emit()

    def close(self) -> None:
        """Begin no further forecast."""
        self._is_closed.set()

    @Slot()
    def go_on(self) -> None:
        """Forecast the next model that nothing is known about yet."""
        waiting = next(
            (found for key, found in self._shelf.models.items() if key not in self._fits), None
        )
        if waiting is None or self._is_working or self._is_closed.is_set() or not self._may_work():
            return
        self._is_working = True
        card = waiting.card
        settings = load_settings(checked(self._keeper.settings.asking))

        def work() -> "tuple[ModelFit | Unjudged, ...]":
            wishes = ((card, settings),)
            return self._forecaster.forecast(wishes, together=False, may_measure=True).fits

        self._background.run("forecast", work, self._on_done, self._on_failed)

    @Slot()
    def _on_shelf_changed(self) -> None:
        known = self._shelf.models
        self._fits = {key: fit for key, fit in self._fits.items() if key in known}

    def _on_done(self, fits: "tuple[ModelFit | Unjudged, ...]") -> None:
        self._is_working = False
        for fit in fits:
            self._fits[fit.card.reference] = fit
        self.changed.emit()
        self.go_on()

    def _on_failed(self, error: ErrorInfo) -> None:
        self._is_working = False
        self.failed.emit(error)
