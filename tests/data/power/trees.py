"""Builders of fake folders of the Linux kernel; none of them was recorded on hardware."""

from collections.abc import Callable
from pathlib import Path

from large_enough.measure.power.sysfs import read_file

INTEL_RANGE_UJ = 262_143_328_850
AMD_RANGE_UJ = 65_532_610_987


class Reader:
    """Reads files, counts the reads, refuses some and makes up others."""

    def __init__(self) -> None:
        self.reads: list[Path] = []
        self._errors: dict[str, OSError] = {}
        self._values: dict[Path, Callable[[], object]] = {}

    def fail(self, name: str, error: OSError) -> None:
        """Let every file fail whose path ends like this."""
        self._errors[name] = error

    def answer(self, path: Path, value: Callable[[], object]) -> None:
        """Let a file hold what a function returns."""
        self._values[path] = value

    def __call__(self, path: Path) -> str:
        self.reads.append(path)
        for name, error in self._errors.items():
            if path.as_posix().endswith(name):
                raise error
        if path in self._values:
            return str(self._values[path]())
        return read_file(path)

    def names_read(self) -> set[str]:
        return {path.name for path in self.reads}


def write(folder: Path, **files: object) -> Path:
    """Write one file for each keyword; double underscores are folders."""
    for name, content in files.items():
        path = folder.joinpath(*name.split("__"))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{content}\n")
    return folder


def add_processor(root: Path, vendor: str | None = "GenuineIntel", flags: str = "fpu sse2") -> None:
    lines = ["processor\t: 0", f"flags\t\t: {flags}"]
    if vendor is not None:
        lines.insert(1, f"vendor_id\t: {vendor}")
    block = "\n".join(lines)
    write(root / "proc", cpuinfo=f"{block}\n\n{block}\n")


def add_zone(
    root: Path,
    folder: str,
    name: str,
    energy_uj: int,
    range_uj: int | None = INTEL_RANGE_UJ,
) -> Path:
    zone = root / "sys" / "class" / "powercap" / folder
    write(zone, name=name, energy_uj=energy_uj, enabled=1)
    (zone / "energy_uj").chmod(0o400)
    if range_uj is not None:
        write(zone, max_energy_range_uj=range_uj)
    return zone


def add_intel_laptop(root: Path) -> None:
    """The same package behind MSRs and MMIO, its parts, memory, and the platform."""
    add_processor(root)
    powercap = root / "sys" / "class" / "powercap"
    for folder in ("intel-rapl", "intel-rapl-mmio", "dtpm"):
        write(powercap / folder, enabled=1)
    add_zone(root, "intel-rapl:0", "package-0", 5_000_000_000)
    add_zone(root, "intel-rapl:0:0", "core", 3_000_000_000)
    add_zone(root, "intel-rapl:0:1", "uncore", 1_000_000_000)
    add_zone(root, "intel-rapl:0:2", "dram", 700_000_000)
    add_zone(root, "intel-rapl:1", "psys", 9_000_000_000)
    add_zone(root, "intel-rapl-mmio:0", "package-0", 5_000_000_061)


def add_hwmon(
    root: Path, number: int, name: str, slot: str, status: str | None = "active", **files: object
) -> Path:
    folder = root / "sys" / "class" / "hwmon" / f"hwmon{number}"
    write(folder, name=name, device__uevent=f"DRIVER={name}\nPCI_SLOT_NAME={slot}", **files)
    if status is not None:
        write(folder, device__power__runtime_status=status)
    return folder


def add_apu(root: Path, number: int = 1, **files: object) -> Path:
    return add_hwmon(
        root, number, "amdgpu", "0000:63:00.0", in0_input=900, in1_input=750, freq1_input=1, **files
    )


def add_amd_card(
    root: Path, number: int = 2, status: str | None = "active", **files: object
) -> Path:
    return add_hwmon(
        root, number, "amdgpu", "0000:03:00.0", status, freq1_input=1, freq2_input=1, **files
    )


def add_supply(root: Path, name: str, **files: object) -> Path:
    return write(root / "sys" / "class" / "power_supply" / name, **files)


def add_battery(root: Path, name: str = "BAT0", **files: object) -> Path:
    shown: dict[str, object] = {"type": "Battery", "present": 1, "status": "Discharging"}
    return add_supply(root, name, **(shown | files))


def add_pci(
    root: Path,
    slot: str,
    vendor: str = "0x10de",
    kind: str = "0x030000",
    status: str | None = "active",
) -> Path:
    device = root / "sys" / "bus" / "pci" / "devices" / slot
    write(device, **{"vendor": vendor, "class": kind})
    if status is not None:
        write(device, power__runtime_status=status)
    return device
