"""Knows the folders in which programs keep their data, on each operating system."""

import dataclasses
from collections.abc import Mapping
from pathlib import Path

WINDOWS = "win32"
MACOS = "darwin"
"""As `sys.platform` names them; everything else is treated as Linux."""


@dataclasses.dataclass(frozen=True, slots=True)
class Whereabouts:
    """The user's home and environment. All of it is handed in, so that any system can be tried."""

    environ: Mapping[str, str]
    """Usually `os.environ`."""
    home: Path
    """The user's home folder."""
    platform: str
    """Usually `sys.platform`."""
    root: Path = Path("/")
    """Of the file system: services keep their files outside the homes of people."""

    @classmethod
    def of_user(cls, environ: Mapping[str, str], platform: str) -> "Whereabouts":
        """Return those of the person whose environment this is."""
        named = environ.get("USERPROFILE" if platform == WINDOWS else "HOME", "")
        return cls(environ, Path(named) if named else Path.home(), platform)

    def named(self, variable: str) -> Path | None:
        """Return the absolute path in an environment variable; None if there is none."""
        return self.absolute(self.environ.get(variable, ""))

    def absolute(self, text: str) -> Path | None:
        """Return an absolute path that somebody wrote down, "~" being the home; None if it is not.

        Args:
            text: From the environment or from a file of another program.
        """
        text = text.strip()
        if text == "~" or text.startswith(("~/", "~\\")):
            return self.home / text[2:]
        path = Path(text)
        return path if text and "\0" not in text and path.is_absolute() else None

    @property
    def data(self) -> Path:
        """Where programs keep data of a user that follows the user about."""
        if self.platform == WINDOWS:
            return self.named("APPDATA") or self.home / "AppData" / "Roaming"
        if self.platform == MACOS:
            return self.home / "Library" / "Application Support"
        return self.named("XDG_DATA_HOME") or self.home / ".local" / "share"

    @property
    def local_data(self) -> Path:
        """Where programs keep data of a user that stays on this machine."""
        if self.platform == WINDOWS:
            return self.named("LOCALAPPDATA") or self.home / "AppData" / "Local"
        return self.data

    @property
    def config(self) -> Path:
        """Where programs keep settings."""
        if self.platform in {WINDOWS, MACOS}:
            return self.data
        return self.named("XDG_CONFIG_HOME") or self.home / ".config"

    @property
    def caches(self) -> Path:
        """Where programs keep what can be fetched again."""
        if self.platform == WINDOWS:
            return self.local_data
        if self.platform == MACOS:
            return self.home / "Library" / "Caches"
        return self.named("XDG_CACHE_HOME") or self.home / ".cache"
