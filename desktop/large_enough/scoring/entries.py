"""Splits lists as people write them: lines, bullets, commas, "and"."""

import re
from collections.abc import Iterable, Sequence

from large_enough.scoring.bare import bare
from large_enough.scoring.normalising import normalised

MOST_ENTRIES = 500
"""A longer list is no answer; what follows is not looked at."""

_BULLET = re.compile(r"[ \t>]{0,12}(?:[-*•–·‣]\s|\(?\d{1,3}[.):]\s|[a-z]\)\s)")
_WEAK = re.compile(r"\s(?:and|und|y|e|&)\s", re.IGNORECASE)
_LEADING_AND = re.compile(r"^(?:and|und|y|e|&)\s+", re.IGNORECASE)
_COMMA = re.compile(r",(?!\d)|(?<!\d),")
_NOTE = re.compile(r"\s(?:\(|–|—|-\s)|:\s")
_NOTHING = frozenset({"none", "nothing", "no entries", "keine", "keiner", "nichts", "ninguno"}) | {
    "ninguna",
    "nada",
    "empty",
    "leer",
}


def is_bullet(line: str) -> bool:
    """Return whether a line is an entry of a list."""
    return _BULLET.match(line) is not None


def block_of(rest: str) -> tuple[tuple[str, ...], bool]:
    """Return the lines that hold a list behind a mark, and whether text follows them.

    Args:
        rest: Everything behind the mark.
    """
    lines = rest.split("\n")
    begin = next((place for place, line in enumerate(lines) if bare(line)), 0)
    if not is_bullet(lines[begin]) and begin == 0:
        return (lines[0],), len(lines) > 1
    goes_on = is_bullet if is_bullet(lines[begin]) else _has_text
    end = begin
    while end < len(lines) and goes_on(lines[end]):
        end += 1
    return tuple(lines[begin:end]), end < len(lines)


def _has_text(line: str) -> bool:
    return bool(line.strip())


def split_entries(lines: Sequence[str], accepted: Iterable[str], language: str) -> tuple[str, ...]:
    """Return the entries of a list.

    Args:
        lines: Of the answer.
        accepted: Known entries, which may hold commas or "and" themselves.
        language: Of the pack.
    """
    known = {_form(form, language) for form in accepted}
    if len(lines) > 1 or (lines and is_bullet(lines[0])):
        parts = [_BULLET.sub("", line, count=1) for line in lines]
        if not all(map(is_bullet, lines)):
            parts = [piece for part in parts for piece in _pieces(part, known, language)]
    else:
        parts = [piece for line in lines for piece in _pieces(bare(line), known, language)]
    entries = [bare(part) for part in parts[:MOST_ENTRIES]]
    return tuple(entry for entry in entries if entry and entry.casefold() not in _NOTHING)


def _form(text: str, language: str) -> str:
    return normalised(text, language, keeps_articles=True)


def _pieces(line: str, known: set[str], language: str) -> list[str]:
    """Return the entries of one line; a known one with a comma inside stays whole."""
    if _form(line, language) in known:
        return [line]
    has_semicolons = ";" in line
    parts = line.split(";") if has_semicolons else _joined(_COMMA.split(line), known, language)
    pieces: list[str] = []
    for part in parts:
        plain = _LEADING_AND.sub("", part.strip(), count=1) if pieces else part.strip()
        is_known = _form(plain, language) in known
        pieces.extend([plain] if is_known else _and_split(plain, known, language))
    return pieces


def _and_split(text: str, known: set[str], language: str) -> list[str]:
    parts = _WEAK.split(text)
    return _joined(parts, known, language, " and ") if len(parts) > 1 else parts


def _joined(parts: list[str], known: set[str], language: str, mark: str = ", ") -> list[str]:
    """Put parts together again where two or three of them are one known entry."""
    joined: list[str] = []
    place = 0
    while place < len(parts):
        for count in (3, 2):
            together = mark.join(part.strip() for part in parts[place : place + count])
            if count <= len(parts) - place and _form(together, language) in known:
                joined.append(together)
                place += count
                break
        else:
            joined.append(parts[place])
            place += 1
    return joined


def without_note(entry: str) -> str:
    """Return an entry without an explanation behind it: "Basel (main office)"."""
    note = _NOTE.search(entry)
    return bare(entry[: note.start()]) if note else entry
