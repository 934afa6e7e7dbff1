"""What a model is that can be fetched, on which terms, and the button that fetches it."""

from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from large_enough.ui.theme import Theme
from large_enough.ui.tokens import Type
from large_enough.ui.widgets.buttons import Button
from large_enough.ui.widgets.labels import Label
from large_enough.wording.translate import _


class Offer(NamedTuple):
    """What is said about a model that can be fetched."""

    name: str
    about: str
    """Size, format, licence, publisher, in a line."""
    terms: str
    """What its licence restricts, or whose word the licence is; "" for an open one."""
    checking: str
    """What it is checked against."""
    state: str
    """What becomes of it, where it need not be fetched; "" if it can be."""
    refusal: str = ""
    """Why it cannot be fetched; "" if it can be."""


class OfferCard(QFrame):
    """The card of the chosen model.

    Signals:
        wanted: The user wants it fetched.
    """

    wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self.name = Label(theme, Type.NAME, wraps=True)
        self.about = Label(theme, Type.SOFT, tone="soft", wraps=True)
        self.terms = Label(theme, Type.SOFT, wraps=True)
        self.checking = Label(theme, Type.SOFT, tone="soft", wraps=True)
        self.state = Label(theme, Type.SOFT_STRONG, wraps=True)
        self.refusal = Label(theme, Type.SOFT, tone="warning", wraps=True)
        self.get_button = Button(theme, _("Get this model"), kind="primary")
        self._arrange()
        self.get_button.clicked.connect(self.wanted)
        self.show_nothing()

    def show_offer(self, offer: Offer) -> None:
        """Show a model."""
        for label, words in (
            (self.name, offer.name),
            (self.about, offer.about),
            (self.terms, offer.terms),
            (self.checking, offer.checking),
            (self.state, offer.state),
            (self.refusal, offer.refusal),
        ):
            label.setText(words)
            label.setVisible(bool(words))
        self.get_button.setVisible(not (offer.state or offer.refusal))
        self.setVisible(True)

    def show_nothing(self) -> None:
        """Show no model."""
        self.setVisible(False)

    def _arrange(self) -> None:
        buttons = QHBoxLayout()
        buttons.addWidget(self.get_button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(8)
        labels = (self.name, self.about, self.terms, self.checking, self.state, self.refusal)
        for label in labels:
            column.addWidget(label)
        column.addLayout(buttons)
