"""Tells how well a signal separates right answers from wrong ones."""

from collections.abc import Sequence

import numpy as np

from large_enough.domain.quantity import Quantity, Unavailable

ALL_THE_SAME = Unavailable(reason="all answers are right, or all are wrong")


def auroc(signals: Sequence[float], are_right: Sequence[bool]) -> Quantity:
    """Return the chance that a right answer has a higher signal than a wrong one; ties count half.

    The area under the receiver operating characteristic, by ranks (Mann and Whitney, 1947): 0.5
    tells nothing, 1 tells all.

    Raises:
        ValueError: The two are not of the same length.
    """
    values, right = np.asarray(signals, dtype=float), np.asarray(are_right, dtype=bool)
    if values.shape != right.shape:
        message = f"{values.size} signals for {right.size} answers"
        raise ValueError(message)
    wins, losses = values[right], values[~right]
    if not wins.size or not losses.size:
        return ALL_THE_SAME
    ordered = np.sort(losses)
    below = np.searchsorted(ordered, wins, side="left")
    upto = np.searchsorted(ordered, wins, side="right")
    return float((below + upto).sum() / 2 / (wins.size * losses.size))
