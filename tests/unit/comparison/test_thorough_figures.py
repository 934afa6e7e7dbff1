import itertools
import json
import math

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.helpers.energy_uses import make_part, missing_part
from tests.helpers.power_sources import CONDITIONS, make_idle
from tests.helpers.records import make_done, make_failed, make_record
from tests.helpers.thorough_bench import passes, thorough_record

from large_enough.comparison.thorough_figures import (
    NOT_IN_ALL_PASSES,
    Figure,
    is_idle_changed,
    thorough_figures,
)
from large_enough.comparison.thorough_json import thorough_as_dict
from large_enough.comparison.thorough_sentence import thorough_sentence
from large_enough.domain.energy import EnergyFlag, EnergyKind
from large_enough.domain.energy_use import PartUse
from large_enough.domain.interval import MedianInterval
from large_enough.domain.power import Scope
from large_enough.domain.quantity import NumberQuality, Unavailable
from large_enough.domain.round import RoundRecord
from large_enough.domain.thorough import ThoroughEnd, ThoroughRecord
from large_enough.stats.median_interval import TOO_FEW

SIX = [(1.0, 2.0), (1.1, 2.2), (0.9, 1.8), (1.0, 2.1), (1.2, 2.4), (1.0, 1.9)]
SMALL, LARGE = "SmolLM2 135M Instruct", "Qwen2.5 Coder 0.5B"


def thrice(letter: str, number: int) -> tuple[PartUse, ...]:
    """B uses three times what A does; both wobble together."""
    net_j = (10 + number) * (3 if letter == "B" else 1)
    return (make_part(net_j=net_j, gross_j=2 * net_j),)


def estimated(letter: str, number: int) -> tuple[PartUse, ...]:
    net_j = 30.0 if letter == "B" else 10.0
    return (make_part(net_j=net_j + number, quality=NumberQuality.ESTIMATED),)


def known(figure: Figure) -> MedianInterval:
    assert isinstance(figure, MedianInterval), figure
    return figure


def test_medians_of_each_contender() -> None:
    figures = thorough_figures(thorough_record(passes(SIX, thrice)))
    a, b = figures.contenders["A"], figures.contenders["B"]
    assert known(a.total_s).median == pytest.approx(1.0)
    assert known(b.total_s).median == pytest.approx(2.05)
    assert (known(a.total_s).low, known(a.total_s).high) == (0.9, 1.2)
    assert known(a.energy_j).median == 12.5
    assert known(b.energy_j).median == 37.5
    assert known(a.first_token_s).median == 0.15


def test_ratios_are_of_pairs_of_the_same_pass() -> None:
    """What changes for both cancels: energies wobble by half, their ratio not at all."""
    figures = thorough_figures(thorough_record(passes(SIX, thrice)))
    (ratios,) = figures.ratios
    assert ratios.letter == "B"
    assert known(ratios.total_s).median == pytest.approx(2.0)
    energy = known(ratios.energy_j)
    assert (energy.low, energy.median, energy.high) == pytest.approx((3, 3, 3))
    assert figures.energy is not None
    assert figures.energy.kind is EnergyKind.NET
    assert figures.widest == pytest.approx((2.1 - 1.9) / 2.0)


def test_too_few_passes_have_no_interval_but_a_rough_ratio() -> None:
    figures = thorough_figures(thorough_record(passes(SIX[:4], thrice)))
    (ratios,) = figures.ratios
    assert ratios.total_s == ratios.energy_j == figures.contenders["A"].total_s == TOO_FEW
    assert ratios.rough_total_s == pytest.approx(2.0)
    assert figures.widest == math.inf


def test_without_any_pass_there_is_nothing() -> None:
    figures = thorough_figures(thorough_record(()))
    assert isinstance(figures.ratios[0].rough_total_s, Unavailable)
    assert figures.energy is None
    assert figures.flags == ()


def test_a_round_that_is_not_whole_does_not_count() -> None:
    broken = make_record([make_done("A"), make_failed("B")])
    whole = thorough_figures(thorough_record(passes(SIX, thrice)))
    assert thorough_figures(thorough_record((*passes(SIX, thrice), broken))) == whole


