"""Defines the lines of a round's log.

A log is a JSON-lines file: one `HeaderLine`, one `AnswerLine` for each turn as it ends, one
`EnergyLine` for each answer once its energy is known, one `EndLine` when the round is over. A log
without an `EndLine` was cut.
"""

from typing import Any

import msgspec

from large_enough.domain.energy_use import EnergyUse
from large_enough.domain.quantity import Count
from large_enough.domain.round import AnswerResult, Machine, MachineUse, RoundPlan

SCHEMA_VERSION = 1
"""Version of the lines written here, and of `RoundRecord`; newer ones are refused by name."""
MAX_LINE_BYTES = 64_000_000
"""Longest line that is read; the longest real ones (long answers with their timeline) stay far
below."""


class HeaderLine(msgspec.Struct, frozen=True, kw_only=True, tag_field="line", tag="round"):
    """First line: everything known before the first answer."""

    schema_version: int
    plan: RoundPlan
    machine: Machine
    started_utc: str
    """ISO 8601, UTC."""
    available_memory_before_bytes: Count


class AnswerLine(msgspec.Struct, frozen=True, kw_only=True, tag_field="line", tag="answer"):
    """How one contender's turn ended."""

    result: AnswerResult


class EnergyLine(msgspec.Struct, frozen=True, kw_only=True, tag_field="line", tag="energy"):
    """What an answer used; known some moments after its end, so it has a line of its own."""

    letter: str
    energy: EnergyUse


class EndLine(msgspec.Struct, frozen=True, kw_only=True, tag_field="line", tag="end"):
    """Last line: all turns have ended."""

    machine_use: MachineUse = MachineUse()


class VersionLine(msgspec.Struct, frozen=True, kw_only=True, tag_field="line", tag="round"):
    """The part of the first line that every version has."""

    schema_version: int


Line = HeaderLine | AnswerLine | EnergyLine | EndLine


def encode_line(line: Line) -> bytes:
    """Return the line as JSON with a line feed.

    Args:
        line: Any line. Characters that UTF-8 cannot hold (file names of another encoding come with
            such) are written as their escape codes.
    """
    return encode_record(line) + b"\n"


def encode_record(record: msgspec.Struct) -> bytes:
    """Return any record as JSON; characters that UTF-8 cannot hold become their escape codes."""
    try:
        return msgspec.json.encode(record)
    except UnicodeEncodeError:
        return msgspec.json.encode(_printable(msgspec.to_builtins(record)))


def _printable(value: Any) -> Any:  # noqa: ANN401 - any tree of plain data
    if isinstance(value, str):
        return value.encode("utf-8", "backslashreplace").decode("utf-8")
    if isinstance(value, dict):
        return {_printable(key): _printable(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_printable(item) for item in value]
    return value
