import itertools
import struct
from pathlib import Path

import pytest
from tests.data.power.synthetic_macos import FakeCoreFoundation, FakeIoKit, FakeSmc, read_channels
from tests.data.power.synthetic_windows import FakeBattery, FakeDevices, FakeMeter
from tests.data.power.trees import (
    Reader,
    add_amd_card,
    add_battery,
    add_intel_laptop,
    add_pci,
    add_supply,
    write,
)
from tests.helpers.fake_clock import FakeClock
from tests.helpers.played_machine import played_environment
from tests.helpers.running_waiter import RunningWaiter

from large_enough.domain.doctor import InstrumentVerdict
from large_enough.domain.power import Absent, PowerReading, ReadOutcome
from large_enough.domain.quantity import Unavailable
from large_enough.measure.observing import Observation
from large_enough.measure.power.corefoundation import CoreFoundation
from large_enough.measure.power.emi import ENERGY_METER
from large_enough.measure.power.iokit import IoKit
from large_enough.measure.power.trace import TracePlayer, TraceRecorder
from large_enough.measure.power.trace_file import Trace, decode_trace, encode_trace
from large_enough.measure.power.winbattery import BATTERY
from large_enough.measure.probe_all import ProbeEnvironment, probe_instruments
from large_enough.measure.recorder import Recorder
from large_enough.measure.recording import private_words, recorded_environment

TRACES = Path(__file__).parents[2] / "data" / "power"
SLOT = "0000:01:00.0"
SERIAL = "MX1234567"
ROUNDS = 5

Learned = list[tuple[str, str, tuple[ReadOutcome, ...]]]


def no_library():
    raise ModuleNotFoundError


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def recorder(clock: FakeClock) -> TraceRecorder:
    return TraceRecorder(clock, about="a laptop called Penguin", private=("penguin", "tux"))


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    folder = tmp_path / "machine"
    folder.mkdir()
    return folder


def environment(root: Path, clock: FakeClock, **changes: object) -> ProbeEnvironment:
    settings: dict[str, object] = {
        "clock": clock,
        "is_gpu_in_use": lambda: True,
        "system": "linux",
        "machine": "x86_64",
        "root": root,
        "nvml_loader": no_library,
        "physical_core_count": 4,
        **changes,
    }
    return ProbeEnvironment(**settings)  # type: ignore[arg-type]


def learn(probes: ProbeEnvironment, clock: FakeClock) -> Learned:
    """Return all that is learned of the instruments: what they are, and some readings."""
    start_s = clock.now_s
    learned: Learned = []
    for found in probe_instruments(probes):
        if isinstance(found, Absent):
            learned.append((found.instrument, found.reason, ()))
            continue
        for source in found:
            outcomes: list[ReadOutcome] = []
            for _ in range(ROUNDS):
                clock.advance(0.1)
                outcomes.append(source.read())
            source.close()
            learned.append((source.identity.instrument, source.identity.key, tuple(outcomes)))
    clock.now_s = start_s
    return learned


def record(probes: ProbeEnvironment, recorder: TraceRecorder, clock: FakeClock):
    """Return what was learned while recording, and the trace as a file would hold it."""
    learned = learn(recorded_environment(probes, recorder), clock)
    return learned, decode_trace(encode_trace(recorder.trace()))


def readings(learned: Learned) -> int:
    return sum(
        not isinstance(outcome, Unavailable) for _, _, outcomes in learned for outcome in outcomes
    )


def test_a_laptop_with_counters_and_a_battery(tmp_path, machine, clock, recorder) -> None:
    add_intel_laptop(machine)
    add_battery(machine, power_now=12_500_000, serial_number=SERIAL)
    add_supply(machine, "hid-00:1a:2b:3c:4d:5e-battery", type="Battery", scope="Device")
    reader = Reader()
    counter = itertools.count(5_000_000_000, 400_000)
    reader.answer(machine / "sys/class/powercap/intel-rapl:0/energy_uj", lambda: next(counter))
    learned, trace = record(environment(machine, clock, read_text=reader), recorder, clock)
    assert readings(learned) == 3 * ROUNDS
    assert learn(played_environment(trace, tmp_path / "played", clock), clock) == learned


def test_a_battery_that_was_found_but_not_read(tmp_path, machine, clock, recorder) -> None:
    add_battery(machine, power_now=12_500_000, status="Full")
    learned, trace = record(environment(machine, clock), recorder, clock)
    assert readings(learned) == 0
    assert not any("power_now" in str(call.args) for call in trace.calls)
    assert learn(played_environment(trace, tmp_path / "played", clock), clock) == learned


def test_a_counter_that_is_closed(tmp_path, machine, clock, recorder) -> None:
    add_intel_laptop(machine)
    reader = Reader()
    reader.fail("energy_uj", PermissionError(13, "Permission denied"))
    learned, trace = record(environment(machine, clock, read_text=reader), recorder, clock)
    assert any("only administrators" in reason for _, reason, _ in learned)
    assert learn(played_environment(trace, tmp_path / "played", clock), clock) == learned


