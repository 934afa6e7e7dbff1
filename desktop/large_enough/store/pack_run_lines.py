"""Defines the lines of a run's log.

A log is a JSON-lines file that only grows: a `RunLine` first, then in any order how models were
loaded, answers with their grades, later grades, what people judged, contenders that joined, limits
that were raised, pauses; an `EndLine` whenever there is nothing left to ask. What stands further
down wins, but for answers: the first one to a question counts, until a `RiseLine` has it asked
again.
"""

import msgspec

from large_enough.domain.errors import ErrorInfo
from large_enough.domain.grade import Grade, HandGrade
from large_enough.domain.pack import Pack
from large_enough.domain.pack_run import (
    CellKey,
    Judgement,
    LimitRise,
    PackRunPlan,
    Regrading,
    Setup,
)
from large_enough.domain.round import Contender, Machine
from large_enough.store.pack_run_cells import StoredCell

SCHEMA_VERSION = 1
"""Version of the lines written here, and of `PackRunRecord`; newer ones are refused by name."""


class RunLine(msgspec.Struct, frozen=True, kw_only=True, tag_field="line", tag="run"):
    """First line: everything known before the first answer."""

    schema_version: int
    plan: PackRunPlan
    machine: Machine
    started_utc: str
    """ISO 8601, UTC."""


class VersionLine(msgspec.Struct, frozen=True, kw_only=True, tag_field="line", tag="run"):
    """The part of the first line that every version has."""

    schema_version: int


class SetupLine(msgspec.Struct, frozen=True, kw_only=True, tag_field="line", tag="setup"):
    """A model was loaded."""

    setup: Setup


class CellLine(msgspec.Struct, frozen=True, kw_only=True, tag_field="line", tag="cell"):
    """An answer with its grade."""

    cell: StoredCell


class GradeLine(msgspec.Struct, frozen=True, kw_only=True, tag_field="line", tag="grade"):
    """An answer was graded again, as a `RegradeLine` behind it confirms; written no more."""

    key: CellKey
    grade: Grade


class NewGrade(msgspec.Struct, frozen=True, kw_only=True):
    """A grade in the place of another one."""

    key: CellKey
    grade: Grade


class RegradeLine(msgspec.Struct, frozen=True, kw_only=True, tag_field="line", tag="regrade"):
    """The run was graded again: all of it, or nothing if this line was cut."""

    regrading: Regrading
    grades: tuple[NewGrade, ...] | None = None
    """Those that are others than before; None if they stand on the lines before, as they once
    did."""
    pack: Pack | None = None
    """The pack with its new keys; None if they are as before."""


class HandLine(msgspec.Struct, frozen=True, kw_only=True, tag_field="line", tag="hand"):
    """A person judged an answer, or took that back."""

    key: CellKey
    hand_grade: HandGrade | None


class RiseLine(msgspec.Struct, frozen=True, kw_only=True, tag_field="line", tag="rise"):
    """From here on the answers named count no more: they are asked again with higher limits."""

    rise: LimitRise


class ContenderLine(msgspec.Struct, frozen=True, kw_only=True, tag_field="line", tag="contender"):
    """A contender joined, or more became known about one."""

    contender: Contender


class ProblemLine(msgspec.Struct, frozen=True, kw_only=True, tag_field="line", tag="problem"):
    """A contender could not go on."""

    letter: str
    error: ErrorInfo


class JudgementLine(msgspec.Struct, frozen=True, kw_only=True, tag_field="line", tag="judgement"):
    """A third model compared two answers."""

    judgement: Judgement


class PauseLine(msgspec.Struct, frozen=True, kw_only=True, tag_field="line", tag="pause"):
    """Somebody stopped the run; it can go on."""

    utc: str


class ResumeLine(msgspec.Struct, frozen=True, kw_only=True, tag_field="line", tag="resume"):
    """The run goes on."""

    utc: str


class EndLine(msgspec.Struct, frozen=True, kw_only=True, tag_field="line", tag="end"):
    """There is nothing left to ask."""

    utc: str


Line = (
    SetupLine
    | CellLine
    | GradeLine
    | RegradeLine
    | HandLine
    | RiseLine
    | ContenderLine
    | ProblemLine
    | JudgementLine
    | PauseLine
    | ResumeLine
    | EndLine
)
"""All lines but the first."""
