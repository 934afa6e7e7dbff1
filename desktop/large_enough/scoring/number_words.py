"""Reads whole numbers that are written in words, in English, German and Spanish."""

import functools
from decimal import Decimal

from large_enough.scoring.normalising import folded

LARGEST = 9_999


def _words(text: str) -> list[str]:
    return text.split()


_ENGLISH = _words(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
)
_ENGLISH_TENS = _words("_ _ twenty thirty forty fifty sixty seventy eighty ninety")
_GERMAN = _words(
    "null ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn "
    "sechzehn siebzehn achtzehn neunzehn"
)
_GERMAN_TENS = _words("_ _ zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig")
_SPANISH = _words(
    "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince "
    "dieciséis diecisiete dieciocho diecinueve veinte veintiuno veintidós veintitrés veinticuatro "
    "veinticinco veintiséis veintisiete veintiocho veintinueve"
)
_SPANISH_TENS = _words("_ _ _ treinta cuarenta cincuenta sesenta setenta ochenta noventa")
_SPANISH_HUNDREDS = _words(
    "_ ciento doscientos trescientos cuatrocientos quinientos seiscientos setecientos ochocientos "
    "novecientos"
)


def number_in_words(text: str) -> Decimal | None:
    """Return what a text of nothing but number words means; None if it is something else."""
    value = _table().get(_form(text))
    return None if value is None else Decimal(value)


def _form(text: str) -> str:
    words = folded(text).replace("-", " ").replace("ß", "ss").split()
    return " ".join(word for word in words if word not in {"and", "und"})


@functools.cache
def _table() -> dict[str, int]:
    table: dict[str, int] = {}
    for number in range(LARGEST + 1):
        for words in (_english(number), _german(number), _spanish(number)):
            table[_form(words)] = number
    table.update({"eins": 1, "eine": 1, "einer": 1, "a": 1, "un": 1, "una": 1, "none": 0})
    del table["a"]  # an article far more often than a number
    return table


def _english(number: int) -> str:
    if number < len(_ENGLISH):
        return _ENGLISH[number]
    for size, word in ((1_000, "thousand"), (100, "hundred")):
        if number >= size:
            more = f" {_english(number % size)}" if number % size else ""
            return f"{_english(number // size)} {word}{more}"
    more = f" {_english(number % 10)}" if number % 10 else ""
    return _ENGLISH_TENS[number // 10] + more


def _german(number: int) -> str:
    if number < len(_GERMAN):
        return _GERMAN[number]
    for size, word in ((1_000, "tausend"), (100, "hundert")):
        if number >= size:
            more = _german(number % size) if number % size else ""
            return f"{_german(number // size)}{word}{more}"
    ones = f"{_german(number % 10)}und" if number % 10 else ""
    return ones + _GERMAN_TENS[number // 10]


def _spanish(number: int) -> str:
    if number < len(_SPANISH):
        return _SPANISH[number]
    if number >= 1_000:
        thousands = "mil" if number < 2_000 else f"{_spanish(number // 1_000)} mil"
        return f"{thousands} {_spanish(number % 1_000)}" if number % 1_000 else thousands
    if number >= 100:
        hundreds = "cien" if number == 100 else _SPANISH_HUNDREDS[number // 100]
        return f"{hundreds} {_spanish(number % 100)}" if number % 100 else hundreds
    more = f" y {_spanish(number % 10)}" if number % 10 else ""
    return _SPANISH_TENS[number // 10] + more
