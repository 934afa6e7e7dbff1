"""The meter that rounds use, from instruments to energies of answers."""

from collections.abc import Iterator

import msgspec
import pytest
from tests.helpers.metered_machine import MeteredMachine, known, only_part
from tests.helpers.power_sources import CONDITIONS, make_identity
from tests.helpers.records import make_timing

from large_enough.domain.energy import Energy, EnergyFlag, EnergyKind
from large_enough.domain.energy_use import NO_INSTRUMENT, EnergyUse, headline
from large_enough.domain.power import Absent, Scope, SourceKind
from large_enough.domain.quantity import NumberQuality, Unavailable
from large_enough.measure.answer_energy import IDLE_NOT_KNOWN
from large_enough.measure.energy import OTHER_IDLE_STATE
from large_enough.measure.footing import NOT_READ_AFTER, WINDOW_TOO_SHORT
from large_enough.measure.meter import PATIENCE_S
from large_enough.measure.power.estimate import INSTRUMENT as ESTIMATE
from large_enough.measure.power.estimate import NOT_ASKED_FOR

CHIP = "rapl:package-0"


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


# --- idle power


def test_a_quiet_stretch_gives_the_idle_power(counted: MeteredMachine) -> None:
    counted.rest(13)
    (idle,) = counted.meter.learn_idle().values()
    assert idle.source_key == CHIP
    assert idle.power_w == pytest.approx(5.0, abs=0.01)
    assert idle.conditions == CONDITIONS
    assert counted.meter.idle == (idle,)


@pytest.mark.parametrize("quiet_s", [0.0, 3.0, 11.9])
def test_too_short_a_stretch_gives_none(counted: MeteredMachine, quiet_s: float) -> None:
    counted.rest(quiet_s)
    assert counted.meter.learn_idle() == {}
    counted.meter.be_busy()
    assert counted.meter.idle == ()


def test_the_first_seconds_of_a_stretch_do_not_count(machine: MeteredMachine) -> None:
    machine.loads.append((1000.0, 1001.8, 30.0))  # caches are being written
    machine.add_counter()
    machine.wake()
    machine.rest(13)
    (idle,) = machine.meter.learn_idle().values()
    assert idle.power_w == pytest.approx(5.0, abs=0.05)
    assert idle.uncertainty_w < 0.05


def test_idle_power_holds_only_for_what_is_loaded(counted: MeteredMachine) -> None:
    counted.rest(13)
    assert counted.meter.learn_idle()
    counted.meter.be_quiet("other models")
    assert counted.meter.idle == ()
    counted.rest(8)
    assert counted.meter.learn_idle() == {}
    counted.idle_w, before_w = 7.0, counted.idle_w
    counted.loads.append((0.0, counted.clock.now_s, before_w - counted.idle_w))  # stays continuous
    counted.rest(20)
    counted.meter.be_quiet("other models")  # told again, as after each answer
    assert counted.meter.learn_idle()


@pytest.mark.parametrize(("busy_cores", "is_disturbed"), [(0.0, False), (0.2, False), (1.0, True)])
def test_idle_power_of_a_busy_machine_is_marked(
    counted: MeteredMachine, busy_cores: float, is_disturbed: bool
) -> None:
    counted.meter.be_busy()
    counted.busy_cores = busy_cores
    counted.meter.be_quiet("models")
    counted.rest(14)
    (idle,) = counted.meter.learn_idle().values()
    assert idle.is_disturbed is is_disturbed


def test_idle_power_is_kept_between_answers_of_the_same_models(counted: MeteredMachine) -> None:
    counted.rest(13)
    counted.answer("A", 3, 20)
    counted.rest(1)
    counted.answer("B", 3, 20)
    assert [idle.source_key for idle in counted.meter.idle] == [CHIP]


def test_time_in_which_somebody_answers_is_not_quiet(counted: MeteredMachine) -> None:
    counted.rest(4)
    counted.answer("A", 10, 20)
    counted.rest(4)
    assert counted.meter.learn_idle() == {}


