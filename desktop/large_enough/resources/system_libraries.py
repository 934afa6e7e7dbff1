"""Finds the system libraries that Qt needs on Linux, so that what is missing can be named.

Qt's wheels bring Qt itself and rely on the system for X11, OpenGL and the like. Qt blames one
library whatever is missing, so the linker is asked about each of the files that it loads.

`python -m large_enough.resources.system_libraries` prints what is missing and the command that
installs it; with `--install` it runs that command, if it is root. On other systems there is
nothing to do.
"""

import argparse
import importlib.util
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from large_enough.resources.system_packages import (
    distribution_family,
    font_package,
    install_commands,
    install_line,
    packages_of,
    x_server_package,
)

ReadDependencies = Callable[[Path], str]
"""Returns what `ldd` prints about a file."""

_NOT_FOUND = re.compile(r"^\s*(?P<library>\S+) => not found$", re.MULTILINE)

_FILES = (
    "lib/libQt6Widgets.so.6",
    "lib/libQt6Svg.so.6",
    "lib/libQt6Network.so.6",
    "plugins/platforms/libqoffscreen.so",
    "lib/libQt6XcbQpa.so.6",
    "plugins/platforms/libqxcb.so",
)
_WAYLAND_FILES = ("lib/libQt6WaylandClient.so.6", "plugins/platforms/libqwayland.so")

_FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.fonts", "~/.local/share/fonts")
_FONT_SUFFIXES = frozenset({".ttf", ".otf", ".ttc", ".pfb"})

_LDD_TIMEOUT_S = 20


def qt_folder() -> Path | None:
    """Return Qt's own folder inside PySide6, which is not imported; None if it is not installed."""
    found = importlib.util.find_spec("PySide6")
    places = list(found.submodule_search_locations or ()) if found else []
    return Path(places[0]) / "Qt" if places else None


def missing_qt_libraries(
    qt: Path, environ: Mapping[str, str], read: ReadDependencies | None = None
) -> tuple[str, ...]:
    """Return the shared libraries that Qt needs and that this system does not have, sorted.

    Args:
        qt: Qt's folder.
        environ: The environment; a desktop with Wayland alone needs its libraries too.
        read: Who is asked; `ldd` if left out.
    """
    names: tuple[str, ...] = _FILES
    if environ.get("WAYLAND_DISPLAY") and not environ.get("DISPLAY"):
        names += _WAYLAND_FILES
    ask = read or _ldd
    missing: set[str] = set()
    for file in (qt / name for name in names):
        if file.is_file():
            missing.update(match["library"] for match in _NOT_FOUND.finditer(ask(file)))
    return tuple(sorted(missing))


def has_fonts(folders: Iterable[str] = _FONT_FOLDERS) -> bool:
    """Return whether any font is installed: letters that our own font lacks are boxes without."""
    return any(
        file.suffix.lower() in _FONT_SUFFIXES
        for folder in folders
        for file in Path(folder).expanduser().rglob("*.*")
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Print what is missing, or install it.

    Args:
        arguments: `--install` installs if root, `--tests` looks after what the tests use too;
            None takes them from the command line.

    Returns:
        0 if nothing that is needed is missing any more, else 1.
    """
    parser = argparse.ArgumentParser(description="Names the system libraries that Qt misses here.")
    parser.add_argument("--install", action="store_true", help="install them, if this is root")
    parser.add_argument("--tests", action="store_true", help="and the X server that tests use")
    options = parser.parse_args(arguments)
    if sys.platform != "linux":
        return 0
    qt = qt_folder()
    if qt is None:
        _say(f"PySide6 is not installed for {sys.executable}.")
        return 1
    family = distribution_family()
    if options.install and os.geteuid() == 0:
        _install_missing(qt, family, for_tests=options.tests)
    return _advise(missing_qt_libraries(qt, os.environ), family)


def _advise(libraries: Sequence[str], family: str) -> int:
    if not libraries:
        return 0
    line = install_line(packages_of(libraries, family), family)
    _say(f"Qt, which draws the window, misses system libraries: {' '.join(libraries)}")
    _say(f"This command installs them:\n  {line}" if line else "Install them, then try again.")
    return 1


def _install_missing(qt: Path, family: str, *, for_tests: bool) -> None:
    """Install what is needed or useful; what could not be installed is missing afterwards."""
    packages = list(packages_of(missing_qt_libraries(qt, os.environ), family))
    packages += _useful_packages(family, for_tests=for_tests)
    if packages:
        _install(packages, family)


def _useful_packages(family: str, *, for_tests: bool) -> list[str]:
    wanted = [] if has_fonts() else [font_package(family)]
    if for_tests and not shutil.which("Xvfb"):
        wanted.append(x_server_package(family))
    return [package for package in wanted if package]


def _install(packages: Sequence[str], family: str) -> None:
    _say(f"Installing system packages: {' '.join(packages)}")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in install_commands(packages, family):
        ended = subprocess.run(
            command,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            check=False,
        )
        if ended.returncode != 0:
            last_lines = ended.stdout.splitlines()[-10:]
            _say(f"This failed: {' '.join(command)}", *(f"  {line}" for line in last_lines))
            return


def _ldd(file: Path) -> str:
    """Return what `ldd` says; nothing without an `ldd`, as on systems that Qt has no wheels for."""
    program = shutil.which("ldd")
    if program is None:
        return ""
    try:
        return subprocess.run(
            [program, str(file)],
            env={**os.environ, "LC_ALL": "C"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=_LDD_TIMEOUT_S,
            check=False,
        ).stdout
    except subprocess.TimeoutExpired:
        return ""


def _say(*lines: str) -> None:
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
