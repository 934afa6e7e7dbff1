"""Measures how alike two texts are by their runs of characters (chrF).

Likeness is not correctness: it helps people who look through free answers and never decides.
After Popovic, "chrF: character n-gram F-score for automatic MT evaluation" (WMT 2015): runs of one
to six characters without white space, recall counting twice as much as precision (beta = 2), the
F-scores of the six lengths averaged over those that both texts have.
"""

from collections import Counter

LONGEST_RUN = 6
BETA = 2.0
MOST_CHARACTERS = 20_000
"""Longer texts are compared by their beginnings."""


def chrf(text: str, reference: str) -> float:
    """Return the likeness of two texts, 0 to 1; 0 if one of them is empty.

    Args:
        text: What was written.
        reference: What it is compared with.
    """
    mine, other = _characters(text), _characters(reference)
    scores = [_f_score(mine, other, length) for length in range(1, LONGEST_RUN + 1)]
    known = [score for score in scores if score is not None]
    return sum(known) / len(known) if known else 0.0


def _characters(text: str) -> str:
    return "".join(text.split())[:MOST_CHARACTERS]


def _f_score(mine: str, other: str, length: int) -> float | None:
    """Return the F-score of runs of one length; None where a text is too short for any."""
    given, wanted = _runs(mine, length), _runs(other, length)
    if not given or not wanted:
        return None
    shared = (given & wanted).total()
    precision, recall = shared / given.total(), shared / wanted.total()
    if shared == 0:
        return 0.0
    return (1 + BETA**2) * precision * recall / (BETA**2 * precision + recall)


def _runs(text: str, length: int) -> Counter[str]:
    return Counter(text[start : start + length] for start in range(len(text) - length + 1))
