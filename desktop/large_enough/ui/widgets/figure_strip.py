"""Shows the four figures of a contender, each at a place that never moves."""

from typing import NamedTuple

from PySide6.QtCore import QPointF, QSize, Qt, Slot
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QSizePolicy, QWidget

from large_enough.ui.safe_text import tooltip
from large_enough.ui.theme import Theme
from large_enough.ui.tokens import Type
from large_enough.wording.numbers import NOT_AVAILABLE
from large_enough.wording.translate import _

_HEIGHT_PX = 60
_INSET_PX = 14
_LABEL_BASELINE_PX = 21
_VALUE_BASELINE_PX = 45
_FIGURE_COUNT = 4
_NARROW_COLUMNS = 2


class FigureValue(NamedTuple):
    """What one figure shows."""

    label: str
    text: str
    """The number, or a dash."""
    unit: str
    """Stands behind the number; not shown without one."""
    note: str = ""
    """More about the number, or why there is none."""


class Figure(QLabel):
    """One figure: a small label over a large number."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._shown = FigureValue("", NOT_AVAILABLE, "")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    @property
    def shown(self) -> FigureValue:
        """What is shown."""
        return self._shown

    def show_value(self, value: FigureValue) -> None:
        """Show a number under its label."""
        if value == self._shown:
            return
        self._shown = value
        unit = "" if value.text == NOT_AVAILABLE else value.unit
        words = _("{label}: {number} {unit}").format(
            label=value.label,
            number=_("not available") if value.text == NOT_AVAILABLE else value.text,
            unit=unit,
        )
        self.setText(words.strip())
        self.setAccessibleName(words.strip())
        self.setAccessibleDescription(value.note)
        self.setToolTip(tooltip(value.note))
        self.update()

    def sizeHint(self) -> QSize:
        """Return the fixed height."""
        return QSize(80, round(_HEIGHT_PX * self._theme.scale))

    def minimumSizeHint(self) -> QSize:
        """Return the fixed height; the width is given by the strip."""
        return QSize(0, round(_HEIGHT_PX * self._theme.scale))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Paint label, number and unit on fixed lines."""
        theme, scale = self._theme, self._theme.scale
        inset = _INSET_PX * scale
        painter = QPainter(self)
        painter.setFont(theme.font(Type.SMALL))
        painter.setPen(QColor(theme.tokens.soft_ink))
        label = painter.fontMetrics().elidedText(
            self._shown.label, Qt.TextElideMode.ElideRight, round(self.width() - inset)
        )
        painter.drawText(QPointF(inset, _LABEL_BASELINE_PX * scale), label)
        baseline = _VALUE_BASELINE_PX * scale
        number_font = theme.font(Type.FIGURE)
        painter.setFont(number_font)
        painter.setPen(QColor(theme.tokens.ink))
        painter.drawText(QPointF(inset, baseline), self._shown.text)
        if self._shown.text != NOT_AVAILABLE:
            behind = QFontMetricsF(number_font).horizontalAdvance(self._shown.text) + 4 * scale
            painter.setFont(theme.font(Type.SOFT))
            painter.setPen(QColor(theme.tokens.soft_ink))
            painter.drawText(QPointF(inset + behind, baseline), self._shown.unit)
        painter.end()


class FigureStrip(QFrame):
    """Four figures side by side, or two by two where panes are narrow."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.figures = tuple(Figure(theme, self) for _index in range(_FIGURE_COUNT))
        self._column_count = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(0)
        self.set_narrow(is_narrow=False)
        theme.changed.connect(self._on_theme_changed)

    def set_narrow(self, *, is_narrow: bool) -> None:
        """Arrange the figures two by two, or all in a row."""
        columns = _NARROW_COLUMNS if is_narrow else _FIGURE_COUNT
        if columns == self._column_count:
            return
        self._column_count = columns
        self._fit()
        for index, figure in enumerate(self.figures):
            self._grid.removeWidget(figure)
            self._grid.addWidget(figure, index // columns, index % columns)
        for column in range(_FIGURE_COUNT):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)
        self.update()

    def _fit(self) -> None:
        row_count = _FIGURE_COUNT // self._column_count
        self.setFixedHeight(round(row_count * _HEIGHT_PX * self._theme.scale))

    def show_values(self, values: tuple[FigureValue, ...]) -> None:
        """Show the four figures."""
        for figure, value in zip(self.figures, values, strict=True):
            figure.show_value(value)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Paint the hair lines between the figures."""
        painter = QPainter(self)
        painter.setPen(QColor(self._theme.tokens.line))
        columns = self._column_count
        for figure in self.figures[1:columns]:
            painter.drawLine(figure.x(), 0, figure.x(), self.height())
        if columns < _FIGURE_COUNT:
            middle = self.figures[columns].y()
            painter.drawLine(0, middle, self.width(), middle)
        painter.end()

    @Slot()
    def _on_theme_changed(self) -> None:
        self._fit()
        for figure in self.figures:
            figure.updateGeometry()
        self.update()
