"""Works out from a timeline how fast an answer was written at each moment."""

import bisect
from collections.abc import Iterable, Sequence

from large_enough.domain.generation import Chunk
from large_enough.figures.series import Sample

WINDOWS_S = (0.25, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0)
"""Lengths to choose from; the chart says which one it was smoothed over."""
_WINDOWS_IN_AN_ANSWER = 10
_MOST_SAMPLES = 200
_SHORTEST_SHARE = 0.5
"""At the beginning, the window is not full; below this share of it a speed would be chance."""


def window_s(durations_s: Iterable[float]) -> float:
    """Return the window for answers of these lengths: about a tenth of the longest."""
    wanted_s = max(durations_s, default=0.0) / _WINDOWS_IN_AN_ANSWER
    return next((window for window in WINDOWS_S if window >= wanted_s), WINDOWS_S[-1])


def speed_samples(timeline: Sequence[Chunk], window: float) -> tuple[Sample, ...]:
    """Return tokens per second over time, each over the window before it.

    Args:
        timeline: Tidy: times and counts do not fall (`domain.timeline.tidy_timeline`).
        window: Seconds to average over, from `window_s`.

    Returns:
        At most 200 samples from the first token to the last; none if the answer is too short for
        one. Between two chunks, tokens are taken to have come evenly.
    """
    if len(timeline) < 2:
        return ()
    first_s, last_s = timeline[0].t_s, timeline[-1].t_s
    begin_s = first_s + window * _SHORTEST_SHARE
    if last_s <= begin_s:
        return ()
    count = min(_MOST_SAMPLES, max(2, round((last_s - begin_s) / window * 8)))
    step_s = (last_s - begin_s) / (count - 1)
    tokens = _TokensAt(timeline)
    samples = []
    for index in range(count):
        t_s = min(begin_s + index * step_s, last_s)
        from_s = max(first_s, t_s - window)
        speed = (tokens.at(t_s) - tokens.at(from_s)) / (t_s - from_s)
        samples.append(Sample(t_s, max(speed, 0.0)))
    return tuple(samples)


class _TokensAt:
    """The number of tokens at any time, between chunks by proportion."""

    def __init__(self, timeline: Sequence[Chunk]) -> None:
        self._times_s = [chunk.t_s for chunk in timeline]
        self._counts = [chunk.token_count for chunk in timeline]

    def at(self, t_s: float) -> float:
        """Return the tokens at a time."""
        index = bisect.bisect_right(self._times_s, t_s)
        if index == 0:
            return float(self._counts[0])
        if index == len(self._times_s):
            return float(self._counts[-1])
        before_s, after_s = self._times_s[index - 1], self._times_s[index]
        share = (t_s - before_s) / (after_s - before_s)
        before, after = self._counts[index - 1], self._counts[index]
        return before + share * (after - before)
