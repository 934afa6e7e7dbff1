"""Reads the beginnings of rounds' logs: what was asked of whom, without the answers.

Only the first line of a file is read, and of it only what a list of rounds shows, so that
thousands of logs can be looked through.
"""

from pathlib import Path

import msgspec

from large_enough.domain.model_card import BackendKind
from large_enough.domain.round import Mode, Purpose
from large_enough.store.line_reading import (
    check_version,
    decode_head,
    first_line,
    log_paths,
    opened,
)
from large_enough.store.log_lines import SCHEMA_VERSION
from large_enough.wording.translate import _

__all__ = ["LogHead", "log_paths", "read_head"]


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
    with opened(path) as stream:
        line = first_line(path, stream)
    problem = _("it is not the record of a round ({reason})")
    head = decode_head(path, line, _decoder, problem)
    check_version(path, head.schema_version, SCHEMA_VERSION)
    return head
