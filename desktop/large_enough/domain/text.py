"""Makes text from outside harmless to show.

Model output, file names and header strings may hold terminal escape sequences, or characters that
reverse the order of what follows. They are kept in records as they are and cleaned when shown.
"""

import unicodedata

KEPT_CONTROLS = "\n\t"

_BIDI_CONTROLS = frozenset(
    "\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
"""Characters that change the direction of text (Unicode Standard Annex 9)."""


def to_translate(message: str) -> str:
    """Mark a message that is recorded in English, and translated where it is shown."""
    return message


def harmless(text: str) -> str:
    """Return the text without control characters (but line feed, tab) or direction overrides."""
    if text.isprintable():
        return text
    return "".join(character for character in text if _is_harmless(character))


def harmless_line(text: str) -> str:
    """Return the text on one line: as `harmless`, with white space folded into single blanks."""
    return " ".join(harmless(text).split())


def _is_harmless(character: str) -> bool:
    if character in KEPT_CONTROLS:
        return True
    return character not in _BIDI_CONTROLS and unicodedata.category(character) not in {"Cc", "Cs"}
