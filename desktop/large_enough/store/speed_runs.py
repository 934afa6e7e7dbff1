"""Keeps how fast models really were on this machine, for what is expected of them next time."""

from collections.abc import Iterable
from pathlib import Path

import msgspec

from large_enough.domain.errors import FailureKind, StoreError
from large_enough.domain.expected_speed import SpeedRun
from large_enough.resources.files import replace_file
from large_enough.store.versioned_file import load_versioned

FILE_NAME = "speeds.json"
"""In the user's data folder."""
SCHEMA_VERSION = 1
RUNS_OF_A_KIND = 5
"""So many are kept of one model, loaded and placed alike on one machine: the newest."""
MOST_KEPT = 500

_LONGEST_FILE_BYTES = 1 << 20
_MOST_TOKENS_PER_S = 1e6


class _File(msgspec.Struct, frozen=True, kw_only=True):
    schema_version: int
    runs: tuple[SpeedRun, ...]


def load_speed_runs(folder: Path) -> tuple[SpeedRun, ...]:
    """Return what is kept, the newest last; nothing if the file cannot be used.

    Args:
        folder: The user's data folder.
    """
    found = load_versioned(
        folder / FILE_NAME, _File, SCHEMA_VERSION, longest_bytes=_LONGEST_FILE_BYTES
    )
    if found is None:
        return ()
    return tuple(run for run in found.runs if _makes_sense(run))


def add_speed_runs(folder: Path, runs: Iterable[SpeedRun]) -> None:
    """Add runs; of each kind the newest few stay.

    Raises:
        StoreError: LOG_NOT_WRITTEN.
    """
    kept = _newest((*load_speed_runs(folder), *(run for run in runs if _makes_sense(run))))
    document = _File(schema_version=SCHEMA_VERSION, runs=kept)
    text = msgspec.json.format(msgspec.json.encode(document), indent=1) + b"\n"
    try:
        replace_file(folder, FILE_NAME, text)
    except OSError as error:
        raise StoreError(
            FailureKind.LOG_NOT_WRITTEN, str(folder / FILE_NAME), detail=str(error)
        ) from error


def _newest(runs: tuple[SpeedRun, ...]) -> tuple[SpeedRun, ...]:
    counts: dict[tuple[str, str, int, int], int] = {}
    kept: list[SpeedRun] = []
    for run in reversed(runs):
        kind = run.machine, run.model, run.gpu_layers, run.thread_count
        counts[kind] = counts.get(kind, 0) + 1
        if counts[kind] <= RUNS_OF_A_KIND and len(kept) < MOST_KEPT:
            kept.append(run)
    return tuple(reversed(kept))


def _makes_sense(run: SpeedRun) -> bool:
    return 0 < run.tokens_per_s < _MOST_TOKENS_PER_S and 0 < run.read_bytes < 1 << 60
