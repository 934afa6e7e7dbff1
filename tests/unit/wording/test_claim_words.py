"""What is said about the video's claims, and about one's own run beside them."""

from pathlib import Path

import msgspec
import pytest
from tests.helpers.verdicts import example_verdict, patterns

import large_enough
from large_enough.comparison.claims import claims_view
from large_enough.domain.claim import CLAIMS, ClaimKind, ClaimsView, OwnFigures, Source, Support
from large_enough.domain.interval import RatioInterval
from large_enough.domain.quantity import Unavailable
from large_enough.domain.verdict import PairVerdict
from large_enough.wording import claim_words
from large_enough.wording.claim_own_words import large_count_text
from large_enough.wording.claim_words import (
    cautions,
    claim_name,
    claim_text,
    column_titles,
    finding_text,
    own_text,
    source_text,
    sources_text,
    support_word,
)

PACKAGE = Path(large_enough.__file__).parent
MEASURABLE = (ClaimKind.TRAINING_OF_SMALL, ClaimKind.SPEED, ClaimKind.ACCURACY)


@pytest.fixture
def view() -> ClaimsView:
    return claims_view(example_verdict())


def with_pair(view: ClaimsView, **changes: object) -> ClaimsView:
    """Return the view with other figures of the pair."""
    assert isinstance(view.own, OwnFigures)
    assert isinstance(view.own.pair, PairVerdict)
    pair = msgspec.structs.replace(view.own.pair, **changes)
    return msgspec.structs.replace(view, own=msgspec.structs.replace(view.own, pair=pair))


def test_the_figure_nobody_supports_is_never_without_what_contradicts_it():
    text = claim_text(ClaimKind.TRAINING_OF_LARGE)
    assert "284,000 kWh" in text
    assert "a claim that no source we found supports, and that known figures contradict" in text
    assert "1,287,000 kWh" in finding_text(ClaimKind.TRAINING_OF_LARGE)
    elsewhere = [claim_text(kind) for kind in ClaimKind if kind is not ClaimKind.TRAINING_OF_LARGE]
    elsewhere += [*map(finding_text, ClaimKind), *cautions()]
    assert not any("284,000" in words for words in elsewhere)


def test_no_other_module_has_that_figure():
    having = [
        file.name
        for file in PACKAGE.rglob("*.py")
        if any(form in file.read_text("utf-8") for form in ("284_000", "284,000", "284000"))
    ]
    assert having == [Path(claim_words.__file__).name]


def test_the_figures_that_are_computed_are_right():
    hours = 256 * 1_056
    assert f"{hours:,}" in finding_text(ClaimKind.HOURS)
    for others in (3_550_000, 1_720_320, 1_082_990):
        assert f"{hours / others:.0%}".replace("%", " %") in finding_text(ClaimKind.HOURS)
    large = finding_text(ClaimKind.TRAINING_OF_LARGE)
    assert f"{round(1_720_320 * 0.4, -3):,.0f}" in large
    assert f"{1_082_990 * 0.4:,.0f}" in large
    assert f"{626_155 * 0.45359237:,.0f} kilograms" in " ".join(cautions())


def test_all_claims_have_words():
    for claim in CLAIMS:
        assert claim_name(claim.kind)
        assert claim_text(claim.kind)
        assert finding_text(claim.kind)
    assert len({support_word(support) for support in Support}) == len(Support)


@pytest.mark.parametrize("kind", MEASURABLE)
def test_without_a_run_the_way_to_one_is_named(kind: ClaimKind):
    assert own_text(kind, claims_view()) == "Run a pack to see yours."


@pytest.mark.parametrize("kind", [ClaimKind.TRAINING_OF_LARGE, ClaimKind.HOURS])
def test_training_is_not_measured_with_or_without_a_run(kind: ClaimKind, view: ClaimsView):
    assert "trains none" in own_text(kind, view)
    assert own_text(kind, view) == own_text(kind, claims_view())


