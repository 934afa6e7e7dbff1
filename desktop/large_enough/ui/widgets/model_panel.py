"""Everything about one model, and what can be done with it."""

from typing import NamedTuple

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QMenu, QScrollArea, QVBoxLayout, QWidget

from large_enough.domain.round import LETTERS
from large_enough.ui.model_words import role_words
from large_enough.ui.theme import Theme
from large_enough.ui.tokens import Type
from large_enough.ui.widgets.buttons import Button, line
from large_enough.ui.widgets.check_line import CheckLine
from large_enough.ui.widgets.chip_lines import ChipLines
from large_enough.ui.widgets.fact_list import FactList
from large_enough.ui.widgets.labels import Label
from large_enough.ui.widgets.menu_choice import MenuChoice
from large_enough.wording.doctor_facts import Fact
from large_enough.wording.translate import _

WIDTH_PX = 372
_CHIEF_COUNT = 2  # whether it fits, and how fast it may be


class ModelWords(NamedTuple):
    """What is said about a model."""

    key: str
    name: str
    about: str
    """Size, format, licence, in a line."""
    sentences: tuple[str, ...]
    """Whether it fits and how fast it may be, each sentence in a line of its own."""
    facts: tuple[Fact, ...]
    origin: str = ""
    """What it was made from, or with; empty where there is nothing to tell."""
    is_doubtful: bool = False
    """Whether `origin` is a warning."""
    is_favourite: bool = False
    role: str = ""
    """What it is meant for, in a word of `ui.model_words.role_words`; empty for nothing."""
    is_alone: bool = True
    """Whether it is one model without an adapter, which can be copied and removed."""


class ModelPanel(QFrame):
    """The card of the chosen model.

    Signals:
        compare_wanted: The user wants the model with that key as the contender with that letter.
        favourite_toggled: The user likes the model with that key (True) or not any more.
        role_chosen: The user means the model with that key for this, in a word; "" for nothing.
        checking_wanted: The user wants the SHA-256 of the model with that key.
        checking_cancelled: The user does not want to wait for it.
        copies_wanted: The user wants quantised copies of the model with that key.
        removal_wanted: The user wants the model with that key removed.
    """

    compare_wanted = Signal(str, str)
    favourite_toggled = Signal(str, bool)
    role_chosen = Signal(str, str)
    checking_wanted = Signal(str)
    checking_cancelled = Signal(str)
    copies_wanted = Signal(str)
    removal_wanted = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self._key = ""
        self.name = Label(theme, Type.NAME, wraps=True)
        self.about = Label(theme, Type.SOFT, tone="soft", wraps=True)
        self.origin = Label(theme, Type.SOFT, wraps=True)
        self.chief = Label(theme, Type.BASE, wraps=True)
        self.small_print = Label(theme, Type.SOFT, tone="soft", wraps=True)
        self.facts = FactList(theme, _("The file"))
        self.compare_button = Button(theme, _("Compare"), kind="primary")
        self.favourite_button = Button(theme, _("Favourite"))
        self.role_choice = MenuChoice(theme, _("Role"), _("None"))
        self.copies_button = Button(theme, _("Quantise…"), kind="small")
        self.remove_button = Button(theme, _("Remove…"), kind="small")
        self.check = CheckLine(theme)
        self._wishes = _in_lines(self.compare_button, self.favourite_button)
        self._changes = _in_lines(self.role_choice, self.copies_button, self.remove_button)
        self._shown_facts: tuple[Fact, ...] = ()
        self._scroll = QScrollArea()
        self.letters = QMenu(self.compare_button)
        self._arrange()
        self._connect()
        self.offer_letters(2)

    @property
    def key(self) -> str:
        """The model that is shown; "" if none is."""
        return self._key

    def show_model(self, words: ModelWords) -> None:
        """Show a model."""
        is_other = words.key != self._key
        self._key = words.key
        self.name.setText(words.name)
        self.about.setText(words.about)
        self.origin.setText(words.origin)
        self.origin.set_tone("warning" if words.is_doubtful else "soft")
        self.origin.setVisible(bool(words.origin))
        self.chief.setText("\n".join(words.sentences[:_CHIEF_COUNT]))
        self.small_print.setText("\n".join(words.sentences[_CHIEF_COUNT:]))
        self.small_print.setVisible(len(words.sentences) > _CHIEF_COUNT)
        if words.facts != self._shown_facts:
            self._shown_facts = words.facts
            self.facts.show_facts(words.facts)
        self.favourite_button.setChecked(words.is_favourite)
        self.role_choice.choose(words.role)
        for button in (self.copies_button, self.remove_button):
            button.setVisible(words.is_alone)
        for lines in (self._wishes, self._changes):
            lines.renew_height()
        if is_other:
            self._scroll.verticalScrollBar().setValue(0)
        self.setVisible(True)

    def show_nothing(self) -> None:
        """Show no model."""
        self._key = ""
        self.setVisible(False)

    def offer_letters(self, count: int) -> None:
        """Offer to compare in place of each contender there is, and as one more."""
        self.letters.clear()
        for letter in LETTERS[:count]:
            self.letters.addAction(_("In place of {letter}").format(letter=letter)).setData(letter)
        if count < len(LETTERS):
            self.letters.addAction(_("As one more")).setData(LETTERS[count])

    def _arrange(self) -> None:
        self.favourite_button.setCheckable(True)
        self.compare_button.setMenu(self.letters)
        self.role_choice.offer(tuple(role_words().values()))
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(8)
        column.addWidget(self.name)
        column.addWidget(self.about)
        column.addWidget(self.origin)
        column.addWidget(self._wishes)
        column.addWidget(self._changes)
        column.addWidget(self.chief)
        column.addWidget(self.small_print)
        column.addWidget(line())
        column.addWidget(self.facts)
        column.addWidget(self.check)
        column.addStretch(1)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(content)
        self._scroll.viewport().setAutoFillBackground(False)
        content.setAutoFillBackground(False)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(1, 1, 1, 1)
        whole.addWidget(self._scroll)

    def _connect(self) -> None:
        self.letters.triggered.connect(self._on_letter_chosen)
        self.favourite_button.clicked.connect(self._on_favourite_clicked)
        self.role_choice.chosen.connect(self._on_role_chosen)
        self.check.wanted.connect(self._on_check_wanted)
        self.check.cancelled.connect(self._on_check_cancelled)
        self.copies_button.clicked.connect(self._on_copies_clicked)
        self.remove_button.clicked.connect(self._on_remove_clicked)

    @Slot(QAction)
    def _on_letter_chosen(self, action: QAction) -> None:
        self.compare_wanted.emit(self._key, str(action.data()))

    @Slot(bool)
    def _on_favourite_clicked(self, is_on: bool) -> None:
        self.favourite_toggled.emit(self._key, is_on)

    @Slot()
    def _on_role_chosen(self) -> None:
        self.role_chosen.emit(self._key, self.role_choice.choice)

    @Slot()
    def _on_check_wanted(self) -> None:
        self.checking_wanted.emit(self._key)

    @Slot()
    def _on_check_cancelled(self) -> None:
        self.checking_cancelled.emit(self._key)

    @Slot()
    def _on_copies_clicked(self) -> None:
        self.copies_wanted.emit(self._key)

    @Slot()
    def _on_remove_clicked(self) -> None:
        self.removal_wanted.emit(self._key)


def _in_lines(*buttons: QWidget) -> ChipLines:
    """Return the buttons side by side, in further lines where there is no room."""
    lines = ChipLines()
    for button in buttons:
        lines.flow.addWidget(button)
    return lines
