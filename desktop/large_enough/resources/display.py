"""Tells whether a window can be opened here, before Qt is asked.

Qt ends the whole process when it finds no display or misses a library, so both are tried first, by
loading what Qt would load and by knocking at the display server. That costs no time: what is
loaded here is not loaded again.
"""

import ctypes
import enum
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from large_enough.resources.system_libraries import missing_qt_libraries, qt_folder


class ObstacleKind(enum.StrEnum):
    """Why no window can be opened."""

    NO_DISPLAY = "no_display"
    """Nothing says where a window could be shown."""
    DISPLAY_UNREACHABLE = "display_unreachable"
    """A display is named, but does not answer."""
    QT_MISSING = "qt_missing"
    """PySide6 is not installed."""
    LIBRARIES_MISSING = "libraries_missing"
    """Qt is there, but cannot be loaded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Obstacle:
    """What keeps a window from being opened."""

    kind: ObstacleKind
    display: str = ""
    """The display that did not answer; empty for the other kinds."""
    libraries: tuple[str, ...] = ()
    """Shared libraries that are missing; may be empty even so, if only `detail` is known."""
    detail: str = ""
    """The linker's own message."""


Load = Callable[[str], ctypes.CDLL]
"""Loads a shared library; raises OSError."""


def window_obstacle(
    environ: Mapping[str, str],
    *,
    system: str = sys.platform,
    qt: Path | None = None,
    load: Load = ctypes.CDLL,
) -> Obstacle | None:
    """Return what keeps Qt from opening a window; None if nothing does.

    Args:
        environ: The environment.
        system: Name of the operating system as `sys.platform` has it. Only Linux can be without a
            display.
        qt: Qt's folder; None looks for it.
        load: Loads a shared library.
    """
    folder = qt or qt_folder()
    if folder is None:
        return Obstacle(kind=ObstacleKind.QT_MISSING)
    if system != "linux":
        return None
    platforms = platform_names(environ)
    if not platforms:
        return Obstacle(kind=ObstacleKind.NO_DISPLAY)
    obstacles = [_platform_obstacle(name, folder, environ, load) for name in platforms]
    return None if None in obstacles else obstacles[0]


def platform_names(environ: Mapping[str, str]) -> tuple[str, ...]:
    """Return the platform plugins that Qt would try, in its order.

    Args:
        environ: `QT_QPA_PLATFORM` decides (for example "wayland;xcb" or "offscreen:size=800x600"),
            else the displays that are named.
    """
    chosen = environ.get("QT_QPA_PLATFORM", "")
    if chosen:
        return tuple(part.split(":")[0] for part in chosen.split(";") if part)
    offered = (("wayland", "WAYLAND_DISPLAY"), ("xcb", "DISPLAY"))
    return tuple(name for name, variable in offered if environ.get(variable))


def _platform_obstacle(
    name: str, qt: Path, environ: Mapping[str, str], load: Load
) -> Obstacle | None:
    try:
        load(str(qt / "lib" / "libQt6Widgets.so.6"))
        load(str(qt / "plugins" / "platforms" / f"lib{_plugin_of(name)}.so"))
        reachable = _answers(name, environ, load)
    except OSError as error:
        missing = missing_qt_libraries(qt, environ)
        return Obstacle(kind=ObstacleKind.LIBRARIES_MISSING, libraries=missing, detail=str(error))
    if reachable:
        return None
    display = environ.get("WAYLAND_DISPLAY" if name.startswith("wayland") else "DISPLAY", "")
    return Obstacle(kind=ObstacleKind.DISPLAY_UNREACHABLE, display=display)


def _plugin_of(platform: str) -> str:
    return "qwayland" if platform.startswith("wayland") else f"q{platform}"


def _answers(platform: str, environ: Mapping[str, str], load: Load) -> bool:
    """Knock at the display; platforms that draw nowhere, such as offscreen, need none."""
    if platform == "xcb":
        return _x_server_answers(environ.get("DISPLAY", ""), load("libxcb.so.1"))
    if platform.startswith("wayland"):
        return _wayland_answers(environ.get("WAYLAND_DISPLAY", ""), load("libwayland-client.so.0"))
    return True


def _x_server_answers(display: str, xcb: ctypes.CDLL) -> bool:
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connect.argtypes = [ctypes.c_char_p, ctypes.c_void_p]
    xcb.xcb_connection_has_error.argtypes = [ctypes.c_void_p]
    xcb.xcb_disconnect.argtypes = [ctypes.c_void_p]
    connection = xcb.xcb_connect(display.encode() or None, None)
    has_error = xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    return not has_error


def _wayland_answers(display: str, client: ctypes.CDLL) -> bool:
    client.wl_display_connect.restype = ctypes.c_void_p
    client.wl_display_connect.argtypes = [ctypes.c_char_p]
    client.wl_display_disconnect.argtypes = [ctypes.c_void_p]
    connection = client.wl_display_connect(display.encode() or None)
    if not connection:
        return False
    client.wl_display_disconnect(connection)
    return True
