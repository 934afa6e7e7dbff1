"""The keyboard: steps of a story, each a few keys pressed and released."""

from collections.abc import Callable, Generator
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QWindow
from PySide6.QtTest import QTest
from tests.helpers.eyes import Doing, Steps
from tests.helpers.person import Act, Wait
from tests.helpers.sight import Control, focused, told

_MOST_TABS = 120
_NONE = Qt.KeyboardModifier.NoModifier
_MODIFIERS = {
    "Ctrl": Qt.KeyboardModifier.ControlModifier,
    "Shift": Qt.KeyboardModifier.ShiftModifier,
}
_KEYS = {
    "Shift+Tab": Qt.Key.Key_Backtab,  # which is what keyboards send
    "Esc": Qt.Key.Key_Escape,
    ",": Qt.Key.Key_Comma,
}


def keys(*combinations: str) -> Doing:
    """Press and release keys, one combination after the other: "Tab", "Ctrl+Return"."""
    for words in combinations:
        yield from press(words)
        yield from _release(*_key_of(words), words)


def press(words: str) -> Doing:
    """Only press keys: the last ones of a program, when nobody is left to see them released."""
    yield from _press(*_key_of(words), words)


def write(text: str) -> Doing:
    """Type a text, letter by letter."""
    for letter in text:
        yield from _press(letter, _NONE, letter)
        yield from _release(letter, _NONE, letter)


def tab_to(role: str, name: str, key: str = "Tab") -> Steps:
    """Press a key until this control has the keyboard."""
    met: list[str] = []
    while len(met) < _MOST_TABS:
        control = focused()
        if control is not None and control.is_like(role, name):
            return control
        met.append(str(control))
        yield from keys(key)
    message = f"{key} does not lead to {role} “{name}”, but to:\n  " + "\n  ".join(met)
    raise AssertionError(message)


def tab_around() -> Generator[Act | Wait, Any, list[Control]]:
    """Press Tab until the keyboard is where it was, and return where it came by."""
    met: list[Control] = []
    yield Wait(focused, "something has the keyboard")
    while len(met) < _MOST_TABS:
        control = focused()
        assert control is not None, f"Tab leads nowhere from {met[-1:]}"
        has_left = bool(met) and met[-1].position != met[0].position
        if has_left and control.position == met[0].position:
            return met
        met.append(control)
        yield from keys("Tab")
    message = "Tab leads round and round:" + told(met)
    raise AssertionError(message)


def choose_by_keys(entry: str) -> Doing:
    """Open the menu of the button that has the keyboard, and choose one of its entries."""
    yield from keys("Space")
    yield from tab_to("MenuItem", entry, "Down")
    yield from keys("Return")


def _key_of(words: str) -> tuple[Qt.Key, Qt.KeyboardModifier]:
    *held, last = words.split("+")
    modifiers = _NONE
    for word in held:
        modifiers |= _MODIFIERS[word]
    return _KEYS.get(words) or _KEYS.get(last) or Qt.Key[f"Key_{last}"], modifiers


def _press(key: Qt.Key | str, modifiers: Qt.KeyboardModifier, words: str) -> Doing:
    yield Wait(QGuiApplication.focusWindow, "a window has the keyboard")
    yield Act(partial(_send, True, key, modifiers), f"press {words}")


def _release(key: Qt.Key | str, modifiers: Qt.KeyboardModifier, words: str) -> Doing:
    yield Wait(QGuiApplication.focusWindow, "a window has the keyboard")
    yield Act(partial(_send, False, key, modifiers), f"release {words}")


def _send(is_down: bool, key: Qt.Key | str, modifiers: Qt.KeyboardModifier) -> None:
    event: Callable[..., None] = QTest.keyPress if is_down else QTest.keyRelease
    event(_focus_window(), key, modifiers)


def _focus_window() -> QWindow:
    window = QGuiApplication.focusWindow()
    assert window is not None, "no window has the keyboard"
    return window
