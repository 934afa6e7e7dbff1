"""Makes one curve of joules over time from the readings of an instrument.

Between its knots the curve is a straight line, and the energy of a window is the difference of two
points on it: that makes energies of adjoining windows add up to that of the whole.

A value read at some moment was renewed up to one update period before; it stands, on average, for
the moment half a period earlier. A moving average stands for the moment half its length earlier
still. The knots lie at those moments, so a curve ends before the last reading does, and a window
is covered only when the instrument was read past its end.
"""

import bisect
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from large_enough.domain.power import PowerReading, SourceIdentity, SourceKind
from large_enough.domain.quantity import Unavailable
from large_enough.measure.plausible import most_w
from large_enough.measure.windows import NS_PER_S

COUNTER_RESET = Unavailable(reason="the counter was reset")
NO_READINGS = Unavailable(reason="it was not read")

_LATE_UPDATE = 0.5
"""Update periods by which a change may be late before the counter is taken to have stood still."""
_MARGIN = 2.0
"""An update may come late and hold that much more than the highest plausible power would give."""


@dataclass(frozen=True, slots=True)
class EnergyCurve:
    """Joules since the first knot, over seconds since a chosen moment."""

    times_s: tuple[float, ...]
    energies_j: tuple[float, ...]

    def covers(self, start_s: float, end_s: float) -> bool:
        """Return whether the curve has a knot before (or at) the start and after the end."""
        return bool(self.times_s) and self.times_s[0] <= start_s and end_s <= self.times_s[-1]

    def energy_j(self, start_s: float, end_s: float) -> float:
        """Return the joules between two moments that the curve covers."""
        return self._at(end_s) - self._at(start_s)

    def mean_power_w(self, start_s: float, end_s: float) -> float | None:
        """Return the mean power over the part that is covered; None if that is under a half."""
        if not self.times_s:
            return None
        inner_start_s = max(start_s, self.times_s[0])
        inner_end_s = min(end_s, self.times_s[-1])
        if inner_end_s - inner_start_s < 0.5 * (end_s - start_s) or inner_end_s <= inner_start_s:
            return None
        return self.energy_j(inner_start_s, inner_end_s) / (inner_end_s - inner_start_s)

    def _at(self, t_s: float) -> float:
        after = bisect.bisect_left(self.times_s, t_s)
        if self.times_s[after] == t_s:
            return self.energies_j[after]
        left_s, right_s = self.times_s[after - 1], self.times_s[after]
        left_j, right_j = self.energies_j[after - 1], self.energies_j[after]
        return left_j + (right_j - left_j) * (t_s - left_s) / (right_s - left_s)


def delay_s(identity: SourceIdentity, update_period_s: float) -> float:
    """Return by how much a reading is later, on average, than what it tells of."""
    return (update_period_s + identity.averaging_s) / 2


def energy_curve(
    identity: SourceIdentity,
    readings: Sequence[PowerReading],
    update_period_s: float,
    origin_ns: int,
) -> EnergyCurve | Unavailable:
    """Make the curve.

    Args:
        identity: Of the instrument.
        readings: In the order of time.
        update_period_s: As observed.
        origin_ns: The moment that is to be 0 on the curve.
    """
    readings = _ascending(readings)
    if len(readings) < 2:
        return NO_READINGS
    times_s = [(reading.t_ns - origin_ns) / NS_PER_S for reading in readings]
    if identity.kind is SourceKind.POWER:
        late_s = delay_s(identity, update_period_s)
        return _curve_of_power(times_s, [reading.value for reading in readings], late_s)
    values_j = _unwrapped(identity, readings, update_period_s)
    if isinstance(values_j, Unavailable):
        return values_j
    return _curve_of_counter(times_s, values_j, update_period_s)


def _ascending(readings: Sequence[PowerReading]) -> list[PowerReading]:
    """Leave out what was read at the same moment as the reading before."""
    return [
        reading
        for index, reading in enumerate(readings)
        if index == 0 or reading.t_ns > readings[index - 1].t_ns
    ]


def _curve_of_power(
    times_s: Sequence[float], values_w: Sequence[float], late_s: float
) -> EnergyCurve:
    steps_j = (
        (later_s - earlier_s) * (earlier_w + later_w) / 2
        for (earlier_s, later_s), (earlier_w, later_w) in zip(
            itertools.pairwise(times_s), itertools.pairwise(values_w), strict=True
        )
    )
    return EnergyCurve(
        tuple(t_s - late_s for t_s in times_s), tuple(itertools.accumulate(steps_j, initial=0.0))
    )


def _curve_of_counter(
    times_s: Sequence[float], values_j: Sequence[float], update_period_s: float
) -> EnergyCurve:
    knots = list(_counter_knots(times_s, values_j, update_period_s))
    return EnergyCurve(tuple(t_s for t_s, _ in knots), tuple(value_j for _, value_j in knots))


def _counter_knots(
    times_s: Sequence[float], values_j: Sequence[float], update_period_s: float
) -> Iterator[tuple[float, float]]:
    """Yield when the counter had which value.

    A changed value was renewed since the reading before, and not longer ago than an update period.
    One that did not change for longer than that was renewed all the same: nothing was used.
    """
    last_s = times_s[0] - update_period_s / 2
    yield last_s, values_j[0]
    for index in range(1, len(times_s)):
        earlier_s, later_s = times_s[index - 1], times_s[index]
        if values_j[index] == values_j[index - 1]:
            continue
        still_s = earlier_s - update_period_s
        if still_s - last_s > _LATE_UPDATE * update_period_s:
            yield still_s, values_j[index - 1]
        last_s = later_s - min(update_period_s, later_s - earlier_s) / 2
        yield last_s, values_j[index]
    still_s = times_s[-1] - update_period_s
    if still_s - last_s > _LATE_UPDATE * update_period_s:
        yield still_s, values_j[-1]


def _unwrapped(
    identity: SourceIdentity, readings: Sequence[PowerReading], update_period_s: float
) -> list[float] | Unavailable:
    """Return joules since the first reading, across a wrap between any two of them."""
    values_j = [0.0]
    for earlier, later in itertools.pairwise(readings):
        step_j = later.value - earlier.value
        if step_j < 0:
            step_j += identity.wrap_j or 0.0
        longest_s = (later.t_ns - earlier.t_ns) / NS_PER_S + update_period_s
        if not 0 <= step_j <= _MARGIN * most_w(identity.scope) * longest_s + identity.resolution:
            return COUNTER_RESET
        values_j.append(values_j[-1] + step_j)
    return values_j
