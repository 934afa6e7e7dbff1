"""Describes the machine and the software a round runs on."""

import importlib
import os
import platform
import sys
from collections.abc import Callable
from pathlib import Path

import psutil

from large_enough.domain.quantity import Unavailable
from large_enough.domain.round import Machine
from large_enough.measure.cores import fast_core_ids
from large_enough.measure.load import SystemLoad
from large_enough.measure.revision import source_revision
from large_enough.measure.sysctl import system_text

__all__ = ["Machine", "SystemLoad", "describe_machine", "fast_core_ids"]

NOT_TOLD = Unavailable(reason="the system does not tell")
NO_BATTERY = Unavailable(reason="the system reports no battery")


def describe_machine(program_version: str) -> Machine:
    """Return everything about this machine that a record needs.

    Args:
        program_version: Of this program.
    """
    logical_count = os.cpu_count() or 1
    return Machine(
        operating_system=operating_system(),
        cpu_name=cpu_name(),
        physical_core_count=psutil.cpu_count(logical=False) or logical_count,
        logical_core_count=logical_count,
        usable_core_count=len(fast_core_ids()),
        memory_bytes=int(psutil.virtual_memory().total),
        on_battery=on_battery(),
        python_version=platform.python_version(),
        program_version=program_version,
        source_revision=source_revision(),
    )


def machine_name() -> str:
    """Return a name for this machine that stays the same: processor, memory and system."""
    cpu = cpu_name()
    known = platform.machine() if isinstance(cpu, Unavailable) else cpu
    gigabytes = round(psutil.virtual_memory().total / 1e9)
    return f"{known}, {gigabytes} GB, {platform.system()}"


def operating_system(
    system: str = sys.platform,
    *,
    os_release: Callable[[], dict[str, str]] = platform.freedesktop_os_release,
) -> str:
    """Return name, version and instruction set: "Linux 6.8.0 (Ubuntu 24.04 LTS), x86_64".

    Args:
        system: As `sys.platform`.
        os_release: Reads Linux' os-release file.
    """
    name = f"{platform.system()} {platform.release()}"
    edition = _edition(system, os_release)
    full_name = f"{name} ({edition})" if edition else name
    return f"{full_name}, {platform.machine()}"


def _edition(system: str, os_release: Callable[[], dict[str, str]]) -> str:
    if system == "darwin":
        return f"macOS {platform.mac_ver()[0]}"
    if system == "win32":
        return f"build {platform.version()}"
    try:
        return os_release().get("PRETTY_NAME", "")
    except OSError:
        return ""


def cpu_name(
    system: str = sys.platform,
    *,
    proc_root: Path = Path("/proc"),
    ask_macos: Callable[[str], str | None] = system_text,
) -> str | Unavailable:
    """Return the name of the processor as the system gives it.

    Args:
        system: As `sys.platform`.
        proc_root: Where Linux' procfs is mounted.
        ask_macos: Reads a named fact of macOS.
    """
    if system == "darwin":
        name = ask_macos("machdep.cpu.brand_string")
    elif system == "win32":
        name = _name_in_registry()
    else:
        name = _name_in_proc(proc_root)
    return " ".join(name.split()) if name and name.strip() else NOT_TOLD


def _name_in_proc(proc_root: Path) -> str | None:
    """Return "model name" (x86), else "Model" (ARM boards) of /proc/cpuinfo, else the board's."""
    facts: dict[str, str] = {}
    for line in _read(proc_root / "cpuinfo").splitlines():
        key, _colon, value = line.partition(":")
        facts.setdefault(key.strip(), value.strip())
    board = _read(proc_root / "device-tree" / "model").rstrip("\0")
    return facts.get("model name") or facts.get("Model") or board or None


def _name_in_registry() -> str | None:
    try:
        winreg = importlib.import_module("winreg")
    except ImportError:
        return None
    path = r"HARDWARE\DESCRIPTION\System\CentralProcessor\0"
    try:
        with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, path) as key:
            return str(winreg.QueryValueEx(key, "ProcessorNameString")[0])
    except OSError:
        return None


def on_battery(read_battery: Callable[[], object] | None = None) -> bool | Unavailable:
    """Return whether the machine runs on its battery.

    Args:
        read_battery: Gives something with `power_plugged`, or None; None takes psutil's.
    """
    battery = battery_now(read_battery)
    if isinstance(battery, Unavailable):
        return battery
    is_plugged = getattr(battery, "power_plugged", None)
    return NOT_TOLD if is_plugged is None else not is_plugged


def battery_now(read_battery: Callable[[], object] | None = None) -> object | Unavailable:
    """Return what psutil tells of the battery, or why it tells nothing.

    Args:
        read_battery: Gives psutil's record, or None; None takes psutil's own reader.
    """
    read = read_battery or getattr(psutil, "sensors_battery", None)
    if read is None:
        return NOT_TOLD
    try:
        battery = read()
    except (OSError, RuntimeError, ValueError):  # odd entries under /sys/class/power_supply
        return NOT_TOLD
    return NO_BATTERY if battery is None else battery


def _read(path: Path) -> str:
    try:
        return path.read_text(errors="replace")
    except OSError:
        return ""
