import sys
from pathlib import Path

import pytest
from tests.helpers.fake_clock import FakeClock

from large_enough.domain.clock import SystemClock
from large_enough.domain.power import Absent, Scope
from large_enough.domain.quantity import NumberQuality
from large_enough.measure.power.source import Found
from large_enough.measure.probe_all import ProbeEnvironment, probe_instruments, probe_process

LINUX, WINDOWS, MACOS = "linux", "win32", "darwin"
SYSTEMS = [name for name in (LINUX, WINDOWS, MACOS) if name == LINUX or name != sys.platform]
"""Linux in a folder of the test's own, and those whose libraries are not here."""
GPU = "an NVIDIA card needs a driver, and no driver is here"


def no_library():
    raise ImportError(GPU)


def environment(root: Path, **changes) -> ProbeEnvironment:
    settings = {
        "clock": FakeClock(),
        "is_gpu_in_use": lambda: True,
        "root": root,
        "nvml_loader": no_library,
        "read_busy_s": lambda: (1.0,),
        "physical_core_count": 4,
        **changes,
    }
    return ProbeEnvironment(**settings)


def sources(found: tuple[Found, ...]) -> list[str]:
    return [
        source.identity.key for part in found if not isinstance(part, Absent) for source in part
    ]


@pytest.mark.parametrize("system", SYSTEMS)
def test_a_machine_without_instruments_has_a_reason_for_each(tmp_path, system) -> None:
    found = probe_instruments(environment(tmp_path, system=system))
    assert len(found) >= 4
    for part in found:
        assert isinstance(part, Absent)
        assert part.instrument
        assert part.reason


@pytest.mark.parametrize("system", SYSTEMS)
def test_the_order_of_each_system(tmp_path, system) -> None:
    found = probe_instruments(environment(tmp_path, system=system))
    scopes = tuple(part.scope for part in found if isinstance(part, Absent))
    card, package, whole = Scope.GPU_BOARD, Scope.CPU_PACKAGE, Scope.WHOLE_MACHINE
    assert (
        scopes
        == {
            LINUX: (card, package, Scope.SOC, card, whole, package),
            WINDOWS: (card, package, whole, package),
            MACOS: (whole, Scope.SOC, whole, package),
        }[system]
    )


def make_counters(root: Path) -> None:
    """Make a processor with a counter and a power limit, and a chip sensor beside it."""
    zone = root / "sys/class/powercap/intel-rapl:0"
    zone.mkdir(parents=True)
    values = {
        "name": "package-0",
        "energy_uj": "1000000",
        "max_energy_range_uj": "65532610987",
        "constraint_0_power_limit_uw": "20000000",
    }
    for name, value in values.items():
        (zone / name).write_text(value + "\n")


def test_sources_come_in_the_order_of_preference(tmp_path) -> None:
    make_counters(tmp_path)
    found = probe_instruments(environment(tmp_path, system=LINUX, is_estimate_wanted=True))
    assert sources(found) == ["rapl:package-0", "estimate"]
    estimate = found[-1]
    assert not isinstance(estimate, Absent)
    assert estimate[0].identity.quality is NumberQuality.ESTIMATED


def test_estimates_stay_off_unasked(tmp_path) -> None:
    make_counters(tmp_path)
    assert sources(probe_instruments(environment(tmp_path, system=LINUX))) == ["rapl:package-0"]


@pytest.mark.parametrize("system", SYSTEMS)
def test_no_energy_of_processes_is_told_here(tmp_path, system) -> None:
    found = probe_process(1, environment(tmp_path, system=system))
    assert isinstance(found, Absent)
    assert found.reason


def test_probing_this_machine_raises_nothing() -> None:
    """With the real system, whatever it is; all that is asserted holds everywhere."""
    found = probe_instruments(ProbeEnvironment(clock=SystemClock(), is_gpu_in_use=lambda: False))
    assert len(found) >= 4
    for part in found:
        if isinstance(part, Absent):
            assert part.reason
        else:
            for source in part:
                assert source.identity.key
                source.close()
