"""Asks for all power instruments of this operating system, in the order of preference.

For each part of the machine (processor, graphics, whole machine) the first instrument that proves
sane is shown (`choosing`); the order between parts means nothing.

* Linux: NVIDIA card; processor counters; AMD graphics (a card of its own, or a chip with CPU and
  graphics where the counters may not be read); Intel card; battery; estimate.
* Windows: NVIDIA card; Energy Meter Interface; battery; estimate.
* macOS: sensor of the whole Mac; energy counters of the chip; battery registry; estimate.
"""

import platform
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import psutil

from large_enough.domain.calibration import Calibration
from large_enough.domain.clock import Clock
from large_enough.domain.quantity import Unavailable
from large_enough.measure.load import processor_times
from large_enough.measure.power.emi import find_emi
from large_enough.measure.power.estimate import find_estimate
from large_enough.measure.power.hwmon import find_amdgpu, find_intel_gpu
from large_enough.measure.power.iokit import Drivers, load_iokit
from large_enough.measure.power.ioreport import find_ioreport
from large_enough.measure.power.ioreport_library import EnergyCounters, load_energy_counters
from large_enough.measure.power.linbattery import find_linux_battery
from large_enough.measure.power.macbattery import find_mac_battery
from large_enough.measure.power.nvml import find_nvml
from large_enough.measure.power.nvml_library import LibraryLoader, load_nvml
from large_enough.measure.power.rapl import find_rapl
from large_enough.measure.power.rusage import find_process_energy, load_process_energy
from large_enough.measure.power.smc import find_smc
from large_enough.measure.power.source import Found
from large_enough.measure.power.sysfs import ReadText, read_file
from large_enough.measure.power.winbattery import find_windows_battery, load_system_state
from large_enough.measure.power.windows_devices import (
    DeviceOpener,
    load_windows_devices,
    windows_build,
)


def _processor_time_s() -> tuple[float, ...]:
    return (processor_times().busy_s,)


@dataclass(frozen=True, kw_only=True)
class ProbeEnvironment:
    """Everything that the probes touch."""

    clock: Clock
    is_gpu_in_use: Callable[[], bool]
    """Whether a model runs on a graphics card; else none is asked, because that would wake it."""
    is_estimate_wanted: bool = False
    """Whether the user switched estimates on."""
    calibration: Calibration | None = None
    """Of this machine with its battery, for the estimate."""
    system: str = sys.platform
    """As `sys.platform`."""
    machine: str = platform.machine()
    """As `platform.machine()`."""
    root: Path = Path("/")
    """Folder that holds `sys` and `proc`."""
    read_text: ReadText = read_file
    """Reads a file of the kernel (Linux)."""
    nvml_loader: LibraryLoader = load_nvml
    load_devices: Callable[[str], DeviceOpener | Unavailable] = load_windows_devices
    """Gives the devices of Windows; like the following, it is told the system."""
    load_system_state: Callable[[str], Callable[[], bytes | Unavailable]] = load_system_state
    """Gives what asks Windows for the state of all batteries together."""
    load_drivers: Callable[[str], Drivers | Unavailable] = load_iokit
    """Gives the drivers of macOS."""
    load_energy_counters: Callable[[str], EnergyCounters | Unavailable] = load_energy_counters
    """Gives the energy counters of an Apple chip."""
    read_busy_s: Callable[[], tuple[float, ...]] = _processor_time_s
    """Processor time in use since the machine was started."""
    physical_core_count: int | None = None
    """None asks the system."""


def probe_instruments(environment: ProbeEnvironment) -> tuple[Found, ...]:
    """Return what each instrument's probe found; sources are to be closed by the caller.

    Nothing is raised, asked of the user or started; each probe takes at most 200 ms.
    """
    if environment.system == "win32":
        found = _probe_windows(environment)
    elif environment.system == "darwin":
        found = _probe_macos(environment)
    else:
        found = _probe_linux(environment)
    return (*found, _probe_estimate(environment))


def probe_process(process_id: int, environment: ProbeEnvironment) -> Found:
    """Look whether the kernel accounts energy to a worker, to divide what was measured.

    Args:
        process_id: Of the worker.
        environment: Of the probes.
    """
    library = load_process_energy(environment.system)
    return find_process_energy(library, process_id, environment.clock)


def _probe_linux(environment: ProbeEnvironment) -> tuple[Found, ...]:
    root, clock, read_text = environment.root, environment.clock, environment.read_text
    is_gpu_in_use = environment.is_gpu_in_use
    return (
        _probe_nvidia(environment),
        find_rapl(root, clock, read_text),
        find_amdgpu(root, clock, read_text, is_gpu_in_use=is_gpu_in_use),
        find_intel_gpu(root, clock, read_text, is_gpu_in_use=is_gpu_in_use),
        find_linux_battery(root, clock, read_text),
    )


def _probe_windows(environment: ProbeEnvironment) -> tuple[Found, ...]:
    devices = environment.load_devices(environment.system)
    ask_system = environment.load_system_state(environment.system)
    return (
        _probe_nvidia(environment),
        find_emi(devices, environment.clock, windows_build()),
        find_windows_battery(devices, ask_system, environment.clock),
    )


def _probe_macos(environment: ProbeEnvironment) -> tuple[Found, ...]:
    clock = environment.clock
    drivers = environment.load_drivers(environment.system)
    counters = environment.load_energy_counters(environment.system)
    return (
        find_smc(drivers, clock, is_intel=environment.machine == "x86_64"),
        find_ioreport(counters, clock),
        find_mac_battery(drivers, clock),
    )


def _probe_nvidia(environment: ProbeEnvironment) -> Found:
    return find_nvml(
        environment.nvml_loader,
        environment.root,
        environment.clock,
        environment.is_gpu_in_use,
        environment.read_text,
    )


def _probe_estimate(environment: ProbeEnvironment) -> Found:
    core_count = environment.physical_core_count or psutil.cpu_count(logical=False) or 1
    return find_estimate(
        environment.root,
        environment.clock,
        environment.read_busy_s,
        core_count,
        is_wanted=environment.is_estimate_wanted,
        calibration=environment.calibration,
        read_text=environment.read_text,
    )