def test_only_the_last_minute_of_a_long_stretch_counts(machine: MeteredMachine) -> None:
    machine.loads.append((1000.0, 1100.0, 10.0))  # something else ran in the beginning
    machine.add_counter()
    machine.wake()
    machine.rest(170)
    (idle,) = machine.meter.learn_idle().values()
    assert idle.power_w == pytest.approx(5.0, abs=0.01)
    assert idle.block_count <= 60


def test_without_instruments_nothing_is_learnt(machine: MeteredMachine) -> None:
    machine.wake()
    machine.rest(20)
    assert machine.meter.learn_idle() == {}
    assert not machine.meter.has_instruments


# --- one answer after the other


@pytest.mark.parametrize(
    ("idle_w", "watts", "duration_s"),
    [(3, 12, 1.5), (5, 20, 4), (5, 1, 5), (25, 60, 10), (2, 9, 40)],
)
def test_the_energy_of_an_answer_is_the_truth_within_its_interval(
    idle_w: float, watts: float, duration_s: float
) -> None:
    machine = MeteredMachine(idle_w)
    try:
        machine.add_counter()
        machine.wake()
        machine.rest(15)
        true_j = machine.answer("A", duration_s, watts)
        found = machine.collected()
    finally:
        machine.close()
    part = only_part(found["A"])
    gross, net = known(part.gross), known(part.net)
    assert gross.low_j <= true_j <= gross.high_j
    assert net.low_j <= watts * duration_s <= net.high_j
    assert gross.energy_j == pytest.approx(true_j, rel=0.05)
    assert net.energy_j == pytest.approx(watts * duration_s, rel=0.1)
    assert net.energy_j <= gross.energy_j
    assert gross.quality is net.quality is NumberQuality.MEASURED
    assert found["A"].parts[0].instruments == (f"instrument {CHIP}",)


def test_without_idle_power_the_gross_energy_stands_alone(counted: MeteredMachine) -> None:
    counted.rest(5)
    true_j = counted.answer("A", 3, 20)
    use = counted.collected()["A"]
    part = only_part(use)
    assert part.net == IDLE_NOT_KNOWN
    assert known(part.gross).energy_j == pytest.approx(true_j, rel=0.05)
    shown = known(headline({"A": use}).energies["A"])
    assert shown.kind is EnergyKind.GROSS


def test_too_short_an_answer_says_so(counted: MeteredMachine) -> None:
    counted.rest(15)
    counted.answer("A", 0.6, 20)
    part = only_part(counted.collected()["A"])
    assert part.gross == part.net == WINDOW_TOO_SHORT
    assert isinstance(part.split.prompt, Unavailable)


def test_prompt_and_generation_are_told_apart_by_a_quick_instrument(
    machine: MeteredMachine,
) -> None:
    machine.add_counter(period_s=0.05)
    machine.wake()
    machine.rest(15)
    machine.answer("A", 6, 20, first_token_s=2.0)
    split = only_part(machine.collected()["A"]).split
    prompt, generation = known(split.prompt), known(split.generation)
    assert prompt.energy_j == pytest.approx(40, rel=0.1)
    assert generation.energy_j == pytest.approx(80, rel=0.1)
    assert prompt.kind is generation.kind is EnergyKind.NET


def test_an_answer_without_any_token_is_not_divided(counted: MeteredMachine) -> None:
    counted.rest(5)
    counted.meter.begin("A", 1, is_shared=False)
    counted.rest(3)
    none = Unavailable(reason="no token")
    timing = msgspec.structs.replace(make_timing(total_s=3.0), first_token_s=none)
    counted.meter.end("A", timing, is_on_processor=True)
    assert only_part(counted.collected()["A"]).split.prompt == none


