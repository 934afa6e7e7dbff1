"""Makes the plan of a round from models and a prompt."""

import secrets
from collections.abc import Sequence
from typing import NamedTuple

import msgspec

from large_enough.domain.errors import FailureKind, RequestError
from large_enough.domain.generation import LoadSettings, Message, PromptStyle, Role
from large_enough.domain.model_card import ModelCard
from large_enough.domain.round import (
    LETTERS,
    AnswerSettings,
    Cancelled,
    Contender,
    Done,
    Mode,
    RoundPlan,
    RoundRecord,
)

ID_BYTES = 6
"""48 random bits: enough that rounds from many laptops can be merged without a clash."""


def new_id() -> str:
    """Return an identifier that no other round or session has."""
    return secrets.token_hex(ID_BYTES)


def new_round(
    cards: Sequence[ModelCard],
    prompt: str,
    *,
    system: str = "",
    mode: Mode = Mode.MEASURED,
    settings: AnswerSettings | None = None,
    load: LoadSettings | None = None,
    session_id: str | None = None,
) -> RoundPlan:
    """Plan a round of one prompt.

    Args:
        cards: The models, in the order A, B, C, D.
        prompt: The user's message.
        system: A system message; empty for none.
        mode: One after the other, or all at once.
        settings: What is the same for all contenders.
        load: How each of them is loaded.
        session_id: Groups rounds that were asked in one go; a new one by default.

    Raises:
        RequestError: No model, too many models, or an empty prompt.
    """
    if not cards:
        raise RequestError(FailureKind.NO_MODELS)
    if len(cards) > len(LETTERS):
        raise RequestError(FailureKind.BAD_SETTING, "models", problem="at most four can take part")
    if not prompt.strip():
        raise RequestError(FailureKind.BAD_SETTING, "prompt", problem="it is empty")
    return RoundPlan(
        round_id=new_id(),
        session_id=session_id or new_id(),
        prompt=prompt,
        system=system,
        mode=mode,
        settings=settings or AnswerSettings(),
        contenders=tuple(
            Contender(letter=letter, card=card, load=load or LoadSettings())
            for letter, card in zip(LETTERS, cards, strict=False)
        ),
    )


class FollowUp(NamedTuple):
    """A further question to those who can be asked one."""

    plan: RoundPlan
    left_out: tuple[str, ...]
    """Letters of contenders that never gave an answer which the question could follow up on."""


def conversation_of(record: RoundRecord, letter: str) -> tuple[Message, ...]:
    """Return the conversation as that contender saw it, this round included; no thoughts.

    A round without an answer does not belong to it: what failed, or was stopped before there was
    any text, is as if it had not been asked.
    """
    earlier = record.plan.history.get(letter, ())
    answer = _answer_text(record, letter)
    if not answer.strip():
        return earlier
    question = Message(role=Role.USER, content=record.plan.prompt)
    return (*earlier, question, Message(role=Role.ASSISTANT, content=answer))


def can_follow_up(record: RoundRecord) -> bool:
    """Return whether anybody can be asked a further question: text to be continued has none."""
    is_chat = record.plan.settings.style is PromptStyle.CHAT
    return is_chat and any(conversation_of(record, one.letter) for one in record.plan.contenders)


def follow_up_round(
    record: RoundRecord,
    prompt: str,
    *,
    mode: Mode | None = None,
    settings: AnswerSettings | None = None,
    load: LoadSettings | None = None,
) -> FollowUp:
    """Plan a further question in the conversation of a round, under the same system message.

    Args:
        record: The round that is followed up.
        prompt: The further question.
        mode: One after the other, or all at once; as before if not given.
        settings: What is the same for all contenders; as before if not given.
        load: How each of them is loaded; as before if not given.

    Raises:
        RequestError: The prompt is empty, or there is no answer to follow up on.
    """
    if not prompt.strip():
        raise RequestError(FailureKind.BAD_SETTING, "prompt", problem="it is empty")
    before = record.plan
    history = {one.letter: conversation_of(record, one.letter) for one in before.contenders}
    asked = tuple(
        one if load is None else msgspec.structs.replace(one, load=load)
        for one in before.contenders
        if history[one.letter]
    )
    if not asked:
        raise RequestError(FailureKind.BAD_SETTING, "prompt", problem="no answer to follow up on")
    plan = RoundPlan(
        round_id=new_id(),
        session_id=before.session_id,
        prompt=prompt,
        system=before.system,
        history={one.letter: history[one.letter] for one in asked},
        contenders=asked,
        mode=mode or before.mode,
        settings=settings or before.settings,
    )
    left_out = tuple(letter for letter, turns in history.items() if not turns)
    return FollowUp(plan, left_out)


def _answer_text(record: RoundRecord, letter: str) -> str:
    result = record.result_of(letter)
    answer = result.answer if isinstance(result, Done | Cancelled) else None
    return "" if answer is None else answer.text
