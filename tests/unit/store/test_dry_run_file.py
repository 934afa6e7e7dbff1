"""What is kept of the engine's answers."""

from pathlib import Path

import msgspec
import pytest

from large_enough.domain.dry_run import DryRun
from large_enough.domain.generation import CacheType, LoadSettings
from large_enough.store.dry_run_file import (
    FILE_NAME,
    MOST_KEPT,
    DryRunKey,
    KeptDryRun,
    load_dry_runs,
    save_dry_runs,
)

KEY = DryRunKey(
    path="/m/a.gguf",
    size_bytes=1,
    modified_ns=2,
    inode=3,
    settings=LoadSettings(cache_type=CacheType.Q8_0),
    engine="0.3.36",
)
KEPT = KeptDryRun(key=KEY, dry_run=DryRun(context_tokens=512, weights_bytes=10, kv_cache_bytes=20))


def test_what_was_kept_is_there(tmp_path: Path) -> None:
    save_dry_runs(tmp_path / "cache", (KEPT,))
    assert load_dry_runs(tmp_path / "cache") == (KEPT,)


def test_the_newest_stay(tmp_path: Path) -> None:
    runs = tuple(
        msgspec.structs.replace(KEPT, key=msgspec.structs.replace(KEY, inode=number))
        for number in range(MOST_KEPT + 1)
    )
    save_dry_runs(tmp_path, runs)
    assert load_dry_runs(tmp_path) == runs[1:]


@pytest.mark.parametrize("content", [b"", b"\xff", b"[" * 100_000, b'{"schema_version":9}'])
def test_nonsense_is_nothing(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE_NAME).write_bytes(content)
    assert load_dry_runs(tmp_path) == ()


def test_impossible_sizes_are_left_out(tmp_path: Path) -> None:
    odd = msgspec.structs.replace(
        KEPT, dry_run=msgspec.structs.replace(KEPT.dry_run, kv_cache_bytes=-1)
    )
    save_dry_runs(tmp_path, (odd, KEPT))
    assert load_dry_runs(tmp_path) == (KEPT,)


def test_a_cache_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    save_dry_runs(tmp_path / "file", (KEPT,))
