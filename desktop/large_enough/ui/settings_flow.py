"""Keeps the settings that the user changes, and has them take effect."""

from PySide6.QtCore import QObject, Signal, Slot

from large_enough.comparison.costing_settings import costing_of
from large_enough.domain.costing import Costing
from large_enough.ui.checkup import Checkup
from large_enough.ui.screens.arena import ArenaScreen
from large_enough.ui.screens.settings import SettingsScreen
from large_enough.ui.services import Estimator
from large_enough.ui.settings_keeper import SettingsKeeper
from large_enough.wording.translate import _


class SettingsFlow(QObject):
    """Writes every change down at once and tells those whom it concerns.

    Signals:
        language_changed: The window is to be built again, with other words.
    """

    language_changed = Signal()

    def __init__(
        self,
        keeper: SettingsKeeper,
        screen: SettingsScreen,
        arena: ArenaScreen,
        checkup: Checkup,
        estimator: Estimator,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._keeper = keeper
        self._screen = screen
        self._arena = arena
        self._checkup = checkup
        self._estimator = estimator
        self._is_calibrating = False
        self._show()
        self._connect()

    def _show(self) -> None:
        settings = self._keeper.settings
        costing = costing_of(settings)
        self._screen.show_settings(costing, is_estimate_wanted=settings.estimate_energy)
        self._screen.language.show_choice(settings.language)

    def _connect(self) -> None:
        self._screen.costing_changed.connect(self._on_costing_changed)
        self._screen.estimate_toggled.connect(self._on_estimate_toggled)
        self._screen.language.chosen.connect(self._on_language_chosen)
        panel, checkup = self._screen.calibration, self._checkup
        panel.wanted.connect(self._on_calibration_wanted)
        panel.cancelled.connect(checkup.cancel_calibration)
        checkup.calibration_progressed.connect(panel.show_progress)
        checkup.calibrated.connect(panel.show_result)
        checkup.calibration_failed.connect(panel.show_failure)
        checkup.busy_changed.connect(self._on_others_changed)
        self._arena.running_changed.connect(self._on_others_changed)
        self._arena.making_changed.connect(self._on_others_changed)

    @Slot(object)
    def _on_costing_changed(self, costing: Costing) -> None:
        self._keeper.change(
            price_per_kwh=costing.price_per_kwh,
            currency=costing.currency,
            price_source=costing.price_source,
            grid_g_per_kwh=costing.grid_g_per_kwh,
            grid_source=costing.grid_source,
        )
        self._arena.comparison.use_costing(costing)

    @Slot(bool)
    def _on_estimate_toggled(self, is_wanted: bool) -> None:
        self._keeper.change(estimate_energy=is_wanted)
        self._estimator.use_estimates(is_wanted=is_wanted)

    @Slot(str)
    def _on_language_chosen(self, code: str) -> None:
        self._keeper.change(language=code or None)
        is_busy = self._arena.round_view.is_running or self._checkup.is_busy
        if is_busy or self._is_calibrating:
            self._screen.language.say_later()
        else:
            self.language_changed.emit()

    @Slot()
    def _on_calibration_wanted(self) -> None:
        self._is_calibrating = True
        self._arena.hinder(_("The battery is being calibrated: ask when that is done."))
        self._checkup.calibrate()

    @Slot()
    def _on_others_changed(self) -> None:
        if self._is_calibrating and not self._checkup.is_busy:
            self._is_calibrating = False
            self._arena.hinder("")
        if not self._is_calibrating:
            self._screen.calibration.hinder(self._hindrance())

    def _hindrance(self) -> str:
        if self._arena.round_view.is_running:
            return _("A round is running. Calibrate once it has ended.")
        if self._checkup.is_busy:
            return _("The doctor is looking at the machine. Calibrate once that is done.")
        if self._arena.is_making:
            return _("A copy of a model is being made. Calibrate once that is done.")
        return ""