def test_graphics_of_amd_asleep_and_awake(tmp_path, machine, clock, recorder) -> None:
    add_amd_card(machine, 2, power1_average=31_000_000)
    add_amd_card(machine, 3, status="suspended", power1_average=1)
    write(machine / "sys/bus/pci/drivers/i915", bind="")
    learned, trace = record(environment(machine, clock), recorder, clock)
    assert readings(learned) == ROUNDS
    assert any("Intel graphics inside the processor" in reason for _, reason, _ in learned)
    assert learn(played_environment(trace, tmp_path / "played", clock), clock) == learned


@pytest.mark.parametrize("case", ["rtx_laptop", "gtx10_not_supported", "no_driver"])
def test_an_nvidia_card(tmp_path, machine, clock, recorder, case) -> None:
    add_pci(machine, SLOT)
    library = TracePlayer(decode_trace((TRACES / f"synthetic_nvml_{case}.json").read_bytes()))
    probes = environment(machine, clock, nvml_loader=lambda: library)
    learned, trace = record(probes, recorder, clock)
    assert (readings(learned) > 0) == (case != "no_driver")
    assert learn(played_environment(trace, tmp_path / "played", clock), clock) == learned


def test_a_missing_binding_is_played_as_one(tmp_path, machine, clock, recorder) -> None:
    add_pci(machine, SLOT)
    learned, trace = record(environment(machine, clock), recorder, clock)
    assert any("nvidia-ml-py is not installed" in reason for _, reason, _ in learned)
    assert learn(played_environment(trace, tmp_path / "played", clock), clock) == learned


def test_meters_and_batteries_of_windows(tmp_path, machine, clock, recorder) -> None:
    counts = itertools.count(7_000_000_000, 90_000_000)
    meters = FakeDevices(
        ENERGY_METER,
        {rf"\\?\EMI#{SERIAL}": FakeMeter("RAPL_Package0_PKG", read_pwh=lambda: [next(counts)])},
    )
    learned, trace = record_windows(meters, machine, clock, recorder)
    assert readings(learned) == ROUNDS
    assert SERIAL not in encode_trace(trace).decode()
    played = played_environment(trace, tmp_path / "played", clock, system="win32")
    assert learn(played, clock) == learned


def test_batteries_of_windows(tmp_path, machine, clock, recorder) -> None:
    batteries = FakeDevices(BATTERY, {rf"\\?\HID#{SERIAL}": FakeBattery()})
    learned, trace = record_windows(batteries, machine, clock, recorder)
    assert readings(learned) == ROUNDS
    played = played_environment(trace, tmp_path / "played", clock, system="win32")
    assert learn(played, clock) == learned


def test_devices_of_windows_that_refuse(tmp_path, machine, clock, recorder) -> None:
    meters = FakeDevices(ENERGY_METER, {"meter": FakeMeter("x", read_pwh=lambda: [1])})
    meters.denied.add("meter")
    learned, trace = record_windows(meters, machine, clock, recorder)
    assert any("denies access" in reason for _, reason, _ in learned)
    played = played_environment(trace, tmp_path / "played", clock, system="win32")
    assert learn(played, clock) == learned


def record_windows(devices: FakeDevices, machine, clock, recorder):
    probes = environment(
        machine,
        clock,
        system="win32",
        load_devices=lambda _system: devices,
        load_system_state=lambda _system: lambda: Unavailable(reason="not told"),
    )
    return record(probes, recorder, clock)


class Counters:
    """Energy counters of an Apple chip that go on."""

    def __init__(self) -> None:
        self.closed = False

    def read(self):
        return tuple(read_channels("m1"))

    def close(self) -> None:
        self.closed = True


def test_controller_counters_and_battery_of_a_mac(tmp_path, machine, clock, recorder) -> None:
    foundation = FakeCoreFoundation()
    controller = FakeSmc({"PSTR": ("flt ", struct.pack("<f", 21.5))})
    battery = {"BatteryInstalled": True, "PowerTelemetryData": {"SystemLoad": 9_000}}
    kit = FakeIoKit(foundation, {"AppleSMC": controller, "AppleSmartBattery": battery})
    probes = environment(
        machine,
        clock,
        system="darwin",
        load_drivers=lambda _system: IoKit(kit, CoreFoundation(foundation), kit.TASK),
        load_energy_counters=lambda _system: Counters(),
    )
    learned, trace = record(probes, recorder, clock)
    assert readings(learned) > 2 * ROUNDS
    played = played_environment(trace, tmp_path / "played", clock, system="darwin")
    assert learn(played, clock) == learned


def test_a_mac_that_has_nothing(tmp_path, machine, clock, recorder) -> None:
    probes = environment(
        machine,
        clock,
        system="darwin",
        load_drivers=lambda _system: Unavailable(reason="no IOKit"),
        load_energy_counters=lambda _system: Unavailable(reason="no IOReport"),
    )
    learned, trace = record(probes, recorder, clock)
    assert {"no IOKit", "no IOReport"} <= {reason for _, reason, _ in learned}
    played = played_environment(trace, tmp_path / "played", clock, system="darwin")
    assert learn(played, clock) == learned


