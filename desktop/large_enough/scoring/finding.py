"""Looks for the place where an answer says that it answers."""

import functools
import itertools
import re
from collections.abc import Callable, Iterator
from typing import NamedTuple, TypeVar

import msgspec

from large_enough.scoring.answer_text import AnswerText
from large_enough.scoring.bare import bare
from large_enough.scoring.steps import StepKind

ReadingT = TypeVar("ReadingT")

_MOST_MARKS = 40
"""More marks than so many are not looked at: the last ones count."""
_MOST_EMPTY_LINES = 3
"""Between a mark and its answer."""
_CLOSERS = tuple("*_`)]}$\"'”»>")
"""At the end of a cut text, these show that the answer itself was finished."""

_QUIET_MARK = (
    r"^[ \t>#*_•`\"'(\[-]*+"
    r"(?:(?:so|therefore|thus|hence|the|my|final|correct|right|best|also|die|meine|richtige|"
    r"endgültige|la|mi)[, \t]++){0,4}"
    r"(?:answer|antwort|respuesta)"
    r"(?:[ \t]++(?:final|correcta))?"
)
_LOUD_MARK = r"(?<!\w)(?P<loud>(?-i:ANSWER|ANTWORT|RESPUESTA))"
_MARK = re.compile(
    rf"(?:{_QUIET_MARK}|{_LOUD_MARK})[ \t*_`\"']*+[:：=][ \t*_`]*+",
    re.IGNORECASE | re.MULTILINE,
)
_PHRASE = re.compile(
    r"\b(?:(?:answer|option|choice|result|total)\s(?:is|would\sbe|should\sbe|must\sbe)"
    r"|(?:antwort|lösung|option|ergebnis)\s(?:ist|lautet|wäre)"
    r"|(?:respuesta|opción|solución|resultado)\s(?:(?:correcta|final)\s)?(?:es|sería))"
    r"[ \t:*_`]++",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!?](?=\s|$)")


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """A place that says "this is the answer"."""

    text: str
    """What stands there, on one line."""
    rest: str
    """From there to the end of the text: answers may have several lines."""
    way: StepKind
    is_closed: bool
    """Whether something behind it shows that it is complete."""
    start: int = 0
    """Where the mark before it begins."""
    end: int = 0
    """Where its line ends."""
    is_loud: bool = False
    """Whether it is in capitals, as the question asks for: then nothing else is the answer."""


class _Mark(NamedTuple):
    start: int
    end: int
    is_loud: bool


@functools.lru_cache(maxsize=2)  # graders ask several times in a row about the same answer
def explicit(answer: AnswerText) -> tuple[Found, ...]:
    """Return the places that say they are the answer, the one that counts most first."""
    if answer.extracted is not None:
        return (
            Found(
                text=answer.extracted,
                rest=answer.extracted,
                way=StepKind.FOUND_BY_PATTERN,
                is_closed=True,
                is_loud=True,
            ),
        )
    return (*answer_lines(answer), *_boxed(answer), *_phrases(answer))


def usable(answer: AnswerText) -> Iterator[Found]:
    """Yield places to look at; none after one in capitals, none that may be cut in the middle.

    Where a loop was stopped, the last of many equal lines may be half a line: one before counts.
    """
    places = explicit(answer)
    for found, earlier in itertools.zip_longest(places, places[1:]):
        is_whole = found.is_closed or not answer.is_cut
        if is_whole:
            yield found
        is_repeated = earlier is not None and earlier.text.startswith(found.text.strip())
        if found.is_loud and (is_whole or not is_repeated):
            return


def first_reading(
    answer: AnswerText, read: Callable[[Found], ReadingT | None]
) -> tuple[Found, ReadingT] | None:
    """Return the first place that makes sense to `read`, with what it read."""
    for found in usable(answer):
        reading = read(found)
        if reading is not None:
            return found, reading
    return None


def may_look_elsewhere(answer: AnswerText) -> bool:
    """Return whether the text as a whole may be taken: nothing says where the answer is."""
    return not answer.is_cut and not any(found.is_loud for found in explicit(answer))


def neighbours_above(answer: AnswerText, found: Found) -> Iterator[Found]:
    """Yield the answer lines right above another one, with nothing in between."""
    start = found.start
    for other in answer_lines(answer):
        if other.end <= start and not answer.text[other.end : start].strip():
            yield other
            start = other.start


def answer_lines(answer: AnswerText) -> tuple[Found, ...]:
    """Return what follows "ANSWER:" and the like, the last one first."""
    marks = [
        _Mark(found.start(), found.end(), found["loud"] is not None)
        for found in _MARK.finditer(answer.text)
    ]
    return tuple(_line(answer.text, mark) for mark in reversed(marks[-_MOST_MARKS:]))


def _line(text: str, mark: _Mark) -> Found:
    """Return what a mark introduces: the rest of its line, or the next line with anything in it."""
    rest = text[mark.end :]
    line, newline, more = rest.partition("\n")
    for _ in range(_MOST_EMPTY_LINES):
        if bare(line):
            break
        line, newline, more = more.lstrip().partition("\n")
    is_loud = mark.is_loud or text[mark.start : mark.end].strip(" \t*_`>#-").isupper()
    return Found(
        text=line,
        rest=rest,
        start=mark.start,
        end=len(text) - len(more),
        way=StepKind.FOUND_ANSWER_LINE,
        is_closed=bool(newline) or line.rstrip().endswith(_CLOSERS),
        is_loud=is_loud,
    )


def _boxed(answer: AnswerText) -> Iterator[Found]:
    start = answer.text.rfind("\\boxed{")
    if start < 0:
        return
    begin = start + len("\\boxed{")
    depth = 1
    for place in range(begin, len(answer.text)):
        depth += (answer.text[place] == "{") - (answer.text[place] == "}")
        if depth == 0:
            inner = answer.text[begin:place]
            yield Found(text=inner, rest=inner, way=StepKind.FOUND_BOXED, is_closed=True)
            return


def _phrases(answer: AnswerText) -> Iterator[Found]:
    phrases = list(_PHRASE.finditer(answer.text))
    for phrase in reversed(phrases[-_MOST_MARKS:]):
        value, newline, _more = answer.text[phrase.end() :].partition("\n")
        end = _SENTENCE_END.search(value)
        yield Found(
            text=value[: end.start()] if end else value,
            rest=value,
            way=StepKind.FOUND_PHRASE,
            is_closed=bool(newline) or end is not None,
        )
