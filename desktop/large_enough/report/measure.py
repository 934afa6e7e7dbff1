"""Describes how one row of the comparison is made."""

from collections.abc import Callable

import msgspec

from large_enough.domain.generation import Timing
from large_enough.domain.quantity import NumberQuality, Quantity, Unavailable
from large_enough.domain.round import AnswerResult, Cancelled, Done, Failed

FAILED = Unavailable(reason="failed")
STOPPED = Unavailable(reason="stopped")

Read = Callable[[AnswerResult], Quantity]
"""Takes a number out of a result, in the unit that ends the measure's key."""


def _is_measured(result: AnswerResult) -> NumberQuality:
    del result
    return NumberQuality.MEASURED


def plain(show: Callable[[float], str]) -> Callable[[float, NumberQuality], str]:
    """Return a writer for numbers that are always measured."""
    return lambda value, _quality: show(value)


class Measure(msgspec.Struct, frozen=True, kw_only=True):
    """One row, before there is a round."""

    key: str
    label: str
    unit: str
    show: Callable[[float, NumberQuality], str]
    """Writes the number, so that it shows how it came about."""
    read: Read
    remarks: Callable[[AnswerResult], tuple[str, ...]] = lambda _result: ()
    """What there is to say about the number."""
    quality: Callable[[AnswerResult], NumberQuality] = _is_measured
    is_slowed_by_others: bool = True
    """Whether other programs make the number worse, so that it is marked when they do."""
    not_comparable: str = ""
    """Why the numbers of this row may not be compared; empty if they may."""


def timed(read: Callable[[Timing], Quantity]) -> Read:
    """Return a reader of the timing: what was answered before a stop was timed as well."""

    def read_result(result: AnswerResult) -> Quantity:
        match result:
            case Done(answer=answer):
                return read(answer.timing)
            case Cancelled(answer=answer):
                return STOPPED if answer is None else read(answer.timing)
            case Failed():
                return FAILED

    return read_result


def done(read: Callable[[Done], Quantity]) -> Read:
    """Return a reader of what only an answer that ended by itself has."""

    def read_result(result: AnswerResult) -> Quantity:
        match result:
            case Done():
                return read(result)
            case Cancelled():
                return STOPPED
            case Failed():
                return FAILED

    return read_result
