"""The settings: costs of energy, whether it may be estimated, the calibration, the language."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from large_enough.domain.costing import Costing
from large_enough.domain.text import harmless_line
from large_enough.ui.theme import Theme
from large_enough.ui.tokens import Type
from large_enough.ui.widgets.calibration_panel import CalibrationPanel
from large_enough.ui.widgets.figure_setting import FigureSetting
from large_enough.ui.widgets.hub_setting import HubSetting
from large_enough.ui.widgets.labels import Label
from large_enough.ui.widgets.language_setting import LanguageSetting
from large_enough.ui.widgets.setting_row import SettingRow, SettingsCard
from large_enough.ui.widgets.text_field import TextField
from large_enough.ui.widgets.toggle_switch import ToggleSwitch
from large_enough.wording.energy_words import digits_text
from large_enough.wording.numbers import count_text, quantity_text
from large_enough.wording.translate import _

_EXAMPLE_J = 100.0
_ANSWERS = 1000
_LONGEST_CURRENCY = 8
_CURRENCY_WIDTH_PX = 72


class SettingsScreen(QWidget):
    """Cards with one row for each setting.

    Signals:
        costing_changed: The user gave another `Costing`.
        estimate_toggled: The user wants energy estimated (True) or not.
    """

    costing_changed = Signal(object)
    estimate_toggled = Signal(bool)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.currency_field = TextField(
            theme, _("Currency"), longest=_LONGEST_CURRENCY, width_px=_CURRENCY_WIDTH_PX
        )
        self.price = FigureSetting(
            theme,
            _("Price of a kWh"),
            (self.currency_field, Label(theme, Type.SOFT, _("per kWh"), tone="soft")),
            self._price_outcome,
            _("where it is from: my contract, 2026"),
        )
        self.grid = FigureSetting(
            theme,
            _("Grams of CO2 per kWh"),
            (Label(theme, Type.SOFT, _("g CO2 per kWh"), tone="soft"),),
            _grid_outcome,
            _("where it is from: my supplier, 2026"),
        )
        self.estimate_switch = ToggleSwitch(theme, _("Estimate energy where nothing measures it"))
        self.calibration = CalibrationPanel(theme)
        self.hub = HubSetting(theme)
        self.language = LanguageSetting(theme)
        self._arrange(theme)
        self.price.changed.connect(self._on_costing_changed)
        self.grid.changed.connect(self._on_costing_changed)
        self.currency_field.textEdited.connect(self._on_currency_edited)
        self.estimate_switch.clicked.connect(self.estimate_toggled)

    @property
    def costing(self) -> Costing:
        """The figures as they stand."""
        return Costing(
            price_per_kwh=self.price.amount,
            currency=harmless_line(self.currency_field.text()),
            price_source=self.price.source,
            grid_g_per_kwh=self.grid.amount,
            grid_source=self.grid.source,
        )

    def show_settings(self, costing: Costing, *, is_estimate_wanted: bool) -> None:
        """Show what holds, without telling anybody."""
        self.currency_field.setText(costing.currency)
        self.price.show_figure(costing.price_per_kwh, costing.price_source)
        self.grid.show_figure(costing.grid_g_per_kwh, costing.grid_source)
        self.estimate_switch.setChecked(is_estimate_wanted)

    @Slot()
    def focus_first(self) -> None:
        """Give the keyboard to the first useful control."""
        self.price.amount_field.setFocus()

    @Slot()
    def _on_costing_changed(self) -> None:
        self.costing_changed.emit(self.costing)

    @Slot()
    def _on_currency_edited(self) -> None:
        self.price.renew_outcome()
        self._on_costing_changed()

    def _price_outcome(self, price: float | None) -> str:
        if price is None:
            return _("Off: no cost is shown.")
        cost = Costing(price_per_kwh=price).cost(_EXAMPLE_J * _ANSWERS)
        return _("{count} answers of {energy} J each would cost {cost} {currency}.").format(
            count=count_text(_ANSWERS),
            energy=count_text(_EXAMPLE_J),
            cost=quantity_text(cost, digits_text),
            currency=harmless_line(self.currency_field.text()),
        )

    # --- building

    def _arrange(self, theme: Theme) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 14, 18, 14)
        column.setSpacing(12)
        column.addWidget(
            SettingsCard(
                theme, _("What energy costs"), (self._price_row(theme), self._grid_row(theme))
            )
        )
        column.addWidget(
            SettingsCard(
                theme,
                _("Where nothing measures energy"),
                (self._estimate_row(theme), self._calibration_row(theme)),
            )
        )
        column.addWidget(SettingsCard(theme, _("Getting models"), (self._hub_row(theme),)))
        column.addWidget(SettingsCard(theme, _("This program"), (self._language_row(theme),)))
        column.addStretch(1)

    def _hub_row(self, theme: Theme) -> SettingRow:
        return SettingRow(
            theme,
            _("Address to get models from"),
            _(
                "Where huggingface.co cannot be reached, or a school or company keeps a copy, a "
                "mirror can stand in for it. Every file is checked all the same, but where the "
                "catalogue has no checksum, the mirror's word is taken. Leave it empty for the "
                "usual one."
            ),
            self.hub,
        )

    def _language_row(self, theme: Theme) -> SettingRow:
        return SettingRow(
            theme,
            _("Language"),
            _(
                "Of the window and of reports. Questions are not translated, and models answer in "
                "the language they are asked in. The command line speaks the system's language."
            ),
            self.language,
        )

    def _price_row(self, theme: Theme) -> SettingRow:
        return SettingRow(
            theme,
            _("Price of a kWh"),
            _(
                "With a price, all figures of a comparison also tell what 1,000 such answers would "
                "cost. Leave it empty to see no cost."
            ),
            self.price,
        )

    def _grid_row(self, theme: Theme) -> SettingRow:
        return SettingRow(
            theme,
            _("CO2 of a kWh"),
            _(
                "How much CO2 your electricity stands for; suppliers and grid operators publish "
                "it. With it, all figures also tell the CO2 of 1,000 such answers. Leave it empty "
                "to see none."
            ),
            self.grid,
        )

    def _estimate_row(self, theme: Theme) -> SettingRow:
        return SettingRow(
            theme,
            _("Estimate energy where nothing measures it"),
            _(
                "A guess from the processor's time and size, which may be off by a factor of two. "
                "Its numbers stand behind “~” and beside hollow bars, and no model is called "
                "thriftier by them. It holds from the next round on; whether it works on this "
                "machine, the Doctor tells."
            ),
            _left(self.estimate_switch),
        )

    def _calibration_row(self, theme: Theme) -> SettingRow:
        return SettingRow(
            theme,
            _("Calibrate with this laptop's battery"),
            _(
                "Makes the estimate better: the battery tells what the laptop draws while some of "
                "its cores are busy. Unplug the charger, close other programs and leave the "
                "machine alone for about three minutes."
            ),
            self.calibration,
        )


def _left(control: QWidget) -> QWidget:
    """Return a place where a narrow control stands at the left."""
    place = QWidget()
    row = QHBoxLayout(place)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(control)
    row.addStretch(1)
    return place


def _grid_outcome(intensity_g: float | None) -> str:
    if intensity_g is None:
        return _("Off: no CO2 is shown.")
    grams = Costing(grid_g_per_kwh=intensity_g).co2_g(_EXAMPLE_J * _ANSWERS)
    return _("{count} answers of {energy} J each would stand for {grams} g of CO2.").format(
        count=count_text(_ANSWERS),
        energy=count_text(_EXAMPLE_J),
        grams=quantity_text(grams, digits_text),
    )
