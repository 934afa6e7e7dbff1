"""Finds out whether the readings of an instrument carry an energy for a window.

They do if the window holds enough update periods, was read from before its start to past its end,
and shows a power that such an instrument can show.
"""

import bisect
import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass

from large_enough.domain.power import PowerReading, SourceIdentity, SourceKind
from large_enough.domain.quantity import Unavailable
from large_enough.measure.curve import EnergyCurve, delay_s, energy_curve
from large_enough.measure.plausible import why_not_plausible
from large_enough.measure.windows import NS_PER_S, Series, Window

FEWEST_UPDATES = 10
"""Update periods that a window must hold."""

WINDOW_TOO_SHORT = Unavailable(reason="window too short")
NOT_READ_BEFORE = Unavailable(reason="it was not read before the start")
NOT_READ_AFTER = Unavailable(reason="it was not read past the end")

_EDGE_PERIODS = 2.0
"""Update periods on each side of an edge from which the step of the load is taken."""
_SHORTEST_EDGE_S = 0.5
"""At least this long, so that noise is not taken for a step."""


@dataclass(frozen=True, slots=True)
class Footing:
    """What an energy stands on: a window that was covered, long enough and plausible."""

    identity: SourceIdentity
    window: Window
    curve: EnergyCurve
    period_s: float
    """Update period, or the longest time without a reading if that is longer."""
    reading_count: int

    @property
    def duration_s(self) -> float:
        """Length of the window."""
        return self.window.duration_s

    @property
    def energy_j(self) -> float:
        """Everything that the instrument counted in the window."""
        return self.curve.energy_j(0.0, self.duration_s)

    @property
    def mean_power_w(self) -> float:
        """Average watts over the window."""
        return self.energy_j / self.duration_s


def footing(series: Series, window: Window) -> Footing | Unavailable:
    """Return what an energy of this window would stand on, or why there can be none.

    Args:
        series: With readings from before the start to past the end.
        window: Of the energy.
    """
    period_s = series.update_period_s
    if isinstance(period_s, Unavailable):
        return period_s
    if not is_long_enough(series, window):
        return WINDOW_TOO_SHORT
    slowest_s = max(period_s, series.identity.averaging_s)
    readings = _readings_around(series.readings, window, margin_s=_margin_s(slowest_s))
    curve = energy_curve(series.identity, readings, period_s, window.start_ns)
    if isinstance(curve, Unavailable):
        return curve
    if not curve.covers(0.0, window.duration_s):
        return NOT_READ_BEFORE if curve.times_s[0] > 0.0 else NOT_READ_AFTER
    return _checked(
        Footing(
            identity=series.identity,
            window=window,
            curve=curve,
            period_s=max(period_s, _longest_gap_s(series, period_s, readings, window)),
            reading_count=len(_readings_around(readings, window, margin_s=0.0)),
        )
    )


def read_past_s(identity: SourceIdentity, update_period_s: float) -> float:
    """Return for how long after its end a window's instrument must be read to cover it."""
    return 2 * update_period_s + identity.averaging_s


def covered_until_ns(series: Series) -> int:
    """Return until when the readings tell of what was used; 0 if they do not."""
    period_s = series.update_period_s
    if isinstance(period_s, Unavailable) or not series.readings:
        return 0
    past_ns = round(read_past_s(series.identity, period_s) * NS_PER_S)
    return series.readings[-1].t_ns - past_ns


def is_long_enough(series: Series, window: Window) -> bool:
    """Return whether the instrument is renewed often enough within the window."""
    period_s = series.update_period_s
    if isinstance(period_s, Unavailable):
        return False
    slowest_s = max(period_s, series.identity.averaging_s)
    return window.duration_s > 0 and window.duration_s >= FEWEST_UPDATES * slowest_s


