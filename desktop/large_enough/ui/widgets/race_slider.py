"""The time bar of a replay, with a mark where each contender ended."""

from collections.abc import Mapping

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSlider, QWidget

from large_enough.ui.theme import Theme
from large_enough.ui.tokens import Type
from large_enough.ui.widgets.marks import paint_mark
from large_enough.wording.numbers import seconds_text
from large_enough.wording.translate import _

STEPS = 1000
"""Of the whole race."""
KEY_STEPS = 50
_HEIGHT_PX = 40
_HANDLE_PX = 14
_GROOVE_PX = 4
_GROOVE_Y = 28
_MARK_PX = 16
_ARROWS = frozenset({Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End})


class RaceSlider(QSlider):
    """Shows how far the race is, and takes the user to any moment of it.

    Signals:
        moved: The user wants this fraction of the whole, 0 to 1.
    """

    moved = Signal(float)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._theme = theme
        self._finishes: dict[str, float] = {}
        self.setRange(0, STEPS)
        self.setSingleStep(KEY_STEPS)
        self.setPageStep(2 * KEY_STEPS)
        self.setAccessibleName(_("Moment of the race"))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.actionTriggered.connect(self._on_action_triggered)
        theme.changed.connect(self.update)

    def show_finishes(self, times_s: Mapping[str, float], duration_s: float) -> None:
        """Mark where contenders ended.

        Args:
            times_s: By letter.
            duration_s: Of the whole race.
        """
        length_s = max(duration_s, 1e-9)
        self._finishes = {letter: time_s / length_s for letter, time_s in times_s.items()}
        words = (
            _("{letter} ends at {time}").format(letter=letter, time=seconds_text(time_s))
            for letter, time_s in times_s.items()
        )
        told = ", ".join(words)
        self.setAccessibleDescription(told)
        self.setToolTip(told)
        self.update()

    def show_fraction(self, fraction: float) -> None:
        """Show how far the race is, unless the user is just moving it."""
        if not self.isSliderDown():
            self.setValue(round(fraction * STEPS))

    def sizeHint(self) -> QSize:
        """Return room for the marks above the groove."""
        return QSize(200, round(_HEIGHT_PX * self._theme.scale))

    def minimumSizeHint(self) -> QSize:
        """Return the same height, and little width."""
        return QSize(80, self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the arrows; leave other keys to the screen."""
        if Qt.Key(event.key()) in _ARROWS:
            super().keyPressEvent(event)
        else:
            event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to where the user pressed."""
        if event.button() is Qt.MouseButton.LeftButton:
            self.setSliderDown(True)
            self._go_to(event.position().x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the user."""
        if self.isSliderDown():
            self._go_to(event.position().x())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Let go."""
        self.setSliderDown(False)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Paint groove, way, marks and handle."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        tokens, scale = self._theme.tokens, self._theme.scale
        top, here = (_GROOVE_Y - _GROOVE_PX / 2) * scale, self._place(self.value() / STEPS)
        left, right = self._place(0), self._place(1)
        for end, colour in ((right, tokens.line), (here, tokens.accent)):
            painter.setBrush(QColor(colour))
            painter.drawRoundedRect(QRectF(left, top, end - left, _GROOVE_PX * scale), 2, 2)
        self._paint_marks(painter)
        edge = _HANDLE_PX * scale
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.accent))
        painter.drawEllipse(QRectF(here - edge / 2, _GROOVE_Y * scale - edge / 2, edge, edge))
        painter.end()

    def _paint_marks(self, painter: QPainter) -> None:
        scale, tokens = self._theme.scale, self._theme.tokens
        edge = _MARK_PX * scale
        painter.setFont(self._theme.font(Type.SMALL_STRONG))
        for letter, fraction in self._finishes.items():
            x = self._place(min(max(fraction, 0.0), 1.0))
            painter.fillRect(QRectF(x - 0.5, edge, 1, 12 * scale), QColor(tokens.soft_ink))
            paint_mark(painter, letter, QRectF(x - edge / 2, 1, edge, edge), tokens)

    def _place(self, fraction: float) -> float:
        inset = _MARK_PX * self._theme.scale / 2
        return inset + fraction * (self.width() - 2 * inset)

    def _go_to(self, x: float) -> None:
        length = max(1.0, self._place(1) - self._place(0))
        fraction = min(max((x - self._place(0)) / length, 0.0), 1.0)
        self.setValue(round(fraction * STEPS))
        self.moved.emit(fraction)

    @Slot(int)
    def _on_action_triggered(self, _action: int) -> None:
        """Tell of a move by keys or by the wheel: `sliderPosition` is where it leads."""
        self.moved.emit(self.sliderPosition() / STEPS)
