"""Why models are worth comparing, in words."""

import pytest
from tests.unit.catalog.test_pairs import model

from large_enough.domain.pairing import (
    Candidate,
    Ladder,
    LadderKind,
    Pair,
    PairKind,
    Proposal,
)
from large_enough.wording.pair_words import (
    candidate_text,
    ladder_sentence,
    members_text,
    pair_sentence,
    proposal_sentence,
)


@pytest.mark.parametrize(
    ("kind", "small", "large", "sentence"),
    [
        (
            PairKind.SAME_FAMILY,
            model(billions=1.5),
            model(billions=7),
            "Same family, 4.7 times the size.",
        ),
        (
            PairKind.SAME_MODEL,
            model(quantisation="Q2_K"),
            model(quantisation="Q8_0"),
            "Same model, Q2_K and Q8_0: 3.0 times the bytes.",
        ),
        (PairKind.TUNED, model(), model("Hermes"), "One was tuned from the other."),
        (
            PairKind.STRANGERS,
            model("SmolLM2", 0.5),
            model(billions=10),
            "Different families, 20 times the size.",
        ),
    ],
)
def test_pairs(kind: PairKind, small: Candidate, large: Candidate, sentence: str) -> None:
    assert pair_sentence(Pair(kind=kind, small=small, large=large)) == sentence


def test_ladders() -> None:
    steps = tuple(model(billions=size) for size in (0.5, 1.5, 3, 7))
    sizes = Ladder(kind=LadderKind.SIZES, steps=steps)
    assert ladder_sentence(sizes) == "Same family, 4 sizes."
    quantisations = Ladder(kind=LadderKind.QUANTISATIONS, steps=steps)
    assert ladder_sentence(quantisations) == "Same model, 4 quantisations."


def test_what_is_not_here_says_how_to_get_it() -> None:
    assert candidate_text(model()) == "Qwen2.5 1B instruct · Q4_K_M"
    assert candidate_text(model(is_here=False)) == (
        "Qwen2.5 1B instruct · Q4_K_M (not here: large-enough models get qwen2.5 1b instruct)"
    )


def test_proposals_name_their_models() -> None:
    small, large = model(billions=1.5), model(billions=7)
    pair = Pair(kind=PairKind.SAME_FAMILY, small=small, large=large)
    proposal = Proposal(members=(small, large), common=pair)
    assert members_text(proposal) == (
        "Qwen2.5 1.5B instruct · Q4_K_M and Qwen2.5 7B instruct · Q4_K_M"
    )
    assert proposal_sentence(proposal) == pair_sentence(pair)
    by_role = Proposal(members=(small, large), common=pair, is_by_role=True)
    assert proposal_sentence(by_role) == "You chose their roles."


def test_quantisations_of_one_model_have_its_name_once() -> None:
    steps = tuple(model(quantisation=name) for name in ("Q2_K", "Q4_K_M", "Q8_0"))
    ladder = Ladder(kind=LadderKind.QUANTISATIONS, steps=steps)
    proposal = Proposal(members=steps, common=ladder)
    assert members_text(proposal) == "Qwen2.5 1B instruct: Q2_K, Q4_K_M and Q8_0"
    assert proposal_sentence(proposal) == "Same model, 3 quantisations."
