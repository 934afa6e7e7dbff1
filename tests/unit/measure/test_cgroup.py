from pathlib import Path

import pytest

from large_enough.measure.cgroup import ControlGroup


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "cgroup"


def make_group(root: Path, membership: str, files: dict[str, str]) -> ControlGroup:
    proc = root.parent / "proc"
    (proc / "self").mkdir(parents=True)
    (proc / "self" / "cgroup").write_text(membership)
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content + "\n")
    return ControlGroup(root, proc)


def test_no_groups_at_all(root: Path) -> None:
    group = ControlGroup(root, root)
    assert group.cpu_limit() is None
    assert group.available_bytes() is None


def test_version_2_with_no_limit(root: Path) -> None:
    files = {"cpu.max": "max 100000", "memory.max": "max", "memory.current": "5"}
    group = make_group(root, "0::/\n", files)
    assert group.cpu_limit() is None
    assert group.available_bytes() is None


def test_version_2_in_a_container(root: Path) -> None:
    files = {
        "cpu.max": "150000 100000",
        "memory.max": "4000",
        "memory.current": "3000",
        "memory.stat": "anon 100\ninactive_file 500\nactive_file 7",
    }
    group = make_group(root, "0::/\n", files)
    assert group.cpu_limit() == 1.5
    assert group.available_bytes() == 1500


def test_the_tightest_group_on_the_way_up_counts(root: Path) -> None:
    files = {
        "user.slice/cpu.max": "200000 100000",
        "user.slice/app/cpu.max": "300000 100000",
        "user.slice/memory.max": "9000",
        "user.slice/memory.current": "1000",
        "user.slice/app/memory.max": "5000",
        "user.slice/app/memory.current": "1000",
    }
    group = make_group(root, "0::/user.slice/app\n", files)
    assert group.cpu_limit() == 2.0
    assert group.available_bytes() == 4000


def test_version_1(root: Path) -> None:
    files = {
        "cpu/box/cpu.cfs_quota_us": "250000",
        "cpu/box/cpu.cfs_period_us": "100000",
        "memory/box/memory.limit_in_bytes": "4000",
        "memory/box/memory.usage_in_bytes": "5000",
        "memory/box/memory.stat": "total_inactive_file 400",
    }
    group = make_group(root, "4:memory:/box\n3:cpu,cpuacct:/box\n0::/\n", files)
    assert group.cpu_limit() == 2.5
    assert group.available_bytes() == 0


def test_version_1_with_no_limit(root: Path) -> None:
    files = {
        "cpu/cpu.cfs_quota_us": "-1",
        "cpu/cpu.cfs_period_us": "100000",
        "memory/memory.limit_in_bytes": "9223372036854771712",
        "memory/memory.usage_in_bytes": "5",
    }
    group = make_group(root, "", files)
    assert group.cpu_limit() is None
    assert group.available_bytes() is None


@pytest.mark.parametrize("content", ["", "much", "100000 0", "-5 100000", "100000"])
def test_nonsense_is_no_limit(root: Path, content: str) -> None:
    assert make_group(root, "0::/../..\nnonsense\n", {"cpu.max": content}).cpu_limit() is None
