"""Tells the power plan that the system runs on.

Sources, Linux: Documentation/ABI/testing/sysfs-platform_profile, Documentation/admin-guide/pm/
cpufreq.rst (governors) and intel_pstate.rst (energy_performance_preference) of the kernel.
"""

import sys
from collections.abc import Callable
from pathlib import Path

from large_enough.domain.quantity import Unavailable
from large_enough.domain.text import to_translate
from large_enough.measure.power.sysfs import ReadText, read_file, read_word
from large_enough.measure.power_plan_macos import low_power_mode
from large_enough.measure.power_plan_windows import windows_power_plan

NOT_TOLD = Unavailable(reason="the system tells no power plan")

_PROFILE = "sys/firmware/acpi/platform_profile"
_PROCESSOR = "sys/devices/system/cpu/cpu0/cpufreq"
_MOST_CHARACTERS = 60


def power_plan(
    system: str = sys.platform,
    root: Path = Path("/"),
    *,
    read_text: ReadText = read_file,
    ask_windows: Callable[[], str | Unavailable] = windows_power_plan,
    ask_macos: Callable[[], bool | Unavailable] = low_power_mode,
) -> str | Unavailable:
    """Return the power plan in words that stay the same for as long as the plan does.

    Args:
        system: As `sys.platform`.
        root: Folder that holds Linux' `sys`.
        read_text: Reads a file.
        ask_windows: Gives the name of Windows' plan.
        ask_macos: Whether macOS is in Low Power Mode.

    Returns:
        For example "balanced, governor powersave, balance_performance" (Linux), "Balanced, best
        performance" (Windows) or "Low Power Mode off" (macOS, which does not tell programs about
        its High Power Mode); or why it is not known.
    """
    if system == "win32":
        return ask_windows()
    if system == "darwin":
        return _in_words(ask_macos())
    return _linux_plan(root, read_text)


def _in_words(is_low_power: bool | Unavailable) -> str | Unavailable:
    if isinstance(is_low_power, Unavailable):
        return is_low_power
    return to_translate("Low Power Mode") if is_low_power else to_translate("Low Power Mode off")


def _linux_plan(root: Path, read_text: ReadText) -> str | Unavailable:
    """Join what the firmware, the frequency governor and the processor's own control are set to."""
    profile = _word(root / _PROFILE, read_text)
    governor = _word(root / _PROCESSOR / "scaling_governor", read_text)
    preference = _word(root / _PROCESSOR / "energy_performance_preference", read_text)
    parts = (profile, f"governor {governor}" if governor else "", preference)
    return ", ".join(part for part in parts if part) or NOT_TOLD


def _word(path: Path, read_text: ReadText) -> str:
    text = read_word(path, read_text) or ""
    return " ".join(text.split())[:_MOST_CHARACTERS]
