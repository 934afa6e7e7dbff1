"""Brings a file from the Hugging Face Hub."""

import re
from pathlib import Path

from large_enough.catalog.child import ChildEnd, ChildResult, Patience, run_child
from large_enough.catalog.job import FetchJob, unreachable, unusable
from large_enough.catalog.sources import HuggingFaceSource
from large_enough.domain.errors import FailureKind, FetchError

ANSWER_PATIENCE_S = 5
"""How long the server may take to answer the look-up."""
PATIENCE = Patience(first_byte_s=20.0, next_byte_s=40.0)
"""Outer limits: also for name look-ups and retries that the library does not limit itself."""

_ATTEMPTS = 3  # where something arrives each time
_SCRIPT = Path(__file__).with_name("hub_download.py")
_NETWORK_TROUBLE = re.compile(
    r"connect|timeout|timed out|network|proxy|protocol|ssl|certificate|resol|offline|read ?error"
    r"|consistency check|incomplete",
    re.IGNORECASE,
)
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
    for attempts_left in reversed(range(_ATTEMPTS)):
        had_bytes = job.have_bytes
        result = _download(source, job, patience)
        if result.end is ChildEnd.CANCELLED:
            return False
        if result.exit_code == 0 and job.have_bytes == job.entry.size_bytes:
            return True
        has_grown = job.have_bytes != had_bytes
        if job.have_bytes > job.entry.size_bytes:
            # some versions of the library append what a server without ranges sends from the start
            job.unfinished_path.unlink()
        if not (has_grown and attempts_left):
            raise _failure(result, job)
    return False


def _download(source: HuggingFaceSource, job: FetchJob, patience: Patience) -> ChildResult:
    job.unfinished_path.touch()
    with job.workshop() as folder:
        return run_child(
            [
                str(_SCRIPT),
                source.repository,
                source.file,
                str(job.unfinished_path),
                str(job.entry.size_bytes),
                str(ANSWER_PATIENCE_S),
            ],
            folder=folder,
            environ=_environ(job, folder),
            progress_bytes=lambda: _arrived_bytes(job),
            is_cancelled=job.is_cancelled,
            patience=patience,
            clock=job.clock,
        )


def _arrived_bytes(job: FetchJob) -> int:
    have_bytes = job.have_bytes
    job.meter.report(have_bytes)
    return have_bytes


def _environ(job: FetchJob, folder: Path) -> dict[str, str]:
    """Return settings of the library: nothing is sent along, nothing kept elsewhere."""
    return {
        **job.environ,
        "HF_HOME": str(folder / "hub"),
        "HF_HUB_DISABLE_IMPLICIT_TOKEN": "1",
        "HF_HUB_DISABLE_PROGRESS_BARS": "1",
        "HF_HUB_DISABLE_TELEMETRY": "1",
        "HF_HUB_DISABLE_XET": "1",
        "HF_HUB_DOWNLOAD_TIMEOUT": "10",
    }


def _failure(result: ChildResult, job: FetchJob) -> FetchError:
    """Return what became of the download."""
    said = dict(line.partition(" ")[::2] for line in result.output.splitlines())
    if "status" in said:
        return unusable(job, f"it refused the file (HTTP status {said['status']})")
    if "size" in said:
        expected = job.entry.size_bytes
        return unusable(job, f"the file there has {said['size']} bytes instead of {expected}")
    problem = result.last_error_line
    if _NO_ROOM.search(problem):
        return FetchError(FailureKind.DISK_FULL, job.entry.name, detail=problem)
    if result.end is ChildEnd.STALLED:
        return unreachable(job, "nothing arrives")
    if _NETWORK_TROUBLE.search(problem):
        return unreachable(job, problem)
    return unusable(job, problem or f"the download ended with code {result.exit_code}")
