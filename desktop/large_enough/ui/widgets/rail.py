"""The rail of named pictures at the window's edge."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QActionGroup, QFontMetrics, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QLabel,
    QMenu,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from large_enough.ui import icons
from large_enough.ui.theme import Theme
from large_enough.ui.tokens import Type
from large_enough.ui.widgets.exclusive_group import ExclusiveGroup
from large_enough.wording.translate import _

WIDTH_PX = 84

_BUTTON_WIDTH_PX = 68
_BUTTON_HEIGHT_PX = 59
_MARGIN_PX = 4
_PICTURE_PX = 20
_LOGO_PX = 40


class _Logo(QLabel):
    """The program's mark."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setFixedSize(_LOGO_PX, _LOGO_PX)
        self.setAccessibleName("Large Enough")
        theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        painter = QPainter(self)
        icons.paint_logo(painter, QRectF(self.rect()), self._theme.tokens)
        painter.end()


class RailButton(QToolButton):
    """A picture with its name below."""

    def __init__(
        self, theme: Theme, picture: str, text: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._picture = picture
        self.setText(text)
        self.setAccessibleName(text)
        self.setProperty("kind", "rail")
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.toggled.connect(self._renew)
        theme.changed.connect(self._renew)
        self._renew()

    def show_picture(self, name: str) -> None:
        """Show another picture."""
        self._picture = name
        self._renew()

    @property
    def least_width(self) -> int:
        """How wide it must be for its name, whether it is chosen or not."""
        words = QFontMetrics(self._theme.font(Type.SMALL_STRONG)).horizontalAdvance(self.text())
        return max(words + 2 * _MARGIN_PX, round(_BUTTON_WIDTH_PX * self._theme.scale))

    def showEvent(self, event: QShowEvent) -> None:
        """Set the font again: Qt restores an older one when it applies the style sheet."""
        super().showEvent(event)
        self._renew()

    @Slot()
    def _renew(self) -> None:
        tokens = self._theme.tokens
        self.setFont(self._theme.font(Type.SMALL_STRONG if self.isChecked() else Type.SMALL))
        self.setIcon(self._theme.icon(self._picture, tokens.soft_ink, checked=tokens.ink))
        self.setIconSize(QSize(_PICTURE_PX, _PICTURE_PX) * self._theme.scale)
        self.setFixedHeight(round(_BUTTON_HEIGHT_PX * self._theme.scale))


class ThemeButton(RailButton):
    """Chooses between the system's colours, light and dark.

    Signals:
        chosen: The user chose "system", "light" or "dark".
        projector_wanted: The user wants everything large, for a projector.
    """

    chosen = Signal(str)
    projector_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "sun", _("Colours"), parent)
        self._menu = QMenu(self)
        self._group = QActionGroup(self._menu)
        names = {"system": _("As the system"), "light": _("Light"), "dark": _("Dark")}
        for choice, name in names.items():
            action = self._menu.addAction(name)
            action.setCheckable(True)
            action.setData(choice)
            action.setChecked(choice == theme.choice)
            self._group.addAction(action)
        self._menu.addSeparator()
        projector = self._menu.addAction(f"{_('For a projector')}\tCtrl+Shift+P")
        projector.triggered.connect(self.projector_wanted)
        self._group.triggered.connect(self._on_triggered)
        self.setMenu(self._menu)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setToolTip(_("Light or dark"))
        theme.changed.connect(self._show_scheme)
        self._show_scheme()

    @property
    def actions_by_choice(self) -> dict[str, QAction]:
        """The entries of its menu."""
        return {str(action.data()): action for action in self._group.actions()}

    @Slot()
    def _show_scheme(self) -> None:
        self.show_picture("moon" if self._theme.tokens.is_dark else "sun")

    @Slot(QAction)
    def _on_triggered(self, action: QAction) -> None:
        self.chosen.emit(str(action.data()))


class Rail(QFrame):
    """The logo, the screens, and at the bottom what concerns the whole window.

    Signals:
        chosen: The user wants the screen behind this `RailButton`.
    """

    chosen = Signal(QAbstractButton)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "rail")
        self._theme = theme
        self.arena = RailButton(theme, "arena", _("Arena"))
        self.packs = RailButton(theme, "packs", _("Packs"))
        self.verdict = RailButton(theme, "verdict", _("Verdict"))
        self.models = RailButton(theme, "models", _("Models"))
        self.history = RailButton(theme, "history", _("History"))
        self.doctor = RailButton(theme, "doctor", _("Doctor"))
        self.settings = RailButton(theme, "settings", _("Settings"))
        self.theme_button = ThemeButton(theme)
        self._screens = ExclusiveGroup(self)
        self._explain()
        self._arrange(theme)
        self._screens.buttonClicked.connect(self.chosen)
        theme.changed.connect(self._fit)
        self._fit()

    @property
    def buttons(self) -> tuple[RailButton, ...]:
        """The buttons of screens, from top to bottom: their shortcuts are numbers in this order."""
        return (*self._above, self.doctor, self.settings)

    @property
    def _above(self) -> tuple[RailButton, ...]:
        return self.arena, self.packs, self.verdict, self.models, self.history

    def _explain(self) -> None:
        words = (
            _("Ask models the same question (Ctrl+1)"),
            _("Questions with their right answers, to run and grade (Ctrl+2)"),
            _("Whether the small model is large enough, and what that rests on (Ctrl+3)"),
            _("What models are here, and whether they fit (Ctrl+4)"),
            _("Recorded rounds, replays and charts (Ctrl+5)"),
            _("What can be measured on this machine (Ctrl+6)"),
            _("Price and CO2 of energy, estimates, calibration, language (Ctrl+7)"),
        )
        for button, text in zip(self.buttons, words, strict=True):
            button.setToolTip(text)
            self._screens.add(button)
        self.arena.setChecked(True)

    def _arrange(self, theme: Theme) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 13, 1, 10)
        column.setSpacing(6)
        middle = Qt.AlignmentFlag.AlignHCenter
        column.addWidget(_Logo(theme, self), 0, middle)
        column.addSpacing(11)
        for button in self._above:
            column.addWidget(button, 0, middle)
        column.addStretch(1)
        for button in (self.doctor, self.settings, self.theme_button):
            column.addWidget(button, 0, middle)

    @Slot()
    def _fit(self) -> None:
        """Make all buttons as wide as the longest name wants it."""
        buttons = (*self.buttons, self.theme_button)
        width = max(button.least_width for button in buttons)
        for button in buttons:
            button.setFixedWidth(width)
        self.setFixedWidth(max(width + 2 * _MARGIN_PX, round(WIDTH_PX * self._theme.scale)))
