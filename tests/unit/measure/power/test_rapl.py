import errno
import itertools
import os
import shlex
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.data.power.trees import (
    AMD_RANGE_UJ,
    Reader,
    add_intel_laptop,
    add_processor,
    add_zone,
    write,
)
from tests.helpers.fake_clock import FakeClock

from large_enough.domain.power import Absent, PowerReading, Scope, SourceKind
from large_enough.domain.quantity import Unavailable
from large_enough.measure.power.rapl import AMD_RANGE_J, INTEL_RANGE_J, RaplSource, find_rapl
from large_enough.measure.power.rapl_absence import (
    LOAD_DRIVER,
    UDEV_RULE,
    UDEV_RULE_FILE,
    UNLOCK,
    UNLOCK_COST,
)

DENIED = PermissionError(errno.EACCES, "Permission denied")


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def reader() -> Reader:
    return Reader()


def sources(root: Path, clock: FakeClock, reader: Reader) -> dict[str, RaplSource]:
    found = find_rapl(root, clock, reader)
    assert not isinstance(found, Absent), found
    return {source.identity.key: source for source in found}


def absence(root: Path, clock: FakeClock, reader: Reader) -> Absent:
    found = find_rapl(root, clock, reader)
    assert isinstance(found, Absent)
    assert found.reason
    return found


def test_two_interfaces_to_one_package_count_once(
    tmp_path: Path, clock: FakeClock, reader: Reader
) -> None:
    add_intel_laptop(tmp_path)
    found = sources(tmp_path, clock, reader)
    assert set(found) == {"rapl:package-0", "rapl:package-0/dram"}
    assert found["rapl:package-0"].read() == PowerReading(clock.monotonic_ns(), 5_000.0)
    assert found["rapl:package-0/dram"].read() == PowerReading(clock.monotonic_ns(), 700.0)


def test_what_an_intel_counter_says_of_itself(
    tmp_path: Path, clock: FakeClock, reader: Reader
) -> None:
    add_intel_laptop(tmp_path)
    found = sources(tmp_path, clock, reader)
    package = found["rapl:package-0"].identity
    assert (package.scope, package.kind) == (Scope.CPU_PACKAGE, SourceKind.COUNTER)
    assert package.wrap_j == pytest.approx(262_143.32885)
    assert package.resolution == pytest.approx(61.035e-6, rel=1e-4)
    assert package.gain_uncertainty == 0.05
    assert not package.is_vendor_model
    assert not package.is_verified
    assert found["rapl:package-0/dram"].identity.scope is Scope.MEMORY


def test_the_platform_alone_is_no_package(tmp_path: Path, clock: FakeClock, reader: Reader) -> None:
    add_processor(tmp_path)
    add_zone(tmp_path, "intel-rapl:0", "psys", 9)
    assert absence(tmp_path, clock, reader).unlock == LOAD_DRIVER


def test_a_closed_counter_says_how_to_open_it(
    tmp_path: Path, clock: FakeClock, reader: Reader
) -> None:
    add_intel_laptop(tmp_path)
    reader.fail("energy_uj", DENIED)
    absent = absence(tmp_path, clock, reader)
    assert absent.reason == "only administrators may read the processor's energy counter"
    assert absent.unlock == UNLOCK
    assert absent.scope is Scope.CPU_PACKAGE


def test_the_unlocking_line_writes_the_rule_and_makes_it_work() -> None:
    assert UDEV_RULE == (
        'SUBSYSTEM=="powercap", ACTION=="add|change", KERNEL=="intel-rapl*", '
        'RUN+="/bin/chgrp users /sys%p/energy_uj", RUN+="/bin/chmod g+r /sys%p/energy_uj"'
    )
    words = shlex.split(UNLOCK)
    assert words[:6] == ["echo", UDEV_RULE, "|", "sudo", "tee", UDEV_RULE_FILE]
    assert UNLOCK.endswith(
        "&& sudo udevadm control --reload && sudo udevadm trigger -s powercap "
        '&& sudo usermod -aG users "$USER"'
    )
    assert "\n" not in UNLOCK


def test_the_unlocking_line_works_in_a_shell(tmp_path: Path) -> None:
    """With a `sudo` that writes down what it is asked to do, and does nothing but read."""
    sudo = tmp_path / "sudo"
    sudo.write_text('#!/bin/sh\necho "$*" >> calls\ntest "$1" != tee || cat > rule\n')
    sudo.chmod(0o755)
    environ = {"PATH": f"{tmp_path}:{os.environ['PATH']}", "USER": "tux"}
    subprocess.run(["/bin/sh", "-c", UNLOCK], cwd=tmp_path, env=environ, check=True)
    assert (tmp_path / "rule").read_text() == UDEV_RULE + "\n"
    assert (tmp_path / "calls").read_text().splitlines() == [
        f"tee {UDEV_RULE_FILE}",
        "udevadm control --reload",
        "udevadm trigger -s powercap",
        "usermod -aG users tux",
    ]
    assert "PLATYPUS" in UNLOCK_COST
    assert "users" in UNLOCK_COST