def test_an_answer_is_not_longer_than_the_time_since_it_was_asked(
    counted: MeteredMachine,
) -> None:
    """A worker that counts wrongly does not get the energy of what comes later."""
    counted.rest(5)
    counted.meter.begin("A", 1, is_shared=False)
    counted.rest(2)
    counted.meter.end("A", make_timing(total_s=1000.0), is_on_processor=True)
    assert known(only_part(counted.collected()["A"]).gross).duration_s == pytest.approx(2, abs=0.01)


def test_two_chips_of_a_kind_are_added(machine: MeteredMachine) -> None:
    for number, share in enumerate((0.25, 0.75)):
        machine.add_counter(f"rapl:package-{number}", share=share)
    machine.wake()
    machine.rest(15)
    machine.answer("A", 4, 20)
    part = only_part(machine.collected()["A"])
    assert known(part.net).energy_j == pytest.approx(80, rel=0.1)
    assert known(part.net).source_keys == ("rapl:package-0", "rapl:package-1")
    assert len(part.instruments) == 2


def test_every_part_of_the_machine_is_kept(machine: MeteredMachine) -> None:
    machine.add_counter()
    whole = make_identity("battery", scope=Scope.WHOLE_MACHINE, kind=SourceKind.POWER)
    machine.add(whole, lambda t_s: machine.power_w(t_s) + 4 + 1e-6 * t_s)
    machine.wake()
    machine.rest(15)
    machine.answer("A", 4, 20)
    use = machine.collected()["A"]
    assert {part.scope for part in use.parts} == {Scope.CPU_PACKAGE, Scope.WHOLE_MACHINE}
    shown = known(headline({"A": use}).energies["A"])
    assert shown.energy_j == pytest.approx(29 * 4, rel=0.05)


def test_energies_come_once_in_any_order_of_asking(counted: MeteredMachine) -> None:
    counted.rest(15)
    counted.answer("A", 3, 20)
    counted.rest(0.3)
    counted.answer("B", 3, 10)
    assert counted.meter.is_waiting
    found: dict[str, EnergyUse] = {}
    while counted.meter.is_waiting:
        found |= counted.collected()
    assert [known(only_part(found[letter]).net).energy_j for letter in "AB"] == pytest.approx(
        [60, 30], rel=0.1
    )
    assert counted.meter.collect() == {}


def test_an_energy_is_not_known_before_the_instrument_was_read_past_the_end(
    counted: MeteredMachine,
) -> None:
    counted.rest(15)
    counted.answer("A", 3, 20)
    assert counted.meter.collect() == {}
    assert counted.meter.is_waiting


def test_other_conditions_than_those_of_the_idle_power_give_no_net_energy(
    counted: MeteredMachine,
) -> None:
    counted.rest(15)
    counted.meter.learn_idle()
    counted.meter.be_busy()
    counted.conditions = msgspec.structs.replace(CONDITIONS, on_battery=True)
    counted.meter.be_quiet("models")
    counted.answer("A", 3, 20)
    part = only_part(counted.collected()["A"])
    assert part.net == OTHER_IDLE_STATE
    assert known(part.gross).flags == (EnergyFlag.ON_BATTERY,)


# --- what goes wrong


def test_what_is_not_awaited_any_longer_says_why(counted: MeteredMachine) -> None:
    counted.rest(15)
    counted.answer("A", 3, 20)
    part = only_part(counted.meter.collect(must_end=True)["A"])
    assert part.gross == NOT_READ_AFTER
    assert not counted.meter.is_waiting


def test_an_instrument_that_falls_silent_is_not_waited_for_long(counted: MeteredMachine) -> None:
    counted.rest(15)
    counted.answer("A", 3, 20)
    counted.sources[0].silence = "the file is gone"
    before_s = counted.clock.now_s
    use = counted.collected()["A"]
    assert counted.clock.now_s - before_s <= PATIENCE_S + 0.2
    energy = headline({"A": use}).energies["A"]
    assert energy in (NOT_READ_AFTER, Unavailable(reason="the file is gone"))