def test_one_pass_without_idle_power_makes_all_energies_gross() -> None:
    """Never a median of some with and some without idle power."""

    def third_is_gross(letter: str, number: int) -> tuple[PartUse, ...]:
        (part,) = thrice(letter, number)
        return (make_part(net_j=None, gross_j=part.gross.energy_j) if number == 3 else part,)  # type: ignore[union-attr]

    figures = thorough_figures(thorough_record(passes(SIX, third_is_gross)))
    assert figures.energy is not None
    assert figures.energy.kind is EnergyKind.GROSS
    assert known(figures.contenders["A"].energy_j).median == 25.0
    assert known(figures.contenders["A"].energy_j).count == 6


def test_an_energy_that_one_pass_lacks_has_no_median() -> None:
    def last_is_missing(letter: str, number: int) -> tuple[PartUse, ...]:
        return (missing_part("window too short"),) if number == 5 else thrice(letter, number)

    figures = thorough_figures(thorough_record(passes(SIX, last_is_missing)))
    assert figures.contenders["A"].energy_j == NOT_IN_ALL_PASSES
    assert figures.ratios[0].energy_j == NOT_IN_ALL_PASSES
    assert known(figures.ratios[0].total_s).median == pytest.approx(2.0)


def test_energies_that_are_always_missing_keep_their_reason() -> None:
    rounds = passes(SIX, lambda _letter, _number: (missing_part("window too short"),))
    figures = thorough_figures(thorough_record(rounds))
    reason = Unavailable(reason="window too short")
    assert figures.contenders["A"].energy_j == figures.ratios[0].energy_j == reason


def test_no_median_over_two_power_states() -> None:
    """The charger was pulled out between two passes: each pair is sound, their medians not."""

    def unplugged(letter: str, number: int) -> tuple[PartUse, ...]:
        (part,) = thrice(letter, number)
        conditions = msgspec.structs.replace(CONDITIONS, on_battery=number > 2)
        return (
            msgspec.structs.replace(
                part,
                gross=msgspec.structs.replace(part.gross, conditions=conditions),
                net=msgspec.structs.replace(part.net, conditions=conditions),
            ),
        )

    figures = thorough_figures(thorough_record(passes(SIX, unplugged)))
    assert isinstance(figures.contenders["A"].energy_j, Unavailable)
    assert "power states" in figures.contenders["A"].energy_j.reason
    assert known(figures.ratios[0].energy_j).median == pytest.approx(3.0)


def test_no_ratio_between_a_measured_and_an_estimated_energy() -> None:
    def mixed(letter: str, number: int) -> tuple[PartUse, ...]:
        return estimated(letter, number) if letter == "B" else thrice(letter, number)

    figures = thorough_figures(thorough_record(passes(SIX, mixed)))
    assert isinstance(figures.ratios[0].energy_j, Unavailable)
    assert "firmer" in figures.ratios[0].energy_j.reason


def test_no_ratio_between_different_parts() -> None:
    def mixed(letter: str, _number: int) -> tuple[PartUse, ...]:
        return (make_part(Scope.CPU_PACKAGE if letter == "A" else Scope.GPU_BOARD),)

    figures = thorough_figures(thorough_record(passes(SIX, mixed)))
    assert isinstance(figures.ratios[0].energy_j, Unavailable)


def test_an_answer_in_no_time_has_no_ratio() -> None:
    for times in ([(0.0, 1.0)] * 6, [(1.0, 0.0)] * 6):
        figures = thorough_figures(thorough_record(passes(times)))
        assert isinstance(figures.ratios[0].total_s, Unavailable)
        assert thorough_sentence(thorough_record(passes(times)))


@pytest.mark.parametrize(
    ("before_w", "after_w", "is_changed"),
    [(5.0, 5.4, False), (5.0, 5.6, True), (30.0, 32.0, False), (30.0, 26.0, True)],
)
def test_another_idle_power_afterwards_is_flagged(
    before_w: float, after_w: float, is_changed: bool
) -> None:
    before, after = (make_idle(before_w),), (make_idle(after_w),)
    assert is_idle_changed(before, after) is is_changed
    record = thorough_record(passes(SIX), idle_before=before, idle_after=after)
    flags = (EnergyFlag.BACKGROUND_ACTIVITY,) if is_changed else ()
    assert thorough_figures(record).flags == flags
    assert ("idle power was not steady" in thorough_sentence(record)) is is_changed


def test_idle_powers_of_different_instruments_are_not_compared() -> None:
    assert not is_idle_changed((make_idle(5.0),), (make_idle(50.0, key="nvml:0"),))
    assert not is_idle_changed((make_idle(5.0),), ())


