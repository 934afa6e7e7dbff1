"""Guesses how wide a text will be, without asking a font."""

import unicodedata

from large_enough.domain.text import harmless_line

_USUAL_WIDTH = 0.56
"""Of a character, as a part of the type's height: Inter's average, a little on the wide side."""
_DIGIT_WIDTH = 0.66
"""Of Inter's digits of equal width, with which axes are written."""
_FULL_WIDTH = 1.0


def guessed_width(text: str, size: float) -> float:
    """Return the width of a text in that size of type."""
    return size * sum(_character_width(character) for character in text)


def shortened(text: str, size: float, most_width: float) -> str:
    """Return the text on one line, harmless to show, cut with an ellipsis where it is too wide."""
    line = harmless_line(text)
    if guessed_width(line, size) <= most_width:
        return line
    room = most_width / size - _USUAL_WIDTH
    kept = []
    for character in line:
        room -= _character_width(character)
        if room < 0:
            break
        kept.append(character)
    return "".join(kept).rstrip() + "…"


def _character_width(character: str) -> float:
    if character.isdigit():
        return _DIGIT_WIDTH
    if character.isascii():
        return _USUAL_WIDTH
    if unicodedata.combining(character):
        return 0.0
    return _FULL_WIDTH if unicodedata.east_asian_width(character) in "WF" else _USUAL_WIDTH
