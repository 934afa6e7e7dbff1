"""Opens the drawer with settings, and is marked while any of them is not the usual one."""

from PySide6.QtCore import QPointF, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from large_enough.ui.theme import Theme
from large_enough.ui.widgets.buttons import IconButton
from large_enough.wording.translate import _

_DOT_PX = 4.0
_RIM_PX = 1.5
_INSET_PX = 7.0


class SettingsButton(IconButton):
    """A picture that stays pressed while the drawer is open, with a dot for changed settings."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "settings", "", parent)
        self._is_marked = False
        self.setCheckable(True)
        theme.changed.connect(self._on_colours_changed)
        self.mark(is_marked=False)

    @property
    def is_marked(self) -> bool:
        """Whether it shows that settings are not the usual ones."""
        return self._is_marked

    def mark(self, *, is_marked: bool) -> None:
        """Show, and say, whether settings are not the usual ones."""
        self._is_marked = is_marked
        if is_marked:
            self.say(_("How the models are asked: not the usual settings (Ctrl+,)"))
        else:
            self.say(_("How the models are asked (Ctrl+,)"))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the button, then the dot."""
        super().paintEvent(event)
        if not self._is_marked:
            return
        tokens, scale = self._theme.tokens, self._theme.scale
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(tokens.card), _RIM_PX))
        painter.setBrush(QColor(tokens.accent))
        inset = _INSET_PX * scale
        painter.drawEllipse(QPointF(self.width() - inset, inset), _DOT_PX * scale, _DOT_PX * scale)
        painter.end()

    @Slot()
    def _on_colours_changed(self) -> None:
        self.update()
