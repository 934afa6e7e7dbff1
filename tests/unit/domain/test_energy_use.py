import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.helpers.energy_uses import IDLE_UNKNOWN, NOT_SPLIT, make_part, make_use, missing_part

from large_enough.domain.energy import Energy, EnergyFlag, EnergyKind
from large_enough.domain.energy_use import (
    NO_INSTRUMENT,
    NOT_THE_SAME_PARTS,
    OTHER_KIND,
    EnergyUse,
    headline,
    mean_power,
)
from large_enough.domain.power import CONTAINED_IN, Scope
from large_enough.domain.quantity import NumberQuality, Unavailable

CHIP, CARD, WHOLE = Scope.CPU_PACKAGE, Scope.GPU_BOARD, Scope.WHOLE_MACHINE
ESTIMATED, ATTRIBUTED = NumberQuality.ESTIMATED, NumberQuality.ATTRIBUTED


def chosen(**uses: EnergyUse) -> dict[str, Energy | Unavailable]:
    return headline(uses).energies


def one(use: EnergyUse) -> Energy:
    energy = chosen(A=use)["A"]
    assert isinstance(energy, Energy)
    return energy


def test_the_whole_machine_comes_before_its_chips_with_idle_power() -> None:
    energy = one(make_use(make_part(CHIP, 30), make_part(WHOLE, 80, gross_j=150)))
    assert (energy.scopes, energy.kind, energy.energy_j) == ((WHOLE,), EnergyKind.GROSS, 150)


def test_chips_are_added_above_their_idle_power() -> None:
    energy = one(make_use(make_part(CHIP, 30), make_part(CARD, 50)))
    assert (set(energy.scopes), energy.kind) == ({CHIP, CARD}, EnergyKind.NET)
    assert energy.energy_j == 80


def test_net_only_if_all_have_it() -> None:
    energies = chosen(A=make_use(make_part(net_j=80)), B=make_use(make_part(net_j=None)))
    kinds = {each.kind for each in energies.values() if isinstance(each, Energy)}
    assert kinds == {EnergyKind.GROSS}
    assert all(isinstance(each, Energy) for each in energies.values())


@pytest.mark.parametrize("worse", [ATTRIBUTED, ESTIMATED])
def test_measured_chips_come_before_a_whole_machine_that_is_not(worse: NumberQuality) -> None:
    energy = one(make_use(make_part(CHIP, 30), make_part(WHOLE, 80, quality=worse)))
    assert (energy.scopes, energy.quality) == ((CHIP,), NumberQuality.MEASURED)


def test_attributed_comes_before_estimated() -> None:
    energy = one(make_use(make_part(CHIP, quality=ATTRIBUTED), make_part(WHOLE, quality=ESTIMATED)))
    assert energy.quality is ATTRIBUTED


def test_one_estimate_makes_the_choice_an_estimate_for_all() -> None:
    """A is measured as a whole, but B is not: the chips, measured for both, come first."""
    a = make_use(make_part(CHIP, 30), make_part(WHOLE))
    b = make_use(make_part(CHIP, 30), make_part(WHOLE, quality=ESTIMATED))
    qualities = {each.quality for each in chosen(A=a, B=b).values() if isinstance(each, Energy)}
    assert qualities == {NumberQuality.MEASURED}


def test_what_all_have_comes_before_what_one_has() -> None:
    a = make_use(make_part(CHIP, 30), make_part(WHOLE))
    energies = chosen(A=a, B=make_use(make_part(CHIP, 40)))
    assert [each.scopes for each in energies.values() if isinstance(each, Energy)] == [(CHIP,)] * 2


def test_different_parts_are_never_set_side_by_side() -> None:
    energies = chosen(A=make_use(make_part(CHIP)), B=make_use(make_part(CHIP), make_part(CARD)))
    assert set(energies.values()) == {NOT_THE_SAME_PARTS}


def test_the_order_of_parts_does_not_matter() -> None:
    parts = make_part(CHIP, 30), make_part(CARD, 50)
    energies = chosen(A=make_use(*parts), B=make_use(*parts[::-1]))
    assert [each.energy_j for each in energies.values() if isinstance(each, Energy)] == [80, 80]


def test_one_without_any_part_says_why_and_the_other_keeps_its_number() -> None:
    nothing = EnergyUse(missing=NO_INSTRUMENT)
    energies = chosen(A=make_use(make_part(net_j=80)), B=nothing)
    assert isinstance(energies["A"], Energy)
    assert energies["B"] == NO_INSTRUMENT


def test_too_short_an_answer_says_so_beside_one_that_is_long_enough() -> None:
    energies = chosen(A=make_use(make_part()), B=make_use(missing_part("window too short")))
    assert isinstance(energies["A"], Energy)
    assert energies["B"] == Unavailable(reason="window too short")


