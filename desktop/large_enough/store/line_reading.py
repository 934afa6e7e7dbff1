"""Reads JSON-lines files from strangers: what is too long, cut, or of a newer version."""

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, TypeVar

import msgspec

from large_enough.domain.errors import FailureKind, StoreError
from large_enough.store.log_lines import MAX_LINE_BYTES
from large_enough.wording.numbers import bytes_text
from large_enough.wording.translate import _

DECODING_ERRORS = (msgspec.MsgspecError, RecursionError, ValueError)

_Head = TypeVar("_Head", bound=msgspec.Struct)


@contextlib.contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """Open a file of lines; only ordinary files are.

    Raises:
        StoreError: LOG_UNREADABLE, also for what cannot be read while it is open.
    """
    try:
        if path.exists() and not path.is_file():
            raise unreadable(path, _("it is not an ordinary file"))
        with path.open("rb") as stream:
            yield stream
    except (OSError, ValueError) as error:  # ValueError: a NUL character in the name
        reason = error.strerror if isinstance(error, OSError) else None
        raise unreadable(path, reason or str(error)) from error


def first_line(path: Path, stream: BinaryIO) -> bytes:
    """Return the first line.

    Raises:
        StoreError: LOG_UNREADABLE: it is too long, or was cut.
    """
    line = stream.readline(MAX_LINE_BYTES + 1)
    if len(line) > MAX_LINE_BYTES:
        raise unreadable(path, too_long_text(), line_number=1)
    if not line.endswith(b"\n"):
        problem = _("it ends before its first line does, so it holds no answer")
        raise unreadable(path, problem, line_number=1)
    return line


def lines_after_first(stream: BinaryIO) -> Iterator[tuple[int, bytes | None]]:
    """Yield the lines after the first, with their numbers; ends at one that is too long (None)."""
    number = 2
    while line := stream.readline(MAX_LINE_BYTES + 1):
        if len(line) > MAX_LINE_BYTES:
            yield number, None
            return
        yield number, line
        number += 1


def decode_head(
    path: Path, line: bytes, decoder: "msgspec.json.Decoder[_Head]", problem: str
) -> _Head:
    """Decode a first line, or a part of it.

    Args:
        path: The file, for the error.
        line: Its first line.
        decoder: For the part that is wanted.
        problem: What to say if it is something else, with a place for the `{reason}`.

    Raises:
        StoreError: LOG_UNREADABLE.
    """
    try:
        return decoder.decode(line)
    except DECODING_ERRORS as error:
        raise unreadable(path, problem.format(reason=error), line_number=1) from error


def check_version(path: Path, found: int, known: int) -> None:
    """Refuse a file of a newer version.

    Raises:
        StoreError: LOG_UNREADABLE.
    """
    if found > known:
        problem = _(
            "it is from a newer version of Large Enough (record version {found}, this program "
            "reads up to {known})"
        ).format(found=found, known=known)
        raise unreadable(path, problem, line_number=1)


def log_paths(folder: Path) -> tuple[Path, ...]:
    """Return the logs of a folder, newest first by their names; none if there is no folder."""
    try:
        return tuple(sorted(folder.glob("*.jsonl"), key=lambda path: path.name, reverse=True))
    except OSError:  # before Python 3.13, a folder that may not be read raises
        return ()


def too_long_text() -> str:
    """Return what is wrong with a line that is too long."""
    return _("it is longer than {limit}").format(limit=bytes_text(MAX_LINE_BYTES))


def unreadable(path: Path, problem: str, line_number: int | None = None) -> StoreError:
    """Return the error that tells why a log cannot be read."""
    if line_number is None:
        return StoreError(FailureKind.LOG_UNREADABLE, str(path), problem=problem)
    return StoreError(FailureKind.LOG_UNREADABLE, str(path), line=line_number, problem=problem)