def test_a_counter_that_is_open_to_another_group(
    tmp_path: Path, clock: FakeClock, reader: Reader
) -> None:
    add_processor(tmp_path)
    counter = add_zone(tmp_path, "intel-rapl:0", "package-0", 7) / "energy_uj"
    counter.chmod(0o440)
    reader.fail("energy_uj", DENIED)
    absent = absence(tmp_path, clock, reader)
    assert counter.group() in absent.reason
    assert absent.unlock == f'sudo usermod -aG {counter.group()} "$USER"'


def test_the_second_interface_serves_where_the_first_is_closed(
    tmp_path: Path, clock: FakeClock, reader: Reader
) -> None:
    add_intel_laptop(tmp_path)
    reader.fail("intel-rapl:0/energy_uj", DENIED)
    outcome = sources(tmp_path, clock, reader)["rapl:package-0"].read()
    assert outcome == PowerReading(clock.monotonic_ns(), 5_000.000061)


def test_memory_alone_is_not_enough(tmp_path: Path, clock: FakeClock, reader: Reader) -> None:
    add_intel_laptop(tmp_path)
    reader.fail("intel-rapl:0/energy_uj", DENIED)
    reader.fail("intel-rapl-mmio:0/energy_uj", DENIED)
    assert absence(tmp_path, clock, reader).unlock == UNLOCK


@pytest.mark.parametrize(
    ("vendor", "range_j"),
    [
        ("GenuineIntel", INTEL_RANGE_J),
        ("AuthenticAMD", AMD_RANGE_J),
        ("HygonGenuine", AMD_RANGE_J),
    ],
)
def test_a_range_that_may_not_be_read(
    tmp_path: Path, clock: FakeClock, reader: Reader, vendor: str, range_j: float
) -> None:
    add_processor(tmp_path, vendor)
    add_zone(tmp_path, "intel-rapl:0", "package-0", 7)
    add_zone(tmp_path, "intel-rapl:0:0", "dram", 7)
    reader.fail("max_energy_range_uj", DENIED)
    found = sources(tmp_path, clock, reader)
    assert set(found) == {"rapl:package-0"}  # memory has units of its own, so it is left out
    assert found["rapl:package-0"].identity.wrap_j == range_j


def test_a_counter_of_amd_wraps_early(tmp_path: Path, clock: FakeClock, reader: Reader) -> None:
    add_processor(tmp_path, "AuthenticAMD")
    zone = add_zone(tmp_path, "intel-rapl:0", "package-0", 0, AMD_RANGE_UJ)
    add_zone(tmp_path, "intel-rapl:0:0", "core", 0, AMD_RANGE_UJ)
    source = sources(tmp_path, clock, reader)["rapl:package-0"]
    values = iter([65_532_000_000, 1_000_000])
    reader.answer(zone / "energy_uj", lambda: next(values))
    readings = [source.read(), source.read()]
    assert [reading.value for reading in readings] == [65_532.0, 1.0]
    assert source.identity.wrap_j == pytest.approx(AMD_RANGE_J)
    assert source.identity.gain_uncertainty == 0.10
    assert source.identity.is_vendor_model


