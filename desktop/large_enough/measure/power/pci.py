"""Tells which devices on the PCI bus sleep, without waking them.

Sources: Documentation/ABI/testing/sysfs-devices-power and sysfs-bus-pci, Documentation/power/
runtime_pm.rst of the kernel. `vendor`, `class`, `uevent` and `power/runtime_status` are kept by
the kernel, so reading them does not touch the device; `power1_average` and the like do wake it
(nvtop#211: 8 W more), and so does a handle of NVIDIA's library.
"""

from pathlib import Path

from large_enough.measure.power.sysfs import ReadText, read_word, subfolders

_NVIDIA = "0x10de"
_DISPLAY_CLASS = "0x03"  # display controllers: 0x0300 with a screen, 0x0302 without
_MAY_BE_READ = frozenset({"active", "unsupported"})
_SLOT = "PCI_SLOT_NAME="


def is_awake(device: Path, read_text: ReadText) -> bool:
    """Tell whether the device may be read without waking it.

    Args:
        device: Its folder. Without a `runtime_status` it never sleeps.
        read_text: Reads a file.
    """
    status = read_word(device / "power" / "runtime_status", read_text)
    return status is None or status in _MAY_BE_READ


def slot_of(device: Path, read_text: ReadText) -> str | None:
    """Return the address of the device on the bus ("0000:03:00.0"); None if it has none."""
    for line in (read_word(device / "uevent", read_text) or "").splitlines():
        if line.startswith(_SLOT):
            return line.removeprefix(_SLOT).strip() or None
    return None


def nvidia_cards(root: Path, read_text: ReadText) -> tuple[Path, ...] | None:
    """Return the folders of NVIDIA's graphics devices, each named as its address.

    Returns:
        None where the bus cannot tell: on other systems, and in WSL, whose card is not on it.
    """
    bus = root / "sys" / "bus" / "pci" / "devices"
    if not bus.is_dir() or (root / "dev" / "dxg").exists():
        return None
    return tuple(device for device in subfolders(bus) if _is_nvidia_card(device, read_text))


def _is_nvidia_card(device: Path, read_text: ReadText) -> bool:
    kind = read_word(device / "class", read_text) or ""
    return kind.startswith(_DISPLAY_CLASS) and read_word(device / "vendor", read_text) == _NVIDIA
