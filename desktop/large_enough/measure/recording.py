"""Writes down everything that the instruments of a machine answer to the probes and the recorder.

The names of calls are `read_text` (the path begins below the root), `list_tree`, those of NVIDIA's
library as they are, and those of `trace_devices`; `load_*` reply with None, or with the reason why
there is nothing of the kind.
"""

import dataclasses
import platform
from collections.abc import Callable, Mapping
from pathlib import Path

from large_enough.domain.quantity import Unavailable
from large_enough.measure.power.iokit import Drivers
from large_enough.measure.power.ioreport_library import EnergyCounters
from large_enough.measure.power.nvml_library import LibraryLoader, NvmlLibrary
from large_enough.measure.power.sysfs import ReadText
from large_enough.measure.power.trace import TraceRecorder
from large_enough.measure.power.trace_devices import (
    RecordedCounters,
    RecordedDevices,
    RecordedDrivers,
    recorded_loading,
    recorded_state,
)
from large_enough.measure.power.trace_tree import note_tree
from large_enough.measure.power.windows_devices import DeviceOpener
from large_enough.measure.probe_all import ProbeEnvironment

_USER_VARIABLES = ("USER", "LOGNAME", "USERNAME")
_OF_NOBODY = frozenset({"root", "localhost", "users", "home"})
"""Names that tell nothing about a person or a machine."""


def private_words(environ: Mapping[str, str], host_name: str | None = None) -> tuple[str, ...]:
    """Return what a recording must not hold: the names of this machine and of its user.

    Args:
        environ: The environment.
        host_name: None asks the system.
    """
    host = platform.node() if host_name is None else host_name
    users = [environ.get(name, "") for name in _USER_VARIABLES]
    words = {host, host.partition(".")[0], *users, Path(environ.get("HOME", "")).name}
    return tuple(sorted(word for word in words if word and word.lower() not in _OF_NOBODY))


def recorded_environment(
    environment: ProbeEnvironment, recorder: TraceRecorder
) -> ProbeEnvironment:
    """Return an environment that answers as this one does, and is written down."""
    note_tree(environment.root, recorder)
    return dataclasses.replace(
        environment,
        read_text=_reading(environment.root, environment.read_text, recorder),
        nvml_loader=_nvml(environment.nvml_loader, recorder),
        load_devices=_devices(environment.load_devices, recorder),
        load_system_state=_system_state(environment.load_system_state, recorder),
        load_drivers=_drivers(environment.load_drivers, recorder),
        load_energy_counters=_counters(environment.load_energy_counters, recorder),
    )


def _reading(root: Path, read_text: ReadText, recorder: TraceRecorder) -> ReadText:
    recorded = recorder.function("read_text", lambda path: read_text(root / path))

    def read(path: Path) -> str:
        return recorded(path.relative_to(root))

    return read


def _nvml(load: LibraryLoader, recorder: TraceRecorder) -> LibraryLoader:
    """Return a loader whose library is written down; it may be asked for it several times."""
    loaded: list[NvmlLibrary] = []

    def load_once() -> None:
        library = load()
        if not loaded:
            loaded.append(recorder.library(library, (library.NVMLError,)))

    note = recorder.function("load_nvml", load_once, (ImportError,))

    def load_recorded() -> NvmlLibrary:
        note()
        return loaded[0]

    return load_recorded


def _devices(
    load: Callable[[str], DeviceOpener | Unavailable], recorder: TraceRecorder
) -> Callable[[str], DeviceOpener | Unavailable]:
    def load_recorded(system: str) -> DeviceOpener | Unavailable:
        devices = recorded_loading("load_devices", load(system), recorder)
        return devices if isinstance(devices, Unavailable) else RecordedDevices(devices, recorder)

    return load_recorded


def _system_state(
    load: Callable[[str], Callable[[], bytes | Unavailable]], recorder: TraceRecorder
) -> Callable[[str], Callable[[], bytes | Unavailable]]:
    return lambda system: recorded_state(load(system), recorder)


def _drivers(
    load: Callable[[str], Drivers | Unavailable], recorder: TraceRecorder
) -> Callable[[str], Drivers | Unavailable]:
    def load_recorded(system: str) -> Drivers | Unavailable:
        drivers = recorded_loading("load_drivers", load(system), recorder)
        return drivers if isinstance(drivers, Unavailable) else RecordedDrivers(drivers, recorder)

    return load_recorded


def _counters(
    load: Callable[[str], EnergyCounters | Unavailable], recorder: TraceRecorder
) -> Callable[[str], EnergyCounters | Unavailable]:
    def load_recorded(system: str) -> EnergyCounters | Unavailable:
        counters = recorded_loading("load_energy_counters", load(system), recorder)
        if isinstance(counters, Unavailable):
            return counters
        return RecordedCounters(counters, recorder)

    return load_recorded