def moving(start_uj: int, reads_of_a_step: int = 7, step_uj: int = 15_000) -> Iterator[int]:
    return (start_uj + step_uj * (count // reads_of_a_step) for count in itertools.count())


def add_dies(root: Path) -> tuple[Path, Path]:
    add_processor(root, "AuthenticAMD")
    return (
        add_zone(root, "intel-rapl:0", "package-0-die-0", 0, AMD_RANGE_UJ) / "energy_uj",
        add_zone(root, "intel-rapl:1", "package-0-die-1", 0, AMD_RANGE_UJ) / "energy_uj",
    )


def test_dies_that_show_one_counter_count_once(
    tmp_path: Path, clock: FakeClock, reader: Reader
) -> None:
    counter = moving(40_000_000_000)
    for file in add_dies(tmp_path):
        reader.answer(file, lambda: next(counter))
    assert set(sources(tmp_path, clock, reader)) == {"rapl:package-0-die-0"}


def test_dies_that_count_on_their_own_both_count(
    tmp_path: Path, clock: FakeClock, reader: Reader
) -> None:
    for file, start_uj in zip(add_dies(tmp_path), (40_000_000_000, 39_000_000_000), strict=True):
        counter = moving(start_uj)
        reader.answer(file, lambda counter=counter: next(counter))
    keys = {"rapl:package-0-die-0", "rapl:package-0-die-1"}
    assert set(sources(tmp_path, clock, reader)) == keys


def test_dies_that_start_alike_but_part_both_count(
    tmp_path: Path, clock: FakeClock, reader: Reader
) -> None:
    first, second = add_dies(tmp_path)
    values = itertools.chain([5, 5, 5, 5], itertools.count(1_000_000, 10))
    reader.answer(first, lambda: next(values))
    reader.answer(second, lambda: 5)
    assert len(sources(tmp_path, clock, reader)) == 2


def test_dies_that_stand_still_do_not_hold_up_the_probe(
    tmp_path: Path, clock: FakeClock, reader: Reader
) -> None:
    add_dies(tmp_path)
    assert set(sources(tmp_path, clock, reader)) == {"rapl:package-0-die-0"}
    assert len(reader.reads) < 600


def test_two_sockets_have_memory_of_their_own(
    tmp_path: Path, clock: FakeClock, reader: Reader
) -> None:
    add_processor(tmp_path)
    for socket in (0, 1):
        add_zone(tmp_path, f"intel-rapl:{socket}", f"package-{socket}", 10**9 * (socket + 1))
        add_zone(tmp_path, f"intel-rapl:{socket}:0", "dram", 10**8 * (socket + 1))
    assert set(sources(tmp_path, clock, reader)) == {
        *("rapl:package-0", "rapl:package-1"),
        *("rapl:package-0/dram", "rapl:package-1/dram"),
    }


def test_a_virtual_machine(tmp_path: Path, clock: FakeClock, reader: Reader) -> None:
    add_processor(tmp_path, flags="fpu hypervisor sse2")
    absent = absence(tmp_path, clock, reader)
    assert "virtual machines" in absent.reason
    assert absent.unlock == ""


@pytest.mark.parametrize("mark", [".dockerenv", "run/.containerenv"])
def test_a_container(tmp_path: Path, clock: FakeClock, reader: Reader, mark: str) -> None:
    add_processor(tmp_path)
    (tmp_path / mark).parent.mkdir(exist_ok=True)
    (tmp_path / mark).touch()
    write(tmp_path / "sys" / "class" / "powercap")
    assert "containers" in absence(tmp_path, clock, reader).reason


def test_a_kernel_without_the_driver(tmp_path: Path, clock: FakeClock, reader: Reader) -> None:
    add_processor(tmp_path, "AuthenticAMD")
    assert absence(tmp_path, clock, reader).unlock == LOAD_DRIVER


def test_another_kind_of_processor(tmp_path: Path, clock: FakeClock, reader: Reader) -> None:
    add_processor(tmp_path, None)
    assert "Intel and AMD" in absence(tmp_path, clock, reader).reason


def test_another_system(tmp_path: Path, clock: FakeClock, reader: Reader) -> None:
    assert absence(tmp_path / "nothing", clock, reader).unlock == ""


@pytest.mark.parametrize("content", ["", "many", "0x10"])
def test_a_counter_without_a_number(
    tmp_path: Path, clock: FakeClock, reader: Reader, content: str
) -> None:
    add_processor(tmp_path)
    zone = add_zone(tmp_path, "intel-rapl:0", "package-0", 7)
    reader.answer(zone / "energy_uj", lambda: content)
    assert "no number" in absence(tmp_path, clock, reader).reason


def test_a_counter_that_fails_is_told_from_a_closed_one(
    tmp_path: Path, clock: FakeClock, reader: Reader
) -> None:
    add_processor(tmp_path)
    add_zone(tmp_path, "intel-rapl:0", "package-0", 7)
    reader.fail("energy_uj", OSError(errno.EIO, "Input/output error"))
    absent = absence(tmp_path, clock, reader)
    assert "no value" in absent.reason
    assert absent.unlock == ""


def test_a_counter_that_goes_away(tmp_path: Path, clock: FakeClock, reader: Reader) -> None:
    add_processor(tmp_path)
    zone = add_zone(tmp_path, "intel-rapl:0", "package-0", 7)
    source = sources(tmp_path, clock, reader)["rapl:package-0"]
    (zone / "energy_uj").unlink()
    assert source.read() == Unavailable(reason="it is missing: energy_uj")
    write(zone, energy_uj=-1)
    assert isinstance(source.read(), Unavailable)
    write(zone, energy_uj=8)
    assert isinstance(source.read(), PowerReading)
    source.close()
    source.close()
    assert isinstance(source.read(), Unavailable)


def test_the_time_is_the_middle_of_the_reading(
    tmp_path: Path, clock: FakeClock, reader: Reader
) -> None:
    add_processor(tmp_path)
    zone = add_zone(tmp_path, "intel-rapl:0", "package-0", 7)
    source = sources(tmp_path, clock, reader)["rapl:package-0"]

    def slow() -> int:
        clock.advance(0.010)
        return 7

    reader.answer(zone / "energy_uj", slow)
    start_ns = clock.monotonic_ns()
    assert source.read().t_ns == start_ns + 5_000_000
