"""Holds what every source needs to know about the file it is asked to bring."""

import contextlib
import dataclasses
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from large_enough.catalog.disk_failure import disk_failure
from large_enough.catalog.progress import ProgressMeter
from large_enough.catalog.published import PublishedFile
from large_enough.domain.clock import Clock
from large_enough.domain.errors import FailureKind, FetchError

UNFINISHED_SUFFIX = ".part"
"""End of the names of everything that is not a model yet; scans and packaging leave them alone."""


@dataclasses.dataclass(frozen=True, slots=True)
class FetchJob:
    """One file that is being fetched.

    Sources append to `unfinished_path`. What lies there is always the beginning of the file, so
    any source can go on where another one, or an earlier attempt, stopped.
    """

    file: PublishedFile
    folder: Path
    """Where it shall lie."""
    meter: ProgressMeter
    is_cancelled: Callable[[], bool]
    environ: Mapping[str, str]
    """For programs that are started."""
    clock: Clock
    told: dict[str, str] = dataclasses.field(default_factory=dict)
    """What the source said about the file, such as the "commit" it is from."""

    @property
    def target_path(self) -> Path:
        """Where the finished file will lie."""
        return self.folder / self.file.file_name

    @property
    def unfinished_path(self) -> Path:
        """Where the beginning of the file lies."""
        return self.folder / (self.file.file_name + UNFINISHED_SUFFIX)

    @property
    def have_bytes(self) -> int:
        """How much of the file is here."""
        try:
            return self.unfinished_path.stat().st_size
        except FileNotFoundError:
            return 0

    @contextlib.contextmanager
    def workshop(self) -> Iterator[Path]:
        """Make a folder on the same disk; it is removed with all that is in it."""
        prefix = f"{self.file.file_name}."
        path = tempfile.mkdtemp(prefix=prefix, suffix=UNFINISHED_SUFFIX, dir=self.folder)
        try:
            yield Path(path)
        finally:
            shutil.rmtree(path, ignore_errors=True)

    def remove_old_workshops(self) -> None:
        """Remove folders that killed processes left; only while the lock is held."""
        for path in self.folder.glob(f"{self.file.file_name}.*{UNFINISHED_SUFFIX}"):
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)

    def disk_error(self, error: OSError) -> FetchError:
        """Return what a failure to write means for the user."""
        return FetchError.from_info(disk_failure(error, self.file.name, self.folder))


def unreachable(job: FetchJob, detail: str) -> FetchError:
    """Return the error for a source that cannot be reached, or was lost."""
    return FetchError(FailureKind.NO_NETWORK, job.file.name, detail=detail)


def unusable(job: FetchJob, detail: str) -> FetchError:
    """Return the error for a source that can be reached but does not give the file."""
    return FetchError(FailureKind.SOURCE_FAILED, job.file.name, detail=detail)
