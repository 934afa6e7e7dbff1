"""Plans of rounds."""

import pytest

from large_enough.comparison.plans import new_round
from large_enough.domain.errors import FailureKind, RequestError
from large_enough.domain.model_card import ModelCard
from large_enough.domain.quantity import Unavailable

NONE = Unavailable(reason="test")


def card(name: str) -> ModelCard:
    return ModelCard(
        path=f"/models/{name}.gguf",
        name=name,
        size_bytes=1,
        architecture="llama",
        parameter_count=1,
        quantisation="F16",
        context_length_tokens=1,
        has_chat_template=True,
        tokenizer="gpt2",
        licence=NONE,
    )


def test_contenders_get_letters_in_order() -> None:
    plan = new_round([card("x"), card("y"), card("z")], "Why?")
    assert [(one.letter, one.card.name) for one in plan.contenders] == [
        ("A", "x"),
        ("B", "y"),
        ("C", "z"),
    ]


def test_rounds_differ_and_sessions_can_be_shared() -> None:
    first = new_round([card("x")], "Why?")
    second = new_round([card("x")], "Why?", session_id=first.session_id)
    assert first.round_id != second.round_id
    assert first.session_id == second.session_id


@pytest.mark.parametrize(
    ("count", "prompt", "kind"),
    [
        (0, "Why?", FailureKind.NO_MODELS),
        (5, "Why?", FailureKind.BAD_SETTING),
        (2, "  \n", FailureKind.BAD_SETTING),
    ],
)
def test_senseless_plans_are_refused(count: int, prompt: str, kind: FailureKind) -> None:
    with pytest.raises(RequestError) as caught:
        new_round([card(str(number)) for number in range(count)], prompt)
    assert caught.value.info.kind is kind
