"""Finds out which options an answer means: by their letters, numbers or texts."""

import re

from large_enough.packs.alike import option_form

_LETTER = re.compile(r"\(?([A-Za-z])[).:]?")
_LETTER_AND_TEXT = re.compile(r"\(?([A-Za-z])[).:]\s+(\S.*)", re.DOTALL)
_PLACE = re.compile(r"\(?(\d{1,2})[).:]?")
_BETWEEN = re.compile(r"\s*(?:[,;|/&+\n]|\band\b|\bund\b|\by\b)\s*|\s+")
_BETWEEN_TEXTS = ("|", "\n", ";", ",")


def place_of(answer: str, options: list[str]) -> int | None:
    """Return which option an answer means, from 0; None if it means none.

    The option's own text goes first, then its letter with its text, its letter, its number.
    """
    forms = [option_form(option) for option in options]
    if option_form(answer) in forms:
        return forms.index(option_form(answer))
    text = answer.strip()
    both = _LETTER_AND_TEXT.fullmatch(text)
    if both and option_form(both[2]) in forms:
        place = forms.index(option_form(both[2]))
        return place if place == _index(both[1]) else None
    letter = _LETTER.fullmatch(text)
    if letter:
        return _within(_index(letter[1]), options)
    number = _PLACE.fullmatch(text)
    return _within(int(number[1]) - 1, options) if number else None


def places_of(answer: str, options: list[str]) -> list[int]:
    """Return which options an answer means, from 0; none if a part of it means none."""
    for parts in _splits(answer):
        places = [place_of(part, options) for part in parts]
        known = [place for place in places if place is not None]
        if known and len(known) == len(places):
            return sorted(set(known))
    return []


def _splits(answer: str) -> list[list[str]]:
    """Return the ways to take an answer apart: texts may hold commas and blanks themselves."""
    ways = [[answer]]
    ways += [answer.split(sign) for sign in _BETWEEN_TEXTS if sign in answer]
    letters = [part for part in _BETWEEN.split(answer.strip()) if part]
    if all(map(_LETTER.fullmatch, letters)):
        ways.append(letters)
    if re.fullmatch(r"[A-H]{2,8}", answer.strip()):
        ways.append(list(answer.strip()))
    return [[part.strip() for part in way if part.strip()] for way in ways]


def _index(letter: str) -> int:
    return ord(letter.upper()) - ord("A")


def _within(place: int, options: list[str]) -> int | None:
    return place if 0 <= place < len(options) else None
