"""Says where files of this user lie: data, settings, caches, logs, model files."""

import dataclasses
from collections.abc import Mapping
from pathlib import Path

import platformdirs

from large_enough.resources.locate import checkout_root

HOME_VARIABLE = "LARGE_ENOUGH_HOME"
"""Environment variable that puts everything below one folder: for tests and workshop sticks."""
MODELS_VARIABLE = "LARGE_ENOUGH_MODELS"
"""Environment variable that names the folder of model files."""
APPS_VARIABLE = "LARGE_ENOUGH_APPS"
"""Environment variable that says whose models are looked for as well: names as `models list --json`
has them, with commas between, or "none". Without it, those of all programs that are known."""

_APPLICATION = "large-enough"


@dataclasses.dataclass(frozen=True, slots=True)
class UserFolders:
    """The user's own folders. They are made when something is first written."""

    data: Path
    """Results and, outside a checkout, model files."""
    config: Path
    """Settings."""
    cache: Path
    """What can be computed again, such as hashes of model files."""
    logs: Path
    """Technical logs of the program and of its workers."""


def user_folders(environ: Mapping[str, str]) -> UserFolders:
    """Return the user's folders, as the operating system's customs have them.

    Args:
        environ: The environment; `LARGE_ENOUGH_HOME` in it puts all of them under one folder.
    """
    home = environ.get(HOME_VARIABLE, "")
    if home:
        root = _absolute(home)
        return UserFolders(
            data=root / "data", config=root / "config", cache=root / "cache", logs=root / "logs"
        )
    folders = platformdirs.PlatformDirs(appname=_APPLICATION, appauthor=False)
    return UserFolders(
        data=folders.user_data_path,
        config=folders.user_config_path,
        cache=folders.user_cache_path,
        logs=folders.user_log_path,
    )


def models_folder(
    folders: UserFolders,
    environ: Mapping[str, str],
    *,
    override: Path | None = None,
    setting: str | None = None,
) -> Path:
    """Return the folder that model files are looked for and fetched into.

    The first that is given wins: the command line, the user's setting, `LARGE_ENOUGH_MODELS`,
    `models/` of the checkout the program runs from, a folder among the user's data.

    Args:
        folders: The user's folders.
        environ: The environment.
        override: What the command line says.
        setting: What the settings file says.
    """
    if override is not None:
        return override.expanduser().absolute()
    chosen = setting or environ.get(MODELS_VARIABLE, "")
    if chosen:
        return _absolute(chosen)
    checkout = checkout_root()
    return checkout / "models" if checkout else folders.data / "models"


def _absolute(path: str) -> Path:
    return Path(path).expanduser().absolute()
