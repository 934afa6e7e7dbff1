"""Notices that a model only repeats itself.

Small models can fall into a rut: the same sentence, line or paragraph again and again until some
limit ends it. What counts as a rut is cautious, since a table, a list or a piece of code may repeat
itself for good reasons: a stretch of text must follow itself word for word, without anything in
between, at least `LEAST_REPEATS` times and for at least `LEAST_CHARACTERS` characters. A numbered
list is none, as its numbers differ; nor is a matrix of ten by ten noughts (310 characters), the
rule below a table's head (80 to 200) or the empty rows of a form. The same sentence of 50
characters is one after 24 times.
"""

LEAST_CHARACTERS = 1200
"""Of the text that repeats itself."""
LEAST_REPEATS = 6
"""How often a stretch must stand there, the first time included."""
LONGEST_STRETCH_CHARACTERS = 1000
"""A longer stretch is not looked for."""
CHECK_PERIOD_CHARACTERS = 64
"""How much new text is waited for between two looks."""

_PROBE_CHARACTERS = 24
_KEPT_CHARACTERS = max(LEAST_CHARACTERS, LEAST_REPEATS * LONGEST_STRETCH_CHARACTERS)


class LoopGuard:
    """Watches the end of a text that grows."""

    def __init__(self) -> None:
        self._tail = ""
        self._unchecked = 0

    def push(self, text: str) -> bool:
        """Take more text; return whether its end only repeats itself."""
        self._tail += text
        self._unchecked += len(text)
        if self._unchecked < CHECK_PERIOD_CHARACTERS:
            return False
        self._unchecked = 0
        self._tail = self._tail[-_KEPT_CHARACTERS:]
        return repeated_stretch(self._tail) > 0


def repeated_stretch(text: str) -> int:
    """Return the length of the stretch that the end of a text repeats; 0 if it repeats none.

    Wherever the last characters occur before, the distance is a candidate.
    """
    if len(text) < LEAST_CHARACTERS:
        return 0
    at = len(text) - _PROBE_CHARACTERS
    probe = text[at:]
    found = at
    while (found := text.rfind(probe, 0, found + _PROBE_CHARACTERS - 1)) >= 0:
        length = at - found
        if length > LONGEST_STRETCH_CHARACTERS:
            return 0
        if _repeats(text, length):
            return length
    return 0


def _repeats(text: str, length: int) -> bool:
    """Tell whether a text's end is made of stretches of this length, each equal to the next."""
    span = max(LEAST_CHARACTERS, LEAST_REPEATS * length)
    return len(text) >= span and text[-span:-length] == text[length - span :]
