"""What a person finds in the program's windows: the tree that screen readers get, as it is now.

Nothing here is kept from one moment to the next: an interface of a widget that is gone must not
be touched. A `Control` is a copy.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import (
    QAccessible,
    QAccessibleActionInterface,
    QAccessibleInterface,
    QAccessibleTextInterface,
    QAccessibleValueInterface,
    QGuiApplication,
)
from PySide6.QtWidgets import QApplication, QWidget

_FLAGS = (
    *("checkable", "checked", "disabled", "editable", "expanded", "focusable", "focused"),
    *("hasPopup", "offscreen", "readOnly", "selected"),
)
_UNSEEN = QRect(0, 0, -1, -1)
_LEAST_PX = 4
"""Less than this of a control cannot be hit."""


@dataclass(frozen=True)
class Control:
    """A part of a window, as it was when somebody looked."""

    role: str
    """Name of a `QAccessible.Role`."""
    name: str
    description: str
    value: str
    """What stands in it."""
    flags: frozenset[str]
    actions: tuple[str, ...]
    path: str
    """From the window down, for messages."""
    position: str
    """In the tree: numbers of children, from the window down."""
    rect: QRect
    """On the screen."""
    seen: QRect
    """The part of it that no surrounding surface cuts off."""
    surface: QWidget
    """What of Qt's draws it: itself, or the list or menu that it is an entry of."""

    def __str__(self) -> str:
        """Return the path."""
        return self.path

    @property
    def place(self) -> str:
        """Position of the parent: siblings have it in common."""
        return self.position.rpartition(".")[0]

    def is_like(self, role: str, name: str) -> bool:
        """Return whether it has this role and a name of this pattern."""
        return self.role == role and fnmatchcase(self.name, name)

    @property
    def centre(self) -> QPoint:
        """Where one would press it."""
        return self.seen.center()

    @property
    def is_in_view(self) -> bool:
        """Whether there is enough of it to see, and to hit."""
        return min(self.seen.width(), self.seen.height()) >= _LEAST_PX

    def hindrance(self, point: QPoint | None = None) -> str:
        """Return why a person cannot press it there, at its centre if nowhere else; or nothing."""
        if "disabled" in self.flags:
            return "it is disabled"
        if not self.is_in_view:
            return f"nothing of it is in view: {self.rect.getRect()}"
        return self._cover(point or self.centre)

    def _cover(self, point: QPoint) -> str:
        hit = QApplication.widgetAt(point)
        if hit is None:
            return "no window of the program is there"
        if hit is self.surface or self.surface.isAncestorOf(hit):
            return ""
        return f"{_name_of(hit)} lies over it"


def windows_in_front() -> list[QWidget]:
    """Return the windows that take input now: an open menu, a dialog, or all there are."""
    popup, dialog = QApplication.activePopupWidget(), QApplication.activeModalWidget()
    if popup is not None:
        return [popup]
    if dialog is not None:
        return [dialog]
    return [
        window
        for window in QApplication.topLevelWidgets()
        if window.isVisible() and window.windowType() is not Qt.WindowType.ToolTip
    ]


def look_around() -> list[Control]:
    """Return everything visible in the windows that take input now."""
    windows = enumerate(windows_in_front())
    return [control for number, window in windows for control in _look_at(window, str(number))]


def focused() -> Control | None:
    """Return what has the keyboard: of a list or a menu, the entry that is chosen."""
    owner = QApplication.activePopupWidget() or QApplication.focusWidget()
    found = [each for each in look_around() if "focused" in each.flags and each.surface is owner]
    return found[-1] if found else None


def find(role: str, name: str) -> list[Control]:
    """Return all visible controls of this role and a name of this pattern."""
    return [control for control in look_around() if control.is_like(role, name)]


def told(controls: Sequence[Control]) -> str:
    """Return the controls line by line."""
    return "".join(f"\n  {control} {sorted(control.flags)}" for control in controls)


def _look_at(window: QWidget, position: str) -> Iterator[Control]:
    interface = QAccessible.queryAccessibleInterface(window)
    screen = QGuiApplication.primaryScreen().geometry()
    yield from _walk(interface, "", position, screen, window)


def _walk(
    interface: QAccessibleInterface | None,
    above: str,
    position: str,
    view: QRect,
    surface: QWidget,
) -> Iterator[Control]:
    if interface is None or not interface.isValid() or interface.state().invisible:
        return
    owner = interface.object()
    surface = owner if isinstance(owner, QWidget) else surface
    control = _copy(interface, above, position, view, surface)
    yield control
    inner = control.seen if control.rect.isValid() else view
    for number in range(interface.childCount()):
        place = f"{position}.{number}"
        yield from _walk(interface.child(number), control.path, place, inner, surface)


def _copy(
    interface: QAccessibleInterface, above: str, position: str, view: QRect, surface: QWidget
) -> Control:
    state, rect = interface.state(), interface.rect()
    role, name = interface.role().name, interface.text(QAccessible.Text.Name)
    step = f'{role} "{name}"' if name else role
    return Control(
        role=role,
        name=name,
        description=interface.text(QAccessible.Text.Description),
        value=_value(interface.textInterface(), interface.valueInterface()),
        flags=frozenset(flag for flag in _FLAGS if getattr(state, flag)),
        actions=_actions(interface.actionInterface()),
        path=f"{above} > {step}" if above else step,
        position=position,
        rect=rect,
        seen=rect.intersected(view) if rect.isValid() else _UNSEEN,
        surface=surface,
    )


def _value(text: QAccessibleTextInterface | None, number: QAccessibleValueInterface | None) -> str:
    if text is not None:
        return text.text(0, text.characterCount())
    return "" if number is None else str(number.currentValue())


def _actions(actions: QAccessibleActionInterface | None) -> tuple[str, ...]:
    return () if actions is None else tuple(actions.actionNames())


def _name_of(widget: QWidget) -> str:
    return f"{type(widget).__name__} “{widget.accessibleName() or widget.windowTitle()}”"
