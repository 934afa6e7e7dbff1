"""Asks the Hugging Face Hub which GGUF files a repository holds."""

from collections.abc import Callable, Mapping
from pathlib import Path

import msgspec

from large_enough.catalog.child import ChildEnd, ChildResult, Patience, run_child
from large_enough.catalog.hub_child import (
    ANSWER_PATIENCE_S,
    NETWORK_TROUBLE,
    hub_environ,
    reach_problem,
    said,
)
from large_enough.catalog.safe_names import is_weights_path
from large_enough.domain.clock import Clock
from large_enough.domain.errors import FailureKind, FetchError
from large_enough.domain.quantity import Unavailable

PATIENCE = Patience(first_byte_s=20.0, next_byte_s=20.0)
"""Outer limits: the library retries for longer than anybody waits."""

_SCRIPT = Path(__file__).with_name("hub_list.py")
_LONGEST_LISTING_BYTES = 16 << 20
_LONGEST_LICENCE = 100
_NOT_TOLD = Unavailable(reason="the repository does not say")


class HubFile(msgspec.Struct, frozen=True, kw_only=True):
    """One GGUF file of a repository."""

    path: str
    """Inside the repository."""
    size_bytes: int
    sha256: str | None
    """In lower-case hex, as the hub tells it; None if it does not."""


class Listing(msgspec.Struct, frozen=True, kw_only=True):
    """What the hub says about a repository."""

    repository: str
    """Owner and name."""
    commit: str
    """That the files are listed at; fetched from there, they cannot change in between."""
    licence: str | Unavailable
    """As the repository's own page declares it: nobody has checked that."""
    files: tuple[HubFile, ...]
    """GGUF files whose names can be used here, in the order of their paths."""
    is_cut: bool
    """Whether the repository has more files than were looked at."""
    is_gated: bool = False
    """Whether its files are only for those who sign in and agree to the publisher's terms."""


class _Head(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    commit: str
    licence: str | list[str] | None
    is_gated: bool


class _End(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    file_count: int
    has_more: bool


def list_repository(
    repository: str,
    folder: Path,
    is_cancelled: Callable[[], bool],
    *,
    environ: Mapping[str, str],
    clock: Clock,
    patience: Patience = PATIENCE,
) -> Listing | None:
    """Ask for the GGUF files of a repository, with sizes and checksums; nothing is fetched.

    Args:
        repository: Owner and name.
        folder: An empty one, for the programs that are started.
        is_cancelled: Asked several times a second.
        environ: The environment; names the hub.
        clock: What the patience is measured with.
        patience: How long to wait for answers.

    Returns:
        What there is, or None if it was cancelled.

    Raises:
        FetchError: The hub cannot be reached, or does not tell.
    """
    problem = reach_problem(environ, folder, is_cancelled, clock)
    if problem is not None:
        raise FetchError(FailureKind.NO_NETWORK, repository, detail=problem)
    target = folder / "listing.txt"
    result = run_child(
        [str(_SCRIPT), repository, "main", str(target), str(ANSWER_PATIENCE_S)],
        folder=folder,
        environ=hub_environ(environ, folder),
        progress_bytes=lambda: _size_bytes(target) + _size_bytes(folder / "output.txt"),
        is_cancelled=is_cancelled,
        patience=patience,
        clock=clock,
    )
    if result.end is ChildEnd.CANCELLED:
        return None
    if result.exit_code != 0:
        raise _failure(repository, result)
    return _listing(repository, target)


def _size_bytes(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def _failure(repository: str, result: ChildResult) -> FetchError:
    told = said(result)
    if "status" in told:
        return FetchError(FailureKind.REPOSITORY_REFUSED, repository, status=told["status"])
    problem = result.last_error_line
    if result.end is ChildEnd.STALLED:
        return FetchError(FailureKind.NO_NETWORK, repository, detail="nothing arrives")
    if NETWORK_TROUBLE.search(problem):
        return FetchError(FailureKind.NO_NETWORK, repository, detail=problem)
    return FetchError(FailureKind.SOURCE_FAILED, repository, detail=problem)


def _listing(repository: str, path: Path) -> Listing:
    """Read what the program has written; what a server says is hostile until checked.

    Raises:
        FetchError: It makes no sense.
    """
    try:
        with path.open("rb") as file:
            first, *middle, last = file.read(_LONGEST_LISTING_BYTES).splitlines()
        head = msgspec.json.decode(first, type=_Head)
        end = msgspec.json.decode(last, type=_End)
        files = [msgspec.json.decode(line, type=HubFile) for line in middle]
    except (OSError, ValueError, msgspec.MsgspecError) as error:
        raise FetchError(FailureKind.SOURCE_FAILED, repository, detail=str(error)) from error
    usable = (file for file in files if is_weights_path(file.path) and file.size_bytes > 0)
    return Listing(
        repository=repository,
        commit=head.commit,
        licence=_licence(head.licence),
        files=tuple(sorted(usable, key=lambda file: file.path)),
        is_cut=end.has_more,
        is_gated=head.is_gated,
    )


def _licence(told: str | list[str] | None) -> str | Unavailable:
    text = ", ".join(told) if isinstance(told, list) else told or ""
    return text[:_LONGEST_LICENCE] or _NOT_TOLD
