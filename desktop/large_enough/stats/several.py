"""Judges several comparisons at once without being wrong more often than promised."""

from collections.abc import Sequence


def first_failure(are_shown: Sequence[bool]) -> int:
    """Return how many rungs of a ladder hold, walking down from the largest model.

    Fixed-sequence testing: the order is settled beforehand and the walk ends at the first model
    that is not shown to be large enough; the error of the whole stays that of one test (Maurer,
    Hothorn and Lehmacher, 1995).
    """
    for number, is_shown in enumerate(are_shown):
        if not is_shown:
            return number
    return len(are_shown)


def holm(p_values: Sequence[float]) -> tuple[float, ...]:
    """Return p-values adjusted for being many, in the order given (S. Holm, 1979)."""
    count = len(p_values)
    adjusted = [1.0] * count
    highest = 0.0
    for rank, place in enumerate(sorted(range(count), key=p_values.__getitem__)):
        highest = max(highest, min(1.0, (count - rank) * p_values[place]))
        adjusted[place] = highest
    return tuple(adjusted)
