"""The window's colours and type, light or dark, as one object that widgets are given."""

from typing import Literal

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFont, QGuiApplication, QIcon, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory

from large_enough.ui import fonts, icons
from large_enough.ui.style_sheet import style_sheet
from large_enough.ui.tokens import (
    DARK,
    DARK_PROJECTOR,
    LIGHT,
    LIGHT_PROJECTOR,
    PROJECTOR_SCALE,
    Tokens,
    Type,
)

ThemeChoice = Literal["system", "light", "dark"]

_SCHEMES = {
    "system": Qt.ColorScheme.Unknown,
    "light": Qt.ColorScheme.Light,
    "dark": Qt.ColorScheme.Dark,
}


class Theme(QObject):
    """Chooses the colours and tells widgets when they change.

    Signals:
        changed: Colours or sizes are others now; whoever paints or holds icons makes them anew.
    """

    changed = Signal()

    def __init__(self, application: QApplication, choice: ThemeChoice) -> None:
        super().__init__(application)
        self._application = application
        self._choice = choice
        self._is_projector = False
        self.scale = 1.0
        """Enlarges all type alike."""
        application.setStyle(QStyleFactory.create("Fusion"))
        hints = application.styleHints()
        hints.setColorScheme(_SCHEMES[choice])
        hints.colorSchemeChanged.connect(self._on_system_scheme_changed)
        self.tokens = self._chosen_tokens()
        self._apply()

    @property
    def choice(self) -> ThemeChoice:
        """What the user chose: to follow the system, light or dark."""
        return self._choice

    def choose(self, choice: ThemeChoice) -> None:
        """Follow the system from now on, or stay light or dark."""
        self._choice = choice
        # Window frames and native dialogs follow this on Windows and macOS.
        self._application.styleHints().setColorScheme(_SCHEMES[choice])
        self._take(self._chosen_tokens())

    @property
    def is_projector(self) -> bool:
        """Whether everything is large and of high contrast, for a room that looks at it."""
        return self._is_projector

    def use_projector(self, *, is_on: bool) -> None:
        """Make everything large and of high contrast from now on, or usual again."""
        if is_on is not self._is_projector:
            self._is_projector = is_on
            self.scale = PROJECTOR_SCALE if is_on else 1.0
            self._take(self._chosen_tokens())

    def font(self, kind: Type) -> QFont:
        """Return the font for one kind of text."""
        return fonts.font(kind, self.scale)

    def code_font(self) -> QFont:
        """Return the font for program text."""
        return fonts.code_font(self.scale)

    def icon(self, name: str, colour: str | None = None, *, checked: str | None = None) -> QIcon:
        """Return a picture of the program as an icon, in ink if no colour is given."""
        return icons.icon(name, colour or self.tokens.ink, checked=checked)

    @Slot()
    def _on_system_scheme_changed(self) -> None:
        if self._choice == "system":
            self._take(self._chosen_tokens())

    def _chosen_tokens(self) -> Tokens:
        is_dark = self._choice == "dark"
        if self._choice == "system":
            is_dark = QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
        if self._is_projector:
            return DARK_PROJECTOR if is_dark else LIGHT_PROJECTOR
        return DARK if is_dark else LIGHT

    def _take(self, tokens: Tokens) -> None:
        if tokens is not self.tokens:
            self.tokens = tokens
            self._apply()
            self.changed.emit()

    def _apply(self) -> None:
        self._application.setFont(self.font(Type.BASE))
        self._application.setPalette(palette_of(self.tokens))
        self._application.setStyleSheet(style_sheet(self.tokens, self.scale))


def palette_of(tokens: Tokens) -> QPalette:
    """Return the roles of Qt's palette in the colours of `tokens`."""
    role = QPalette.ColorRole
    colours = {
        role.Window: tokens.background,
        role.WindowText: tokens.ink,
        role.Base: tokens.card,
        role.AlternateBase: tokens.code_ground,
        role.Text: tokens.ink,
        role.PlaceholderText: tokens.soft_ink,
        role.Button: tokens.chip,
        role.ButtonText: tokens.ink,
        role.BrightText: tokens.warning,
        role.ToolTipBase: tokens.card,
        role.ToolTipText: tokens.ink,
        role.Highlight: tokens.accent,
        role.HighlightedText: tokens.accent_ink,
        role.Accent: tokens.accent,
        role.Link: tokens.accent,
        role.LinkVisited: tokens.accent,
        role.Light: tokens.card,
        role.Midlight: tokens.chip,
        role.Mid: tokens.line,
        role.Dark: tokens.line,
        role.Shadow: tokens.background,
    }
    result = QPalette()
    for key, colour in colours.items():
        result.setColor(key, QColor(colour))
    for key in (role.WindowText, role.Text, role.ButtonText):
        result.setColor(QPalette.ColorGroup.Disabled, key, QColor(tokens.soft_ink))
    return result
