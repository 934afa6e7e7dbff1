"""Compares texts as a hurried reader does: without case, marks and spaces."""

import re
import unicodedata

_NO_WORD = re.compile(r"[\W_]+")


def plain(text: str) -> str:
    """Return a text in small letters without marks, its words with single blanks between.

    A text of nothing but marks ("+", ">=") keeps them: they are what tells it from others.
    """
    folded = unicodedata.normalize("NFKC", text).casefold()
    return _NO_WORD.sub(" ", folded).strip() or folded.strip()


def option_form(text: str) -> str:
    """Return the form in which two options must differ: marks count, spaces and case do not."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def words(text: str) -> list[str]:
    """Return the words of a text, in its order."""
    return plain(text).split()
