"""Says in a line or two which round of the past is meant."""

import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from large_enough.domain.errors import ErrorInfo
from large_enough.domain.round import LETTERS, Mode, Purpose, RoundRecord
from large_enough.domain.text import harmless_line
from large_enough.wording.failures import Explanation, explain
from large_enough.wording.states import mode_in_short, purpose_text
from large_enough.wording.translate import _

if TYPE_CHECKING:
    from large_enough.comparison.history import RoundSummary


def time_text(started_utc: str) -> str:
    """Return a time in the user's time zone; as it stands if it is none."""
    try:
        started = datetime.datetime.fromisoformat(started_utc).astimezone()
    except (ValueError, OverflowError, OSError):
        return harmless_line(started_utc)
    return f"{started:%Y-%m-%d %H:%M}"


def row_title(summary: "RoundSummary") -> str:
    """Return what was asked, or which file cannot be read."""
    if summary.problem is not None:
        return harmless_line(Path(summary.path).name)
    return summary.prompt_start or _("(an empty question)")


def row_facts(summary: "RoundSummary") -> str:
    """Return when it was asked and what is unusual about it."""
    if summary.problem is not None:
        return _("cannot be read")
    parts = [time_text(summary.started_utc), *_marks(summary)]
    return " · ".join(part for part in parts if part)


def row_models(summary: "RoundSummary") -> str:
    """Return of whom it was asked, or why the file cannot be read."""
    if summary.problem is not None:
        return problem_words(summary.problem).happened
    return ", ".join(
        f"{letter} {name}" for letter, name in zip(LETTERS, summary.models, strict=False)
    )


def problem_words(error: ErrorInfo) -> Explanation:
    """Return what is wrong with a record; of its place only the file's name."""
    name = Path(error.subject.replace("\\", "/")).name
    words = explain(msgspec.structs.replace(error, subject=name))
    return msgspec.structs.replace(
        words, happened=harmless_line(words.happened), next_step=harmless_line(words.next_step)
    )


def _marks(summary: "RoundSummary") -> list[str]:
    """Return what is unusual about a round."""
    marks = []
    if summary.purpose is not Purpose.QUESTION:
        marks.append(purpose_text(summary.purpose))
    if summary.mode is Mode.TOGETHER:
        marks.append(mode_in_short(summary.mode))
    if summary.is_scripted:
        marks.append(_("scripted"))
    return marks


def when_and_how(record: RoundRecord) -> str:
    """Return when a round was recorded and how its contenders took turns."""
    parts = [time_text(record.started_utc), mode_in_short(record.plan.mode)]
    if record.plan.purpose is not Purpose.QUESTION:
        parts.append(purpose_text(record.plan.purpose))
    if not record.is_complete:
        parts.append(_("the record ends before the round did"))
    if any(record.plan.history.values()):
        parts.append(_("a further question in a conversation"))
    return " · ".join(parts)


def file_stem(record: RoundRecord) -> str:
    """Return a name for files about this round, without ending."""
    digits = "".join(c if c.isdigit() else "-" for c in time_text(record.started_utc))[:16]
    return f"large-enough-{digits}" if digits else "large-enough-round"
