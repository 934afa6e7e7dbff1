"""Says what two models got right on how many questions."""

from large_enough.domain.quantity import Unavailable
from large_enough.domain.verdict import Method, PairVerdict, RunVerdict
from large_enough.wording.numbers import count_text, decimal_text
from large_enough.wording.translate import _, ngettext

_SAYS_LESS = 0.95
"""From this share of the questions on, groups make no difference worth a sentence."""


def questions_text(pair: PairVerdict) -> str:
    """Return how many questions were compared: "100 questions of 20 kinds", "100 questions"."""
    count = count_text(pair.question_count)
    if not pair.is_grouped:
        return ngettext("{count} question", "{count} questions", pair.question_count).format(
            count=count
        )
    if pair.group_count == 1:
        return _("{count} questions of one kind").format(count=count)
    return _("{count} questions of {groups} kinds").format(
        count=count, groups=count_text(pair.group_count)
    )


def right_sentence(verdict: RunVerdict, pair: PairVerdict, small: str, large: str) -> str:
    """Return how many questions, or points, both got.

    Args:
        verdict: The whole run.
        pair: Two models of it.
        small: How the smaller one is called in the sentence.
        large: How the larger one is called.
    """
    questions = questions_text(pair)
    if _is_whole(pair):
        return _(
            "On {questions} {small} was right on {small_right}, {large} on {large_right}."
        ).format(
            questions=questions,
            small=small,
            large=large,
            small_right=count_text(len(pair.both) + len(pair.only_small)),
            large_right=count_text(len(pair.both) + len(pair.only_large)),
        )
    shares = (_points_share(verdict, pair, pair.small), _points_share(verdict, pair, pair.large))
    if shares[0] is None or shares[1] is None:
        return _("Compared on {questions}: {small} and {large}.").format(
            questions=questions, small=small, large=large
        )
    return _(
        "On {questions} {small} got {small_share} % of the points, {large} {large_share} %."
    ).format(
        questions=questions,
        small=small,
        large=large,
        small_share=decimal_text(shares[0] * 100, 1),
        large_share=decimal_text(shares[1] * 100, 1),
    )


def disagreement_sentence(pair: PairVerdict) -> str:
    """Return on how many questions only one of the two was right."""
    if not _is_whole(pair):
        return ""
    count = len(pair.only_small) + len(pair.only_large)
    if not count:
        return _("They were right on the same questions.")
    return ngettext("They disagreed on {count}.", "They disagreed on {count}.", count).format(
        count=count_text(count)
    )


def effective_sentence(pair: PairVerdict) -> str:
    """Return how much grouped questions say; empty where they say as much as single ones."""
    if not pair.is_grouped or pair.effective_count >= _SAYS_LESS * pair.question_count:
        return ""
    count = pair.telling_count
    return ngettext(
        "Questions of a kind tend to go right or wrong together: these say as much as {count} "
        "unrelated question.",
        "Questions of a kind tend to go right or wrong together: these say as much as {count} "
        "unrelated questions.",
        count,
    ).format(count=count_text(count))


def _is_whole(pair: PairVerdict) -> bool:
    """Return whether every question is right or wrong, with nothing between."""
    return pair.method in {Method.SINGLE, Method.GROUPED} and not pair.has_parts


def _points_share(verdict: RunVerdict, pair: PairVerdict, letter: str) -> float | None:
    """Return a contender's share of the points if it stands for the questions of the pair."""
    standing = verdict.standings.get(letter)
    if standing is None or isinstance(standing.accuracy, Unavailable):
        return None
    return standing.accuracy.share if standing.accuracy.count == pair.question_count else None
