"""Tells how fast a run gets on, from what it has shown so far."""

from collections import deque
from collections.abc import Mapping

from large_enough.domain.quantity import Quantity, Unavailable

RECENT_ANSWERS = 30
"""Answers that the pace is made of: the newest, since heat and other programs come and go."""
FEWEST_ANSWERS = 2
"""Before this, one long answer would say nothing about the rest."""
NOT_SHOWN = Unavailable(reason="too few answers so far")
NOT_BEGUN = Unavailable(reason="a model has not shown its pace yet")


class Pace:
    """How fast one contender answers in this run; loading is left out."""

    def __init__(self) -> None:
        self._durations_s: deque[float] = deque(maxlen=RECENT_ANSWERS)

    def add(self, took_s: float) -> None:
        """Take note of an answer.

        Args:
            took_s: Time since the answer before it: several at once share it.
        """
        self._durations_s.append(max(0.0, took_s))

    @property
    def seconds_per_item(self) -> Quantity:
        """Time that an answer takes."""
        if len(self._durations_s) < FEWEST_ANSWERS:
            return NOT_SHOWN
        return sum(self._durations_s) / len(self._durations_s)

    @property
    def items_per_s(self) -> Quantity:
        """Answers in a second."""
        seconds = self.seconds_per_item
        if isinstance(seconds, Unavailable):
            return seconds
        return 1 / seconds if seconds > 0 else NOT_SHOWN


def left_s(missing: Mapping[str, int], paces: Mapping[str, Pace]) -> Quantity:
    """Return the time that is left, at the pace that each contender has shown.

    Args:
        missing: By letter, how many answers are still to be given.
        paces: By letter.

    Returns:
        Seconds; unavailable while somebody has shown no pace yet but has something left.
    """
    sum_s = 0.0
    for letter, count in missing.items():
        seconds = paces[letter].seconds_per_item
        if count and isinstance(seconds, Unavailable):
            return NOT_BEGUN
        if count and not isinstance(seconds, Unavailable):
            sum_s += count * seconds
    return sum_s