def reacts_to_load(series: Series, idle: Window, busy: Window) -> bool | None:
    """Return whether the power was higher while the machine was busy; None if nobody can tell.

    Args:
        series: With readings from before both windows to past both.
        idle: A stretch in which nothing was asked.
        busy: A stretch in which a model generated, a second or more.
    """
    idle_ground, busy_ground = footing(series, idle), footing(series, busy)
    if isinstance(idle_ground, Unavailable) or isinstance(busy_ground, Unavailable):
        return None
    return busy_ground.mean_power_w > idle_ground.mean_power_w


def edge_step_w(ground: Footing) -> float:
    """Return the root mean square of the steps at start and end.

    Where the outside of one edge was not seen, the other edge stands for it. Where neither was,
    the whole power is the step: that the machine was at 0 W before is the worst there can be.
    """
    steps_w = [step_w for step_w in _steps_w(ground) if step_w is not None]
    if not steps_w:
        return ground.mean_power_w
    return math.sqrt(math.fsum(step_w**2 for step_w in steps_w) / len(steps_w))


def _checked(ground: Footing) -> Footing | Unavailable:
    if ground.duration_s < FEWEST_UPDATES * ground.period_s:
        return WINDOW_TOO_SHORT
    wrong = why_not_plausible(ground.identity.scope, ground.mean_power_w)
    return ground if wrong is None else wrong


def _steps_w(ground: Footing) -> tuple[float | None, float | None]:
    """Return the change of power at the start and at the end; None where one side is not seen.

    The power is taken one update period away from the edge, where the edge does not blur it.
    """
    blur_s = max(ground.period_s, ground.identity.averaging_s)
    width_s = min(max(_EDGE_PERIODS * blur_s, _SHORTEST_EDGE_S), ground.duration_s / 2)
    near_s, far_s, end_s = blur_s, blur_s + width_s, ground.duration_s

    def step_w(outside_w: float | None, inside_w: float | None) -> float | None:
        return None if outside_w is None or inside_w is None else abs(inside_w - outside_w)

    mean_w = ground.curve.mean_power_w
    return (
        step_w(mean_w(-far_s, -near_s), mean_w(near_s, far_s)),
        step_w(mean_w(end_s + near_s, end_s + far_s), mean_w(end_s - far_s, end_s - near_s)),
    )


def _margin_s(slowest_s: float) -> float:
    """Return how far outside the window readings matter: coverage, and the steps at its ends."""
    return (2 + _EDGE_PERIODS) * slowest_s + 2 * _SHORTEST_EDGE_S


def _readings_around(
    readings: Sequence[PowerReading], window: Window, *, margin_s: float
) -> Sequence[PowerReading]:
    margin_ns = round(margin_s * NS_PER_S)
    first = bisect.bisect_left(readings, window.start_ns - margin_ns, key=_t_ns)
    past = bisect.bisect_right(readings, window.end_ns + margin_ns, key=_t_ns)
    return readings[first:past]


def _longest_gap_s(
    series: Series, period_s: float, readings: Sequence[PowerReading], window: Window
) -> float:
    """Return the longest time without a reading that leaves energy unknown.

    A counter goes on counting while it is not read: only its ends matter, and there twice the time
    to the nearest reading (which is the whole gap where the end lies in its middle).
    """
    late_ns = round(delay_s(series.identity, period_s) * NS_PER_S)
    start_ns, end_ns = window.start_ns + late_ns, window.end_ns + late_ns
    if series.identity.kind is SourceKind.COUNTER:
        gaps_ns = [2 * _to_nearest_ns(readings, edge_ns) for edge_ns in (start_ns, end_ns)]
    else:
        gaps_ns = [
            later.t_ns - earlier.t_ns
            for earlier, later in itertools.pairwise(readings)
            if earlier.t_ns < end_ns and later.t_ns > start_ns
        ]
    return max(gaps_ns, default=0) / NS_PER_S


def _to_nearest_ns(readings: Sequence[PowerReading], t_ns: int) -> int:
    after = bisect.bisect_left(readings, t_ns, key=_t_ns)
    return min(abs(reading.t_ns - t_ns) for reading in readings[max(0, after - 1) : after + 1])


def _t_ns(reading: PowerReading) -> int:
    return reading.t_ns
