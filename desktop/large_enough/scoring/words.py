"""Looks for whole words in a text."""

import unicodedata

from large_enough.scoring.normalising import folded

_EMPHASIS = str.maketrans("", "", "*`")
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "´": "'", "‐": "-", "‑": "-", "−": "-"})
_INSIDE_NUMBERS = ".,"


def searchable(text: str) -> str:
    """Return a text in the form that `is_within` looks through."""
    return folded(text.translate(_EMPHASIS).translate(_APOSTROPHES))


def is_within(phrase: str, searched: str) -> bool:
    """Return whether a phrase occurs as whole words: "no" is not in "not", 27 not in 27.50.

    Args:
        phrase: As the author wrote it.
        searched: The text, made ready by `searchable`.
    """
    wanted = searchable(phrase)
    place = searched.find(wanted) if wanted else -1
    while place >= 0:
        end = place + len(wanted)
        if _is_edge(searched, place - 1, wanted[0], -1) and _is_edge(searched, end, wanted[-1], 1):
            return True
        place = searched.find(wanted, place + 1)
    return False


def _is_edge(text: str, place: int, inner: str, direction: int) -> bool:
    """Return whether a word ends between an inner character and the one beside it."""
    if not _is_word(inner) or not 0 <= place < len(text):
        return True
    beside = text[place]
    further = place + direction
    if inner.isdigit() and beside in _INSIDE_NUMBERS and 0 <= further < len(text):
        return not text[further].isdigit()
    return not _is_word(beside)


def _is_word(character: str) -> bool:
    return character.isalnum() or character == "_" or unicodedata.combining(character) > 0
