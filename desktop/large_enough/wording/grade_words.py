"""Puts grades into words: what became of an answer, and why."""

from large_enough.domain.grade import Grade, GradeStatus, GradeStep
from large_enough.domain.text import harmless_line
from large_enough.wording.grade_step_words import STEP_WORDS
from large_enough.wording.numbers import count_text
from large_enough.wording.translate import _, pgettext

_SIGNIFICANT_DIGITS = 12


def status_word(status: GradeStatus) -> str:
    """Return what became of an answer, in a word or three."""
    return {
        GradeStatus.CORRECT: _("right"),
        GradeStatus.PARTIAL: _("partly right"),
        GradeStatus.WRONG: _("wrong"),
        GradeStatus.NO_ANSWER: _("no answer found"),
        GradeStatus.TRUNCATED: _("cut off"),
        GradeStatus.EMPTY: _("empty"),
        GradeStatus.REFUSED: _("refused"),
        GradeStatus.OVERFLOW: _("question too long"),
        GradeStatus.LOOPING: _("repeated itself"),
        GradeStatus.TIMEOUT: _("out of time"),
        GradeStatus.ERROR: _("error"),
        GradeStatus.NEEDS_HUMAN: _("for people to judge"),
    }[status]


def step_sentences(grade: Grade) -> tuple[str, ...]:
    """Return why an answer was graded so: one sentence a step, in the order of the steps."""
    return tuple(step_sentence(grade_step) for grade_step in grade.steps)


def step_sentence(grade_step: GradeStep) -> str:
    """Return what one step says; records of newer versions may have steps unknown here."""
    words = STEP_WORDS.get(grade_step.kind)
    facts = _Shown({name: _fact_text(fact) for name, fact in grade_step.facts.items()})
    if words is None:
        return _("There was another step (“{name}”) that this version does not know.").format(
            name=harmless_line(grade_step.kind)
        )
    return _(words).format_map(facts)


class _Shown(dict[str, str]):
    """Facts in words; one that a damaged record lacks is a dash."""

    def __missing__(self, name: str) -> str:
        """Return what stands for a fact that is not there."""
        return "—"


def _fact_text(fact: str | float) -> str:
    if isinstance(fact, str):
        return harmless_line(fact)
    return count_text(fact) if isinstance(fact, int) else exact_text(fact)


def exact_text(value: float) -> str:
    """Return a number with all its digits, up to twelve, as the chosen language writes it."""
    return f"{value:.{_SIGNIFICANT_DIGITS}g}".replace(".", pgettext("before decimals", "."))
