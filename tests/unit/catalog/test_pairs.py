"""Which pairs and ladders are proposed, and in which order."""

import random

import msgspec
import pytest
from tests.helpers.catalogue_entries import tiny_entry
from tests.helpers.records import make_card

from large_enough.catalog.candidates import candidates
from large_enough.catalog.ladders import ladders
from large_enough.catalog.pairs import pairs
from large_enough.domain.model_card import BackendKind
from large_enough.domain.pairing import Candidate, LadderKind, Pair, PairKind


def model(
    family: str = "Qwen2.5",
    billions: float = 1.0,
    quantisation: str = "Q4_K_M",
    *,
    variant: str = "instruct",
    is_here: bool = True,
    base: str = "",
) -> Candidate:
    name = f"{family} {billions:g}B {variant}".strip()
    bits = {"Q2_K": 3, "Q4_K_M": 5, "Q8_0": 9}[quantisation]
    return Candidate(
        name=name,
        family=family,
        variant=variant,
        parameter_count=round(billions * 1e9),
        size_label=f"{billions:g}B",
        quantisation=quantisation,
        size_bytes=round(billions * 1e9 * bits / 8),
        base=base,
        path=f"/models/{name}.{quantisation}.gguf" if is_here else "",
        catalog_id="" if is_here else name.lower(),
    )


def described(pair: Pair) -> tuple[PairKind, str, str, float]:
    return pair.kind, pair.small.name, pair.large.name, round(pair.times, 1)


def test_relatives_come_first_and_of_these_about_four_times_the_size() -> None:
    found = [model(billions=size) for size in (0.5, 1.5, 7)] + [model("SmolLM2", 0.135)]
    proposed = pairs(found)
    assert [pair.kind for pair in proposed] == [PairKind.SAME_FAMILY] * 3 + [PairKind.STRANGERS] * 3
    assert described(proposed[0]) == (
        PairKind.SAME_FAMILY,
        "Qwen2.5 1.5B instruct",
        "Qwen2.5 7B instruct",
        4.7,
    )


def test_the_order_of_the_files_does_not_matter() -> None:
    found = [
        model(family, size, quantisation)
        for family in ("Qwen2.5", "SmolLM2", "Llama 3.2")
        for size in (0.5, 1, 3)
        for quantisation in ("Q2_K", "Q8_0")
    ]
    shuffled = random.Random(5).sample(found, len(found))
    assert pairs(shuffled) == pairs(found)
    assert ladders(shuffled) == ladders(found)
    assert len(pairs(found)) == 20


def test_what_must_be_fetched_comes_behind_what_is_here() -> None:
    here = [model("SmolLM2", 0.135), model(billions=7)]
    found = [*here, model(billions=1.5, is_here=False)]
    first, second, *_others = pairs(found)
    assert (first.small, first.large) == (here[0], here[1])
    assert second.kind is PairKind.SAME_FAMILY
    assert not second.small.is_here


def test_two_quantisations_of_one_model_are_compared_by_bytes() -> None:
    (pair,) = pairs([model(quantisation="Q8_0"), model(quantisation="Q2_K")])
    assert pair.kind is PairKind.SAME_MODEL
    assert (pair.small.quantisation, pair.large.quantisation) == ("Q2_K", "Q8_0")
    assert pair.times == pytest.approx(3.0)


def test_a_tuned_model_is_compared_with_what_it_was_tuned_from() -> None:
    base = model("Llama 3.2", 3)
    tuned = model("Hermes", 3, base="Llama 3.2 3B Instruct")
    (pair,) = pairs([tuned, base])
    assert pair.kind is PairKind.TUNED


def test_variants_are_no_sizes_of_one_family() -> None:
    assert pairs([model(variant="instruct"), model(variant="chat")]) == ()
    (pair,) = pairs([model(variant="instruct"), model(billions=7, variant="")])
    assert pair.kind is PairKind.STRANGERS


def test_one_model_alone_makes_no_pair() -> None:
    assert pairs([model()]) == pairs([]) == ladders([model()]) == ()


def test_a_ladder_of_sizes_keeps_the_quantisation_where_it_can() -> None:
    found = [model(billions=size) for size in (0.5, 1.5, 3, 7)]
    found += [model(billions=3, quantisation="Q8_0"), model(billions=7, quantisation="Q2_K")]
    (ladder,) = ladders(found)
    assert ladder.kind is LadderKind.SIZES
    assert [step.size_label for step in ladder.steps] == ["0.5B", "1.5B", "3B", "7B"]
    assert {step.quantisation for step in ladder.steps} == {"Q4_K_M"}


def test_a_ladder_of_quantisations_is_of_one_model() -> None:
    found = [model(quantisation=name) for name in ("Q8_0", "Q2_K", "Q4_K_M", "Q4_K_M")]
    (ladder,) = ladders([*found, model(billions=7)])
    assert ladder.kind is LadderKind.QUANTISATIONS
    assert [step.quantisation for step in ladder.steps] == ["Q2_K", "Q4_K_M", "Q8_0"]


def test_two_files_are_no_ladder() -> None:
    assert ladders([model(), model(billions=7)]) == ()


def test_candidates_are_files_and_what_the_catalogue_has_besides() -> None:
    cards = [
        make_card(),
        make_card("Scripted", backend=BackendKind.ECHO),
    ]
    entry = msgspec.structs.replace(tiny_entry(), name="Qwen2.5 Coder 1.5B Instruct")
    found = candidates(cards, [entry], read_metadata=lambda _path: {})
    assert [(each.name, each.is_here) for each in found] == [
        ("SmolLM2 135M Instruct", True),
        ("Qwen2.5 Coder 1.5B Instruct", False),
    ]
    assert (found[0].family, found[1].family) == ("SmolLM2", "Qwen2.5 Coder")


def test_a_file_that_went_away_is_known_by_its_card() -> None:
    (found,) = candidates([make_card()], [])
    assert found.size_label == "135M"
