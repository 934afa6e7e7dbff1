"""Switches one thing on or off."""

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QWidget

from large_enough.ui.directions import turned
from large_enough.ui.theme import Theme
from large_enough.ui.tokens import Type
from large_enough.wording.translate import _

_WIDTH_PX = 40
_HEIGHT_PX = 24
_GAP_PX = 10
_INSET_PX = 4


class ToggleSwitch(QCheckBox):
    """A switch with its state in a word beside it; to screen readers, a check box."""

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAccessibleName(name)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._on_theme_changed)

    @property
    def words(self) -> str:
        """What stands beside the switch."""
        return _("on") if self.isChecked() else _("off")

    def sizeHint(self) -> QSize:
        """Return room for the longer of the two words."""
        metrics = QFontMetrics(self._theme.font(Type.STRONG))
        scale = self._theme.scale
        words = max(metrics.horizontalAdvance(text) for text in (_("on"), _("off")))
        height = max(round(_HEIGHT_PX * scale), metrics.height())
        return QSize(round((_WIDTH_PX + _GAP_PX) * scale) + words + 2, height)

    def minimumSizeHint(self) -> QSize:
        """Return the same."""
        return self.sizeHint()

    def hitButton(self, pos: QPoint) -> bool:
        """Take clicks everywhere."""
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Paint the switch and its word."""
        tokens, scale = self._theme.tokens, self._theme.scale
        is_on = self.isChecked()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        height = _HEIGHT_PX * scale
        track = QRectF(0.5, (self.height() - height) / 2 + 0.5, _WIDTH_PX * scale - 1, height - 1)
        track = turned(track, self.rect())
        painter.setPen(QPen(QColor(tokens.accent if is_on else tokens.soft_ink), 1))
        painter.setBrush(QColor(tokens.accent if is_on else tokens.chip))
        painter.drawRoundedRect(track, height / 2, height / 2)
        edge = height - 2 * _INSET_PX * scale
        left = (
            track.right() - edge - _INSET_PX * scale if is_on else track.left() + _INSET_PX * scale
        )
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.accent_ink if is_on else tokens.soft_ink))
        painter.drawEllipse(QRectF(left, track.center().y() - edge / 2, edge, edge))
        painter.setPen(QColor(tokens.ink if is_on else tokens.soft_ink))
        painter.setFont(self._theme.font(Type.STRONG))
        beside = QRectF(self.rect()).adjusted((_WIDTH_PX + _GAP_PX) * scale, 0, 0, 0)
        beside = turned(beside, self.rect())
        painter.drawText(beside, Qt.AlignmentFlag.AlignVCenter.value, self.words)
        painter.end()

    @Slot()
    def _on_theme_changed(self) -> None:
        self.updateGeometry()
        self.update()
