"""Probes of Windows' and macOS' instruments on the machine that runs the tests, whatever it is."""

import os
import platform
import sys

import pytest

from large_enough.domain.clock import SystemClock
from large_enough.domain.power import Absent, PowerReading
from large_enough.domain.quantity import Unavailable
from large_enough.measure.power.emi import find_emi
from large_enough.measure.power.iokit import load_iokit
from large_enough.measure.power.ioreport import find_ioreport
from large_enough.measure.power.ioreport_library import load_energy_counters
from large_enough.measure.power.macbattery import find_mac_battery
from large_enough.measure.power.pdh import load_pdh
from large_enough.measure.power.pdh_gpu import GpuProcessMemory, PdhGpuMemory
from large_enough.measure.power.rusage import find_process_energy, load_process_energy
from large_enough.measure.power.smc import find_smc
from large_enough.measure.power.source import Found
from large_enough.measure.power.winbattery import find_windows_battery, load_system_state
from large_enough.measure.power.windows_devices import load_windows_devices, windows_build

CLOCK = SystemClock()
LONGEST_PROBE_S = 0.2
IS_INTEL = platform.machine() == "x86_64"
WINDOWS_PROBES = {
    "emi": lambda: find_emi(load_windows_devices(), CLOCK, windows_build()),
    "battery": lambda: find_windows_battery(load_windows_devices(), load_system_state(), CLOCK),
}
MACOS_PROBES = {
    "smc": lambda: find_smc(load_iokit(), CLOCK, is_intel=IS_INTEL),
    "ioreport": lambda: find_ioreport(load_energy_counters(), CLOCK),
    "rusage": lambda: find_process_energy(load_process_energy(), os.getpid(), CLOCK),
    "battery": lambda: find_mac_battery(load_iokit(), CLOCK),
}
PROBES = [
    *((f"win32 {name}", probe) for name, probe in WINDOWS_PROBES.items()),
    *((f"darwin {name}", probe) for name, probe in MACOS_PROBES.items()),
]
REASONS = {"win32": "this is not Windows", "darwin": "this is not macOS"}


def timed(probe) -> tuple[float, Found]:
    start_s = CLOCK.monotonic_s()
    found = probe()
    return CLOCK.monotonic_s() - start_s, found


@pytest.mark.parametrize(("name", "probe"), PROBES, ids=[name for name, _ in PROBES])
def test_a_probe_is_quick_and_says_what_it_found(name: str, probe) -> None:
    probes = [timed(probe) for _ in range(3)]
    assert min(duration_s for duration_s, _ in probes) < LONGEST_PROBE_S
    system = name.split()[0]
    for _, found in probes:
        if isinstance(found, Absent):
            assert found.instrument
            assert (found.reason == REASONS[system]) == (sys.platform != system)
            continue
        assert sys.platform == system
        for source in found:
            assert not source.identity.is_verified
            assert isinstance(source.read(), PowerReading | Unavailable)
            source.close()


def test_graphics_memory_is_told_or_not() -> None:
    memory = PdhGpuMemory(load_pdh())
    assert isinstance(memory.read(os.getpid()), GpuProcessMemory | Unavailable)
    memory.close()
