"""Places differences between two models on a line: the margin, equal, and the ends of intervals."""

from collections.abc import Iterable

from large_enough.figures.primitives import refuse_non_finite

_ROOM = 0.12
"""Beyond the outermost number on each side, as a part of the whole."""
_LEAST_ROOM = 0.3
"""Of the margin, to the right of "equal": the band must be seen to go on."""


class DifferenceAxis:
    """Worse to the left, better to the right; never beyond 100 points."""

    def __init__(self, values: Iterable[float], margin: float, *, start: float, end: float) -> None:
        """Make the axis.

        Args:
            values: Everything to be shown, -1 to 1.
            margin: How much worse is accepted, above 0.
            start: Place of its left end.
            end: Place of its right end.

        Raises:
            ValueError: A number is infinite or not a number, or the margin is not above 0.
        """
        shown = (*values, -margin, margin * _LEAST_ROOM)
        refuse_non_finite(shown)
        if margin <= 0:
            message = f"a margin of {margin} cannot be drawn"
            raise ValueError(message)
        low, high = min(shown), max(shown)
        room = (high - low) * _ROOM
        self.low, self.high = max(low - room, -1.0), min(high + room, 1.0)
        self.start, self.end = start, end

    def place(self, value: float) -> float:
        """Return where a difference lies; one outside lies at the end."""
        share = (value - self.low) / (self.high - self.low)
        return self.start + min(max(share, 0.0), 1.0) * (self.end - self.start)
