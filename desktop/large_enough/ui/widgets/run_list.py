"""The list of runs: what was asked of whom, how far it is, and what can be done with it."""

from collections.abc import Sequence

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from large_enough.domain.pack_run import PackRunEnd
from large_enough.ui.directions import turned
from large_enough.ui.run_rows import RunRow
from large_enough.ui.tables.run_list_model import RunListModel
from large_enough.ui.theme import Theme
from large_enough.ui.tokens import CONTROL_RADIUS, Type
from large_enough.ui.widgets.row_list import dress_list
from large_enough.wording.translate import _

_ROW_HEIGHT_PX = 62
_INSET_PX = 14
_STATE_PX = 210
_BAR_PX = 5
_RETURN_KEYS = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class _RunPainter(QStyledItemDelegate):
    """Paints a run: its pack and facts at one side, how far it is at the other."""

    def __init__(self, theme: Theme, model: RunListModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._runs = model

    def sizeHint(
        self,
        option: QStyleOptionViewItem,  # noqa: ARG002 - Qt's signature
        index: QModelIndex | QPersistentModelIndex,  # noqa: ARG002
    ) -> QSize:
        """Return the same height for all rows."""
        return QSize(100, round(_ROW_HEIGHT_PX * self._theme.scale))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Paint one row."""
        row = self._runs.row_at(index.row())
        if row is None:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens, area = self._theme.tokens, option.rect
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.chip))
            painter.drawRoundedRect(area.adjusted(1, 1, -1, -1), CONTROL_RADIUS, CONTROL_RADIUS)
            painter.setBrush(QColor(tokens.accent))
            bar = QRectF(area.x() + 4, area.y() + 11, 3, area.height() - 22)
            painter.drawRoundedRect(turned(bar, area), 1, 1)
        else:
            under = QRect(area.x() + _INSET_PX, area.bottom(), area.width() - 2 * _INSET_PX, 1)
            painter.fillRect(under, QColor(tokens.line))
        width = round(_STATE_PX * self._theme.scale)
        words = area.adjusted(_INSET_PX, 9, -width - 2 * _INSET_PX, -9)
        state = QRect(area.right() - width - _INSET_PX, words.y(), width, words.height())
        words = turned(QRectF(words), area).toRect()
        self._paint_pair(painter, words, row.title, row.facts)
        self._paint_state(painter, turned(QRectF(state), area).toRect(), row)
        painter.restore()

    def _paint_pair(self, painter: QPainter, area: QRect, above: str, below: str) -> None:
        tokens, half = self._theme.tokens, area.height() // 2
        upper = QRect(area.x(), area.y(), area.width(), half)
        self._paint_line(painter, upper, above, Type.STRONG, tokens.ink)
        lower = upper.translated(0, half)
        self._paint_line(painter, lower, below, Type.SMALL, tokens.soft_ink)

    def _paint_state(self, painter: QPainter, area: QRect, row: RunRow) -> None:
        tokens, half = self._theme.tokens, area.height() // 2
        is_care = row.end is not PackRunEnd.COMPLETE and not row.is_running
        upper = QRect(area.x(), area.y(), area.width(), half)
        colour = tokens.warning if is_care else tokens.soft_ink
        self._paint_line(painter, upper, row.state, Type.SOFT_STRONG, colour)
        if row.end is None:
            return
        height = _BAR_PX * self._theme.scale
        track = QRectF(area.x(), area.y() + half + 6, area.width(), height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.line))
        painter.drawRoundedRect(track, height / 2, height / 2)
        done = QRectF(track)
        done.setWidth(max(height, track.width() * min(1.0, max(0.0, row.share))))
        painter.setBrush(QColor(tokens.accent))
        painter.drawRoundedRect(turned(done, area), height / 2, height / 2)

    def _paint_line(
        self, painter: QPainter, area: QRect, text: str, kind: Type, colour: str
    ) -> None:
        painter.setFont(self._theme.font(kind))
        painter.setPen(QColor(colour))
        fitting = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, area.width())
        side = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading
        painter.drawText(area, side.value, fitting)


class RunList(QListView):
    """The list.

    Signals:
        chosen: The user went to another run.
        opened: The user wants to see the run that is chosen.
    """

    chosen = Signal()
    opened = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.runs = RunListModel(self)
        self.setModel(self.runs)
        self.setItemDelegate(_RunPainter(theme, self.runs, self))
        dress_list(self, theme, _("Runs"))
        self.selectionModel().currentChanged.connect(self._on_current_changed)
        self.doubleClicked.connect(self._on_double_clicked)

    @property
    def current(self) -> RunRow | None:
        """The run that is chosen."""
        return self.runs.row_at(self.currentIndex().row())

    def show_rows(self, rows: Sequence[RunRow]) -> None:
        """Show these runs; the one that was chosen stays chosen, else the first one is."""
        before = self.current
        self.runs.show(rows)
        place = self.runs.place_of(before.run_id) if before is not None else -1
        self.setCurrentIndex(self.runs.index(max(place, 0)))
        self.chosen.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take Enter for the wish to see the run."""
        if event.key() in _RETURN_KEYS and self.current is not None:
            self.opened.emit()
            return
        super().keyPressEvent(event)

    @Slot(QModelIndex, QModelIndex)
    def _on_current_changed(self, _current: QModelIndex, _before: QModelIndex) -> None:
        self.chosen.emit()

    @Slot(QModelIndex)
    def _on_double_clicked(self, _index: QModelIndex) -> None:
        if self.current is not None:
            self.opened.emit()
