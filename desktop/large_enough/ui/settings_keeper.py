"""Keeps the user's choices from one start to the next."""

import logging
from pathlib import Path

import msgspec

from large_enough.resources.settings import Settings, load_settings, save_settings

_log = logging.getLogger(__name__)


class SettingsKeeper:
    """The settings as they are now; every change is written at once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.settings, self.problem = load_settings(folder)
        """`problem`: why the settings of last time could not be used; None if they could."""

    def add_models(self, path: str) -> None:
        """Keep the path of one more file or folder of models."""
        added = self._added_models()
        if path not in added:
            self.change(added_models=(*added, path))

    def change(self, **changes: object) -> None:
        """Change some fields of `Settings` and write them down."""
        changes.setdefault("added_models", self._added_models())
        changed: Settings = msgspec.structs.replace(self.settings, **changes)
        if changed == self.settings:
            return
        self.settings = changed
        try:
            save_settings(self._folder, changed)
        except OSError as error:  # a full or read-only disk: the window goes on without
            _log.info("settings not saved: %s", error)

    def _added_models(self) -> tuple[str, ...]:
        """Return what is written down: `models add` may have run since the window was opened."""
        now, problem = load_settings(self._folder)
        return now.added_models if problem is None else self.settings.added_models
