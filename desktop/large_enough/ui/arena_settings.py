"""Keeps what the user chooses in the Arena, and puts it back when the window opens."""

from PySide6.QtCore import QObject, Slot

from large_enough.comparison.asking_settings import checked
from large_enough.comparison.costing_settings import costing_of
from large_enough.resources.settings import AskingChoices
from large_enough.ui.screens.arena import ArenaScreen
from large_enough.ui.settings_keeper import SettingsKeeper


class ArenaSettings(QObject):
    """Writes every change down at once."""

    def __init__(self, keeper: SettingsKeeper, arena: ArenaScreen, parent: QObject) -> None:
        super().__init__(parent)
        self._keeper = keeper
        arena.comparison.use_costing(costing_of(keeper.settings))
        arena.use_choices(checked(keeper.settings.asking))
        arena.choices_changed.connect(self._on_choices_changed)

    @Slot(object)
    def _on_choices_changed(self, choices: AskingChoices) -> None:
        self._keeper.change(asking=choices)
