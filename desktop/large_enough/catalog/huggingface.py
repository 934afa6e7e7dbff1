"""Brings a file from the Hugging Face Hub."""

import re
from pathlib import Path

from large_enough.catalog.child import ChildEnd, ChildResult, Patience, run_child
from large_enough.catalog.hub_child import (
    ANSWER_PATIENCE_S,
    NETWORK_TROUBLE,
    hub_environ,
    reach_problem,
    said,
)
from large_enough.catalog.job import FetchJob, unreachable, unusable
from large_enough.catalog.sources import HuggingFaceSource
from large_enough.domain.errors import FailureKind, FetchError

PATIENCE = Patience(first_byte_s=20.0, next_byte_s=40.0)
"""Outer limits: also for name look-ups and retries that the library does not limit itself."""

_ATTEMPTS = 3  # where something arrives each time
_SCRIPT = Path(__file__).with_name("hub_download.py")
_NO_ROOM = re.compile(r"no space left|errno 28|not enough space", re.IGNORECASE)


def bring_huggingface(
    source: HuggingFaceSource, job: FetchJob, patience: Patience = PATIENCE
) -> bool:
    """Download what is missing of a file.

    Args:
        source: Where to look.
        job: What to bring.
        patience: How long to wait for progress.

    Returns:
        True when all of it is here, False if it was cancelled.

    Raises:
        FetchError: The hub cannot be reached, or does not give the file.
        OSError: The disk refuses it.
    """
    _check_reach(job)
    for attempts_left in reversed(range(_ATTEMPTS)):
        had_bytes = job.have_bytes
        result = _download(source, job, patience)
        if result.end is ChildEnd.CANCELLED:
            return False
        if result.exit_code == 0 and job.have_bytes == job.file.size_bytes:
            job.told.update(said(result))
            return True
        has_grown = job.have_bytes != had_bytes
        if job.have_bytes > job.file.size_bytes:
            # some versions of the library append what a server without ranges sends from the start
            job.unfinished_path.unlink()
            job.meter.enter("restarting", 0)
        if not (has_grown and attempts_left):
            raise _failure(result, job)
    return False


def _check_reach(job: FetchJob) -> None:
    """Try once whether there is a network at all.

    Raises:
        FetchError: There is none.
    """
    with job.workshop() as folder:
        problem = reach_problem(job.environ, folder, job.is_cancelled, job.clock)
    if problem is not None:
        raise unreachable(job, problem)


def _download(source: HuggingFaceSource, job: FetchJob, patience: Patience) -> ChildResult:
    job.unfinished_path.touch()
    with job.workshop() as folder:
        watch = _Watch(job, folder)
        result = run_child(
            [
                str(_SCRIPT),
                source.repository,
                source.file,
                source.revision,
                str(job.unfinished_path),
                str(job.file.size_bytes),
                str(ANSWER_PATIENCE_S),
            ],
            folder=folder,
            environ=hub_environ(job.environ, folder),
            progress_bytes=watch.arrived_bytes,
            is_cancelled=job.is_cancelled,
            patience=patience,
            clock=job.clock,
        )
        watch.arrived_bytes()
        return result


class _Watch:
    """Looks how much has arrived, and whether the server began anew."""

    def __init__(self, job: FetchJob, folder: Path) -> None:
        self._job = job
        self._output = folder / "output.txt"
        self._has_restarted = False

    def arrived_bytes(self) -> int:
        """Report and return how much of the file is here."""
        if not self._has_restarted and self._says_restarted():
            self._has_restarted = True
            self._job.meter.enter("restarting", 0)
        have_bytes = self._job.have_bytes
        self._job.meter.report(have_bytes)
        return have_bytes

    def _says_restarted(self) -> bool:
        return self._output.exists() and b"restarted" in self._output.read_bytes()


def _failure(result: ChildResult, job: FetchJob) -> FetchError:
    """Return what became of the download."""
    told = said(result)
    if "status" in told:
        return unusable(job, f"it refused the file (HTTP status {told['status']})")
    if "size" in told:
        expected = job.file.size_bytes
        return unusable(job, f"the file there has {told['size']} bytes instead of {expected}")
    problem = result.last_error_line
    if _NO_ROOM.search(problem):
        return FetchError(FailureKind.DISK_FULL, job.file.name, detail=problem)
    if result.end is ChildEnd.STALLED:
        return unreachable(job, "nothing arrives")
    if NETWORK_TROUBLE.search(problem):
        return unreachable(job, problem)
    return unusable(job, problem or f"the download ended with code {result.exit_code}")
