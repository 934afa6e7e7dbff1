"""How an answer to a pack's item was judged, and why."""

import enum
from typing import Annotated

import msgspec

from large_enough.domain.quantity import Unavailable


class ReplyEnd(enum.StrEnum):
    """How the text of a reply came to its end."""

    FINISHED = "finished"
    """The model had finished, or a stop text appeared."""
    LENGTH = "length"
    """The limit of tokens or characters was reached."""
    CONTEXT_FULL = "context_full"
    LOOPING = "looping"
    """The model repeated itself and was stopped."""
    TIMEOUT = "timeout"
    """The time limit for one item was reached."""
    OVERFLOW = "overflow"
    """The prompt does not fit the context, so the model was never asked."""
    FAILED = "failed"
    """The model could not answer: its worker ended, the engine refused."""


class Reply(msgspec.Struct, frozen=True, kw_only=True):
    """What a grader sees of an answer. It never sees which model gave it."""

    text: str
    """The answer without the model's thoughts."""
    thoughts: str = ""
    end: ReplyEnd = ReplyEnd.FINISHED
    shown_choices: tuple[str, ...] = ()
    """The options in the order in which they were shown, the first one as A."""
    language: str = "en"
    """BCP 47 code of the pack."""


class GradeStatus(enum.StrEnum):
    """What became of an answer. Apart from the score: a cut answer is not a wrong one."""

    CORRECT = "correct"
    PARTIAL = "partial"
    WRONG = "wrong"
    NO_ANSWER = "no_answer"
    """There is text, but no answer could be found in it."""
    TRUNCATED = "truncated"
    """The limit was reached before there was an answer."""
    EMPTY = "empty"
    REFUSED = "refused"
    OVERFLOW = "overflow"
    LOOPING = "looping"
    TIMEOUT = "timeout"
    ERROR = "error"
    NEEDS_HUMAN = "needs_human"
    """No rule can judge it; it is left out of the accuracy until somebody does."""


ANSWERED = frozenset({GradeStatus.CORRECT, GradeStatus.PARTIAL, GradeStatus.WRONG})
"""Statuses that say something about the answer itself: accuracy on answered counts only these."""


class GradeStep(msgspec.Struct, frozen=True, kw_only=True):
    """One step on the way to a grade; `wording.grade_words` has a sentence for each."""

    kind: str
    """A `scoring.steps.StepKind`, kept as text so that records of newer versions can be read."""
    facts: dict[str, str | int | float] = {}


Score = Annotated[float, msgspec.Meta(ge=0, le=1)] | Unavailable
"""Points, 0 to 1; lines of a log that hold others make no sense."""


class Grade(msgspec.Struct, frozen=True, kw_only=True):
    """How one answer was judged by rule."""

    status: GradeStatus
    score: Score
    """0 to 1; every failure counts 0; unavailable where a person must judge."""
    taken: str = ""
    """What was taken as the answer; empty if none was found."""
    steps: tuple[GradeStep, ...] = ()
    """Why: how the answer was found, read, and compared."""
    grader: str
    """Name and version of the grader, for example "number/1"."""


class HandGrade(msgspec.Struct, frozen=True, kw_only=True):
    """A person's judgement; it stands above the rule's."""

    status: GradeStatus
    score: Score
    who: str
    why: str
    utc: str
    """ISO 8601."""


NOT_JUDGED = Unavailable(reason="a person must judge this answer")
