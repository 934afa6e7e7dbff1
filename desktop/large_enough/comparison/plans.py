"""Makes the plan of a round from models and a prompt."""

import secrets
from collections.abc import Sequence

from large_enough.domain.errors import FailureKind, RequestError
from large_enough.domain.generation import LoadSettings
from large_enough.domain.model_card import ModelCard
from large_enough.domain.round import LETTERS, AnswerSettings, Contender, Mode, RoundPlan

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
