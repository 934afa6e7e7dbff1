"""Draws the ring around whatever has the keyboard's attention."""

import shiboken6
from PySide6.QtCore import QEvent, QObject, QRect, QRectF, Qt, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QWidget

from large_enough.ui.theme import Theme
from large_enough.ui.tokens import CONTROL_RADIUS, RING_WIDTH

_GAP_PX = 2
_MOVES = frozenset({QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide})


class FocusRing(QWidget):
    """One ring for a window; it follows the focus.

    A widget may say by dynamic properties how the ring lies: `ringRadius` for its corners,
    `ringGap` for its distance, `ringInside` to have it within its own edge.
    """

    def __init__(self, theme: Theme, application: QApplication, window: QWidget) -> None:
        super().__init__(window)
        self._theme = theme
        self._target: QWidget | None = None
        self._watched: list[QWidget] = []
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()
        application.focusChanged.connect(self._on_focus_changed)
        theme.changed.connect(self.update)

    @property
    def target(self) -> QWidget | None:
        """What the ring is around."""
        return self._target

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the target when it, or what it lies in, moves."""
        if event.type() in _MOVES:
            self._place()
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Paint the ring."""
        if self._target is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self._theme.tokens.accent), RING_WIDTH))
        half = RING_WIDTH / 2
        radius = _number(self._target, "ringRadius", CONTROL_RADIUS) + _gap(self._target)
        painter.drawRoundedRect(
            QRectF(self.rect()).adjusted(half, half, -half, -half), radius, radius
        )
        painter.end()

    @Slot(QWidget, QWidget)
    def _on_focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        for known in self._watched:
            if shiboken6.isValid(known):
                known.removeEventFilter(self)
        window = self.window()
        self._target = new if new is not None and window.isAncestorOf(new) else None
        self._watched = _chain(self._target, window)
        for widget in self._watched:
            widget.installEventFilter(self)
        self._place()

    def _place(self) -> None:
        target = self._target
        if target is None or not shiboken6.isValid(target) or not target.isVisible():
            self.hide()
            return
        corner = target.mapTo(self.window(), target.rect().topLeft())
        reach = _gap(target) + RING_WIDTH if not target.property("ringInside") else 0
        self.setGeometry(QRect(corner, target.size()).adjusted(-reach, -reach, reach, reach))
        self.raise_()
        self.show()
        self.update()


def _chain(widget: QWidget | None, window: QWidget) -> list[QWidget]:
    """Return the widget and all that it lies in, without the window."""
    chain = []
    while widget is not None and widget != window:
        chain.append(widget)
        widget = widget.parentWidget()
    return chain


def _gap(target: QWidget) -> int:
    return _number(target, "ringGap", _GAP_PX)


def _number(target: QWidget, name: str, default: int) -> int:
    value = target.property(name)
    return value if isinstance(value, int) else default
