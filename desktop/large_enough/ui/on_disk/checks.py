"""Computes the SHA-256 of models, as far as the user lets it."""

import functools
import threading
from dataclasses import dataclass, field

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from large_enough.domain.errors import ErrorInfo
from large_enough.domain.model_card import ModelCard
from large_enough.ui.background import Background
from large_enough.ui.on_disk.shelf import Shelf
from large_enough.ui.services import ModelForecaster

LOOK_PERIOD_MS = 200
"""How often it is looked how far the sums are."""


@dataclass(slots=True)
class _Sum:
    """One model in the making of its checksum."""

    share: float = 0.0
    """Written by the thread that reads, read by the window."""
    is_stopped: threading.Event = field(default_factory=threading.Event)


class Checks(QObject):
    """The checksums of this session, and those that are being computed.

    Signals:
        changed: Something is otherwise with the model of that key.
        failed: A file could not be read: `ErrorInfo`.
    """

    changed = Signal(str)
    failed = Signal(object)

    def __init__(
        self,
        shelf: Shelf,
        forecaster: ModelForecaster,
        background: Background,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._shelf = shelf
        self._forecaster = forecaster
        self._background = background
        self._sums: dict[str, _Sum] = {}
        self._cards: dict[str, ModelCard] = {}
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_PERIOD_MS)
        self._timer.timeout.connect(self._on_timeout)

    def card(self, key: str) -> ModelCard | None:
        """Return a model's card with its checksums; None if they are not computed."""
        return self._cards.get(key)

    def share(self, key: str) -> float | None:
        """Return how far it is, 0 to 1; None if it is not going on."""
        one = self._sums.get(key)
        return None if one is None else one.share

    @Slot(str)
    def start(self, key: str) -> None:
        """Compute it: the user pressed the button for it."""
        found = self._shelf.models.get(key)
        if found is None or key in self._sums:
            return
        one = self._sums[key] = _Sum()
        work = functools.partial(self._compute, found.card, one)
        done = functools.partial(self._on_done, key)
        failed = functools.partial(self._on_failed, key)
        self._background.run("sha256", work, done, failed)
        self._timer.start()
        self.changed.emit(key)

    @Slot(str)
    def cancel(self, key: str) -> None:
        """Give it up."""
        if key in self._sums:
            self._sums[key].is_stopped.set()

    def close(self) -> None:
        """Give all of them up."""
        self._timer.stop()
        for one in self._sums.values():
            one.is_stopped.set()

    def _compute(self, card: ModelCard, one: _Sum) -> ModelCard | None:
        def tell(share: float) -> None:
            one.share = share

        return self._forecaster.with_sha256(card, tell, one.is_stopped.is_set)

    def _on_done(self, key: str, card: ModelCard | None) -> None:
        if card is not None:
            self._cards[key] = card
        self._end(key)

    def _on_failed(self, key: str, error: ErrorInfo) -> None:
        self._end(key)
        self.failed.emit(error)

    def _end(self, key: str) -> None:
        del self._sums[key]
        if not self._sums:
            self._timer.stop()
        self.changed.emit(key)

    @Slot()
    def _on_timeout(self) -> None:
        for key in tuple(self._sums):
            self.changed.emit(key)
