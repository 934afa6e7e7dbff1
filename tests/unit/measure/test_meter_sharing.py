"""Energies of answers that were given at the same time."""

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.helpers.metered_machine import MeteredMachine, known, only_part
from tests.helpers.power_sources import make_identity
from tests.helpers.records import make_timing

from large_enough.domain.energy import Energy, EnergyFlag, EnergyKind
from large_enough.domain.energy_use import EnergyUse
from large_enough.domain.power import Scope, SourceKind
from large_enough.domain.quantity import NumberQuality, Unavailable
from large_enough.measure.answer_energy import IDLE_NOT_KNOWN


@pytest.fixture
def machine() -> Iterator[MeteredMachine]:
    """A machine without any instrument yet."""
    machine = MeteredMachine()
    yield machine
    machine.close()


@pytest.fixture
def counted(machine: MeteredMachine) -> MeteredMachine:
    """A machine with one counter, which is being read, with nobody computing."""
    machine.add_counter()
    machine.wake()
    return machine


TWO = (("A", 11, 0.75), ("B", 12, 0.25))


def shared_nets(found: dict[str, EnergyUse]) -> dict[str, Energy]:
    return {letter: known(only_part(use).net) for letter, use in found.items()}


def test_answers_given_together_are_attributed_by_processor_time(
    counted: MeteredMachine,
) -> None:
    counted.rest(15)
    true_j = counted.answer_together(TWO, 6, 20)
    found = counted.collected()
    nets = shared_nets(found)
    assert nets["A"].energy_j == pytest.approx(90, rel=0.1)
    assert nets["B"].energy_j == pytest.approx(30, rel=0.1)
    for letter, use in found.items():
        part = only_part(use)
        gross, net = known(part.gross), nets[letter]
        assert gross.quality is net.quality is NumberQuality.ATTRIBUTED
        assert net.energy_j <= gross.energy_j
        assert net.terms.attribution_j == pytest.approx(0.25 * net.energy_j)
        assert isinstance(part.split.prompt, Unavailable)
    gross_j = sum(known(only_part(use).gross).energy_j for use in found.values())
    assert gross_j <= 1.02 * true_j
    assert not counted.meter.is_waiting


def test_what_other_programs_use_goes_to_nobody(counted: MeteredMachine) -> None:
    counted.rest(15)
    counted.activity.processes = {11: 0.0, 12: 0.0, 13: 0.0}
    others = ("X", 13, 1.0)
    counted.answer_together((*TWO, others), 6, 40)
    nets = shared_nets(counted.collected())
    assert nets["A"].energy_j == pytest.approx(90, rel=0.1)
    assert nets["B"].energy_j == pytest.approx(30, rel=0.1)


def test_together_nothing_is_told_before_all_have_ended(counted: MeteredMachine) -> None:
    counted.rest(15)
    counted.activity.processes = {11: 0.0, 12: 0.0}
    counted.meter.be_busy()
    for letter, process_id, _share in TWO:
        counted.meter.begin(letter, process_id, is_shared=True)
    counted.rest(3)
    counted.meter.end("A", make_timing(total_s=3.0), is_on_processor=True)
    counted.rest(3)
    assert counted.meter.collect() == {}
    counted.meter.drop("B")
    counted.rest(1)
    assert counted.meter.collect().keys() == {"A"}


def test_together_without_idle_power_nothing_is_attributed(counted: MeteredMachine) -> None:
    counted.rest(5)
    counted.answer_together(TWO, 4, 20)
    for use in counted.collected().values():
        assert only_part(use).gross == only_part(use).net == IDLE_NOT_KNOWN


def test_a_card_is_divided_equally_and_says_so(machine: MeteredMachine) -> None:
    card = make_identity("nvml:0", scope=Scope.GPU_BOARD, kind=SourceKind.POWER)
    machine.add(card, lambda t_s: machine.power_w(t_s) + 1e-6 * t_s)
    machine.wake()
    machine.rest(15)
    machine.answer_together(TWO, 6, 20)
    nets = shared_nets(machine.collected())
    assert nets["A"].energy_j == pytest.approx(nets["B"].energy_j) == pytest.approx(60, rel=0.1)
    assert {net.flags for net in nets.values()} == {(EnergyFlag.SPLIT_EQUALLY,)}


def test_after_answers_that_were_all_dropped_the_next_one_is_measured_alone(
    counted: MeteredMachine,
) -> None:
    counted.rest(15)
    counted.activity.processes = {11: 0.0, 12: 0.0}
    counted.meter.be_busy()
    for letter, process_id, _share in TWO:
        counted.meter.begin(letter, process_id, is_shared=True)
    counted.rest(3)
    for letter in "AB":
        counted.meter.drop(letter)
    counted.meter.be_quiet("models")
    counted.answer("A", 4, 20)
    net = known(only_part(counted.collected()["A"]).net)
    assert net.quality is NumberQuality.MEASURED
    assert net.energy_j == pytest.approx(80, rel=0.1)


def test_who_ends_after_a_stop_has_shared_the_machine_all_the_same(
    counted: MeteredMachine,
) -> None:
    """B comes to its end just when everything is to stop; A's energy was given out before."""
    counted.rest(15)
    counted.activity.processes = {11: 0.0, 12: 0.0}
    counted.meter.be_busy()
    for letter, process_id, _share in TWO:
        counted.meter.begin(letter, process_id, is_shared=True)
    start_s = counted.clock.now_s
    counted.loads.append((start_s, start_s + 4, 20))
    counted.rest(4)
    counted.activity.processes = {11: 3.0, 12: 1.0}
    counted.meter.end("A", make_timing(total_s=4.0), is_on_processor=True)
    assert counted.meter.collect(must_end=True).keys() == {"A"}
    counted.rest(1)
    counted.meter.end("B", make_timing(total_s=4.0), is_on_processor=True)
    counted.rest(1)
    gross = known(only_part(counted.meter.collect(must_end=True)["B"]).gross)
    assert gross.quality is NumberQuality.ATTRIBUTED
    counted.meter.be_quiet("models")
    counted.answer("A", 4, 20)
    assert known(only_part(counted.collected()["A"]).gross).quality is NumberQuality.MEASURED


@given(
    shares=st.lists(st.floats(0, 1.5), min_size=2, max_size=4),
    watts=st.floats(0, 60),
    others=st.floats(0, 3),
)
@settings(max_examples=15, deadline=None)
def test_shares_never_sum_to_more_than_the_whole(
    shares: list[float], watts: float, others: float
) -> None:
    machine = MeteredMachine()
    try:
        machine.add_counter()
        machine.wake()
        machine.rest(14)
        machine.activity.others_s = others
        answers = [(letter, 10 + i, shares[i]) for i, letter in enumerate("ABCD"[: len(shares)])]
        true_j = machine.answer_together(answers, 3, watts)
        found = machine.collected()
    finally:
        machine.close()
    for kind in EnergyKind:
        energies = [only_part(use).of_kind(kind) for use in found.values()]
        numbers = [each for each in energies if isinstance(each, Energy)]
        assert all(each.energy_j > 0 for each in numbers)  # no data is never 0
        assert sum(each.energy_j for each in numbers) <= 1.03 * true_j
    for use in found.values():
        part = only_part(use)
        if isinstance(part.net, Energy):
            assert part.net.energy_j <= known(part.gross).energy_j + 1e-9
