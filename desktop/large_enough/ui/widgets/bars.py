"""Draws one measure of all contenders as bars, each with its letter and its number."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QProgressBar, QSizePolicy, QVBoxLayout, QWidget

from large_enough.domain.quantity import NumberQuality, Quantity, Unavailable
from large_enough.ui.directions import turned
from large_enough.ui.safe_text import tooltip
from large_enough.ui.theme import Theme
from large_enough.ui.tokens import Type
from large_enough.ui.widgets.labels import FittingLabel
from large_enough.wording.translate import _

_LETTER_WIDTH_PX = 20
_NUMBER_WIDTH_PX = 74
_BAR_HEIGHT_PX = 9
_ROW_HEIGHT_PX = 22
_OUTLINE_PX = 1.5
_HATCH_WIDTH_PX = 1.8
_HATCH_STEP_PX = 5
_PAIR = 2  # a ratio is between two
_STEPS = 1000  # of a full bar: QProgressBar counts in whole numbers


class BarValue(NamedTuple):
    """What one bar shows."""

    letter: str
    value: Quantity
    """Decides the length; without a number there is no bar."""
    text: str
    """The number with its unit, or a dash."""
    note: str = ""
    """More about the number, or why there is none."""
    quality: NumberQuality = NumberQuality.MEASURED
    """Bars of measured numbers are filled, of attributed ones hatched, of estimated ones hollow."""


class Bar(QProgressBar):
    """One contender's bar: letter, bar, number."""

    def __init__(self, theme: Theme, letter: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._letter = letter
        self._number = ""
        self._quality = NumberQuality.MEASURED
        self.setRange(0, _STEPS)
        self.setTextVisible(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def show_value(self, measure: str, shown: BarValue, longest: float) -> None:
        """Show a number, as long as its share of the longest one."""
        share = 0.0
        if not isinstance(shown.value, Unavailable) and longest > 0:
            share = min(1.0, max(0.0, shown.value / longest))
        self._number = shown.text
        self._quality = shown.quality
        self.setValue(round(share * _STEPS))
        self.setToolTip(tooltip(shown.note))
        self.setAccessibleName(
            _("{measure}, {letter}: {number}").format(
                measure=measure, letter=self._letter, number=shown.text
            )
        )
        self.setAccessibleDescription(shown.note)
        self.update()

    def _paint_value(self, painter: QPainter, area: QRectF, colour: QColor) -> None:
        """Paint the bar filled, or so that it shows that the number is not measured."""
        if self._quality is NumberQuality.ATTRIBUTED:
            _paint_hatched(painter, area, colour, QColor(self._theme.tokens.card))
        elif self._quality is NumberQuality.ESTIMATED:
            grey = QColor(self._theme.tokens.soft_ink)
            _paint_hollow(painter, area, grey, QColor(self._theme.tokens.card))
        else:
            _paint_bar(painter, area, QBrush(colour))

    @property
    def number(self) -> str:
        """The number that stands beside the bar."""
        return self._number

    def sizeHint(self) -> QSize:
        """Return the height of a row; any width will do."""
        return QSize(120, round(_ROW_HEIGHT_PX * self._theme.scale))

    def minimumSizeHint(self) -> QSize:
        """Return the same height."""
        return QSize(60, round(_ROW_HEIGHT_PX * self._theme.scale))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Paint letter, bar and number."""
        tokens, scale = self._theme.tokens, self._theme.scale
        colour = QColor(tokens.contender(self._letter))
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect())
        middle = Qt.AlignmentFlag.AlignVCenter.value
        painter.setPen(colour)
        painter.setFont(self._theme.font(Type.SOFT_STRONG))
        painter.drawText(box, middle, self._letter)
        start, room = _LETTER_WIDTH_PX * scale, _NUMBER_WIDTH_PX * scale
        longest = max(12.0, box.width() - start - room)
        height = _BAR_HEIGHT_PX * scale
        top = (box.height() - height) / 2
        track = turned(QRectF(start, top, longest, height), self.rect())
        _paint_bar(painter, track, QBrush(QColor(tokens.chip)))
        length = longest * self.value() / _STEPS
        if length > 0:
            shown = QRectF(start, top, max(length, height), height)
            self._paint_value(painter, turned(shown, self.rect()), colour)
        painter.setPen(QColor(tokens.ink))
        painter.setFont(self._theme.font(Type.SOFT))
        behind = turned(box.adjusted(start + longest + 8, 0, 0, 0), self.rect())
        painter.drawText(behind, middle, self._number)
        painter.end()


class MeasureBars(QWidget):
    """One measure: its name, and a bar for each contender."""

    def __init__(self, theme: Theme, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._title = title
        self._bars: dict[str, Bar] = {}
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(0)
        self.heading = FittingLabel(theme, Type.SMALL, title, tone="soft")
        self.ratio = FittingLabel(theme, Type.SMALL, "", tone="soft")
        self._rows.addWidget(self.heading)
        self._rows.addSpacing(3)

    @property
    def bars(self) -> dict[str, Bar]:
        """The bars, by letter."""
        return dict(self._bars)

    def show_headings(self, *wordings: str) -> None:
        """Show another heading: the same in several lengths, longest first; its name if none."""
        self.heading.offer(*(wordings or (self._title,)))

    def show_ratio(self, *wordings: str) -> None:
        """Say below the bars how many times more the one has than the other; nothing if none.

        Args:
            wordings: The same in several lengths, the longest first.
        """
        self.ratio.offer(*(wordings or ("",)))

    def show_values(self, values: Sequence[BarValue]) -> None:
        """Show these contenders, and no others."""
        self._match({shown.letter for shown in values})
        numbers = [shown.value for shown in values if not isinstance(shown.value, Unavailable)]
        longest = max(numbers, default=0.0)
        for shown in values:
            self._bars[shown.letter].show_value(self._title, shown, longest)

    def _match(self, letters: set[str]) -> None:
        for letter in sorted(letters - self._bars.keys()):
            self._bars[letter] = Bar(self._theme, letter, self)
            self._rows.addWidget(self._bars[letter])
        for letter in self._bars.keys() - letters:
            self._bars.pop(letter).deleteLater()
        self._rows.removeWidget(self.ratio)
        self._rows.addWidget(self.ratio)
        self.ratio.setVisible(len(letters) == _PAIR)


def _paint_bar(painter: QPainter, area: QRectF, brush: QBrush) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(brush)
    radius = area.height() / 2
    painter.drawRoundedRect(area, radius, radius)


def _paint_hatched(painter: QPainter, area: QRectF, colour: QColor, ground: QColor) -> None:
    """Paint an outlined bar with slanting lines."""
    _paint_hollow(painter, area, colour, ground)
    outline = QPainterPath()
    outline.addRoundedRect(area, area.height() / 2, area.height() / 2)
    painter.save()
    painter.setClipPath(outline)
    painter.setPen(QPen(colour, _HATCH_WIDTH_PX))
    left = area.left() - area.height()
    while left < area.right():
        painter.drawLine(QPointF(left, area.bottom()), QPointF(left + area.height(), area.top()))
        left += _HATCH_STEP_PX
    painter.restore()


def _paint_hollow(painter: QPainter, area: QRectF, colour: QColor, ground: QColor) -> None:
    """Paint the outline of a bar."""
    painter.setPen(QPen(colour, _OUTLINE_PX))
    painter.setBrush(ground)
    half = _OUTLINE_PX / 2
    inner = area.adjusted(half, half, -half, -half)
    painter.drawRoundedRect(inner, inner.height() / 2, inner.height() / 2)
