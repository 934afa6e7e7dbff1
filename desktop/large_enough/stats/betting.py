"""Gives limits of a mean of bounded numbers by betting, exact however few there are.

For scores with parts of points over few questions, where neither Tango's limits nor the bootstrap
can be trusted. A mean is ruled out when a bettor who may stake on its being higher (or lower) would
have multiplied a wealth of 1 by 20: under the mean in question that happens in at most 1 of 20
cases, whatever the distribution (I. Waudby-Smith and A. Ramdas, JRSS-B 86, 2024; Markov's
inequality). The order of the numbers does not matter.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from large_enough.domain.interval import Limits
from large_enough.stats.evidence import STAKES
from large_enough.stats.tango import ONE_SIDED_CONFIDENCE

_STAKES = np.asarray(STAKES)[:, np.newaxis]
_STEPS = 40
"""Of halving an interval of length 2: to far below a millionth of a point."""


def betting_limits(
    differences: Sequence[float], confidence: float = ONE_SIDED_CONFIDENCE
) -> Limits:
    """Return the limits of a mean difference.

    Args:
        differences: Independent of each other, each -1 to 1; at least one.
        confidence: Of each limit alone.

    Raises:
        ValueError: There are none, or one is out of bounds.
    """
    if not differences or not all(-1 <= value <= 1 for value in differences):
        message = f"{len(differences)} differences, not all of them from -1 to 1"
        raise ValueError(message)
    enough = 1 / (1 - confidence)
    return Limits(
        difference=sum(differences) / len(differences),
        low=_lowest(differences, enough),
        high=-_lowest([-value for value in differences], enough),
        confidence=confidence,
    )


def _lowest(differences: Sequence[float], enough: float) -> float:
    """Return the smallest mean that is not ruled out, by halving: wealth falls with the mean."""
    values = np.asarray(differences, dtype=np.float64)
    low, high = -1.0, float(values.mean())
    for _step in range(_STEPS):
        middle = (low + high) / 2
        if middle <= -1.0:
            break
        if _wealth(values, middle) >= enough:
            low = middle
        else:
            high = middle
    return low


def _wealth(values: npt.NDArray[np.float64], mean: float) -> float:
    """Return what a wealth of 1 has become by staking on a mean above this one, at the end."""
    gains = np.maximum((values - mean) / (1 + mean), -1.0)
    return float(np.exp(np.log1p(_STAKES * gains).sum(axis=1)).mean())
