import ctypes
from collections.abc import Callable
from pathlib import Path

import pytest

from large_enough.resources.display import (
    Obstacle,
    ObstacleKind,
    platform_names,
    window_obstacle,
)

QT = Path("/qt")


class Function:
    """Stands for a function of a C library: settable types, a fixed answer."""

    def __init__(self, answer: int | None):
        self.answer = answer

    def __call__(self, *arguments: object) -> int | None:
        return self.answer


class Server:
    """Stands for libxcb and libwayland-client, in front of a display that answers or does not."""

    def __init__(self, *, answers: bool):
        self.xcb_connect = Function(1)
        self.xcb_connection_has_error = Function(0 if answers else 1)
        self.xcb_disconnect = Function(None)
        self.wl_display_connect = Function(1 if answers else None)
        self.wl_display_disconnect = Function(None)


def loader(*, answers: bool, missing: str = "") -> Callable[[str], ctypes.CDLL]:
    def load(name: str) -> ctypes.CDLL:
        if missing and missing in name:
            problem = f"{name}: cannot open shared object file"
            raise OSError(problem)
        return Server(answers=answers)  # type: ignore[return-value]

    return load


def obstacle(environ: dict[str, str], *, answers: bool = True, missing: str = ""):
    load = loader(answers=answers, missing=missing)
    return window_obstacle(environ, system="linux", qt=QT, load=load)


@pytest.mark.parametrize(
    ("environ", "names"),
    [
        ({}, ()),
        ({"DISPLAY": ""}, ()),
        ({"DISPLAY": ":0"}, ("xcb",)),
        ({"WAYLAND_DISPLAY": "wayland-0"}, ("wayland",)),
        ({"DISPLAY": ":0", "WAYLAND_DISPLAY": "wayland-0"}, ("wayland", "xcb")),
        ({"QT_QPA_PLATFORM": "offscreen:size=800x600"}, ("offscreen",)),
        ({"QT_QPA_PLATFORM": "wayland;xcb", "DISPLAY": ":0"}, ("wayland", "xcb")),
    ],
)
def test_platforms_in_qts_order(environ: dict[str, str], names: tuple[str, ...]):
    assert platform_names(environ) == names


@pytest.mark.parametrize(
    "environ",
    [{"DISPLAY": ":0"}, {"WAYLAND_DISPLAY": "wayland-0"}, {"QT_QPA_PLATFORM": "offscreen"}],
)
def test_nothing_in_the_way(environ: dict[str, str]):
    assert obstacle(environ) is None


def test_no_display():
    assert obstacle({}) == Obstacle(kind=ObstacleKind.NO_DISPLAY)


@pytest.mark.parametrize(
    ("environ", "display"),
    [({"DISPLAY": ":7"}, ":7"), ({"WAYLAND_DISPLAY": "wayland-0"}, "wayland-0")],
)
def test_a_display_that_does_not_answer(environ: dict[str, str], display: str):
    assert obstacle(environ, answers=False) == Obstacle(
        kind=ObstacleKind.DISPLAY_UNREACHABLE, display=display
    )


def test_offscreen_needs_no_display():
    assert obstacle({"QT_QPA_PLATFORM": "offscreen"}, answers=False) is None


def test_one_of_two_displays_is_enough():
    environ = {"DISPLAY": ":0", "WAYLAND_DISPLAY": "wayland-0"}
    assert obstacle(environ, missing="qwayland") is None


@pytest.mark.parametrize("missing", ["libQt6Widgets", "libqxcb"])
def test_qt_that_cannot_be_loaded(missing: str):
    found = obstacle({"DISPLAY": ":0"}, missing=missing)
    assert found is not None
    assert found.kind is ObstacleKind.LIBRARIES_MISSING
    assert missing in found.detail


@pytest.mark.parametrize("system", ["darwin", "win32"])
def test_other_systems_have_a_display(system: str):
    assert window_obstacle({}, system=system, qt=QT) is None


def test_the_real_qt_of_this_machine_opens_offscreen():
    assert window_obstacle({"QT_QPA_PLATFORM": "offscreen"}) is None
