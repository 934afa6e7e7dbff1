"""What the window writes down does not undo what the command has written meanwhile."""

from pathlib import Path

from large_enough.resources.settings import Settings, load_settings, save_settings
from large_enough.ui.settings_keeper import SettingsKeeper


def test_models_that_were_added_meanwhile_stay(tmp_path: Path):
    keeper = SettingsKeeper(tmp_path)
    save_settings(tmp_path, Settings(added_models=("/far/mine.gguf",)))
    keeper.change(theme="dark")
    settings, _ = load_settings(tmp_path)
    assert settings.added_models == ("/far/mine.gguf",)
    assert settings.theme == "dark"
