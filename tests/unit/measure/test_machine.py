from pathlib import Path
from types import SimpleNamespace

import pytest

from large_enough.domain.quantity import Unavailable
from large_enough.measure.machine import (
    NO_BATTERY,
    NOT_TOLD,
    cpu_name,
    describe_machine,
    on_battery,
    operating_system,
)


def test_this_machine() -> None:
    machine = describe_machine("1.2.3")
    assert machine.program_version == "1.2.3"
    assert 1 <= machine.usable_core_count <= machine.logical_core_count
    assert 1 <= machine.physical_core_count <= machine.logical_core_count
    assert machine.memory_bytes > 10**8
    assert machine.operating_system
    assert machine.python_version.startswith("3.")


def test_the_edition_of_linux() -> None:
    name = operating_system("linux", os_release=lambda: {"PRETTY_NAME": "Ubuntu 24.04 LTS"})
    assert "(Ubuntu 24.04 LTS), " in name


def test_linux_without_an_edition() -> None:
    def missing() -> dict[str, str]:
        raise FileNotFoundError

    assert "(" not in operating_system("linux", os_release=missing)
    assert "(" not in operating_system("linux", os_release=dict)


def test_the_edition_of_others() -> None:
    assert "(macOS " in operating_system("darwin")
    assert "(build " in operating_system("win32")


@pytest.mark.parametrize(
    ("cpuinfo", "name"),
    [
        ("processor\t: 0\nmodel name\t: AMD  Ryzen 7\n\nmodel name\t: other\n", "AMD Ryzen 7"),
        ("processor\t: 0\nModel\t\t: Raspberry Pi 5\n", "Raspberry Pi 5"),
        ("nonsense", "Board"),
    ],
)
def test_the_processor_on_linux(tmp_path: Path, cpuinfo: str, name: str) -> None:
    (tmp_path / "cpuinfo").write_text(cpuinfo)
    (tmp_path / "device-tree").mkdir()
    (tmp_path / "device-tree" / "model").write_text("Board\0")
    assert cpu_name("linux", proc_root=tmp_path) == name


def test_an_unknown_processor(tmp_path: Path) -> None:
    assert cpu_name("linux", proc_root=tmp_path) == NOT_TOLD
    assert cpu_name("darwin", ask_macos=lambda _name: None) == NOT_TOLD


def test_the_processor_on_macos() -> None:
    facts = {"machdep.cpu.brand_string": "Apple M3 Pro"}
    assert cpu_name("darwin", ask_macos=facts.get) == "Apple M3 Pro"


def test_the_processor_on_windows_is_read_from_the_registry() -> None:
    assert isinstance(cpu_name("win32"), str | Unavailable)


@pytest.mark.parametrize(
    ("battery", "answer"),
    [
        (SimpleNamespace(power_plugged=True), False),
        (SimpleNamespace(power_plugged=False), True),
        (SimpleNamespace(power_plugged=None), NOT_TOLD),
        (None, NO_BATTERY),
    ],
)
def test_battery(battery: object, answer: object) -> None:
    assert on_battery(lambda: battery) == answer


def test_battery_that_cannot_be_read() -> None:
    def broken() -> object:
        raise OSError

    assert on_battery(broken) == NOT_TOLD
    assert isinstance(on_battery(), bool | Unavailable)