@pytest.mark.parametrize(
    ("use", "reason"),
    [
        (EnergyUse(missing=Unavailable(reason="no rights")), "no rights"),
        (make_use(missing_part("window too short")), "window too short"),
        (make_use(missing_part("window too short", WHOLE)), "window too short"),
    ],
)
def test_where_nobody_has_anything_the_reason_is_kept(use: EnergyUse, reason: str) -> None:
    found = headline({"A": use, "B": use})
    assert set(found.energies.values()) == {Unavailable(reason=reason)}
    assert set(found.prompts.values()) == {Unavailable(reason=reason)}


def test_graphics_that_lie_on_the_chip_are_not_counted_twice() -> None:
    """Apple's counters tell the chip, its graphics and its memory."""
    parts = make_part(Scope.SOC, 60), make_part(Scope.GPU, 20), make_part(Scope.MEMORY, 5)
    energy = one(make_use(*parts))
    assert (set(energy.scopes), energy.energy_j) == ({Scope.SOC, Scope.MEMORY}, 65)


def test_both_phases_are_of_the_kind_of_the_whole() -> None:
    net = headline({"A": make_use(make_part(net_j=80, split_kind=EnergyKind.NET))})
    prompt, generation = net.prompts["A"], net.generations["A"]
    assert isinstance(prompt, Energy)
    assert isinstance(generation, Energy)
    assert (prompt.energy_j, generation.energy_j) == (20, 60)


def test_phases_of_the_other_kind_are_not_shown() -> None:
    known = make_use(make_part(net_j=80, split_kind=EnergyKind.NET))
    unknown = make_use(make_part(net_j=None, split_kind=EnergyKind.GROSS))
    found = headline({"A": known, "B": unknown})
    assert found.prompts["A"] == found.generations["A"] == OTHER_KIND
    assert isinstance(found.prompts["B"], Energy)


def test_phases_that_are_not_told_apart_say_why() -> None:
    assert headline({"A": make_use(make_part())}).prompts["A"] == NOT_SPLIT


def test_no_answers_no_energies() -> None:
    assert headline({}).energies == {}


def test_flags_are_put_at_every_number() -> None:
    use = make_use(make_part(split_kind=EnergyKind.NET)).with_flags([EnergyFlag.THROTTLED])
    (part,) = use.parts
    energies = part.gross, part.net, part.split.prompt, part.split.generation
    flags = [energy.flags for energy in energies if isinstance(energy, Energy)]
    assert flags == [(EnergyFlag.THROTTLED,)] * 4


def test_flags_of_what_is_missing_change_nothing() -> None:
    use = make_use(missing_part("window too short"), make_part(WHOLE, None))
    flagged = use.with_flags([EnergyFlag.THROTTLED])
    assert flagged.parts[0] == use.parts[0]
    assert flagged.parts[1].net == IDLE_UNKNOWN


def test_mean_power_is_that_of_the_number_that_is_shown() -> None:
    power = mean_power(make_use(make_part(net_j=80)))
    assert (power.power_w, power.quality, power.scopes) == (8.0, NumberQuality.MEASURED, (CHIP,))
    assert power.instruments == ("instrument rapl:package-0",)


def test_mean_power_of_nothing_is_not_0() -> None:
    power = mean_power(EnergyUse())
    assert power.power_w == Unavailable(reason="no instrument was read")
    assert power.quality is NumberQuality.NOT_AVAILABLE


SCOPES = st.sampled_from([scope for scope in Scope if scope is not Scope.PROCESS_CPU])
PARTS = st.builds(
    lambda scope, net_j, quality, is_missing: (
        missing_part("window too short", scope)
        if is_missing
        else make_part(scope, net_j, quality=quality)
    ),
    SCOPES,
    st.none() | st.floats(0.1, 99.0),
    st.sampled_from([NumberQuality.MEASURED, ATTRIBUTED, ESTIMATED]),
    st.booleans(),
)
USES = st.lists(PARTS, max_size=4, unique_by=lambda part: part.scope).map(
    lambda parts: make_use(*parts)
)


@given(st.dictionaries(st.sampled_from("ABCD"), USES, min_size=1))
def test_what_is_set_side_by_side_is_always_the_same_thing(uses: dict[str, EnergyUse]) -> None:
    found = headline(uses)
    assert found.energies.keys() == found.prompts.keys() == found.generations.keys() == uses.keys()
    known = [each for each in found.energies.values() if isinstance(each, Energy)]
    assert len({(frozenset(each.scopes), each.kind) for each in known}) <= 1
    for energy in known:
        assert energy.energy_j > 0
        for scope in energy.scopes:
            assert not CONTAINED_IN[scope] & set(energy.scopes)


@given(USES)
def test_uses_survive_json(use: EnergyUse) -> None:
    assert msgspec.json.decode(msgspec.json.encode(use), type=EnergyUse) == use
