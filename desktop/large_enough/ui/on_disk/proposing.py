"""Shows what is good to compare, one proposal after the other."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from large_enough.ui.on_disk.marks import Marks
from large_enough.ui.on_disk.shelf import Shelf
from large_enough.ui.screens.models import ModelsScreen
from large_enough.ui.widgets.proposal_band import ProposalWords
from large_enough.wording.pair_words import members_text, proposal_sentence

if TYPE_CHECKING:
    from large_enough.domain.pairing import Proposal


class Proposing(QObject):
    """Leads through the proposals.

    Signals:
        chosen: The user wants to compare these: a tuple of `ModelCard`.
    """

    chosen = Signal(object)

    def __init__(self, shelf: Shelf, marks: Marks, screen: ModelsScreen, parent: QObject) -> None:
        super().__init__(parent)
        self._shelf = shelf
        self._screen = screen
        self._marks = marks
        self._proposals: tuple[Proposal, ...] = ()
        self._index = 0
        marks.changed.connect(self._on_marks_changed)
        screen.proposals.step_wanted.connect(self._on_step_wanted)
        screen.proposals.compare_wanted.connect(self._on_compare_wanted)

    @Slot()
    def _on_marks_changed(self) -> None:
        """Keep the proposal that is shown, if it is still there."""
        known = self._shelf.models
        proposals = tuple(
            proposal
            for proposal in self._marks.proposals
            if all(member.path in known for member in proposal.members)
        )
        shown = self._proposals[self._index] if self._proposals else None
        self._index = proposals.index(shown) if shown in proposals else 0
        self._proposals = proposals
        self._show()

    @Slot(int)
    def _on_step_wanted(self, step: int) -> None:
        if self._proposals:
            self._index = (self._index + step) % len(self._proposals)
            self._show()

    @Slot()
    def _on_compare_wanted(self) -> None:
        if self._proposals:
            models = self._shelf.models
            members = self._proposals[self._index].members
            self.chosen.emit(tuple(models[member.path].card for member in members))

    def _show(self) -> None:
        if not self._proposals:
            self._screen.show_proposal(None)
            return
        proposal = self._proposals[self._index]
        self._screen.show_proposal(
            ProposalWords(
                names=members_text(proposal),
                reason=proposal_sentence(proposal),
                model_count=len(proposal.members),
                number=self._index + 1,
                proposal_count=len(self._proposals),
            )
        )
