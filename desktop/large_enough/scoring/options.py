"""Reads which of some options a short text names."""

import re
import string
from collections.abc import Sequence

from large_enough.scoring.bare import bare, without_lead
from large_enough.scoring.normalising import normalised

LETTERS = string.ascii_uppercase
_LETTER = re.compile(r"[*_`(\[<$\"']*+([A-Za-z])(?![\w'’´])[*_`)\]>$\"']*+")
_AFTER_LETTER = re.compile(r"\s*+[).:,;\]–—=-]*+[*_`)\]>]*+\s*+")
_NEXT_LETTER = re.compile(
    r"\s*+(?:,\s*+(?:and|or|und|oder|y|o|e)?|;|/|&|\+|\band\b|\bor\b|\bund\b|\boder\b|\by\b|\bo\b|\be\b)"
    r"\s*+(?:option\s++|only\s++)?"
    r"[*_`(\[\"']*+([A-Z])(?![\w'’´])[*_`)\]\"']*+",
)
_ARTICLE_OR_PRONOUN = frozenset("AIOY")
_NEGATION = re.compile(
    r"\b(?:not|isn't|isnt|never|neither|nor|except|nicht|kein|keine|keinen|weder|no es|ni)"
    r"(?:\s(?:the|a|an|der|die|das|el|la))?$"
)


def letters_named(text: str, count: int) -> tuple[int, ...]:
    """Return the options that a short text names by letters, as in "B", "(C)" or "A, B, and D".

    Args:
        text: What stands where the answer should be.
        count: How many options there are.

    Returns:
        Their places, 0 for A; empty if the text is no letter or list of letters.
    """
    plain = without_lead(bare(text))
    first = _LETTER.match(plain)
    if first is None or _place(first[1], count) is None:
        return ()
    letters, end = [first[1]], first.end()
    while following := _NEXT_LETTER.match(plain, end):
        letters.append(following[1])
        end = following.end()
    places = [_place(letter, count) for letter in letters]
    if None in places or not _ends_well(plain, end, first[1]):
        return ()
    return tuple(dict.fromkeys(place for place in places if place is not None))


def _place(letter: str, count: int) -> int | None:
    place = LETTERS.find(letter.upper())
    return place if 0 <= place < count else None


def _ends_well(text: str, end: int, first: str) -> bool:
    """Return whether what follows the letters leaves them letters of options.

    "B because it is cheaper" is fine; "A bank" and "e.g. banks" are not.
    """
    gap = _AFTER_LETTER.match(text, end)
    rest = text[gap.end() :] if gap else ""
    if not rest:
        return True
    mark = (gap[0] if gap else "").strip()
    if not first.isupper() or (gap and gap[0] and not gap[0][-1].isspace() and mark in {".", "-"}):
        return False
    return bool(mark) or first not in _ARTICLE_OR_PRONOUN


def text_after_letter(text: str) -> str:
    """Return what follows a letter: "Paris" of "B) Paris"; empty if nothing does."""
    plain = without_lead(bare(text))
    first = _LETTER.match(plain)
    if first is None:
        return ""
    gap = _AFTER_LETTER.match(plain, first.end())
    return plain[gap.end() :] if gap else plain[first.end() :]


def option_equal(text: str, options: Sequence[str], language: str) -> int | None:
    """Return the option that a text equals when both are normalised."""
    for strict in (True, False):
        wanted = _form(bare(text), language, strict)
        same = [
            place
            for place, option in enumerate(options)
            if _form(option, language, strict) == wanted
        ]
        if wanted and len(same) == 1:
            return same[0]
    return None


def _form(text: str, language: str, strict: bool) -> str:
    if strict:
        return " ".join(text.split()).casefold()
    return normalised(text, language)


def options_contained(text: str, options: Sequence[str], language: str) -> tuple[int, ...]:
    """Return the options whose texts occur in a text as whole words, longer ones first.

    One that stands within a longer one ("Paris" in "Paris, Texas") does not count there, nor does
    one that is denied ("not Paris").
    """
    left = f" {normalised(text, language)} "
    found = []
    forms = {place: normalised(option, language) for place, option in enumerate(options)}
    for place in sorted(forms, key=lambda place: -len(forms[place])):
        words = f" {forms[place]} "
        if not words.strip() or words not in left:
            continue
        if not _is_denied(left, words):
            found.append(place)
        left = left.replace(words, " \x00 ")
    return tuple(sorted(found))


def _is_denied(text: str, words: str) -> bool:
    """Return whether each mention has a "not" before it."""
    befores = text.split(words)[:-1]
    return all(_NEGATION.search(before[-20:]) for before in befores)


def letters_joined(text: str, count: int) -> tuple[int, ...]:
    """Return the options of letters without anything between: "AC"; only in rising order."""
    plain = bare(text)
    places = [_place(letter, count) for letter in plain] if len(plain) <= count else []
    if len(places) < 2 or None in places or not plain.isupper() or list(plain) != sorted(plain):
        return ()
    return tuple(dict.fromkeys(place for place in places if place is not None))
