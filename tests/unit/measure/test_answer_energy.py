import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.helpers.power_sources import CONDITIONS, make_identity, make_idle, make_series, window_s

from large_enough.domain.energy import Energy, IdlePower
from large_enough.domain.energy_use import EnergyUse, PartUse
from large_enough.domain.power import Scope
from large_enough.domain.quantity import NumberQuality, Unavailable
from large_enough.measure.answer_energy import (
    IDLE_NOT_KNOWN,
    LOST_IN_IDLE,
    NOT_DIVIDED,
    AnswerWindow,
    missing_energy,
    shares_of_answers,
    use_of_answer,
)
from large_enough.measure.attribution import ActivitySlice, SharingRule
from large_enough.measure.windows import Series

CHIP, CARD = "rapl:package-0", "nvml:0"


def counter(
    watts: float = 20.0,
    key: str = CHIP,
    scope: Scope = Scope.CPU_PACKAGE,
    quality: NumberQuality = NumberQuality.MEASURED,
) -> Series:
    """Return a counter of a steady power, read ten times a second for 30 s."""
    identity = make_identity(key, scope=scope, quality=quality)
    return make_series([(number / 10, watts * number / 10) for number in range(301)], identity)


def answer(
    start_s: float = 10.0, end_s: float = 20.0, first_s: float | None = 12.0
) -> AnswerWindow:
    return AnswerWindow(
        letter="A",
        window=window_s(start_s, end_s),
        first_token_ns=Unavailable(reason="no token") if first_s is None else round(first_s * 1e9),
        conditions=CONDITIONS,
    )


def joules(energy: Energy | Unavailable) -> float:
    assert isinstance(energy, Energy), energy
    return energy.energy_j


def test_a_part_has_gross_and_net_energy_and_both_phases() -> None:
    (part,) = use_of_answer([counter()], answer(), {CHIP: make_idle(5.0)})
    assert joules(part.gross) == pytest.approx(200)
    assert joules(part.net) == pytest.approx(150)
    assert joules(part.split.prompt) == pytest.approx(30)
    assert joules(part.split.generation) == pytest.approx(120)
    assert part.instruments == (f"instrument {CHIP}",)


def test_without_idle_power_gross_stands_alone() -> None:
    (part,) = use_of_answer([counter()], answer(), {})
    assert part.net == IDLE_NOT_KNOWN
    assert joules(part.split.generation) == pytest.approx(160)
    reason = Unavailable(reason="not idle for long enough")
    (told,) = use_of_answer([counter()], answer(), {CHIP: reason})
    assert told.net == reason


def test_the_phases_of_the_whole_machine_keep_its_idle_power() -> None:
    whole = counter(30.0, "smc", Scope.WHOLE_MACHINE)
    (part,) = use_of_answer([whole], answer(), {"smc": make_idle(5.0, key="smc")})
    assert joules(part.split.prompt) == pytest.approx(60)
    assert joules(part.net) == pytest.approx(250)


def test_chips_of_one_kind_are_one_part_and_others_stand_beside_it() -> None:
    series = [
        counter(10.0, "rapl:package-0"),
        counter(15.0, "rapl:package-1"),
        counter(100.0, CARD, Scope.GPU_BOARD),
    ]
    chips, card = use_of_answer(series, answer(), {})
    assert joules(chips.gross) == pytest.approx(250)
    assert joules(card.gross) == pytest.approx(1000)


def test_one_chip_without_idle_power_leaves_the_part_without_net_energy() -> None:
    series = [counter(10.0, "rapl:package-0"), counter(15.0, "rapl:package-1")]
    (part,) = use_of_answer(series, answer(), {"rapl:package-0": make_idle(5.0)})
    assert part.net == IDLE_NOT_KNOWN
    assert joules(part.gross) == pytest.approx(250)
    assert isinstance(part.split.prompt, Unavailable)


def test_an_estimate_stays_an_estimate() -> None:
    series = counter(quality=NumberQuality.ESTIMATED)
    (part,) = use_of_answer([series], answer(), {CHIP: make_idle()})
    for energy in (part.gross, part.net, part.split.prompt):
        assert isinstance(energy, Energy)
        assert energy.quality is NumberQuality.ESTIMATED


@pytest.mark.parametrize("first_s", [None, 9.0, 10.0, 20.0, 25.0])
def test_a_first_token_that_makes_no_sense_gives_no_senseless_energy(
    first_s: float | None,
) -> None:
    (part,) = use_of_answer([counter()], answer(first_s=first_s), {CHIP: make_idle(5.0)})
    phases = [part.split.prompt, part.split.generation]
    known = [phase.energy_j for phase in phases if isinstance(phase, Energy)]
    assert sum(known) <= joules(part.net) * 1.001


