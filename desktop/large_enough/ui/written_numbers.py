"""Reads numbers that people write into fields, and writes them there."""

import math
import re

_COMMA_NUMBER = re.compile(r"[+-]?\d+,(?:\d{1,2}|\d{4,})", re.ASCII)
"""A comma before three digits may stand between thousands: such a number is not guessed at."""
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?", re.ASCII)
_LONGEST = 40


def read_written_number(text: str) -> float | None:
    """Return the number that a text says, with a point or a comma before decimals; None if none."""
    written = text.strip().replace("\u2212", "-")  # the minus sign of word processors
    if len(written) > _LONGEST:
        return None
    if _COMMA_NUMBER.fullmatch(written):
        written = written.replace(",", ".")
    if not _NUMBER.fullmatch(written):
        return None
    number = float(written)
    return number if math.isfinite(number) else None


def number_in_field(value: float) -> str:
    """Return a number as it stands in a field: all its digits, a point before decimals."""
    if value.is_integer() and abs(value) < 1e15:  # whole numbers are exact up to here
        return f"{value:.0f}"
    return f"{value:.15g}"
