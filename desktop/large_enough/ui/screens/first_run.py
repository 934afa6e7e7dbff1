"""The first screen of somebody who has no models yet: an invitation, not an error."""

from PySide6.QtCore import QRectF, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from large_enough.domain.errors import ErrorInfo
from large_enough.domain.text import harmless_line
from large_enough.ui import icons
from large_enough.ui.library import ScanOutcome
from large_enough.ui.theme import Theme
from large_enough.ui.tokens import Type
from large_enough.ui.widgets.buttons import Button
from large_enough.ui.widgets.fetch_card import FetchCard
from large_enough.ui.widgets.labels import Label
from large_enough.wording.failures import explain
from large_enough.wording.translate import _, ngettext

_COLUMN_WIDTH_PX = 680
_ANT_PX = 44
_DINOSAUR_PX = 104
_DINOSAUR_LINE_SHARE = 0.6


class _Pair(QLabel):
    """The ant beside the dinosaur."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAccessibleName(_("An ant beside a dinosaur"))
        self.setFixedSize(_ANT_PX + 56 + _DINOSAUR_PX, _DINOSAUR_PX)
        theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        tokens = self._theme.tokens
        painter = QPainter(self)
        feet = _DINOSAUR_PX * 43 / 48 + 4  # where the dinosaur stands, in its own drawing
        ant = QRectF(0, feet - _ANT_PX, _ANT_PX, _ANT_PX)
        icons.paint_picture(painter, "ant", ant, tokens.contender("A"), tokens.tint("A"))
        beside = QRectF(_ANT_PX + 56, 0, _DINOSAUR_PX, _DINOSAUR_PX)
        icons.paint_picture(
            painter,
            "dinosaur",
            beside,
            tokens.contender("B"),
            tokens.tint("B"),
            line_share=_DINOSAUR_LINE_SHARE,
        )
        painter.end()


class FirstRunScreen(QWidget):
    """Get the starter pair, open a file, or watch a race first.

    Signals:
        file_wanted: The user has a model file.
        race_wanted: The user wants to watch the race that comes with the program.
    """

    file_wanted = Signal()
    race_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.fetch_card = FetchCard(theme)
        self.file_button = Button(theme, _("I have a model file…"), picture="folder")
        self.race_button = Button(theme, _("Watch a recorded race"), picture="play")
        self.set_aside = Label(theme, Type.SOFT, tone="soft", wraps=True)
        self.set_aside.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.set_aside.hide()
        self._arrange(theme)
        self.file_button.clicked.connect(self.file_wanted)
        self.race_button.clicked.connect(self.race_wanted)

    def show_outcome(self, outcome: ScanOutcome) -> None:
        """Tell of files that were found but cannot be used."""
        self.set_aside.setText(_set_aside_words(outcome.set_aside))
        self.set_aside.setVisible(bool(outcome.set_aside))

    @Slot()
    def focus_first(self) -> None:
        """Give the keyboard to the first useful control."""
        is_offered = self.fetch_card.get_button.isVisibleTo(self)
        (self.fetch_card.get_button if is_offered else self.file_button).setFocus()

    def _arrange(self, theme: Theme) -> None:
        middle = Qt.AlignmentFlag.AlignHCenter
        title = Label(theme, Type.TITLE, _("How large is large enough?"))
        title.setAlignment(middle)
        text = Label(
            theme,
            Type.LEAD,
            _(
                "Ask a small and a large language model the same question, here on this laptop,\n"
                "and see what each answer costs. Nothing leaves the machine."
            ),
            tone="soft",
        )
        text.setAlignment(middle)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.setSpacing(10)
        buttons.addWidget(self.file_button)
        buttons.addWidget(self.race_button)
        buttons.addStretch(1)
        self.fetch_card.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addStretch(5)
        column.addWidget(_Pair(theme, self), 0, middle)
        column.addSpacing(26)
        column.addWidget(title)
        column.addSpacing(10)
        column.addWidget(text)
        column.addSpacing(26)
        column.addWidget(self.fetch_card)
        column.addSpacing(14)
        column.addLayout(buttons)
        column.addSpacing(16)
        column.addWidget(self.set_aside)
        column.addStretch(6)
        holder = QWidget()
        holder.setMaximumWidth(_COLUMN_WIDTH_PX)
        holder.setLayout(column)
        row = QHBoxLayout(self)
        row.addStretch(1)
        row.addWidget(holder, 100)
        row.addStretch(1)


def _set_aside_words(errors: tuple[ErrorInfo, ...]) -> str:
    if not errors:
        return ""
    first = harmless_line(explain(errors[0]).happened)
    found = ngettext(
        "{count} file was found that cannot be used.",
        "{count} files were found that cannot be used.",
        len(errors),
    ).format(count=len(errors))
    return f"{found} {first}"
