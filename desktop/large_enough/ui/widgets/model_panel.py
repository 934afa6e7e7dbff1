"""Everything about one model, and what can be done with it."""

from typing import NamedTuple

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QScrollArea, QVBoxLayout, QWidget

from large_enough.domain.round import LETTERS
from large_enough.ui.theme import Theme
from large_enough.ui.tokens import Type
from large_enough.ui.widgets.buttons import Button, line
from large_enough.ui.widgets.fact_list import FactList
from large_enough.ui.widgets.labels import Label
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
    is_favourite: bool = False


class ModelPanel(QFrame):
    """The card of the chosen model.

    Signals:
        compare_wanted: The user wants the model with that key as the contender with that letter.
        favourite_toggled: The user likes the model with that key (True) or not any more.
        checking_wanted: The user wants the SHA-256 of the model with that key.
    """

    compare_wanted = Signal(str, str)
    favourite_toggled = Signal(str, bool)
    checking_wanted = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self._key = ""
        self.name = Label(theme, Type.NAME, wraps=True)
        self.about = Label(theme, Type.SOFT, tone="soft", wraps=True)
        self.chief = Label(theme, Type.BASE, wraps=True)
        self.small_print = Label(theme, Type.SOFT, tone="soft", wraps=True)
        self.facts = FactList(theme, _("The file"))
        self.compare_button = Button(theme, _("Compare"), kind="primary")
        self.favourite_button = Button(theme, _("Favourite"))
        self.check_button = Button(theme, _("Compute SHA-256"))
        self.letters = QMenu(self.compare_button)
        self._arrange(theme)
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
        self.chief.setText("\n".join(words.sentences[:_CHIEF_COUNT]))
        self.small_print.setText("\n".join(words.sentences[_CHIEF_COUNT:]))
        self.small_print.setVisible(len(words.sentences) > _CHIEF_COUNT)
        self.facts.show_facts(words.facts)
        self.favourite_button.setChecked(words.is_favourite)
        if is_other:
            self.show_checking(is_running=False)
            self._scroll.verticalScrollBar().setValue(0)
        self.setVisible(True)

    def show_nothing(self) -> None:
        """Show no model."""
        self._key = ""
        self.setVisible(False)

    def show_checking(self, *, is_running: bool) -> None:
        """Show whether the file's SHA-256 is being computed."""
        self.check_button.setEnabled(not is_running)
        self.check_button.setText(_("Computing…") if is_running else _("Compute SHA-256"))

    def offer_letters(self, count: int) -> None:
        """Offer to compare in place of each contender there is, and as one more."""
        self.letters.clear()
        for letter in LETTERS[:count]:
            self.letters.addAction(_("In place of {letter}").format(letter=letter)).setData(letter)
        if count < len(LETTERS):
            self.letters.addAction(_("As one more")).setData(LETTERS[count])

    def _arrange(self, theme: Theme) -> None:
        del theme
        self.favourite_button.setCheckable(True)
        self.compare_button.setMenu(self.letters)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.compare_button)
        buttons.addWidget(self.favourite_button)
        buttons.addStretch(1)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(8)
        column.addWidget(self.name)
        column.addWidget(self.about)
        column.addLayout(buttons)
        column.addWidget(self.chief)
        column.addWidget(self.small_print)
        column.addWidget(line())
        column.addWidget(self.facts)
        column.addWidget(self.check_button)
        column.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(content)
        self._scroll.viewport().setAutoFillBackground(False)
        content.setAutoFillBackground(False)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(1, 1, 1, 1)
        whole.addWidget(self._scroll)

    def _connect(self) -> None:
        self.letters.triggered.connect(self._on_letter_chosen)
        self.favourite_button.clicked.connect(self._on_favourite_clicked)
        self.check_button.clicked.connect(self._on_check_clicked)

    @Slot(QAction)
    def _on_letter_chosen(self, action: QAction) -> None:
        self.compare_wanted.emit(self._key, str(action.data()))

    @Slot(bool)
    def _on_favourite_clicked(self, is_on: bool) -> None:
        self.favourite_toggled.emit(self._key, is_on)

    @Slot()
    def _on_check_clicked(self) -> None:
        self.show_checking(is_running=True)
        self.checking_wanted.emit(self._key)
