"""The video's claims beside a run of one's own."""

import msgspec
import pytest
from tests.helpers.matrix_runs import make_cards
from tests.helpers.verdicts import example_verdict

from large_enough.comparison.claims import NO_RUN, SCRIPTED, claims_view, own_figures
from large_enough.domain.claim import CLAIMS, ClaimKind, OwnFigures, Support
from large_enough.domain.model_card import BackendKind
from large_enough.domain.quantity import NumberQuality, Unavailable
from large_enough.domain.verdict import PairVerdict, RunVerdict

SIXTY = "++-+--" * 10


def figures(verdict: RunVerdict) -> OwnFigures:
    """Return what there is, which must be something."""
    found = own_figures(verdict)
    assert isinstance(found, OwnFigures)
    return found


def test_without_a_run_there_are_the_claims_alone():
    view = claims_view()
    assert view.own == NO_RUN
    assert view.claims == CLAIMS
    assert {claim.kind for claim in CLAIMS} == set(ClaimKind)


def test_every_source_is_listed_once_and_the_video_first():
    sources = claims_view().sources
    assert len(sources) == len(set(sources)) == 6
    assert "youtube" in sources[0].address
    assert all(source.address.startswith("https://") for source in sources)


def test_only_one_of_the_figures_has_a_primary_source():
    confirmed = [claim.kind for claim in CLAIMS if claim.support is Support.CONFIRMED]
    assert confirmed == [ClaimKind.TRAINING_OF_SMALL]


def test_a_run_says_energy_time_and_accuracy_of_the_smallest_and_the_largest():
    own = figures(example_verdict())
    assert (own.small, own.large) == ("SmolLM2 135M Instruct", "Qwen2.5 1.5B Instruct")
    assert isinstance(own.pair, PairVerdict)
    assert (own.pair.small, own.pair.large) == ("A", "C")
    assert [energy.per_answer_j for energy in own.energies] == pytest.approx([10.0, 100.0])
    assert own.energies[0].quality is NumberQuality.MEASURED


def test_the_confirmed_training_is_expressed_in_answers():
    small, large = figures(example_verdict()).energies
    assert small.answers_for_training == pytest.approx(153_074.3767 * 3.6e6 / 10)
    assert large.answers_for_training == pytest.approx(153_074.3767 * 3.6e6 / 100)


def test_without_instruments_energy_is_missing_with_its_reason_and_the_rest_is_there():
    own = figures(example_verdict(SIXTY, SIXTY, joules=None))
    for energy in own.energies:
        assert isinstance(energy.per_answer_j, Unavailable)
        assert energy.answers_for_training == energy.per_answer_j
    assert isinstance(own.pair, PairVerdict)


def test_one_model_alone_still_has_its_energy():
    own = figures(example_verdict(SIXTY))
    assert own.large == ""
    assert isinstance(own.pair, Unavailable)
    assert [energy.per_answer_j for energy in own.energies] == pytest.approx([10.0])


def test_scripts_say_nothing_about_models():
    cards = [msgspec.structs.replace(card, backend=BackendKind.ECHO) for card in make_cards(2)]
    own = figures(example_verdict(SIXTY, SIXTY, cards=cards))
    assert own.pair == SCRIPTED
    assert {energy.per_answer_j for energy in own.energies} == {SCRIPTED}
    assert {energy.answers_for_training for energy in own.energies} == {SCRIPTED}
