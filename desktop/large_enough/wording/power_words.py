"""Says in plain words what so many questions can show."""

from large_enough.domain.pack import DEFAULT_MARGIN
from large_enough.wording.numbers import count_text, decimal_text, share_text
from large_enough.wording.translate import _, ngettext

_HARDLY_ANY = 20
_FEW = 60
_SOME = 200
_MANY = 500


def power_sentence(question_count: int) -> str:
    """Return what differences so many questions can show."""
    count = count_text(question_count)
    if question_count < _HARDLY_ANY:
        return ngettext(
            "{count} question can show next to nothing.",
            "{count} questions can show next to nothing.",
            question_count,
        ).format(count=count)
    if question_count < _FEW:
        return _("{count} questions can only show large differences.").format(count=count)
    if question_count < _SOME:
        return _("{count} questions can show middling differences.").format(count=count)
    if question_count < _MANY:
        return _("{count} questions can show small differences.").format(count=count)
    return _("{count} questions can show even small differences.").format(count=count)


def kinds_sentence(question_count: int, kind_count: int) -> str:
    """Return how questions are counted, those of one kind together; empty if each stands alone."""
    if kind_count >= question_count:
        return ""
    return _("{questions} questions of {kinds} kinds, counted by kinds here.").format(
        questions=count_text(question_count), kinds=count_text(kind_count)
    )


def power_explanation(
    chance: float, needed_count: int | None, margin: float = DEFAULT_MARGIN
) -> str:
    """Return what that means for a margin.

    Args:
        chance: That a run with so many questions settles the matter if both are equally good.
        needed_count: How many questions would be likely to; None if that is not known.
        margin: How much worse the small model may be, as a share of the questions.
    """
    points = points_text(margin)
    words = _(
        "If two models are equally good, a run has a chance of {chance} to say so, with a margin "
        "of {points}."
    ).format(chance=share_text(chance), points=points)
    if needed_count is None:
        return words
    more = _("With {count} questions it probably would.").format(count=count_text(needed_count))
    return f"{words} {more}"


def power_source(disagreement: float) -> str:
    """Return under which conditions the table holds, and where it is from."""
    return _(
        "Chance that a run shows that the small model is large enough when both are equally good "
        "and disagree on {share} of the questions. Simulated with Tango's interval for paired "
        "shares."
    ).format(share=share_text(disagreement))


def points_text(share: float) -> str:
    """Return a difference of shares in points of a hundred: 10 points."""
    return _("{number} points").format(number=decimal_text(share * 100, 0))