def test_no_instrument_no_part() -> None:
    assert use_of_answer([], answer(), {}) == ()
    assert missing_energy("no rights") == EnergyUse(missing=Unavailable(reason="no rights"))


@given(watts=st.floats(1, 200), idle_w=st.floats(0.5, 200), length_s=st.floats(0.1, 9))
def test_net_is_never_more_than_gross_and_no_data_is_never_0(
    watts: float, idle_w: float, length_s: float
) -> None:
    (part,) = use_of_answer([counter(watts)], answer(10, 10 + length_s), {CHIP: make_idle(idle_w)})
    if isinstance(part.gross, Energy):
        assert part.gross.energy_j > 0
    if isinstance(part.net, Energy):
        assert 0 < part.net.energy_j <= joules(part.gross)
    elif isinstance(part.gross, Energy):
        assert idle_w >= watts * 0.999 or part.net == LOST_IN_IDLE


# --- at the same time


def slices(*activities: dict[str, float], total: float = 1.0) -> list[ActivitySlice]:
    """Return slices of one second each, from 10 s on."""
    return [
        ActivitySlice(window=window_s(10 + i, 11 + i), activity=each, total_activity=total)
        for i, each in enumerate(activities)
    ]


def shared(
    series: list[Series], parts: list[ActivitySlice], idle: dict[str, IdlePower | Unavailable]
) -> dict[str, tuple[PartUse, ...]]:
    return shares_of_answers(series, parts, CONDITIONS, idle, SharingRule.CPU_TIME)


def test_processors_are_divided_by_their_time_and_cards_equally() -> None:
    series = [counter(), counter(50.0, CARD, Scope.GPU_BOARD)]
    idle = {CHIP: make_idle(5.0), CARD: make_idle(10.0, key=CARD)}
    uses = shared(series, slices(*[{"A": 0.6, "B": 0.2}] * 4), idle)
    (chip_a, card_a), (chip_b, card_b) = uses["A"], uses["B"]
    assert joules(chip_a.net) == pytest.approx(36)
    assert joules(chip_b.net) == pytest.approx(12)  # 12 J more went to other programs
    assert joules(chip_a.gross) == pytest.approx(46)
    assert joules(card_a.net) == joules(card_b.net) == pytest.approx(80)
    assert chip_a.split.prompt == card_b.split.generation == NOT_DIVIDED
    for part in (chip_a, card_a, chip_b, card_b):
        assert isinstance(part.net, Energy)
        assert part.net.quality is NumberQuality.ATTRIBUTED


def test_who_comes_later_gets_nothing_of_what_was_before() -> None:
    uses = shared([counter()], slices({"A": 1.0}, {"A": 1.0}, {"B": 1.0}), {CHIP: make_idle(5.0)})
    assert joules(uses["A"][0].net) == pytest.approx(30)
    assert joules(uses["B"][0].net) == pytest.approx(15)


def test_without_idle_power_nothing_can_be_divided() -> None:
    uses = shared([counter()], slices({"A": 1.0, "B": 1.0}, {"A": 1.0, "B": 1.0}), {})
    for (part,) in uses.values():
        assert part.gross == part.net == IDLE_NOT_KNOWN


@given(
    st.lists(
        st.dictionaries(st.sampled_from("ABC"), st.floats(0, 2), min_size=1), min_size=2, max_size=8
    ),
    st.floats(0, 4),
    st.floats(1, 100),
    st.floats(0.5, 50),
)
def test_shares_never_sum_to_more_than_the_whole(
    activities: list[dict[str, float]], total: float, watts: float, idle_w: float
) -> None:
    parts = slices(*activities, total=total)
    uses = shared([counter(watts)], parts, {CHIP: make_idle(idle_w)})
    assert uses.keys() == {letter for each in activities for letter in each}
    grosses = [part.gross for (part,) in uses.values()]
    nets = [part.net for (part,) in uses.values()]
    whole_j = watts * len(parts)
    known_nets = [net.energy_j for net in nets if isinstance(net, Energy)]
    assert sum(known_nets) <= max(0.0, (watts - idle_w) * len(parts)) * 1.001 + 1e-6
    if watts >= idle_w:
        known = [gross.energy_j for gross in grosses if isinstance(gross, Energy)]
        assert sum(known) <= whole_j * 1.001
    for gross, net in zip(grosses, nets, strict=True):
        if isinstance(net, Energy):
            assert 0 < net.energy_j <= joules(gross) + 1e-9


def test_what_is_lost_in_the_idle_power_is_not_claimed() -> None:
    """An answer of 1 W above an idle power that is known to 0.6 W only."""
    idle = make_idle(20.0, 0.6)
    (part,) = use_of_answer([counter(21.0)], answer(10, 18), {CHIP: idle})
    assert isinstance(part.gross, Energy)
    assert part.net == LOST_IN_IDLE
