"""Reads the beginnings of rounds' logs: what was asked of whom, without the answers.

Only the first line of a file is read, and of it only what a list of rounds shows, so that
thousands of logs can be looked through.
"""

from pathlib import Path

import msgspec

from large_enough.domain.errors import FailureKind, StoreError
from large_enough.domain.model_card import BackendKind
from large_enough.domain.round import Mode, Purpose
from large_enough.store.log_lines import MAX_LINE_BYTES, SCHEMA_VERSION
from large_enough.wording.translate import _


class HeadCard(msgspec.Struct, frozen=True, kw_only=True):
    """What a list shows of a model file."""

    name: str
    path: str
    backend: BackendKind = BackendKind.LLAMA
    catalog_id: str | None = None


class HeadContender(msgspec.Struct, frozen=True, kw_only=True):
    """What a list shows of a contender."""

    letter: str
    card: HeadCard


class HeadPlan(msgspec.Struct, frozen=True, kw_only=True):
    """What a list shows of a plan."""

    round_id: str
    session_id: str
    prompt: str
    contenders: tuple[HeadContender, ...]
    mode: Mode = Mode.MEASURED
    purpose: Purpose = Purpose.QUESTION


class LogHead(msgspec.Struct, frozen=True, kw_only=True, tag_field="line", tag="round"):
    """The beginning of a log."""

    schema_version: int
    plan: HeadPlan
    started_utc: str
    """ISO 8601, UTC."""


_decoder = msgspec.json.Decoder(LogHead)


def read_head(path: Path) -> LogHead:
    """Read the beginning of a log.

    Raises:
        StoreError: LOG_UNREADABLE: no file, not a log, or one of a newer version.
    """
    try:
        if path.exists() and not path.is_file():
            raise _unreadable(path, _("it is not an ordinary file"))
        with path.open("rb") as stream:
            line = stream.readline(MAX_LINE_BYTES + 1)
    except (OSError, ValueError) as error:  # ValueError: a NUL character in the name
        reason = error.strerror if isinstance(error, OSError) else None
        raise _unreadable(path, reason or str(error)) from error
    return _decoded(path, line)


def log_paths(folder: Path) -> tuple[Path, ...]:
    """Return the logs of a folder, newest first by their names; none if there is no folder."""
    try:
        return tuple(sorted(folder.glob("*.jsonl"), key=lambda path: path.name, reverse=True))
    except OSError:  # before Python 3.13, a folder that may not be read raises
        return ()


def _decoded(path: Path, line: bytes) -> LogHead:
    if not line.endswith(b"\n"):
        raise _unreadable(path, _("it ends before its first line does, so it holds no answer"))
    try:
        head = _decoder.decode(line)
    except (msgspec.MsgspecError, RecursionError, ValueError) as error:
        problem = _("it is not the record of a round ({reason})").format(reason=error)
        raise _unreadable(path, problem) from error
    if head.schema_version > SCHEMA_VERSION:
        problem = _(
            "it is from a newer version of Large Enough (record version {found}, this program "
            "reads up to {known})"
        ).format(found=head.schema_version, known=SCHEMA_VERSION)
        raise _unreadable(path, problem)
    return head


def _unreadable(path: Path, problem: str) -> StoreError:
    return StoreError(FailureKind.LOG_UNREADABLE, str(path), line=1, problem=problem)
