"""Plans what the Arena asks, and remembers the conversation that can go on; free of Qt."""

from collections.abc import Sequence

import msgspec

from large_enough.comparison.asking_settings import answer_settings, load_settings
from large_enough.comparison.plans import (
    FollowUp,
    can_follow_up,
    follow_up_round,
    new_id,
    new_round,
)
from large_enough.domain.errors import FailureKind, RequestError
from large_enough.domain.generation import LoadSettings
from large_enough.domain.model_card import ModelCard
from large_enough.domain.round import LETTERS, Mode, RoundPlan, RoundRecord
from large_enough.resources.settings import AskingChoices

SAFER_LOAD = LoadSettings(
    context_tokens=1024, batch_tokens=256, ubatch_tokens=128, use_repack=False
)
"""Needs the least memory that a short question can do with."""


class RoundPlanner:
    """Makes plans out of models, questions and the user's choices."""

    def __init__(self) -> None:
        self.choices = AskingChoices()
        """How models are asked."""
        self._record: RoundRecord | None = None
        self._manner = _manner(self.choices)

    @property
    def can_follow_up(self) -> bool:
        """Whether a further question can be asked in the conversation."""
        is_same = self._manner == _manner(self.choices)
        return is_same and self._record is not None and can_follow_up(self._record)

    @property
    def is_asked_otherwise(self) -> bool:
        """Whether there is a conversation, but models are to behave otherwise than in it."""
        is_other = self._manner != _manner(self.choices)
        return is_other and self._record is not None and can_follow_up(self._record)

    @property
    def is_in_conversation(self) -> bool:
        """Whether at least one further question has been asked."""
        return self._record is not None and bool(self._record.plan.history)

    def remember(self, record: RoundRecord) -> None:
        """Let the conversation go on from this round."""
        self._record = record

    def forget(self) -> None:
        """End the conversation."""
        self._record = None

    def question(
        self, cards: Sequence[ModelCard], prompt: str, system: str, mode: Mode
    ) -> RoundPlan:
        """Plan a question that begins a conversation.

        Args:
            cards: The models, A first.
            prompt: The question.
            system: The system message that belongs to it; the user's own one goes first.
            mode: One after the other, or all at once.

        Raises:
            RequestError: There are no models, or the question is empty.
        """
        self._manner = _manner(self.choices)
        return new_round(
            cards,
            prompt,
            system=self.choices.system.strip() or system,
            mode=mode,
            settings=answer_settings(self.choices),
            load=load_settings(self.choices),
        )

    def further_question(self, prompt: str, mode: Mode) -> FollowUp:
        """Plan a further question in the conversation.

        Raises:
            RequestError: There is no conversation, or the question is empty.
        """
        if self._record is None:
            problem = "no answer to follow up on"
            raise RequestError(FailureKind.BAD_SETTING, "prompt", problem=problem)
        return follow_up_round(
            self._record,
            prompt,
            mode=mode,
            settings=answer_settings(self.choices),
            load=load_settings(self.choices),
        )

    def again(
        self, plan: RoundPlan, cards: Sequence[ModelCard], mode: Mode, *, safer_letter: str = ""
    ) -> RoundPlan:
        """Plan the same question again, in its conversation while the models are the same ones.

        Args:
            plan: Of the round that was asked.
            cards: The models that take part now.
            mode: One after the other, or all at once.
            safer_letter: Gets settings that need the least memory; empty for nobody.
        """
        references = {letter: card.reference for letter, card in zip(LETTERS, cards, strict=False)}
        are_same = all(references.get(one.letter) == one.card.reference for one in plan.contenders)
        if plan.history and are_same:
            changes = {"settings": answer_settings(self.choices), "mode": mode}
            same = msgspec.structs.replace(plan, round_id=new_id(), **changes)
        else:
            self._manner = _manner(self.choices)
            same = new_round(
                cards,
                plan.prompt,
                system=plan.system,
                mode=mode,
                settings=answer_settings(self.choices),
                load=load_settings(self.choices),
            )
        return _made_safer(same, safer_letter)


def _manner(choices: AskingChoices) -> tuple[str, bool]:
    """Return the choices that a conversation cannot change on its way."""
    return choices.system.strip(), choices.is_completion


def _made_safer(plan: RoundPlan, letter: str) -> RoundPlan:
    """Return the plan with settings for that contender which need the least memory."""
    contenders = tuple(
        msgspec.structs.replace(contender, load=SAFER_LOAD)
        if contender.letter == letter
        else contender
        for contender in plan.contenders
    )
    return msgspec.structs.replace(plan, contenders=contenders)