def test_a_slow_instrument_is_not_waited_for_longer_than_patience(
    machine: MeteredMachine,
) -> None:
    machine.add_counter(period_s=7.0)
    machine.wake()
    machine.rest(60)
    machine.answer("A", 80, 20)
    machine.rest(PATIENCE_S - 0.1)
    assert machine.meter.collect() == {}
    machine.rest(0.2)
    assert machine.meter.collect().keys() == {"A"}


def test_a_dropped_answer_is_forgotten(counted: MeteredMachine) -> None:
    counted.rest(5)
    counted.meter.begin("A", 1, is_shared=False)
    counted.rest(2)
    counted.meter.drop("A")
    counted.meter.drop("A")
    counted.meter.drop("never heard of")
    counted.meter.end("A", make_timing(), is_on_processor=True)
    assert not counted.meter.is_waiting
    counted.answer("B", 2, 20)
    counted.meter.drop("B")
    assert not counted.meter.is_waiting
    assert counted.meter.collect(must_end=True) == {}


CPU = Absent(
    instrument="counter", scope=Scope.CPU_PACKAGE, reason="no right to read it", unlock="a rule"
)
NO_COUNTER = Absent(instrument="counter", scope=Scope.CPU_PACKAGE, reason="no such counter")
BATTERY = Absent(instrument="battery", scope=Scope.WHOLE_MACHINE, reason="no battery")
CARD = Absent(instrument="card", scope=Scope.GPU_BOARD, reason="no card", unlock="buy one")
OFF = Absent(
    instrument=ESTIMATE, scope=Scope.CPU_PACKAGE, reason=NOT_ASKED_FOR, unlock="switch it on"
)


@pytest.mark.parametrize(
    ("absent", "reason"),
    [
        ((), NO_INSTRUMENT.reason),
        ((OFF,), NO_INSTRUMENT.reason),
        ((OFF, CARD), NO_INSTRUMENT.reason),
        ((CARD, CPU, BATTERY, OFF), "no right to read it"),
        ((CARD, NO_COUNTER, BATTERY, OFF), "no such counter"),
        ((OFF, BATTERY), "no battery"),
        ((NO_COUNTER, msgspec.structs.replace(BATTERY, unlock="unplug"), OFF), "no battery"),
    ],
)
def test_without_instruments_the_reason_is_that_of_what_most_would_have(
    machine: MeteredMachine, absent: tuple[Absent, ...], reason: str
) -> None:
    machine.add_absent(*absent)
    machine.wake()
    machine.answer("A", 3, 20)
    assert machine.meter.collect() == {"A": EnergyUse(missing=Unavailable(reason=reason))}
    assert machine.meter.now().power_w == Unavailable(reason=reason)


def test_an_instrument_that_was_there_tells_more_than_one_that_was_not(
    machine: MeteredMachine,
) -> None:
    machine.add_absent(CPU, OFF)
    machine.add(make_identity("emi:0"), lambda t_s: 1000.0)
    machine.wake()
    machine.rest(10)
    machine.answer("A", 3, 20)
    use = machine.collected()["A"]
    assert use == EnergyUse(missing=Unavailable(reason="its counter does not advance"))


@pytest.mark.parametrize(
    ("absent", "reason"),
    [(CPU, "no right to read it"), (NO_COUNTER, "it is being charged")],
)
def test_a_resting_instrument_tells_more_than_one_that_nobody_can_have(
    machine: MeteredMachine, absent: Absent, reason: str
) -> None:
    machine.add_absent(absent, OFF)
    machine.add(make_identity("battery", scope=Scope.WHOLE_MACHINE), lambda t_s: t_s)
    machine.wake()
    machine.sources[0].silence = "it is being charged"
    machine.rest(5)
    machine.answer("A", 3, 20)
    assert machine.collected()["A"] == EnergyUse(missing=Unavailable(reason=reason))