def test_a_whole_observation_is_played_by_the_clock(tmp_path, machine, clock, recorder) -> None:
    add_intel_laptop(machine)
    add_battery(machine, power_now=12_500_000)
    reader = Reader()
    counter = machine / "sys/class/powercap/intel-rapl:0/energy_uj"
    reader.answer(counter, lambda: round(15e6 * clock.now_s))
    probes = environment(machine, clock, read_text=reader)
    start_s = clock.now_s
    seen = observe(recorded_environment(probes, recorder))
    trace = decode_trace(encode_trace(recorder.trace()))
    clock.now_s = start_s
    played = played_environment(trace, tmp_path / "played", clock, is_timed=True)
    again = observe(played)
    assert [report.verdict for report in again] == [report.verdict for report in seen]
    for old, new in zip(seen, again, strict=True):
        assert new.reason == old.reason
        assert type(new.power_w) is type(old.power_w)
        if isinstance(old.power_w, float):
            assert new.power_w == pytest.approx(old.power_w, rel=0.02)


@pytest.fixture
def card(tmp_path, clock) -> ProbeEnvironment:
    """An NVIDIA H200 at rest, which multiplies matrices from the fifth to the ninth second."""
    trace = decode_trace((TRACES / "recorded_nvml_h200.json").read_bytes())
    assert trace.origin == "recorded"
    return played_environment(trace, tmp_path / "played", clock, is_timed=True)


def test_a_real_card_is_found_sane(card) -> None:
    (report,) = (report for report in observe(card) if report.key)
    assert (report.instrument, report.verdict) == ("NVIDIA H200 (NVML)", InstrumentVerdict.IN_USE)
    assert report.update_period_s == pytest.approx(0.1, rel=0.02)
    assert report.power_w == pytest.approx(77.3, abs=1.0)


def test_the_energy_of_a_real_card(card, clock) -> None:
    (sources,) = (found for found in probe_instruments(card) if not isinstance(found, Absent))
    joules: list[float] = []
    for pause_s in (1.0, 3.0, 6.0, 3.5):
        clock.advance(pause_s)
        outcome = sources[0].read()
        assert isinstance(outcome, PowerReading)
        joules.append(outcome.value)
    rest_j, work_j, late_j = (after - before for before, after in itertools.pairwise(joules))
    assert rest_j == pytest.approx(3.0 * 77.3, rel=0.1)
    assert work_j == pytest.approx(4.0 * 700 + 2.0 * 77.3, rel=0.2)
    assert late_j == pytest.approx(3.5 * 80.0, rel=0.2)
    sources[0].close()


def observe(probes: ProbeEnvironment):
    waiter = RunningWaiter(probes.clock, 4.0)  # type: ignore[arg-type]
    with Observation(
        probes,
        make_recorder=lambda sources, clock: Recorder(sources, clock, waiter),
        pause=waiter.run_to_the_end,
    ) as observation:
        return observation.reports(patience_s=0.0)


def test_nothing_private_is_written_down(machine, clock, recorder) -> None:
    add_battery(machine, "BAT0", power_now=1, manufacturer="tux", serial_number=SERIAL)
    add_supply(machine, "hid-00:1a:2b:3c:4d:5e-battery", type="Battery", scope="Device")
    add_supply(machine, "Penguin", type="Mains", online=0)
    cpuinfo = f"vendor_id\t: x\nSerial\t\t: {SERIAL}\nflags\t\t: y\n"
    write(machine / "proc", cpuinfo=cpuinfo)
    _, trace = record(environment(machine, clock), recorder, clock)
    written = encode_trace(trace).decode()
    for secret in (SERIAL, "00:1a:2b:3c:4d:5e", "Penguin", "penguin", "tux", str(machine)):
        assert secret not in written
    assert "vendor_id" in written


def test_recording_changes_nothing_about_the_rest(machine, clock, recorder) -> None:
    probes = environment(machine, clock)
    recorded = recorded_environment(probes, recorder)
    assert recorded.is_gpu_in_use is probes.is_gpu_in_use
    assert recorded.root == machine


def test_a_machine_without_instruments_makes_a_valid_trace(machine, clock, recorder) -> None:
    _, trace = record(environment(machine, clock), recorder, clock)
    assert isinstance(trace, Trace)
    assert trace.origin == "recorded"
    assert {call.call for call in trace.calls} <= {"list_tree", "read_text", "load_nvml"}


def test_words_that_tell_whose_machine_it_is() -> None:
    environ = {"USER": "tux", "LOGNAME": "tux", "USERNAME": "", "HOME": "/home/pingu"}
    assert private_words(environ, "iceberg.example.org") == (
        "iceberg",
        "iceberg.example.org",
        "pingu",
        "tux",
    )
    assert private_words({"USER": "root", "HOME": "/root"}, "localhost") == ()
    assert all(private_words({}))
