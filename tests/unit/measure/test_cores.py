import os
from pathlib import Path

import pytest

from large_enough.measure.cgroup import ControlGroup
from large_enough.measure.cores import (
    allowed_processors,
    fast_core_ids,
    linux_cores,
    one_of_each,
    parse_list,
)


def make_sys(root: Path, siblings: dict[int, str], **extra: str) -> Path:
    for processor, text in siblings.items():
        topology = root / "devices" / "system" / "cpu" / f"cpu{processor}" / "topology"
        topology.mkdir(parents=True)
        (topology / "thread_siblings_list").write_text(text + "\n")
    for processor, capacity in extra.items():
        folder = root / "devices" / "system" / "cpu" / processor
        (folder / "cpu_capacity").write_text(capacity + "\n")
    return root


def make_group(root: Path, cpu_max: str = "max 100000") -> ControlGroup:
    root.mkdir()
    (root / "cpu.max").write_text(cpu_max)
    return ControlGroup(root, root)


@pytest.fixture
def unlimited(tmp_path: Path) -> ControlGroup:
    return make_group(tmp_path / "unlimited")


def test_one_of_each_pair(tmp_path: Path, unlimited: ControlGroup) -> None:
    sys_root = make_sys(tmp_path / "sys", {0: "0,4", 1: "1,5", 4: "0,4", 5: "1,5"})
    assert linux_cores({0, 1, 4, 5}, sys_root, unlimited) == (0, 1)


def test_affinity_may_leave_the_second_sibling_only(
    tmp_path: Path, unlimited: ControlGroup
) -> None:
    sys_root = make_sys(tmp_path / "sys", {0: "0-1", 1: "0-1", 2: "2-3", 3: "2-3"})
    assert linux_cores({1, 2, 3}, sys_root, unlimited) == (1, 2)


def test_efficiency_cores_of_intel_are_left_out(tmp_path: Path, unlimited: ControlGroup) -> None:
    siblings = {0: "0-1", 1: "0-1", 2: "2-3", 3: "2-3", 4: "4", 5: "5"}
    sys_root = make_sys(tmp_path / "sys", siblings)
    (sys_root / "devices" / "cpu_core").mkdir()
    (sys_root / "devices" / "cpu_core" / "cpus").write_text("0-3\n")
    assert linux_cores({0, 1, 2, 3, 4, 5}, sys_root, unlimited) == (0, 2)
    assert linux_cores({4, 5}, sys_root, unlimited) == (4, 5)  # nothing else is allowed


def test_little_cores_of_arm_are_left_out(tmp_path: Path, unlimited: ControlGroup) -> None:
    siblings = {0: "0", 1: "1", 2: "2", 3: "3"}
    capacities = {"cpu0": "446", "cpu1": "446", "cpu2": "980", "cpu3": "1024"}
    sys_root = make_sys(tmp_path / "sys", siblings, **capacities)
    assert linux_cores({0, 1, 2, 3}, sys_root, unlimited) == (2, 3)


@pytest.mark.parametrize(
    ("quota", "cores"), [("150000", (0,)), ("250000", (0, 1)), ("50000", (0,)), ("900000", None)]
)
def test_a_quota_pays_for_whole_cores(tmp_path: Path, quota: str, cores) -> None:
    sys_root = make_sys(tmp_path / "sys", {number: str(number) for number in range(4)})
    group = make_group(tmp_path / "limited", f"{quota} 100000")
    assert linux_cores({0, 1, 2, 3}, sys_root, group) == (cores or (0, 1, 2, 3))


def test_nothing_known_about_the_topology(tmp_path: Path, unlimited: ControlGroup) -> None:
    assert linux_cores({3, 1}, tmp_path, unlimited) == (1, 3)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("0-3,8,10-11\n", {0, 1, 2, 3, 8, 10, 11}),
        ("5", {5}),
        ("", set()),
        ("x,1-y,-", set()),
    ],
)
def test_the_kernels_lists(text: str, numbers: set[int]) -> None:
    assert parse_list(text) == numbers


def test_one_of_each() -> None:
    assert one_of_each([{3, 2}, {2, 3}, {7}]) == (2, 7)


def test_this_machine() -> None:
    cores = fast_core_ids()
    assert cores == tuple(sorted(set(cores)))
    assert 1 <= len(cores) <= os.cpu_count()
    assert allowed_processors() >= set(cores)


@pytest.mark.parametrize("platform", ["darwin", "win32"])
def test_foreign_systems_without_their_interfaces(platform: str) -> None:
    assert len(fast_core_ids(platform)) >= 1