def test_before_it_has_looked_there_is_nothing(machine: MeteredMachine) -> None:
    assert machine.meter.now().power_w == NO_INSTRUMENT
    assert not machine.meter.has_instruments
    machine.meter.be_busy()
    machine.meter.drop("A")
    assert machine.meter.collect() == {}
    machine.meter.close()
    machine.meter.close()


def stubborn(machine: MeteredMachine) -> None:
    """Add an instrument that shows the same power whatever the processor does."""
    machine.add(
        make_identity("amdgpu:0", scope=Scope.SOC, kind=SourceKind.POWER),
        lambda t_s: 17.0 - t_s / 1e5,
    )


def test_an_instrument_that_does_not_show_a_busy_processor_is_put_out(
    machine: MeteredMachine,
) -> None:
    stubborn(machine)
    machine.wake()
    machine.rest(15)
    machine.answer("A", 4, 20)
    reason = Unavailable(reason="it does not show a busy processor")
    assert machine.collected()["A"] == EnergyUse(missing=reason)
    machine.rest(0.5)
    machine.answer("B", 4, 20)
    assert machine.collected()["B"].missing == reason
    assert not machine.meter.has_instruments


def test_an_answer_from_a_card_says_nothing_about_the_processor(machine: MeteredMachine) -> None:
    stubborn(machine)
    machine.wake()
    machine.rest(15)
    machine.answer("A", 4, 20, is_on_processor=False)
    assert isinstance(only_part(machine.collected()["A"]).gross, Energy)


def test_a_dropped_answer_does_not_vouch_for_a_later_one_on_a_card(
    machine: MeteredMachine,
) -> None:
    stubborn(machine)
    machine.wake()
    machine.rest(15)
    machine.answer("A", 4, 20, is_on_processor=True)
    machine.meter.drop("A")
    machine.rest(1)
    machine.answer("A", 4, 20, is_on_processor=False)
    assert isinstance(only_part(machine.collected()["A"]).gross, Energy)


def test_after_a_long_quiet_time_a_stubborn_instrument_is_still_found_out(
    machine: MeteredMachine,
) -> None:
    """Only 20 minutes of readings are kept."""
    stubborn(machine)
    machine.wake()
    machine.rest(3000)
    machine.answer("A", 4, 20)
    assert machine.collected()["A"].missing.reason == "it does not show a busy processor"


# --- instruments that come later


def test_looking_again_adds_what_is_new_and_leaves_what_is_read(counted: MeteredMachine) -> None:
    counted.rest(15)
    card = make_identity("nvml:0", scope=Scope.GPU_BOARD, kind=SourceKind.POWER)
    counted.add(card, lambda t_s: 2 * counted.power_w(t_s) + 1e-6 * t_s)
    counted.meter.wake()
    first, again, new = counted.sources
    assert (first.close_count, again.close_count, new.close_count) == (0, 1, 0)
    counted.rest(5)
    counted.answer("A", 4, 20)
    use = counted.collected()["A"]
    assert {part.scope for part in use.parts} == {Scope.CPU_PACKAGE, Scope.GPU_BOARD}


def test_an_instrument_that_comes_late_is_waited_for(machine: MeteredMachine) -> None:
    machine.wake()
    machine.add_counter()
    machine.wake()
    machine.answer("A", 2, 20)  # it is still being observed
    part = only_part(machine.collected()["A"])
    assert isinstance(part.gross, Energy)


def test_what_is_drawn_now(counted: MeteredMachine) -> None:
    assert isinstance(counted.meter.now().power_w, Unavailable)
    assert counted.meter.has_instruments
    counted.rest(5)
    now = counted.meter.now()
    assert now.power_w == pytest.approx(5.0, abs=0.01)
    assert now.scopes == (Scope.CPU_PACKAGE,)


def test_closing_lets_go_of_every_instrument(counted: MeteredMachine) -> None:
    counted.rest(5)
    counted.meter.close()
    assert counted.sources[0].close_count == 1
