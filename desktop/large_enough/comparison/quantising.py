"""Makes quantised copies of models.

A copy is written under a temporary name in the models folder and gets its own name in one step,
when it is whole and on the disk. However quantising ends (cancelled, a crash of the worker, a full
disk, the end of this program), nothing unfinished is left: the worker removes it with its last
breath, this program when the worker is gone, and what both could not do is done the next time.
"""

import contextlib
import secrets
from collections.abc import Callable
from pathlib import Path

import msgspec

from large_enough import __version__
from large_enough.catalog.disk_failure import disk_failure
from large_enough.catalog.fetch import SPARE_BYTES
from large_enough.catalog.job import UNFINISHED_SUFFIX
from large_enough.comparison.quantising_plan import QuantisingPlan
from large_enough.comparison.quantising_progress import ProgressTeller
from large_enough.comparison.quantising_tools import QuantisingTools
from large_enough.domain.errors import (
    EngineError,
    ErrorInfo,
    FailureKind,
    RequestError,
    StoreError,
)
from large_enough.domain.quantising import (
    Parentage,
    QuantisedFile,
    QuantisingProgress,
    QuantisingStage,
)
from large_enough.engine.quantiser import Quantiser, Written
from large_enough.gguf.split import read_model
from large_enough.protocol.messages import Quantise
from large_enough.resources.files import bring_to_place
from large_enough.resources.lock import file_lock
from large_enough.store.parentage import keep_parentage

_PREFIX = "quantising-"
_LOCK_NAME = f"quantising.lock{UNFINISHED_SUFFIX}"
_ID_BYTES = 6


def quantise(
    plan: QuantisingPlan,
    on_progress: Callable[[QuantisingProgress], None],
    is_cancelled: Callable[[], bool],
    *,
    tools: QuantisingTools,
    may_replace: bool = False,
) -> QuantisedFile | None:
    """Make one copy, on the caller's thread.

    Args:
        plan: What to make.
        on_progress: Called several times a second.
        is_cancelled: Asked as often.
        tools: What to work with.
        may_replace: Whether a file that is there already may be replaced.

    Returns:
        The copy; None if it was cancelled.

    Raises:
        RequestError: ALREADY_THERE, or nothing can be written into the folder.
        ModelFileError: The parent cannot be read.
        EngineError: The worker failed, or the disk has no room.
    """
    folder = plan.target_path.parent
    teller = ProgressTeller(plan.forecast.type_name, on_progress, tools.clock)
    job = _Quantising(plan, teller, is_cancelled, tools, may_replace=may_replace)

    def wait() -> None:
        teller.enter(QuantisingStage.WAITING)

    try:
        folder.mkdir(parents=True, exist_ok=True)
        with file_lock(folder / _LOCK_NAME, is_cancelled, wait) as is_held:
            return job.run() if is_held else None
    except FileExistsError as error:
        raise _already_there(plan) from error
    except OSError as error:
        raise RequestError.from_info(disk_failure(error, plan.parent.name, folder)) from error


def _already_there(plan: QuantisingPlan) -> RequestError:
    return RequestError(FailureKind.ALREADY_THERE, str(plan.target_path))


class _Quantising:
    """One copy in the making, with the folder's lock held. Used once."""

    def __init__(
        self,
        plan: QuantisingPlan,
        teller: ProgressTeller,
        is_cancelled: Callable[[], bool],
        tools: QuantisingTools,
        *,
        may_replace: bool,
    ) -> None:
        self._plan = plan
        self._teller = teller
        self._is_cancelled = is_cancelled
        self._tools = tools
        self._may_replace = may_replace
        self._folder = plan.target_path.parent

    def run(self) -> QuantisedFile | None:
        self._remove_leftovers()
        if self._plan.target_path.exists() and not self._may_replace:
            raise _already_there(self._plan)
        self._check_room()
        self._teller.enter(QuantisingStage.CHECKING)
        sha256 = self._tools.sha256_of(
            self._plan.parent.path, self._teller.tell, self._is_cancelled
        )
        if sha256 is None:
            return None
        # Plain characters: the engine takes no others everywhere.
        unfinished = self._folder / f"{_PREFIX}{secrets.token_hex(_ID_BYTES)}{UNFINISHED_SUFFIX}"
        try:
            unfinished.touch(exist_ok=False)
            return self._make(unfinished, sha256)
        finally:
            with contextlib.suppress(OSError):  # removed the next time
                unfinished.unlink(missing_ok=True)

    def _remove_leftovers(self) -> None:
        """Remove what was left where program and worker were killed at once."""
        for path in self._folder.glob(f"{_PREFIX}*{UNFINISHED_SUFFIX}"):
            with contextlib.suppress(OSError):
                path.unlink()

    def _check_room(self) -> None:
        needed_bytes = self._plan.forecast.size_bytes + SPARE_BYTES
        free_bytes = self._tools.free_bytes(self._folder)
        if free_bytes < needed_bytes:
            raise EngineError(
                FailureKind.DISK_FULL,
                self._plan.target_path.name,
                detail=str(self._folder),
                needed_bytes=needed_bytes,
                free_bytes=free_bytes,
            )

    def _make(self, unfinished: Path, sha256: str) -> QuantisedFile | None:
        """Have the copy written, and give it its name while the worker still waits."""
        self._teller.enter(QuantisingStage.QUANTISING)
        worker = Quantiser(self._tools.command, self._tools.clock, self._plan.parent.name)
        with contextlib.closing(worker):
            written = self._have_written(worker, unfinished)
            if written is None:
                return None
            self._teller.enter(QuantisingStage.FINISHING)
            size_bytes = read_model(unfinished).header.file_size_bytes  # raises if it is not whole
            bring_to_place(unfinished, self._plan.target_path, may_replace=self._may_replace)
        return self._noted(written, size_bytes, sha256)

    def _have_written(self, worker: Quantiser, unfinished: Path) -> Written | None:
        plan = self._plan
        order = Quantise(
            source_path=plan.parent.path,
            unfinished_path=str(unfinished),
            type_name=plan.forecast.type_name,
            allow_requantise=plan.is_requantised,
            thread_count=self._tools.thread_count,
        )
        try:
            return worker.run(order, self._teller.tell, self._is_cancelled)
        except EngineError as error:
            subject = error.info.subject or plan.target_path.name
            raise EngineError.from_info(
                msgspec.structs.replace(error.info, subject=subject)
            ) from error

    def _noted(self, written: Written, size_bytes: int, sha256: str) -> QuantisedFile:
        """Keep where the copy comes from; return it, whether or not that worked."""
        plan = self._plan
        parentage = Parentage(
            file_name=plan.target_path.name,
            size_bytes=size_bytes,
            type_name=plan.forecast.type_name,
            parent=msgspec.structs.replace(plan.parent, sha256=sha256),
            was_quantised=plan.is_requantised,
            engine=written.engine,
            program_version=__version__,
            made_utc=self._tools.clock.utc_now().isoformat(),
        )
        problem: ErrorInfo | None = None
        try:
            keep_parentage(self._tools.parentage_folder, parentage)
        except StoreError as error:
            problem = error.info
        return QuantisedFile(
            path=str(plan.target_path),
            forecast=plan.forecast,
            duration_s=written.duration_s,
            parentage=parentage,
            problem=problem,
        )
