"""Reads numerals as people of several countries write them."""

import re
from decimal import Decimal

MOST_DIGITS = 60
"""Longer numerals are no answers."""

_SPACES = " \u00a0\u2009\u202f"
_APOSTROPHES = "'’"
NUMERAL = (
    r"(?:\d{1,3}(?:[ \u00a0\u2009\u202f'’]\d{3})++(?!\d)(?:[.,]\d++)?+"
    r"|\d[\d.,]*+|[.,]\d++)"
)
"""What may be one numeral; `values` says what it is worth."""

_GROUPED = {
    ",": re.compile(r"\d{1,3}(?:,\d{3})+|\d{1,2}(?:,\d{2})+,\d{3}"),
    ".": re.compile(r"\d{1,3}(?:\.\d{3})+"),
}
_DECIMAL_COMMA = frozenset({"de", "es", "fr", "it", "pt", "nl"})


def values(numeral: str, language: str) -> tuple[Decimal, ...]:
    """Return what a numeral may mean, what is usual in the language first.

    "1,234" is 1234 in English and 1.234 in German; small models mix the two, so both are given.
    A numeral that nobody writes, such as "1.2.3", means nothing.
    """
    plain = numeral.rstrip(".,")
    for character in _SPACES + _APOSTROPHES:
        plain = plain.replace(character, "")
    if not plain or len(plain) > MOST_DIGITS:
        return ()
    found = [*_with_decimal_mark(plain), *_with_groups(plain)]
    if len(found) == 2 and _is_grouping_usual(plain, language):
        found.reverse()
    return tuple(Decimal(text) for text in dict.fromkeys(found))


def _with_decimal_mark(plain: str) -> list[str]:
    """Return the reading in which the last mark stands before decimals."""
    last = max(plain.rfind("."), plain.rfind(","))
    if last < 0:
        return [plain]
    mark, whole, decimals = plain[last], plain[:last], plain[last + 1 :]
    other = "," if mark == "." else "."
    if mark in whole or not (whole == "" or whole.isdigit() or _GROUPED[other].fullmatch(whole)):
        return []
    return [f"{whole.replace(other, '') or '0'}.{decimals}"]


def _with_groups(plain: str) -> list[str]:
    """Return the reading in which all marks stand between thousands."""
    if plain.startswith("0"):
        return []
    return [
        plain.replace(mark, "")
        for mark, grouped in _GROUPED.items()
        if mark in plain and grouped.fullmatch(plain)
    ]


def _is_grouping_usual(plain: str, language: str) -> bool:
    is_comma_decimal = language.partition("-")[0].lower() in _DECIMAL_COMMA
    return ("," in plain) is not is_comma_decimal
