"""A list of rounds, each in three lines."""

from typing import TYPE_CHECKING

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
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from large_enough.ui import icons
from large_enough.ui.tables.round_list_model import (
    FACTS_ROLE,
    MODELS_ROLE,
    PROBLEM_ROLE,
    RoundListModel,
)
from large_enough.ui.theme import Theme
from large_enough.ui.tokens import CONTROL_RADIUS, Type
from large_enough.wording.translate import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from large_enough.comparison.history import RoundSummary

_ROW_HEIGHT_PX = 66
_INSET_PX = 12
_MARK_PX = 14


class _RowPainter(QStyledItemDelegate):
    """Paints a row: what was asked, and below it of whom and when."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

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
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        state, area = option.state, option.rect
        is_chosen = bool(state & QStyle.StateFlag.State_Selected)
        if is_chosen:
            self._paint_ground(painter, area)
        words = area.adjusted(_INSET_PX, 6, -_INSET_PX, -6)
        if index.data(PROBLEM_ROLE):
            words = self._paint_warning(painter, words)
        kind = Type.SOFT_STRONG if is_chosen else Type.SOFT
        self._paint_words(painter, words, index, kind)
        painter.restore()

    def _paint_ground(self, painter: QPainter, area: QRect) -> None:
        tokens = self._theme.tokens
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.chip))
        painter.drawRoundedRect(area.adjusted(1, 1, -1, -1), CONTROL_RADIUS, CONTROL_RADIUS)
        painter.setBrush(QColor(tokens.accent))  # beside the ground, a bar: seen without colours
        painter.drawRoundedRect(QRectF(area.x() + 3, area.y() + 11, 3, area.height() - 22), 1, 1)

    def _paint_warning(self, painter: QPainter, words: QRect) -> QRect:
        edge = round(_MARK_PX * self._theme.scale)
        place = QRectF(words.x(), words.y() + 3, edge, edge)
        icons.paint_picture(painter, "warning", place, self._theme.tokens.warning)
        return words.adjusted(edge + 7, 0, 0, 0)

    def _paint_words(
        self,
        painter: QPainter,
        area: QRect,
        index: QModelIndex | QPersistentModelIndex,
        kind_of_title: Type,
    ) -> None:
        tokens, height = self._theme.tokens, area.height() // 3
        lines = (
            (kind_of_title, tokens.ink, index.data()),
            (Type.SMALL, tokens.soft_ink, index.data(MODELS_ROLE)),
            (Type.SMALL, tokens.soft_ink, index.data(FACTS_ROLE)),
        )
        for number, (kind, colour, words) in enumerate(lines):
            text = str(words)
            painter.setFont(self._theme.font(kind))
            painter.setPen(QColor(colour))
            line = QRect(area.x(), area.y() + number * height, area.width(), height)
            fitting = painter.fontMetrics().elidedText(
                text, Qt.TextElideMode.ElideRight, line.width()
            )
            painter.drawText(line, Qt.AlignmentFlag.AlignVCenter.value, fitting)


class RoundList(QListView):
    """The list.

    Signals:
        chosen: The user went to this round: `RoundSummary`.
    """

    chosen = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rounds = RoundListModel(self)
        self.setModel(self._rounds)
        self.setItemDelegate(_RowPainter(theme, self))
        self.setAccessibleName(_("Recorded rounds"))
        self.setProperty("ringInside", True)
        self.setUniformItemSizes(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        self.selectionModel().currentChanged.connect(self._on_current_changed)
        theme.changed.connect(self.viewport().update)

    @property
    def count(self) -> int:
        """How many rounds are shown."""
        return self._rounds.rowCount()

    @property
    def current(self) -> "RoundSummary | None":
        """The round that is chosen."""
        return self._rounds.summary(self.currentIndex().row())

    def show_rounds(self, rounds: "Sequence[RoundSummary]") -> None:
        """Show these rounds; the one that was chosen stays chosen, else the first one is."""
        before = self.current
        self._rounds.show(rounds)
        row = self._rounds.row_of(before.path) if before is not None else -1
        self.setCurrentIndex(self._rounds.index(max(row, 0), 0))

    @Slot(QModelIndex, QModelIndex)
    def _on_current_changed(self, current: QModelIndex, _before: QModelIndex) -> None:
        summary = self._rounds.summary(current.row())
        if summary is not None:
            self.chosen.emit(summary)
