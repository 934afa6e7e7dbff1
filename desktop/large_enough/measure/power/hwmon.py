"""Reads the power of AMD and Intel graphics through Linux hwmon.

Sources: Documentation/gpu/amdgpu/thermal.rst and drivers/gpu/drm/amd/pm/amdgpu_pm.c (`power1_*` in
microwatts: "On APUs this includes the CPU"; `in1_*` exists on APUs only, `freq2_*` on cards),
Documentation/ABI/testing/sysfs-driver-intel-i915-hwmon and -xe-hwmon (`energy1_input` of the card,
`energy2_input` of its package, in microjoules, discrete graphics only; "i915_gtN" is a part of
"i915").
"""

from collections.abc import Callable
from pathlib import Path

from large_enough.domain.clock import Clock
from large_enough.domain.power import Absent, Scope, SourceIdentity, SourceKind
from large_enough.domain.quantity import Unavailable
from large_enough.domain.text import to_translate
from large_enough.measure.power.hwmon_source import ASLEEP, NOT_IN_USE, HwmonSource, always
from large_enough.measure.power.pci import slot_of
from large_enough.measure.power.source import Found
from large_enough.measure.power.sysfs import ReadText, read_file, read_word, subfolders

AMD_INSTRUMENT = to_translate("Power sensor of AMD graphics (Linux hwmon)")
INTEL_INSTRUMENT = to_translate("Energy counter of an Intel graphics card (Linux hwmon)")

_AMD_AVERAGING_S = 1.0  # of the card's firmware, behind power1_average
_INTEL_STEP_J = 2.0**-14  # scl_shift_energy in xe_hwmon.c


def find_amdgpu(
    root: Path,
    clock: Clock,
    read_text: ReadText = read_file,
    *,
    is_gpu_in_use: Callable[[], bool] = always,
) -> Found:
    """Look for the power sensor of AMD graphics.

    Args:
        root: Folder that holds `sys`.
        clock: For the times of readings.
        read_text: Reads a file.
        is_gpu_in_use: Whether a model runs on a graphics card; else no card is read, because
            reading keeps an idle one awake. Chips with CPU and graphics are always read.

    Returns:
        One source for each device, or why there is none. A sleeping card has one too.
    """
    folders = _hwmon_folders(root, {"amdgpu"}, read_text)
    if not folders:
        return _no_amd(to_translate("no AMD graphics with a power sensor"))
    refused = Unavailable(reason="the driver of AMD graphics tells no power")
    sources: list[HwmonSource] = []
    for folder in folders:
        source = _amd_source(folder, clock, read_text, is_gpu_in_use)
        if isinstance(source, Unavailable):
            refused = source
        else:
            sources.append(source)
    return tuple(sources) if sources else _no_amd(refused.reason)


def find_intel_gpu(
    root: Path,
    clock: Clock,
    read_text: ReadText = read_file,
    *,
    is_gpu_in_use: Callable[[], bool] = always,
) -> Found:
    """Look for the energy counter of an Intel graphics card.

    Args:
        root: Folder that holds `sys`.
        clock: For the times of readings.
        read_text: Reads a file.
        is_gpu_in_use: Whether a model runs on a graphics card; else none is read.

    Returns:
        One source for each card, or why there is none.
    """
    sources = [
        HwmonSource(_intel_identity(file, read_text), file, clock, read_text, is_gpu_in_use)
        for folder in _hwmon_folders(root, {"i915", "xe"}, read_text)
        if (file := _first_file(folder, "energy1_input", "energy2_input"))
    ]
    if sources:
        return tuple(sources)
    drivers = root / "sys" / "bus" / "pci" / "drivers"
    is_intel = any((drivers / name).is_dir() for name in ("i915", "xe"))
    return Absent(
        instrument=INTEL_INSTRUMENT,
        scope=Scope.GPU_BOARD,
        reason=to_translate(
            "Intel graphics inside the processor have no counter of their own: their energy is "
            "part of the processor package"
        )
        if is_intel
        else to_translate("no Intel graphics card"),
    )


def _hwmon_folders(root: Path, names: set[str], read_text: ReadText) -> list[Path]:
    folders = subfolders(root / "sys" / "class" / "hwmon")
    return [folder for folder in folders if read_word(folder / "name", read_text) in names]


def _first_file(folder: Path, *names: str) -> Path | None:
    return next((folder / name for name in names if (folder / name).exists()), None)


def _amd_source(
    folder: Path, clock: Clock, read_text: ReadText, is_gpu_in_use: Callable[[], bool]
) -> HwmonSource | Unavailable:
    """Return the first of the device's two numbers that makes sense, or what is wrong with them.

    Of a device that sleeps or is not in use the first that exists is taken unseen.
    """
    refused = Unavailable(reason="the driver of AMD graphics tells no power")
    is_card = _is_card(folder)
    for name in ("power1_average", "power1_input"):
        file = _first_file(folder, name)
        if file is None:
            continue
        identity = _amd_identity(file, read_text, is_card=is_card)
        is_in_use = is_gpu_in_use if is_card else always
        source = HwmonSource(identity, file, clock, read_text, is_in_use)
        outcome = source.read()
        if not isinstance(outcome, Unavailable) or outcome in (ASLEEP, NOT_IN_USE):
            return source
        refused = outcome
    return refused


def _is_card(folder: Path) -> bool:
    """Tell a card from a chip that holds CPU and graphics; when in doubt it is a chip.

    The voltage of the north bridge (`in1`) is shown for such chips only, the clock of the memory
    (`freq2`) for cards only (hwmon_attributes_visible in amdgpu_pm.c).
    """
    if _first_file(folder, "in1_input", "in1_label"):
        return False
    return _first_file(folder, "freq2_input", "freq2_label") is not None


def _device_key(file: Path, read_text: ReadText) -> str:
    return slot_of(file.parent / "device", read_text) or file.parent.name


def _amd_identity(file: Path, read_text: ReadText, *, is_card: bool) -> SourceIdentity:
    return SourceIdentity(
        key=f"amdgpu:{_device_key(file, read_text)}",
        instrument=AMD_INSTRUMENT,
        scope=Scope.GPU_BOARD if is_card else Scope.SOC,
        kind=SourceKind.POWER,
        gain_uncertainty=0.10,
        resolution=0.001,
        nominal_period_s=1.0 if file.name == "power1_average" else 0.1,
        averaging_s=_AMD_AVERAGING_S if file.name == "power1_average" else 0.0,
        needs=to_translate("Linux with the amdgpu driver"),
    )


def _intel_identity(file: Path, read_text: ReadText) -> SourceIdentity:
    is_card = file.name == "energy1_input"
    return SourceIdentity(
        key=f"intel-gpu:{_device_key(file, read_text)}",
        instrument=INTEL_INSTRUMENT
        if is_card
        else to_translate(
            "Energy counter of an Intel graphics chip, without the rest of its card (Linux hwmon)"
        ),
        scope=Scope.GPU_BOARD if is_card else Scope.GPU,
        kind=SourceKind.COUNTER,
        gain_uncertainty=0.05,
        resolution=_INTEL_STEP_J,
        nominal_period_s=0.1,
        needs=to_translate("Linux 6.2 or newer with the i915 or xe driver"),
    )


def _no_amd(reason: str) -> Absent:
    return Absent(instrument=AMD_INSTRUMENT, scope=Scope.SOC, reason=reason)
