"""Has quantised copies made, one after the other, beside the window."""

import threading
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from large_enough.domain.errors import ErrorInfo
from large_enough.ui.background import Background
from large_enough.ui.screens.arena import ArenaScreen
from large_enough.ui.services import ModelMaker
from large_enough.ui.widgets.making_band import MakingStatus
from large_enough.wording.translate import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from large_enough.comparison.quantising_plan import QuantisingPlan
    from large_enough.domain.quantising import QuantisedFile, QuantisingProgress

LOOK_PERIOD_MS = 200
"""How often it is looked how far a copy is."""


class Making(QObject):
    """While copies are made no question can be asked, and the other way round: both need the cores.

    Signals:
        changed: A copy has got on, or all have come to an end.
        made: One more copy is here: `QuantisedFile`.
        failed: One could not be made: `ErrorInfo`.
    """

    changed = Signal()
    made = Signal(object)
    failed = Signal(object)

    def __init__(
        self, maker: ModelMaker, background: Background, arena: ArenaScreen, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._maker = maker
        self._background = background
        self._arena = arena
        self._plans: tuple[QuantisingPlan, ...] = ()
        self._number = 0
        self._latest: QuantisingProgress | None = None
        self._is_stopped = threading.Event()
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_PERIOD_MS)
        self._timer.timeout.connect(self.changed)

    @property
    def is_going_on(self) -> bool:
        """Whether a copy is being made."""
        return bool(self._plans)

    @property
    def status(self) -> MakingStatus | None:
        """How far it is; None while nothing is made."""
        if not self._plans:
            return None
        plan, latest = self._plans[self._number], self._latest
        return MakingStatus(
            name=plan.parent.name,
            type_name=plan.forecast.type_name,
            number=self._number + 1,
            copy_count=len(self._plans),
            progress=latest,
            is_stopping=self._is_stopped.is_set(),
        )

    @property
    def hindrance(self) -> str:
        """Why no copy can be made now; empty if one can."""
        if self.is_going_on:
            return _("Copies are being made already. Make more once they are here.")
        if self._arena.round_view.is_running:
            return _("A round is running. Make copies once it has ended.")
        if self._arena.prompt_card.is_hindered:
            return _("The machine is being looked at. Make copies once that is done.")
        return ""

    def start(self, plans: "Sequence[QuantisingPlan]") -> None:
        """Make these copies: the user pressed the button for it."""
        if not plans or self.hindrance:
            return
        self._plans, self._number = tuple(plans), 0
        self._is_stopped.clear()
        self._arena.show_making(is_on=True)
        self._timer.start()
        self._make()

    @Slot()
    def cancel(self) -> None:
        """Give up what is not made yet; nothing unfinished is left."""
        self._is_stopped.set()
        self.changed.emit()

    def close(self) -> None:
        """Give up, and tell nobody any more."""
        self._timer.stop()
        self._is_stopped.set()

    def _make(self) -> None:
        plan = self._plans[self._number]
        self._latest = None

        def tell(progress: "QuantisingProgress") -> None:
            self._latest = progress

        def work() -> "QuantisedFile | None":
            return self._maker.quantise(plan, tell, self._is_stopped.is_set)

        self._background.run("quantise", work, self._on_done, self._on_failed)
        self.changed.emit()

    def _on_done(self, made: "QuantisedFile | None") -> None:
        if made is not None:
            self.made.emit(made)
        self._go_on()

    def _on_failed(self, error: ErrorInfo) -> None:
        self.failed.emit(error)
        self._go_on()

    def _go_on(self) -> None:
        """Make the next one; one that fails does not keep the others from being made."""
        self._number += 1
        if self._number < len(self._plans) and not self._is_stopped.is_set():
            self._make()
            return
        self._plans = ()
        self._timer.stop()
        self._arena.show_making(is_on=False)
        self.changed.emit()