def test_training_is_told_in_answers(view: ClaimsView):
    assert own_text(ClaimKind.TRAINING_OF_SMALL, view) == (
        "SmolLM2 135M Instruct: 10 J an answer; that training equals about 55 billion of them. "
        "Qwen2.5 1.5B Instruct: 100 J an answer; that training equals about 5.5 billion of them."
    )


def test_speed_has_its_interval(view: ClaimsView):
    faster = RatioInterval(ratio=3.1, low=2.7, high=3.6, confidence=0.9, count=100)
    assert own_text(ClaimKind.SPEED, with_pair(view, time_ratio=faster)) == (
        "Qwen2.5 1.5B Instruct took 3.1 times as long as SmolLM2 135M Instruct (2.7 to 3.6)."
    )


def test_a_ratio_that_may_be_one_is_no_difference(view: ClaimsView):
    equal = RatioInterval(ratio=1.02, low=0.9, high=1.1, confidence=0.9, count=100)
    words = own_text(ClaimKind.SPEED, with_pair(view, time_ratio=equal))
    assert words.startswith("Neither was clearly faster")


def test_accuracy_has_its_limits_and_its_number_of_questions(view: ClaimsView):
    small, large = patterns(both=73, only_small=8, only_large=11, neither=8)
    words = own_text(ClaimKind.ACCURACY, claims_view(example_verdict(small, large)))
    assert "On 100 questions" in words
    assert "3 points worse" in words
    assert "10.5 points worse" in words


def test_what_is_missing_says_why(view: ClaimsView):
    why = Unavailable(reason="several answers were computed at once")
    for kind, changes in (
        (ClaimKind.SPEED, {"time_ratio": why}),
        (ClaimKind.ACCURACY, {"decision": why}),
    ):
        words = own_text(kind, with_pair(view, **changes))
        assert words == "Not measured: several answers were computed at once."


def test_a_lone_model_has_energy_and_no_comparison():
    lone = claims_view(example_verdict("+-" * 30))
    assert "10 J an answer" in own_text(ClaimKind.TRAINING_OF_SMALL, lone)
    assert own_text(ClaimKind.SPEED, lone).startswith("Not measured: ")
    assert own_text(ClaimKind.ACCURACY, lone).startswith("Not measured: ")
    assert column_titles(lone)[2] == "Your run: SmolLM2 135M Instruct"


def test_without_instruments_energy_says_why():
    words = own_text(
        ClaimKind.TRAINING_OF_SMALL, claims_view(example_verdict("+-" * 30, joules=None))
    )
    assert words.startswith("Not measured: ")


def test_whose_figures_stand_there(view: ClaimsView):
    assert column_titles(view)[2] == (
        "Your run: SmolLM2 135M Instruct beside Qwen2.5 1.5B Instruct"
    )
    assert column_titles(claims_view())[2] == "Your run: no run has been looked at yet"


def test_claims_point_at_their_sources(view: ClaimsView):
    texts = {claim.kind: sources_text(claim, view) for claim in CLAIMS}
    assert texts[ClaimKind.TRAINING_OF_SMALL] == "Source 2"
    assert texts[ClaimKind.TRAINING_OF_LARGE] == "Sources 3, 4, 5, 6"
    assert texts[ClaimKind.SPEED] == ""


def test_what_comes_through_others_is_called_so():
    first_hand = Source(title="A report", address="https://example.org")
    second_hand = msgspec.structs.replace(first_hand, is_second_hand=True)
    assert source_text(first_hand) == "A report"
    assert source_text(second_hand) == "A report (as quoted by others)"


@pytest.mark.parametrize(
    ("count", "words"),
    [(45.9e9, "46 billion"), (5.5e9, "5.5 billion"), (12_345_678, "12 million"), (950, "950")],
)
def test_large_counts_are_words(count: float, words: str):
    assert large_count_text(count) == words
