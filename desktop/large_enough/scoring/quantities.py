"""Finds amounts in a text: numbers with their signs, factors and units."""

import itertools
import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

import msgspec

from large_enough.scoring.numerals import NUMERAL, values
from large_enough.scoring.units import CURRENCY_SIGNS, same_unit, unit_at_start

MOST_QUANTITIES = 2_000
"""A text with more amounts than so many is not searched to its end."""

_BILLION = {"de": 12, "es": 12}
_FACTORS = {
    "hundred": 2,
    "hundert": 2,
    "thousand": 3,
    "tausend": 3,
    "tsd": 3,
    "mil": 3,
    "million": 6,
    "millions": 6,
    "mio": 6,
    "mn": 6,
    "mill": 6,
    "millionen": 6,
    "millón": 6,
    "millones": 6,
    "bn": 9,
    "mrd": 9,
    "milliarde": 9,
    "milliarden": 9,
    "mil millones": 9,
    "millardo": 9,
    "trillion": 12,
    "billón": 12,
    "billones": 12,
    "billionen": 12,
}
_LETTERS = {"k": 3, "K": 3, "M": 6, "B": 9}
_VULGAR = {"½": "1/2", "¼": "1/4", "¾": "3/4", "⅓": "1/3", "⅔": "2/3", "⅕": "1/5", "⅛": "1/8"}
_FRACTION = re.compile(r"\\d?t?frac\{(\d{1,12})\}\{(\d{1,12})\}")
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
_POWER = re.compile(
    r"[ \t]{0,3}(?:×|x|\*|·|\\times|\\cdot)[ \t]{0,3}10(?:\^|\*\*)?\{?([+-]?\d{1,3})\}?"
)
_SUPERSCRIPT = re.compile(r"(?<=10)([⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3})")
_LARGEST_EXPONENT = 300

_QUANTITY = re.compile(
    r"(?P<before>(?:(?<!\w)(?:EUR|USD|GBP|CHF|JPY|US\$)|[€$£¥])[ \t\u00a0]{0,2})?"
    r"(?P<sign>(?<![\w)])(?:[-+]|minus[ ]|menos[ ]))?"
    r"(?P<after_sign>[€$£¥][ \t]{0,2})?"
    rf"(?<![\w.,])(?P<numeral>{NUMERAL})"
    r"(?:[eE](?P<exponent>[+-]?\d{1,3})(?!\w))?"
    r"(?:[ ]?(?P<upper>\d{1,9})?/(?P<lower>[1-9]\d{0,8})(?![\d/]))?",
)
_FACTOR_WORD = re.compile(r"[ \t\u00a0-]{0,3}(mil millones|[^\W\d_]{2,12})\.?(?!\w)", re.IGNORECASE)
_LETTER = re.compile(r"([kKMB])(?![\w²³/])")
_RANGE = re.compile(
    r"-|–|—|\.\.\.?|…|~|to|till|through|bis|hasta|a|or|oder|o|and|und|y|/", re.IGNORECASE
)
_LOOSE = " *_`\t\u00a0"


class Amount(msgspec.Struct, frozen=True, kw_only=True):
    """One amount in a text."""

    readings: tuple[Decimal, ...]
    """What its number may mean, the likeliest first."""
    unit: str
    """By the name that all names of a unit share; empty if there is none."""
    start: int
    end: int
    text: str


def amounts_in(text: str, language: str, own_units: Iterable[str] = ()) -> tuple[Amount, ...]:
    """Return all amounts of a text, in order.

    Args:
        text: Any text.
        language: How thousands and decimals are usually written.
        own_units: Units to look for beside the usual ones.
    """
    plain = prepared(text)
    own = tuple(own_units)
    return tuple(_amounts(plain, language, own))


