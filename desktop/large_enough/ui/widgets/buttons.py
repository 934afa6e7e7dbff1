"""The kinds of buttons; what they look like is in the style sheet."""

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QFontMetrics, QShowEvent
from PySide6.QtWidgets import QFrame, QPushButton, QToolButton, QWidget

from large_enough.ui import icons
from large_enough.ui.theme import Theme
from large_enough.ui.tokens import Type

_CHIP_PADDING_PX = 11
_CHIP_HEIGHT_PX = 26


class Button(QPushButton):
    """A push button with words and perhaps a picture."""

    def __init__(
        self,
        theme: Theme,
        text: str,
        *,
        picture: str = "",
        is_picture_behind: bool = False,
        kind: str = "plain",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._theme = theme
        self._picture = picture
        if is_picture_behind:
            self.setLayoutDirection(_opposite(self.layoutDirection()))
        self._kind = kind
        self.setProperty("kind", kind)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._renew()
        theme.changed.connect(self._renew)

    def show_picture(self, name: str) -> None:
        """Show another picture."""
        self._picture = name
        self._renew()

    @Slot()
    def _renew(self) -> None:
        tokens = self._theme.tokens
        self.setFont(self._theme.font(Type.SOFT_STRONG if self._kind == "small" else Type.CONTROL))
        if self._picture:
            colour = tokens.accent_ink if self._kind == "primary" else tokens.ink
            edge, gap = round(14 * self._theme.scale), round(4 * self._theme.scale)
            is_left = self.layoutDirection() is Qt.LayoutDirection.LeftToRight
            picture = icons.icon(
                self._picture,
                colour,
                size_px=edge,
                gap_before_px=0 if is_left else gap,
                gap_behind_px=gap if is_left else 0,
            )
            self.setIcon(picture)
            self.setIconSize(QSize(edge + gap, edge))


def _opposite(direction: Qt.LayoutDirection) -> Qt.LayoutDirection:
    if direction is Qt.LayoutDirection.LeftToRight:
        return Qt.LayoutDirection.RightToLeft
    return Qt.LayoutDirection.LeftToRight


class IconButton(QToolButton):
    """A flat button that shows a picture and has its words in the tooltip."""

    def __init__(
        self, theme: Theme, picture: str, words: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._picture = picture
        self.setProperty("kind", "flat")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.say(words)
        self._renew()
        theme.changed.connect(self._renew)

    def say(self, words: str) -> None:
        """Say in the tooltip and to screen readers what the button does."""
        self.setToolTip(words)
        self.setAccessibleName(words)

    def show_picture(self, name: str) -> None:
        """Show another picture."""
        self._picture = name
        self._renew()

    @Slot()
    def _renew(self) -> None:
        tokens = self._theme.tokens
        self.setIcon(self._theme.icon(self._picture, tokens.soft_ink, checked=tokens.ink))
        edge = round(17 * self._theme.scale)
        self.setIconSize(QSize(edge, edge))


class Chip(QPushButton):
    """A small round choice among several; as wide on as off."""

    def __init__(self, theme: Theme, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._theme = theme
        self.setProperty("kind", "chip")
        self.setProperty("ringRadius", _CHIP_HEIGHT_PX // 2)
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.toggled.connect(self._renew)
        theme.changed.connect(self._renew)
        self._renew()

    def sizeHint(self) -> QSize:
        """Return room for the heavier of the two fonts."""
        metrics = QFontMetrics(self._theme.font(Type.SOFT_STRONG))
        width = metrics.horizontalAdvance(self.text()) + 2 * _CHIP_PADDING_PX + 2
        return QSize(width, round(_CHIP_HEIGHT_PX * self._theme.scale))

    def minimumSizeHint(self) -> QSize:
        """Return the same: a chip is never squeezed."""
        return self.sizeHint()

    def showEvent(self, event: QShowEvent) -> None:
        """Set the font again: Qt restores an older one when it applies the style sheet."""
        super().showEvent(event)
        self._renew()

    @Slot()
    def _renew(self) -> None:
        self.setFont(self._theme.font(Type.SOFT_STRONG if self.isChecked() else Type.SOFT))


def line(*, vertical: bool = False) -> QFrame:
    """Return a hair line between two parts of a card."""
    result = QFrame()
    result.setProperty("kind", "line")
    if vertical:
        result.setFixedWidth(1)
    else:
        result.setFixedHeight(1)
    return result


def card() -> QFrame:
    """Return an empty card."""
    result = QFrame()
    result.setProperty("kind", "card")
    return result
