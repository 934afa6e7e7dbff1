"""Probes of Linux instruments on the machine that runs the tests, whatever it is."""

from pathlib import Path

import pytest

from large_enough.domain.clock import SystemClock
from large_enough.domain.power import Absent, PowerReading
from large_enough.domain.quantity import Unavailable
from large_enough.measure.power.hwmon import find_amdgpu, find_intel_gpu
from large_enough.measure.power.linbattery import find_linux_battery
from large_enough.measure.power.nvml import find_nvml
from large_enough.measure.power.nvml_library import load_nvml
from large_enough.measure.power.rapl import find_rapl
from large_enough.measure.power.source import Found

CLOCK = SystemClock()
ROOT = Path("/")
LONGEST_PROBE_S = 0.2
PROBES = {
    "rapl": lambda: find_rapl(ROOT, CLOCK),
    "amdgpu": lambda: find_amdgpu(ROOT, CLOCK),
    "intel": lambda: find_intel_gpu(ROOT, CLOCK),
    "battery": lambda: find_linux_battery(ROOT, CLOCK),
    "nvml": lambda: find_nvml(load_nvml, ROOT, CLOCK, lambda: False),
}


def timed(name: str) -> tuple[float, Found]:
    start_s = CLOCK.monotonic_s()
    found = PROBES[name]()
    return CLOCK.monotonic_s() - start_s, found


@pytest.mark.parametrize("name", PROBES)
def test_a_probe_is_quick_and_says_what_it_found(name: str) -> None:
    probes = [timed(name) for _ in range(3)]
    assert min(duration_s for duration_s, _ in probes) < LONGEST_PROBE_S
    for _, found in probes:
        if isinstance(found, Absent):
            assert found.reason
            assert found.instrument
            continue
        assert found
        for source in found:
            assert not source.identity.is_verified
            assert isinstance(source.read(), PowerReading | Unavailable)
            source.close()
