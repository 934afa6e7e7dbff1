"""Says how lists, numbers and yes or no stand in the cells of a table."""

import json
import re
import unicodedata

import msgspec

from large_enough.packs.json_text import read_json

_TRUE = frozenset({"true", "yes", "y", "1", "x", "wahr", "ja", "verdadero", "sí", "si"})
_FALSE = frozenset({"false", "no", "n", "0", "falsch", "nein", "falso"})
_BAR = "|"
BARS = (_BAR,)
"""What stands between the entries of a list that this program wrote."""
ANY_SEPARATOR = (_BAR, "\n", ";", ",")
"""What may stand between entries that a person wrote, the surest sign first."""
_FORMULA_STARTS = frozenset("=+-@")
_BLANK_STARTS = ("\t", "\r", "\n")
_PLAIN_NUMBER = re.compile(r"[+-]?\d+([.,]\d+)*([eE][+-]?\d+)?\s*%?")
_QUOTE = "'"


def list_cell(texts: tuple[str, ...] | list[str]) -> str:
    """Return a list as a cell: with bars between, or as JSON where that would be read wrongly."""
    simple = f" {_BAR} ".join(texts)
    if texts and list_from_cell(simple, BARS) == list(texts):
        return simple
    return json.dumps(list(texts), ensure_ascii=False)


def list_from_cell(cell: str, separators: tuple[str, ...] = ANY_SEPARATOR) -> list[str]:
    """Return the texts of a cell: JSON, or separated by the first of these signs that occurs."""
    text = cell.strip()
    if text.startswith("[") and text.endswith("]"):
        value = read_json(text)
        if not value.faults and isinstance(value.value, list):
            return [part if isinstance(part, str) else json.dumps(part) for part in value.value]
    separator = next((sign for sign in separators if sign in text), None)
    parts = text.split(separator) if separator else [text]
    return [part.strip() for part in parts if part.strip()]


def flag_from_cell(cell: str) -> bool | None:
    """Return the yes or no of a cell; None if it is neither."""
    word = cell.strip().casefold()
    return True if word in _TRUE else False if word in _FALSE else None


def is_formula(text: str) -> bool:
    """Return whether a spreadsheet would compute with a text, or run what stands in it."""
    if text[:1] in _BLANK_STARTS:
        return True
    start = unicodedata.normalize("NFKC", text.lstrip()[:1])  # full-width signs work as well
    return bool(start) and start in _FORMULA_STARTS and not _PLAIN_NUMBER.fullmatch(text)


def safe_cell(text: str) -> str:
    """Return a text so that no spreadsheet computes with it: with an apostrophe where needed."""
    return _QUOTE + text if is_formula(text.lstrip(_QUOTE)) else text


def unsafe_cell(cell: str) -> str:
    """Return the text that `safe_cell` made a cell of."""
    is_marked = cell.startswith(_QUOTE) and is_formula(cell[1:].lstrip(_QUOTE))
    return cell[1:] if is_marked else cell


class ReadNumber(msgspec.Struct, frozen=True, kw_only=True):
    """A number that stands in a cell."""

    value: float
    unit: str = ""
    is_doubtful: bool = False
    """Whether its comma or point could mean thousands as well as decimals."""


_NUMBER = re.compile(
    r"(?P<before>[^\d\s.,+-]{0,6})\s*(?P<sign>[+-]?)\s*(?P<middle>[^\d\s.,+-]{0,3})\s*"
    r"(?P<digits>\d[\d.,' ]*?)(?P<power>[eE][+-]?\d{1,3})?\s*(?P<after>[^\d.,\s][^\d]{0,15})?"
)
_SPACES = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u2019": "'", "\u2212": "-"})
_THOUSANDS_COMMA = re.compile(r"\d{1,3}(,\d{3})+")
_THOUSANDS_POINT = re.compile(r"\d{1,3}(\.\d{3})+")
_GROUPED = re.compile(r"\d{1,3}([ ']\d{3})+([.,]\d+)?|[\d.,]+")
_LEADING_ZERO = re.compile(r"0\d+")
_MOST_DIGITS = 15
_LONGEST_NUMBER = 60  # with its unit; the pattern takes long for long texts


def number_from_cell(cell: str, *, has_decimal_comma: bool) -> ReadNumber | None:
    """Return the number of a cell, with its unit; None if it is no number.

    Codes are none: what begins with a superfluous zero, or has more than fifteen digits.

    Args:
        cell: For example "27.50", "1.234,5 EUR", "€ 3", "27 %".
        has_decimal_comma: Which sign to believe where both readings are possible.
    """
    text = cell.strip().translate(_SPACES)
    match = _NUMBER.fullmatch(text) if len(text) <= _LONGEST_NUMBER else None
    if match is None or not _GROUPED.fullmatch(match["digits"].strip()):
        return None
    digits = re.sub(r"[ ']", "", match["digits"])
    plain, is_doubtful = _plain_digits(digits, has_decimal_comma=has_decimal_comma)
    if plain is None or _LEADING_ZERO.fullmatch(plain) or len(plain) > _MOST_DIGITS + 1:
        return None
    value = float(f"{match['sign']}{plain}{match['power'] or ''}")
    units = [part.strip() for part in (match["before"], match["middle"], match["after"]) if part]
    if len(units) > 1 or abs(value) > 10**_MOST_DIGITS:
        return None
    return ReadNumber(value=value, unit=(units or [""])[0], is_doubtful=is_doubtful)


def _plain_digits(digits: str, *, has_decimal_comma: bool) -> tuple[str | None, bool]:
    """Return digits with a point before decimals, and whether they can be read otherwise."""
    comma, point = digits.rfind(","), digits.rfind(".")
    if comma >= 0 and point >= 0:
        decimal, group = (",", ".") if comma > point else (".", ",")
        whole, _sign, rest = digits.rpartition(decimal)
        is_sound = decimal not in whole and group not in rest
        return (f"{whole.replace(group, '')}.{rest}" if is_sound else None), False
    if comma >= 0:
        return _one_sign(digits, ",", _THOUSANDS_COMMA, is_decimal=has_decimal_comma)
    if point >= 0:
        return _one_sign(digits, ".", _THOUSANDS_POINT, is_decimal=not has_decimal_comma)
    return digits, False


def _one_sign(
    digits: str, sign: str, thousands: re.Pattern[str], *, is_decimal: bool
) -> tuple[str | None, bool]:
    if digits.count(sign) > 1:
        return (digits.replace(sign, "") if thousands.fullmatch(digits) else None), False
    can_be_thousands = bool(thousands.fullmatch(digits)) and not digits.startswith("0")
    if can_be_thousands and not is_decimal:
        return digits.replace(sign, ""), True
    plain = digits.replace(sign, ".")
    return (None if plain.endswith(".") else plain), can_be_thousands and sign == ","
