"""Finds days of the calendar in a text, as people of several countries write them."""

import re
from collections.abc import Iterator
from datetime import date

import msgspec

_MONTHS = """
january jan januar jänner jän enero ene
february feb februar febrero
march mar märz maerz mär marzo
april apr abril abr
may mai mayo
june jun juni junio
july jul juli julio
august aug agosto ago
september sep sept septiembre setiembre set
october oct oktober okt octubre
november nov noviembre
december dec dezember dez diciembre dic
"""
_MONTH_NUMBERS = {
    name: number for number, line in enumerate(_MONTHS.split("\n")[1:], 1) for name in line.split()
}
_NAME = "|".join(sorted(_MONTH_NUMBERS, key=len, reverse=True))
_GAP = r"[ \t\u00a0,.]{1,3}"
_OF = r"(?:(?:of|de|del|del año)[ ]{1,2})?"
_YEAR = r"(?P<year>\d{4}|'?\d{2}(?![\d:]))"
_FORMS = (
    re.compile(
        r"(?<![\d.])(?P<year>\d{4})(?P<mark>[-/.])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})(?!\d)"
    ),
    re.compile(r"(?<![\d.])(?P<year>(?:19|20)\d{2})(?P<month>\d{2})(?P<day>\d{2})(?!\d)"),
    re.compile(
        r"(?<![\d.])(?P<first>\d{1,2})[ ]?(?P<mark>[-/.])[ ]?(?P<second>\d{1,2})[ ]?(?P=mark)[ ]?"
        r"(?P<year>\d{4}|\d{2})(?!\d)"
    ),
    re.compile(
        rf"(?<!\d)(?P<day>\d{{1,2}})(?:st|nd|rd|th|º|\.)?[ \t\u00a0-]{{0,2}}{_OF}"
        rf"(?P<name>{_NAME})(?:{_GAP}|-){_OF}{_YEAR}",
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?<!\w)(?P<name>{_NAME}){_GAP}(?:the[ ])?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?"
        rf"{_GAP}{_OF}{_YEAR}",
        re.IGNORECASE,
    ),
)
_WITHOUT_YEAR = re.compile(
    rf"(?<!\d)\d{{1,2}}(?:st|nd|rd|th|º|\.)?[ ]{{0,2}}{_OF}(?:{_NAME})(?!\w)"
    rf"|(?<!\w)(?:{_NAME})[ .]{{1,2}}\d{{1,2}}(?:st|nd|rd|th)?(?!\d)",
    re.IGNORECASE,
)
_PIVOT_YEAR = 70
"""Two digits from here on mean the last century."""
MOST_DATES = 1_000
_RANGE = re.compile(
    r"\s*(?:-|–|—|to|until|till|and|or|bis|und|oder|hasta|y|o|al?)\s*(?:the\s)?", re.IGNORECASE
)


class FoundDate(msgspec.Struct, frozen=True, kw_only=True):
    """One date in a text."""

    day: date | None
    """None if there is no such day: 31 February."""
    start: int
    text: str


def dates_in(text: str, *, is_day_first: bool) -> tuple[FoundDate, ...]:
    """Return all dates of a text, in order.

    Args:
        text: Any text.
        is_day_first: How 03/04/2026 is read where both are possible.
    """
    found = sorted(_all_found(text, is_day_first), key=lambda each: (each.start, -len(each.text)))
    kept: list[FoundDate] = []
    for each in found[:MOST_DATES]:
        if not kept or each.start >= kept[-1].start + len(kept[-1].text):
            kept.append(each)
    return tuple(kept)


def is_choice(text: str, one: FoundDate, other: FoundDate) -> bool:
    """Return whether two neighbouring dates are a range, or two to choose from."""
    gap = text[one.start + len(one.text) : other.start]
    return one.day != other.day and _RANGE.fullmatch(gap) is not None


def has_day_without_year(text: str) -> bool:
    """Return whether a text names a day of a month."""
    return _WITHOUT_YEAR.search(text) is not None


def _all_found(text: str, is_day_first: bool) -> Iterator[FoundDate]:
    for form in _FORMS:
        for found in form.finditer(text):
            yield FoundDate(day=_day(found, is_day_first), start=found.start(), text=found[0])


def _day(found: "re.Match[str]", is_day_first: bool) -> date | None:
    parts = found.groupdict()
    year = _year(parts["year"])
    if "name" in parts:
        return _real(year, _MONTH_NUMBERS[parts["name"].lower()], int(parts["day"]))
    if "first" not in parts:
        return _real(year, int(parts["month"]), int(parts["day"]))
    first, second = int(parts["first"]), int(parts["second"])
    orders = ((second, first), (first, second))  # month, day
    if not is_day_first and parts["mark"] != ".":
        orders = orders[::-1]
    return _real(year, *orders[0]) or _real(year, *orders[1])


def _year(text: str) -> int:
    digits = text.lstrip("'")
    if len(digits) > 2:
        return int(digits)
    return int(digits) + (1900 if int(digits) >= _PIVOT_YEAR else 2000)


def _real(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
