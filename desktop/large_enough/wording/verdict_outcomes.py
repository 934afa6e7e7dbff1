"""Says what a comparison comes to: the outcome with its limit and the margin."""

from large_enough.domain.quantity import Unavailable
from large_enough.domain.verdict import Decision, Outcome
from large_enough.wording.numbers import count_text
from large_enough.wording.points import margin_text, points
from large_enough.wording.reasons import reason_text
from large_enough.wording.translate import _, ngettext

_MOST_QUESTIONS = 10_000
"""More of them are never a plan (our choice)."""
_SIGNIFICANT = 2


def outcome_word(outcome: Outcome) -> str:
    """Return an outcome in a few words."""
    return {
        Outcome.LARGE_ENOUGH: _("large enough"),
        Outcome.LARGE_IS_BETTER: _("the large one is worth it"),
        Outcome.MEASURABLY_WORSE: _("measurably worse, perhaps within your margin"),
        Outcome.NOT_SETTLED: _("not settled yet"),
    }[outcome]


def outcome_headline(decision: Decision, small: str, large: str) -> str:
    """Return the outcome as a headline, with the limit that decides and the margin.

    Args:
        decision: What it comes to.
        small: Name of the smaller model.
        large: Name of the larger one.
    """
    limits, margin = decision.limits, decision.margin
    worst, least = points(max(-limits.low, 0.0), margin), points(max(-limits.high, 0.0), margin)
    return _headlines(decision, worst.plural, least.plural).format(
        small=small,
        large=large,
        worst=worst.text,
        least=least.text,
        margin=margin_text(margin),
    )


def _headlines(decision: Decision, worst: int, least: int) -> str:
    return {
        Outcome.LARGE_ENOUGH: _enough(decision.limits.low, decision.limits.high, worst),
        Outcome.LARGE_IS_BETTER: ngettext(
            "The large one is worth it: {large} is at least {least} point better than {small}; "
            "your margin is {margin}.",
            "The large one is worth it: {large} is at least {least} points better than {small}; "
            "your margin is {margin}.",
            least,
        ),
        Outcome.MEASURABLY_WORSE: _(
            "Measurably worse, perhaps within your margin: {small} is {least} to {worst} points "
            "worse than {large}; your margin is {margin}."
        ),
        Outcome.NOT_SETTLED: ngettext(
            "Not settled yet. {small} may be up to {worst} point worse than {large}; your margin "
            "is {margin}.",
            "Not settled yet. {small} may be up to {worst} points worse than {large}; your margin "
            "is {margin}.",
            worst,
        ),
    }[decision.outcome]


def _enough(low: float, high: float, worst: int) -> str:
    if low > 0:
        return _("Large enough: {small} is even better than {large}.")
    if low == 0:
        return _("Large enough: {small} is not worse than {large}.")
    if high < 0:
        return ngettext(
            "Large enough: {small} is worse than {large}, but by {worst} point at most; your "
            "margin is {margin}.",
            "Large enough: {small} is worse than {large}, but by {worst} points at most; your "
            "margin is {margin}.",
            worst,
        )
    return ngettext(
        "Large enough: {small} is at most {worst} point worse than {large}; your margin is "
        "{margin}.",
        "Large enough: {small} is at most {worst} points worse than {large}; your margin is "
        "{margin}.",
        worst,
    )


def range_sentence(decision: Decision) -> str:
    """Return how much worse, or better, the small one may be."""
    low, high = decision.limits.low, decision.limits.high
    worst, best = points(abs(low), decision.margin), points(abs(high), decision.margin)
    if decision.outcome is Outcome.LARGE_IS_BETTER:
        return ngettext(
            "The small one is at least {points} point worse.",
            "The small one is at least {points} points worse.",
            best.plural,
        ).format(points=best.text)
    if decision.outcome is Outcome.MEASURABLY_WORSE:
        return _("The small one is {least} to {points} points worse.").format(
            least=best.text, points=worst.text
        )
    if low > 0:
        return ngettext(
            "The small one is at least {points} point better.",
            "The small one is at least {points} points better.",
            worst.plural,
        ).format(points=worst.text)
    if low == 0:
        return _("The small one is not worse.")
    return ngettext(
        "The small one may be up to {points} point worse.",
        "The small one may be up to {points} points worse.",
        worst.plural,
    ).format(points=worst.text)


def margin_sentence(decision: Decision) -> str:
    """Return what the limits mean with the margin: "With your margin of 10 points: ..."."""
    count = points(decision.margin).plural
    words = {
        Outcome.LARGE_ENOUGH: ngettext(
            "With your margin of {margin} point: large enough.",
            "With your margin of {margin} points: large enough.",
            count,
        ),
        Outcome.LARGE_IS_BETTER: ngettext(
            "With your margin of {margin} point: the large one is worth it.",
            "With your margin of {margin} points: the large one is worth it.",
            count,
        ),
        Outcome.MEASURABLY_WORSE: ngettext(
            "With your margin of {margin} point: measurably worse, perhaps within it.",
            "With your margin of {margin} points: measurably worse, perhaps within it.",
            count,
        ),
        Outcome.NOT_SETTLED: ngettext(
            "With your margin of {margin} point: not settled yet.",
            "With your margin of {margin} points: not settled yet.",
            count,
        ),
    }[decision.outcome]
    return words.format(margin=margin_text(decision.margin))


def conclusion_sentence(decision: Decision) -> str:
    """Return what the limits mean with the margin, and what would settle an open matter."""
    more, margin = decision.more_questions, margin_text(decision.margin)
    is_usual = decision.outcome is Outcome.NOT_SETTLED and points(decision.margin).plural != 1
    if not is_usual or isinstance(more, Unavailable) or more > _MOST_QUESTIONS:
        return " ".join(
            part for part in (margin_sentence(decision), more_sentence(decision)) if part
        )
    count = rounded_up(more)
    return ngettext(
        "With your margin of {margin} points: not settled yet; about {count} more question would "
        "probably settle it.",
        "With your margin of {margin} points: not settled yet; about {count} more questions would "
        "probably settle it.",
        count,
    ).format(margin=margin, count=count_text(count))


def more_sentence(decision: Decision) -> str:
    """Return what would settle an open matter; empty where it is settled."""
    more = decision.more_questions
    if decision.outcome in {Outcome.LARGE_ENOUGH, Outcome.LARGE_IS_BETTER}:
        return ""
    if isinstance(more, Unavailable) and decision.limits.difference <= -decision.margin:
        return _(
            "If the difference stays like this, more questions will not show that the small one "
            "is large enough."
        )
    if isinstance(more, Unavailable):
        reason = reason_text(more.reason)
        return _("{reason}.").format(reason=reason[:1].upper() + reason[1:])
    if more > _MOST_QUESTIONS:
        return _("It would take more than {count} further questions to settle it.").format(
            count=count_text(_MOST_QUESTIONS)
        )
    rounded = rounded_up(more)
    return ngettext(
        "About {count} more question would probably settle it.",
        "About {count} more questions would probably settle it.",
        rounded,
    ).format(count=count_text(rounded))


def rounded_up(count: int) -> int:
    """Return a number of questions with two digits, rounded up: it is an estimate."""
    step = int(10 ** max(0, len(str(count)) - _SIGNIFICANT))
    return -(-count // step) * step
