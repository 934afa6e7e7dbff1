"""A line in a run: answers that limits spoilt, and the button that asks them again."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from large_enough.domain.limit_trouble import LimitProposal, LimitTrouble
from large_enough.ui.theme import Theme
from large_enough.ui.tokens import Type
from large_enough.ui.widgets.buttons import Button
from large_enough.ui.widgets.labels import Label
from large_enough.wording.limit_words import proposal_text, troubles_text
from large_enough.wording.translate import _, ngettext


class LimitBand(QFrame):
    """Hidden unless a contender has many such answers.

    Signals:
        again_wanted: The user wants those that a limit cut to be asked again.
    """

    again_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "notice")
        self.words = Label(theme, Type.SOFT, wraps=True)
        self.again_button = Button(theme, "", picture="play")
        self.again_button.setToolTip(
            _(
                "All that a limit cut is asked again, right or wrong. The first answers stay in "
                "the record, but only the new ones count."
            )
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 8, 10, 8)
        row.setSpacing(12)
        row.addWidget(self.words, 1)
        row.addWidget(self.again_button)
        self.again_button.clicked.connect(self.again_wanted)
        self.hide()

    def show_troubles(
        self,
        troubles: Sequence[LimitTrouble],
        proposal: LimitProposal | None,
        *,
        is_complete: bool,
    ) -> None:
        """Show who has many such answers, and what could be asked again; hide if nobody has."""
        words = proposal_text(proposal, is_complete=is_complete)
        self.words.setText(f"{troubles_text(troubles)} {words}")
        if proposal is not None:
            count = proposal.answer_count
            words = ngettext("Ask {count} answer again", "Ask {count} answers again", count)
            self.again_button.setText(words.format(count=count))
        self.again_button.setVisible(proposal is not None)
        self.setVisible(bool(troubles))