def throttled(record: RoundRecord) -> RoundRecord:
    first, second = record.results
    context = msgspec.structs.replace(first.context, was_throttled=True)  # type: ignore[union-attr]
    return msgspec.structs.replace(
        record, results=(msgspec.structs.replace(first, context=context), second)
    )


def test_one_throttled_answer_flags_the_whole() -> None:
    rounds = passes(SIX)
    record = thorough_record((*rounds[:5], throttled(rounds[5])))
    assert thorough_figures(record).flags == (EnergyFlag.THROTTLED,)
    assert "Beware: slowed down by heat" in thorough_sentence(record)


# --- in words


def test_the_sentence_tells_what_how_sure_and_why_it_ended() -> None:
    sentence = thorough_sentence(thorough_record(passes(SIX, thrice)))
    assert sentence == (
        f"{SMALL} answered 2.0 times faster than {LARGE} (1.90 to 2.10); "
        f"{SMALL} used 3.0 times less energy than {LARGE} (3.0 to 3.0). "
        "Ended after 6 passes: the intervals are narrow enough. "
        "Medians of 6 pairs; intervals hold the true median in 97 % of cases. "
        "Energy: measured, processor chip, above idle."
    )


def test_an_estimate_names_no_winner() -> None:
    sentence = thorough_sentence(thorough_record(passes(SIX, estimated)))
    assert "less energy" not in sentence
    assert "same energy" not in sentence
    assert "Energy: estimated" in sentence


def test_an_interval_around_1_names_no_winner() -> None:
    times = [(1.0, 1.1), (1.0, 0.9), (1.0, 1.05), (1.0, 0.95), (1.0, 1.02), (1.0, 0.98)]
    sentence = thorough_sentence(thorough_record(passes(times)))
    assert "about equally fast" in sentence
    assert "times faster" not in sentence


def test_too_few_passes_say_so() -> None:
    record = thorough_record(passes(SIX[:2]), end=ThoroughEnd.STOPPED)
    sentence = thorough_sentence(record)
    assert sentence.startswith(f"{SMALL} answered about 2.0 times faster than {LARGE}; too few")
    assert "Stopped after 2 passes" in sentence
    nothing = thorough_sentence(thorough_record((), end=ThoroughEnd.FAILED))
    assert "Nothing could be compared" in nothing


@pytest.mark.parametrize("end", ThoroughEnd)
def test_every_end_has_its_words(end: ThoroughEnd) -> None:
    assert thorough_sentence(thorough_record(passes(SIX), end=end))


@given(st.lists(st.tuples(st.floats(0.001, 1e4), st.floats(0.001, 1e4)), min_size=5, max_size=12))
def test_whoever_is_named_faster_really_was_in_most_passes(
    times: list[tuple[float, float]],
) -> None:
    sentence = thorough_sentence(thorough_record(passes(times)))
    a_first = sum(a < b for a, b in times)
    if f"{SMALL} answered" in sentence and "times faster" in sentence:
        assert a_first > len(times) / 2
    if f"{LARGE} answered" in sentence and "times faster" in sentence:
        assert len(times) - a_first > len(times) / 2


# --- as plain data


@pytest.mark.parametrize(
    "record",
    [
        thorough_record(passes(SIX, thrice), idle_before=(make_idle(),)),
        thorough_record(passes(SIX[:2])),
        thorough_record((), end=ThoroughEnd.STOPPED),
    ],
)
def test_plain_data_is_json_without_holes(record: ThoroughRecord) -> None:
    content = json.loads(json.dumps(thorough_as_dict(record), allow_nan=False))
    assert content["sentence"] == thorough_sentence(record)
    assert content["end"] == record.end.value
    assert content["figures"]["contenders"].keys() == {"A", "B"}
    assert content["settings"]["fewest_pairs"] == 6
    figure = content["figures"]["ratios"][0]["total_s"]
    assert figure["type"] in {"median_interval", "unavailable"}
    assert len(content["idle_before"]) == len(record.idle_before)


def test_all_orders_of_passes_give_the_same_figures() -> None:
    rounds = passes(SIX, thrice)
    whole = thorough_figures(thorough_record(rounds))
    for order in itertools.islice(itertools.permutations(rounds), 0, 720, 97):
        figures = thorough_figures(thorough_record(order))
        assert (figures.contenders, figures.ratios) == (whole.contenders, whole.ratios)