def prepared(text: str) -> str:
    """Return a text in which signs, fractions and powers are written in one way."""
    for vulgar, fraction in _VULGAR.items():
        text = text.replace(vulgar, f" {fraction}")
    for sign in "−﹣－‑":
        text = text.replace(sign, "-")
    text = _FRACTION.sub(r"\1/\2", text.replace("{,}", ","))
    text = _SUPERSCRIPT.sub(lambda found: "^" + found[1].translate(_SUPERSCRIPTS), text)
    return text.replace("\\%", "%").replace("\\$", "$").replace("\\,", " ")


def _amounts(text: str, language: str, own: tuple[str, ...]) -> Iterator[Amount]:
    for count, found in enumerate(_QUANTITY.finditer(text)):
        if count == MOST_QUANTITIES:
            return
        amount = _amount(found, text, language, own)
        if amount is not None:
            yield amount


def _amount(
    found: "re.Match[str]", text: str, language: str, own: tuple[str, ...]
) -> Amount | None:
    readings = values(found["numeral"], language)
    end = found.end() - (len(found["numeral"]) - len(found["numeral"].rstrip(".,"))) * (
        found.end() == found.end("numeral")
    )
    exponent = int(found["exponent"] or 0)
    power = _POWER.match(text, end)
    if power:
        exponent, end = exponent + int(power[1]), power.end()
    before = (found["before"] or found["after_sign"] or "").strip()
    if before and text[end : end + 1] == "m" and not text[end + 1 : end + 2].isalnum():
        shift, end = _LETTERS["M"], end + 1  # "$5m" is no length
    else:
        shift, end = _factor(text, end, language, own)
    exponent += shift
    if not readings or abs(exponent) > _LARGEST_EXPONENT:
        return None
    readings = tuple(_with_fraction(value, found) for value in readings)
    sign = -1 if found["sign"] and found["sign"][0] != "+" else 1
    return Amount(
        readings=tuple(sign * value.scaleb(exponent) for value in readings),
        unit=same_unit(before) if before else unit_at_start(text[end : end + 60], own),
        start=found.start(),
        end=end,
        text=text[found.start() : end],
    )


def _with_fraction(value: Decimal, found: "re.Match[str]") -> Decimal:
    """Return 1.5 of "1 1/2", 0.75 of "3/4"."""
    if not found["lower"]:
        return value
    if found["upper"]:
        return value + Decimal(found["upper"]) / Decimal(found["lower"])
    return value / Decimal(found["lower"])


def _factor(text: str, end: int, language: str, own: tuple[str, ...]) -> tuple[int, int]:
    """Return the power of ten of a word such as "million", and where it ends."""
    letter = _LETTER.match(text, end)
    own_names = {same_unit(name) for name in own}
    if letter and same_unit(letter[1]) not in own_names:
        return _LETTERS[letter[1]], letter.end()
    word = _FACTOR_WORD.match(text, end)
    if word is None or same_unit(word[1]) in own_names:
        return 0, end
    name = word[1].casefold()
    if name == "billion":
        return _BILLION.get(language.partition("-")[0].lower(), 9), word.end()
    return (_FACTORS[name], word.end()) if name in _FACTORS else (0, end)


def is_range(text: str, amounts: tuple[Amount, ...]) -> bool:
    """Return whether a text gives two amounts to choose from: "10-12", "5 or 6"."""
    plain = prepared(text)
    return any(
        one.readings != other.readings and _is_between(plain[one.end : other.start], one.unit)
        for one, other in itertools.pairwise(amounts)
    )


def _is_between(gap: str, unit: str) -> bool:
    words = gap.strip(_LOOSE)
    first, _blank, rest = words.partition(" ")
    if unit and same_unit(first) == unit:
        words = rest.strip(_LOOSE)
    elif unit and words[:1] in CURRENCY_SIGNS + "%" and same_unit(words[:1]) == unit:
        words = words[1:].strip(_LOOSE)
    return _RANGE.fullmatch(words.rstrip(CURRENCY_SIGNS + " ")) is not None
