"""Guesses how wide a text will be, without asking a font."""

import itertools
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


def wrapped(text: str, size: float, most_width: float, most_lines: int = 2) -> list[str]:
    """Return the text on so many lines, broken between words; the last is cut if it is too wide.

    Args:
        text: Any text; made harmless to show.
        size: Of the type.
        most_width: Of a line.
        most_lines: At least 1.
    """
    words = harmless_line(text).split(" ")
    lines: list[str] = []
    while words and len(lines) < most_lines - 1:
        fitting = itertools.takewhile(
            lambda count: guessed_width(" ".join(words[:count]), size) <= most_width,
            range(1, len(words) + 1),
        )
        count = max(fitting, default=0)
        if not count:
            break
        lines.append(" ".join(words[:count]))
        del words[:count]
    return [*lines, shortened(" ".join(words), size, most_width)] if words else lines


def _character_width(character: str) -> float:
    if character.isdigit():
        return _DIGIT_WIDTH
    if character.isascii():
        return _USUAL_WIDTH
    if unicodedata.combining(character):
        return 0.0
    return _FULL_WIDTH if unicodedata.east_asian_width(character) in "WF" else _USUAL_WIDTH
