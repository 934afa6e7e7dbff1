"""Lets the user choose whether a question is a new one, or goes on in the conversation."""

from PySide6.QtWidgets import QWidget

from large_enough.ui.theme import Theme
from large_enough.ui.widgets.two_part_switch import TwoPartSwitch
from large_enough.wording.translate import _

_NEW = 0
_FOLLOW_UP = 1


class TurnSwitch(TwoPartSwitch):
    """New question, or follow up; in view only while there is a conversation to go on with."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        parts = (_("New question"), _("Follow up"))
        super().__init__(theme, _("What to ask next"), parts, parent)
        self.is_completion = False
        """Whether texts are continued instead of questions answered."""
        new, follow_up = self.parts
        new.setToolTip(_("The models begin afresh and know nothing of the answers above"))
        follow_up.setToolTip(self.explanations[0])
        self.hide()

    @property
    def is_follow_up(self) -> bool:
        """Whether the question goes on in the conversation."""
        return not self.isHidden() and self.index == _FOLLOW_UP

    @property
    def explanations(self) -> tuple[str, ...]:
        """What following up means, the longest wording first."""
        return (
            _("each model goes on from its own answers"),
            _("goes on from its answers"),
            "",
        )

    @property
    def hint(self) -> str:
        """What belongs into the box for the question."""
        if self.is_follow_up:
            return _("Ask the same models something about their answers…")
        if self.is_completion:
            return _("Write the beginning of a text, which all models continue…")
        return _("Ask all models the same question…")

    def offer(self, *, is_offered: bool) -> None:
        """Offer the choice, or let every question be a new one."""
        if not is_offered:
            self.choose_new()
        self.setVisible(is_offered)

    def choose_new(self) -> None:
        """Choose a new question without telling anybody."""
        self.choose(_NEW)
