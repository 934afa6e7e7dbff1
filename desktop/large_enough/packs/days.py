"""Reads days of the calendar as people write them in cells."""

import datetime
import re

import msgspec

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00)?)?")
_POINTS = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})")
_SLASHES = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4})")


class Day(msgspec.Struct, frozen=True, kw_only=True):
    """A day that stands in a cell."""

    iso: str
    is_doubtful: bool = False
    """Whether day and month could be the other way round."""


def day_from_cell(cell: str) -> Day | None:
    """Return the day of a cell, the day before the month in doubt; None if it is none."""
    text = cell.strip()
    match = _ISO.fullmatch(text)
    if match:
        return _day(int(match[1]), int(match[2]), int(match[3]))
    match = _POINTS.fullmatch(text)
    if match:
        return _day(int(match[3]), int(match[2]), int(match[1]))
    match = _SLASHES.fullmatch(text)
    if match is None:
        return None
    year, first, second = int(match[3]), int(match[1]), int(match[2])
    usual, turned = _day(year, second, first), _day(year, first, second)
    if usual is None:
        return turned
    is_doubtful = turned is not None and first != second
    return Day(iso=usual.iso, is_doubtful=is_doubtful)


def _day(year: int, month: int, day: int) -> Day | None:
    try:
        return Day(iso=datetime.date(year, month, day).isoformat())
    except ValueError:
        return None
