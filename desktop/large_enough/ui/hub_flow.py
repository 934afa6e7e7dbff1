"""Keeps the address that models are fetched from, and has it take effect."""

from collections.abc import Mapping

from PySide6.QtCore import QObject, Slot

from large_enough.catalog.hub_address import DEFAULT_HUB, HUB_VARIABLE, hub_address
from large_enough.domain.errors import RequestError
from large_enough.ui.services import HubUser
from large_enough.ui.settings_keeper import SettingsKeeper
from large_enough.ui.widgets.hub_setting import HubSetting
from large_enough.wording.translate import _


class HubFlow(QObject):
    """Checks every address, writes it down at once, and tells who fetches."""

    def __init__(
        self,
        keeper: SettingsKeeper,
        setting: HubSetting,
        hub: HubUser,
        environ: Mapping[str, str],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._keeper = keeper
        self._hub = hub
        self._environ = environ
        setting.judge_by(self._refusal, self._outcome)
        setting.show_address(keeper.settings.hub_address or "")
        setting.changed.connect(self._on_changed)

    @Slot(str)
    def _on_changed(self, address: str) -> None:
        self._keeper.change(hub_address=address or None)
        self._hub.use_hub(address or None)

    def _refusal(self, address: str) -> str:
        """Return why an address cannot be used; "" if it can."""
        try:
            hub_address({}, setting=address)
        except RequestError as error:
            words = _("{problem}. It must begin with https:// (http:// only on this machine).")
            return words.format(problem=error.info.facts["problem"])
        return ""

    def _outcome(self, address: str) -> str:
        """Return where models are fetched from with that address."""
        try:
            used = hub_address(self._environ, setting=address)
        except RequestError:
            return _(
                "{variable} of the environment names an address that cannot be used, so nothing "
                "can be fetched: write one here."
            ).format(variable=HUB_VARIABLE)
        if address:
            return _("The next model is fetched through {address}.").format(address=used)
        if used != DEFAULT_HUB:
            return _("The next model is fetched through {address}, as {variable} says.").format(
                address=used, variable=HUB_VARIABLE
            )
        return _("The next model is fetched from {address} itself.").format(address=used)
