"""Proposes models for a comparison, one proposal after the other."""

from typing import NamedTuple

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from large_enough.ui.theme import Theme
from large_enough.ui.tokens import Type
from large_enough.ui.widgets.buttons import Button, IconButton
from large_enough.ui.widgets.labels import Label
from large_enough.wording.numbers import count_text
from large_enough.wording.translate import _, ngettext


class ProposalWords(NamedTuple):
    """What is said about a proposal."""

    names: str
    """Of the models."""
    reason: str
    """Why they are worth comparing."""
    model_count: int
    number: int
    """Which proposal it is, from 1."""
    proposal_count: int
    """How many there are."""


class ProposalBand(QFrame):
    """Names and reason, two buttons that lead to other proposals, and one that compares.

    Signals:
        step_wanted: The user wants to see the next proposal (1) or the one before (-1).
        compare_wanted: The user wants to compare these.
    """

    step_wanted = Signal(int)
    compare_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "hint")
        self._is_offered = False
        self.title = Label(theme, Type.STRONG)
        self.words = Label(theme, Type.BASE, wraps=True)
        self.before_button = IconButton(theme, "chevron-left", _("The suggestion before"))
        self.next_button = IconButton(theme, "chevron-right", _("The next suggestion"))
        self.compare_button = Button(theme, _("Compare these two"), kind="primary")
        self._arrange()
        self.before_button.clicked.connect(self._on_before_clicked)
        self.next_button.clicked.connect(self._on_next_clicked)
        self.compare_button.clicked.connect(self.compare_wanted)

    @property
    def is_offered(self) -> bool:
        """Whether there is anything to propose."""
        return self._is_offered

    def show_proposal(self, words: ProposalWords | None) -> None:
        """Propose this; None for nothing."""
        self._is_offered = words is not None
        if words is None:
            return
        self.title.setText(
            _("Suggestion {number} of {count}").format(
                number=count_text(words.number), count=count_text(words.proposal_count)
            )
            if words.proposal_count > 1
            else _("Suggestion")
        )
        self.words.setText(f"{words.names}. {words.reason}")
        self.compare_button.setText(_compare_text(words.model_count))
        for button in (self.before_button, self.next_button):
            button.setVisible(words.proposal_count > 1)

    def _arrange(self) -> None:
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(self.title)
        texts.addWidget(self.words)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 10, 16, 10)
        row.setSpacing(8)
        row.addLayout(texts, 1)
        row.addWidget(self.before_button)
        row.addWidget(self.next_button)
        row.addSpacing(4)
        row.addWidget(self.compare_button)

    @Slot()
    def _on_before_clicked(self) -> None:
        self.step_wanted.emit(-1)

    @Slot()
    def _on_next_clicked(self) -> None:
        self.step_wanted.emit(1)


def _compare_text(count: int) -> str:
    if count == 2:
        return _("Compare these two")
    return ngettext("Compare this {count}", "Compare these {count}", count).format(
        count=count_text(count)
    )
