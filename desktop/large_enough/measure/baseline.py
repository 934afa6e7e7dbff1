"""Computes the idle power of an instrument from a stretch in which nothing was asked.

The idle power is the median of the means over one second (or over one update period of the
instrument, if that is longer), so that a short burst of some other program does not count. It
belongs to the state in which it was measured: models loaded, window shown, same power source.
"""

import math
import statistics

import msgspec

from large_enough.domain.energy import IdlePower, PowerConditions
from large_enough.domain.quantity import Unavailable
from large_enough.measure.footing import footing
from large_enough.measure.windows import Series, Window

SHORTEST_IDLE_S = 10.0
"""A shorter stretch gives no idle power."""
FEWEST_BLOCKS = 10
"""Means whose median is taken, at least."""
CHANGE_FLOOR_W = 0.5
CHANGE_SHARE = 0.1
"""Idle powers before and after that differ by more than this share (and by more than
`CHANGE_FLOOR_W`) mean that something else was running."""

IDLE_TOO_SHORT = Unavailable(reason="not idle for long enough")

_BLOCK_S = 1.0
_MEDIAN_TO_MEAN = math.sqrt(math.pi / 2)
"""Standard error of a median of normal values over that of their mean."""


def idle_power(
    series: Series, window: Window, conditions: PowerConditions
) -> IdlePower | Unavailable:
    """Return the idle power of the window, or why there is none.

    Args:
        series: With readings from before the start to past the end.
        window: In which nothing was asked; ten seconds or more.
        conditions: Under which it was measured.
    """
    if window.duration_s < SHORTEST_IDLE_S:
        return IDLE_TOO_SHORT
    ground = footing(series, window)
    if isinstance(ground, Unavailable):
        return ground
    block_s = max(_BLOCK_S, ground.period_s)
    block_count = math.floor(window.duration_s / block_s + 1e-9)
    if block_count < FEWEST_BLOCKS:
        return IDLE_TOO_SHORT
    means_w = [
        ground.curve.energy_j(index * block_s, (index + 1) * block_s) / block_s
        for index in range(block_count)
    ]
    return IdlePower(
        source_key=series.identity.key,
        power_w=statistics.median(means_w),
        uncertainty_w=_MEDIAN_TO_MEAN * statistics.stdev(means_w) / math.sqrt(block_count),
        block_s=block_s,
        block_count=block_count,
        conditions=conditions,
    )


def is_change(before_w: float, after_w: float) -> bool:
    """Return whether the idle power was clearly another one afterwards: something else ran."""
    return abs(after_w - before_w) > max(CHANGE_FLOOR_W, CHANGE_SHARE * before_w)


def before_and_after(before: IdlePower, after: IdlePower) -> IdlePower | Unavailable:
    """Return the idle power between two measurements of it.

    It is their mean. Half of what it changed by widens the uncertainty, and a change of more than
    `CHANGE_SHARE` marks it as disturbed.
    """
    if before.source_key != after.source_key or before.conditions != after.conditions:
        return Unavailable(reason="the idle power was measured in another state")
    change_w = abs(after.power_w - before.power_w)
    power_w = (before.power_w + after.power_w) / 2
    return msgspec.structs.replace(
        before,
        power_w=power_w,
        uncertainty_w=math.hypot(
            before.uncertainty_w / 2, after.uncertainty_w / 2, change_w / math.sqrt(12)
        ),
        block_count=before.block_count + after.block_count,
        is_disturbed=is_change(before.power_w, after.power_w),
    )
