"""Formats numbers with their units.

Amounts are rounded to three significant digits: more would claim a precision that no reading here
has. Gigabytes are decimal (1 GB = 1,000,000,000 bytes), as disks and downloads count them.
"""

import math
from collections.abc import Callable

from large_enough.domain.quantity import Quantity
from large_enough.wording.translate import _, pgettext

NOT_AVAILABLE = "—"
"""Stands where there is no number; the reason is shown beside it."""

EQUAL_WITHIN = 0.05
"""Ratios up to 1.05 count as equal: one run of each cannot tell less apart (our choice)."""

GIGABYTE_BYTES = 1_000_000_000
MEGABYTE_BYTES = 1_000_000
KILOBYTE_BYTES = 1_000

_GIGABYTES_FROM_BYTES = 100 * MEGABYTE_BYTES  # from here on two decimals of a gigabyte suffice
_SHORTEST_SHOWN_S = 0.005  # would be rounded to 0.00
_LONG_S = 119.5  # from two minutes on, minutes read better than seconds
_MINUTE_S = 60
_HOUR_S = 3600
_BILLION = 1_000_000_000
_MILLION = 1_000_000
_FEW_PARAMETERS = 10_000_000  # below, billions need more than two decimals


def decimal_text(value: float, decimals: int) -> str:
    """Return a number with so many decimal places, written as the chosen language does."""
    return f"{value:,.{decimals}f}".translate(_separators())


def plain_text(value: float) -> str:
    """Return a number with as many digits as it has, up to six: 0.35, 12, 0.1."""
    return f"{value:g}".translate(_separators())


def _separators() -> dict[int, str]:
    return {
        ord(","): pgettext("between thousands", ","),
        ord("."): pgettext("before decimals", "."),
    }


def number_text(value: float) -> str:
    """Return a number with three significant digits, never as a power of ten: 3.14, 30.2, 1,234."""
    if not math.isfinite(value):
        return NOT_AVAILABLE
    for limit, decimals in ((9.995, 2), (99.95, 1)):
        if abs(value) < limit:
            return decimal_text(value, decimals)
    return decimal_text(value, 0)


def count_text(count: float) -> str:
    """Return a whole number with its thousands set apart: 32,768."""
    return decimal_text(count, 0)


def times_text(factor: float) -> str:
    """Return a factor for "... times faster": 1.1, 3.1, 12."""
    decimals = 1 if factor < 9.95 else 0
    return decimal_text(factor, decimals)


def rate_text(value_per_s: float) -> str:
    """Return a speed as a bare number; what is counted stands beside it."""
    return number_text(value_per_s)


def gigabytes_number_text(size_bytes: float) -> str:
    """Return a size in gigabytes as a bare number, for columns whose heading says GB."""
    return number_text(size_bytes / GIGABYTE_BYTES)


def gigabytes_text(size_bytes: float) -> str:
    """Return a size in gigabytes whatever it is, so that neighbours compare at a glance."""
    return _("{number} GB").format(number=gigabytes_number_text(size_bytes))


def bytes_text(size_bytes: float) -> str:
    """Return a size in the unit that suits it: 512 bytes, 17 kB, 98 MB, 0.58 GB, 19.9 GB."""
    if size_bytes >= _GIGABYTES_FROM_BYTES:
        return gigabytes_text(size_bytes)
    if size_bytes >= MEGABYTE_BYTES:
        return _("{number} MB").format(number=f"{size_bytes / MEGABYTE_BYTES:.0f}")
    if size_bytes >= KILOBYTE_BYTES:
        return _("{number} kB").format(number=f"{size_bytes / KILOBYTE_BYTES:.0f}")
    return _("{number} bytes").format(number=f"{size_bytes:.0f}")


def bytes_rate_text(bytes_per_s: float) -> str:
    """Return the speed of a download: 4.2 MB/s."""
    megabytes_per_s = bytes_per_s / MEGABYTE_BYTES
    return _("{number} MB/s").format(number=decimal_text(megabytes_per_s, 1))


def seconds_number_text(duration_s: float) -> str:
    """Return seconds as a bare number, for columns whose heading says s."""
    if 0 < duration_s < _SHORTEST_SHOWN_S:
        return f"<{decimal_text(0.01, 2)}"
    return number_text(duration_s)


def seconds_text(duration_s: float) -> str:
    """Return a measured duration: 0.41 s, 12.3 s, 2 min 5 s."""
    if duration_s < _LONG_S:
        return _("{number} s").format(number=seconds_number_text(duration_s))
    return duration_text(duration_s)


def duration_text(duration_s: float) -> str:
    """Return a coarse duration, for time that is left: 8 s, 2 min 5 s, 1 h 10 min."""
    whole_s = round(duration_s)
    if whole_s < _MINUTE_S:
        return _("{seconds} s").format(seconds=whole_s)
    if whole_s < _HOUR_S:
        minutes, seconds = divmod(whole_s, _MINUTE_S)
        return _("{minutes} min {seconds} s").format(minutes=minutes, seconds=seconds)
    hours, minutes = divmod(round(whole_s / _MINUTE_S), _MINUTE_S)
    return _("{hours} h {minutes} min").format(hours=hours, minutes=minutes)


def share_text(share: float) -> str:
    """Return a share of 0 to 1 in per cent: 42 %."""
    return _("{number} %").format(number=f"{share * 100:.0f}")


def parameters_text(parameter_count: float) -> str:
    """Return the size of a model in words: 0.13 billion parameters."""
    if parameter_count < _FEW_PARAMETERS:
        number = number_text(parameter_count / _MILLION)
        return _("{number} million parameters").format(number=number)
    number = parameters_number_text(parameter_count)
    return _("{number} billion parameters").format(number=number)


def parameters_number_text(parameter_count: float) -> str:
    """Return the size of a model as a bare number, for columns whose heading says billions."""
    if parameter_count < _FEW_PARAMETERS:
        return f"<{decimal_text(0.01, 2)}"
    billions = parameter_count / _BILLION
    return decimal_text(billions, 2 if billions < 1 else 1)


def quantity_text(quantity: Quantity, formatter: Callable[[float], str]) -> str:
    """Return the number as `formatter` writes it, or a dash if there is none."""
    if isinstance(quantity, float | int):
        return formatter(quantity)
    return NOT_AVAILABLE
