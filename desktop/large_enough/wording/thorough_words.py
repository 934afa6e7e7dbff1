"""Puts a thorough measurement into words: how far it is, and what came out."""

from collections.abc import Callable

from large_enough.domain.quantity import Unavailable
from large_enough.domain.thorough import ThoroughEnd, ThoroughProgress, ThoroughStep
from large_enough.wording.energy_words import digits_text
from large_enough.wording.numbers import EQUAL_WITHIN, decimal_text, duration_text, times_text
from large_enough.wording.translate import _, ngettext

_CLOSE_ENDS_BELOW = 2


def progress_text(progress: ThoroughProgress) -> str:
    """Return how far it is: "Pass 3 of at least 6. At most 4 min 10 s left."."""
    step = {
        ThoroughStep.WARM_UP: _("Warming up; this does not count."),
        ThoroughStep.SETTLE: _("Letting the machine settle."),
        ThoroughStep.IDLE: _("Reading what the machine draws when idle: leave it alone."),
        ThoroughStep.PASS: _("Pass {number} of at least {fewest}."),
        ThoroughStep.COOL_DOWN: _("Pause after pass {number} of at least {fewest}."),
        ThoroughStep.IDLE_AGAIN: _("Reading once more what the machine draws when idle."),
    }[progress.step].format(number=progress.pass_number, fewest=progress.fewest_passes)
    if isinstance(progress.most_left_s, Unavailable):
        return step
    left = _("At most {time} left.").format(time=duration_text(progress.most_left_s))
    return f"{step} {left}"


def end_text(end: ThoroughEnd, pass_count: int) -> str:
    """Return why it ended."""
    passes = ngettext("{count} pass", "{count} passes", pass_count).format(count=pass_count)
    words = {
        ThoroughEnd.NARROW_ENOUGH: _("Ended after {passes}: the intervals are narrow enough."),
        ThoroughEnd.TIME_UP: _("Ended after {passes}: the time was up."),
        ThoroughEnd.STOPPED: _("Stopped after {passes}."),
        ThoroughEnd.FAILED: _("Failed after {passes}."),
    }
    return words[end].format(passes=passes)


def interval_text(
    median: float, low: float, high: float, show: Callable[[float], str] = digits_text
) -> str:
    """Return a median with its interval: "0.62 (0.60 to 0.65)"."""
    return _("{median} ({low} to {high})").format(
        median=show(median), low=show(low), high=show(high)
    )


def faster_text(first: str, other: str, ratio: float, low: float, high: float) -> str:
    """Return who answered faster, or that nobody can tell.

    Args:
        first: Name of one contender.
        other: Name of the other.
        ratio: Median time of the other over that of the first.
        low: Lower end of its interval.
        high: Upper end.
    """
    if low <= 1 <= high:
        return _("{first} and {other} answered about equally fast").format(first=first, other=other)
    faster, slower = (first, other) if ratio > 1 else (other, first)
    return _("{faster} answered {times} times faster than {slower} ({low} to {high})").format(
        faster=faster, slower=slower, **_factors(ratio, low, high)
    )


def rough_text(first: str, other: str, ratio: float) -> str:
    """Return who answered faster in too few passes for an interval; as for `faster_text`."""
    if max(ratio, 1 / ratio) <= 1 + EQUAL_WITHIN:
        return _("{first} and {other} answered about equally fast").format(first=first, other=other)
    faster, slower = (first, other) if ratio > 1 else (other, first)
    return _("{faster} answered about {times} times faster than {slower}").format(
        faster=faster, slower=slower, times=times_text(max(ratio, 1 / ratio))
    )


def thriftier_text(first: str, other: str, ratio: float, low: float, high: float) -> str:
    """Return who used less energy, or that nobody can tell; as for `faster_text`."""
    if low <= 1 <= high:
        return _("{first} and {other} used about the same energy").format(first=first, other=other)
    least, most = (first, other) if ratio > 1 else (other, first)
    return _("{least} used {times} times less energy than {most} ({low} to {high})").format(
        least=least, most=most, **_factors(ratio, low, high)
    )


def _factors(ratio: float, low: float, high: float) -> dict[str, str]:
    if ratio < 1:
        ratio, low, high = 1 / ratio, 1 / high, 1 / low
    ends = low, high
    if low < _CLOSE_ENDS_BELOW:  # a digit more than the ratio itself, so that close ends differ
        shown = tuple(decimal_text(end, 2) for end in ends)
    else:
        shown = tuple(times_text(end) for end in ends)
    return {"times": times_text(ratio), "low": shown[0], "high": shown[1]}
