"""Numbers with how sure they are: the intervals that statistics gives and everybody shows."""

import math

import msgspec


class Limits(msgspec.Struct, frozen=True, kw_only=True, tag="limits"):
    """A difference with its two one-sided limits, each as a share of all questions, -1 to 1."""

    difference: float
    low: float
    high: float
    confidence: float
    """Of each limit alone."""


class ShareInterval(msgspec.Struct, frozen=True, kw_only=True, tag="share_interval"):
    """A share with its interval; all three 0 to 1."""

    share: float
    low: float
    high: float
    confidence: float
    count: int
    """Questions behind it."""


class MedianInterval(msgspec.Struct, frozen=True, kw_only=True, tag="median_interval"):
    """A median with its interval."""

    median: float
    low: float
    high: float
    confidence: float
    """Probability with which such an interval holds the true median, 0.90 or more."""
    count: int
    """Values behind it."""

    @property
    def relative_width(self) -> float:
        """Width of the interval over the median; infinite for a median of 0."""
        return (self.high - self.low) / self.median if self.median else math.inf


class RatioInterval(msgspec.Struct, frozen=True, kw_only=True, tag="ratio_interval"):
    """A ratio of two sums with its interval."""

    ratio: float
    low: float
    high: float
    confidence: float
    count: int
    """Pairs, or groups of them, behind it."""


class MeanInterval(msgspec.Struct, frozen=True, kw_only=True, tag="mean_interval"):
    """A mean with its interval."""

    mean: float
    low: float
    high: float
    confidence: float
    count: int
