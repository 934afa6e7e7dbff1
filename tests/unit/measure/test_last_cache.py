"""The size of the last cache, as the systems tell it."""

from pathlib import Path

import pytest

from large_enough.measure.last_cache import last_cache_bytes


def cache(root: Path, *sizes: str) -> Path:
    for index, size in enumerate(sizes):
        folder = root / "devices" / "system" / "cpu" / "cpu0" / "cache" / f"index{index}"
        folder.mkdir(parents=True)
        (folder / "size").write_text(f"{size}\n")
    return root


@pytest.mark.parametrize(
    ("sizes", "expected"),
    [
        (("48K", "32K", "2048K", "307200K"), 307_200 << 10),
        (("32K", "12M"), 12 << 20),
        (("nonsense", "", "-5K"), 0),
        ((), 0),
    ],
)
def test_linux(tmp_path: Path, sizes: tuple[str, ...], expected: int) -> None:
    assert last_cache_bytes("linux", sys_root=cache(tmp_path, *sizes)) == expected


def test_macos() -> None:
    facts = {"hw.perflevel0.l2cachesize": 12 << 20}
    assert last_cache_bytes("darwin", ask_macos=facts.get) == 12 << 20
    assert last_cache_bytes("darwin", ask_macos=lambda _name: None) == 0


def test_where_nobody_tells(tmp_path: Path) -> None:
    assert last_cache_bytes("win32", sys_root=tmp_path) == 0
