"""The mouse: steps of a story, each a few single events at places on the screen."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QWindow
from PySide6.QtTest import QTest
from tests.helpers.eyes import Doing, Steps, reach
from tests.helpers.person import Act
from tests.helpers.sight import Control, find

_MOST_TURNS = 40
_TURN = QPoint(0, -120)
_STEPS = 10


def click(role: str, name: str, across: float | None = None) -> Steps:
    """Press and release the left button on a control.

    Args:
        role: Of the control.
        name: Of the control.
        across: Where, as a fraction of its width; its centre if left out.
    """
    control = yield from reach(role, name)
    point = control.centre if across is None else _point_across(control, across)
    yield from _press_and_release(point, f"{role} “{name}”")
    return control


def click_menu(button: str, entry: str) -> Steps:
    """Open the menu of a button and press one of its entries."""
    yield from click("ButtonMenu", button)
    return (yield from click("MenuItem", entry))


def drag(role: str, name: str, start: float, end: float) -> Doing:
    """Press on a control and release further on; both are fractions of its width."""
    control = yield from reach(role, name)
    first = _point_across(control, start)
    window = _window_at(first)
    yield _point_at(first)
    yield Act(partial(_press, window, first), f"press {role} “{name}” at {start}")
    for step in range(1, _STEPS + 1):
        point = _point_across(control, start + (end - start) * step / _STEPS)
        yield Act(partial(_move, window, point), f"drag to {point.toTuple()}")
    last = _point_across(control, end)
    yield Act(partial(_release, window, last), f"release {role} “{name}” at {end}")


def wheel_to(role: str, name: str, over: tuple[str, str]) -> Steps:
    """Turn the wheel over a control until another one is in view."""
    place = yield from reach(*over)
    for _turn in range(_MOST_TURNS):
        found = find(role, name)
        if len(found) == 1 and not found[0].hindrance():
            break
        yield _point_at(place.centre)
        yield Act(partial(_turn_wheel, place.centre), "turn the wheel")
    return (yield from reach(role, name))


def close_window() -> Doing:
    """Close the window in front, as the button of its title bar does."""
    yield Act(_close_window, "close the window")


def _point_across(control: Control, fraction: float) -> QPoint:
    place = QPoint(
        control.seen.left() + round(fraction * (control.seen.width() - 1)), control.centre.y()
    )
    assert not control.hindrance(place), f"{control}: {control.hindrance(place)}"
    return place


def _press_and_release(point: QPoint, words: str) -> Doing:
    yield _point_at(point)
    window = _window_at(point)
    yield Act(partial(_press, window, point), f"press {words}")
    yield Act(partial(_release, window, point), f"release {words}")


def _point_at(point: QPoint) -> Act:
    window = _window_at(point)
    return Act(partial(_move, window, point), f"point at {point.toTuple()}")


def _move(window: QWindow, point: QPoint) -> None:
    """Move the mouse, but not the pointer of the X server: that one has no pressed button."""
    QTest.mouseMove(window, window.mapFromGlobal(point))


def _press(window: QWindow, point: QPoint) -> None:
    _send(QTest.mousePress, window, point)


def _release(window: QWindow, point: QPoint) -> None:
    if window.isVisible():  # or there is nobody any more to be told
        _send(QTest.mouseRelease, window, point)


def _send(event: Callable[..., None], window: QWindow, point: QPoint) -> None:
    none = Qt.KeyboardModifier.NoModifier
    event(window, Qt.MouseButton.LeftButton, none, window.mapFromGlobal(point))


def _turn_wheel(point: QPoint) -> None:
    window = _window_at(point)
    QTest.wheelEvent(window, window.mapFromGlobal(point), _TURN)


def _window_at(point: QPoint) -> QWindow:
    window = QGuiApplication.topLevelAt(point)
    assert window is not None, f"no window at {point.toTuple()}"
    return window


def _close_window() -> None:
    window = QGuiApplication.focusWindow()
    assert window is not None, "no window has the keyboard"
    window.close()
