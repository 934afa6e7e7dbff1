"""Makes a text that a regular expression finds, where that is simple."""

import re

from large_enough.scoring import patterns

_LONGEST_CHARACTERS = 200
_DEEPEST = 12
_CLASSES = {"d": "1", "w": "a", "s": " ", "D": "a", "W": " ", "S": "a"}
_CONTROLS = {"n": "\n", "t": "\t", "r": "\r"}
_NOTHING = {"b", "A", "Z", "z", "B"}
_COUNT = re.compile(r"\{(\d{1,3})(?:,\d{0,4})?\}")
_GROUP = re.compile(r"\?(?::|P?<[A-Za-z_]\w*>)")
_FLAGS = re.compile(r"\(\?[aimsux]{1,5}\)")


class _IntricateError(Exception):
    """The pattern has something that is not understood here."""


def example_of(pattern: str, *, keeps_case: bool = False) -> str:
    """Return a short text that a pattern matches as a whole; "" where none was found.

    Args:
        pattern: A regular expression of a stranger.
        keeps_case: Whether upper and lower case differ.
    """
    reader = _Reader(pattern)
    try:
        text = reader.alternatives(0)
    except _IntricateError:
        return ""
    is_read = reader.place == len(pattern) and 0 < len(text.strip()) <= _LONGEST_CHARACTERS
    if not is_read or "\n" in text:
        return ""
    found = patterns.search(pattern, text.strip(), keeps_case=keeps_case, is_whole=True)
    return "" if found is None or isinstance(found, patterns.PatternFault) else text.strip()


class _Reader:
    """Goes through a pattern from left to right and writes the shortest thing it can."""

    def __init__(self, pattern: str) -> None:
        self._pattern = pattern
        self.place = 0

    def alternatives(self, depth: int) -> str:
        """Return a text for the first of some alternatives; the others are only read."""
        if depth > _DEEPEST:
            raise _IntricateError
        texts = [self._sequence(depth)]
        while self._take("|"):
            texts.append(self._sequence(depth))
        return texts[0]

    def _sequence(self, depth: int) -> str:
        parts = []
        while self.place < len(self._pattern) and self._pattern[self.place] not in "|)":
            parts.append(self._repeated(self._element(depth)))
        return "".join(parts)

    def _take(self, text: str) -> bool:
        is_there = self._pattern.startswith(text, self.place)
        self.place += len(text) if is_there else 0
        return is_there

    def _next(self) -> str:
        if self.place >= len(self._pattern):
            raise _IntricateError
        self.place += 1
        return self._pattern[self.place - 1]

    def _element(self, depth: int) -> str:
        flags = _FLAGS.match(self._pattern, self.place)
        if flags:
            self.place = flags.end()
            return ""
        character = self._next()
        if character == "(":
            return self._group(depth)
        if character == "[":
            return self._class()
        if character == "\\":
            return self._escape()
        if character in "^$":
            return ""
        if character in "*+?{":
            raise _IntricateError
        return "a" if character == "." else character

    def _group(self, depth: int) -> str:
        if self._pattern.startswith("?", self.place):
            kind = _GROUP.match(self._pattern, self.place)
            if kind is None:
                raise _IntricateError
            self.place = kind.end()
        text = self.alternatives(depth + 1)
        if self._next() != ")":
            raise _IntricateError
        return text

    def _class(self) -> str:
        """Return the first character of a class."""
        character = self._next()
        if character in "^]":
            raise _IntricateError
        text = self._escape() if character == "\\" else character
        while (character := self._next()) != "]":
            if character == "\\":
                self._next()
        return text

    def _escape(self) -> str:
        character = self._next()
        if character in _NOTHING:
            return ""
        known = {**_CLASSES, **_CONTROLS}.get(character, character)
        if character.isalnum() and character not in {**_CLASSES, **_CONTROLS}:
            raise _IntricateError
        return known

    def _repeated(self, text: str) -> str:
        """Return a text as often as a quantifier behind it asks at least."""
        count = _COUNT.match(self._pattern, self.place)
        if count:
            self.place = count.end()
            text *= int(count[1])
        elif self._take("*") or self._take("?"):
            text = ""
        else:
            self._take("+")
        if not self._take("?"):
            self._take("+")
        return text[: _LONGEST_CHARACTERS + 1]
