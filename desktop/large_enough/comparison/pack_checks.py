"""Checks the keys of a pack: right answers must pass, nearly right ones must fail."""

import string
from collections.abc import Iterator

from large_enough.domain.grade import Grade, GradeStatus, Reply
from large_enough.domain.pack import (
    ChoiceKey,
    Key,
    MultiChoiceKey,
    Pack,
    PackItem,
    RegexKey,
    TextKey,
)
from large_enough.domain.pack_fault import Fault
from large_enough.domain.text import harmless_line
from large_enough.scoring.grading import grade
from large_enough.scoring.ideal import ideal_text
from large_enough.scoring.near_misses import near_misses
from large_enough.scoring.patterns import PatternFault, search
from large_enough.wording.translate import _

_SHOWN_CHARACTERS = 80
_STRESS_TEXTS = ("a" * 2_000 + "!", "1" * 2_000 + "!", "a " * 1_000 + "!", "<" * 2_000)
"""Texts that patterns with nested repetition take very long for."""


def check_pack(pack: Pack) -> tuple[Fault, ...]:
    """Return what is wrong with the keys of a pack, item by item.

    Args:
        pack: A pack without faults of form: one that was loaded, or made in the editor.
    """
    return tuple(
        fault
        for row, item in enumerate(pack.items, 1)
        if not item.demo
        for fault in check_item(item, pack.language, row)
    )


def check_item(item: PackItem, language: str, row: int | None = None) -> tuple[Fault, ...]:
    """Return what is wrong with one item's key.

    Args:
        item: The item.
        language: Of its pack.
        row: Stands in the faults.
    """
    problems = dict.fromkeys((*_of_itself(item.key), *_of_answers(item, language)))
    return tuple(
        Fault(row=row, item=item.id, field="answer", problem=problem) for problem in problems
    )


def _of_itself(key: Key) -> Iterator[str]:
    if isinstance(key, ChoiceKey | MultiChoiceKey):
        letters = string.ascii_uppercase[: len(key.choices)]
        if any(choice.strip().upper() in letters for choice in key.choices if choice.strip()):
            yield _("an option that is a single letter is mistaken for the letter of another")
    if isinstance(key, RegexKey):
        slow = (search(key.pattern, text, keeps_case=key.keeps_case) for text in _STRESS_TEXTS)
        if PatternFault.TOO_SLOW in slow:
            yield _("the pattern takes too long on some answers")


def _of_answers(item: PackItem, language: str) -> Iterator[str]:
    for reply in _right_replies(item.key, language):
        outcome = grade(item.key, reply, extract=item.extract)
        if outcome.status is not GradeStatus.CORRECT:
            yield _right_fails(reply)
    for text in near_misses(item.key):
        outcome = grade(item.key, Reply(text=text, language=language), extract=item.extract)
        if outcome.status is GradeStatus.CORRECT:
            yield _wrong_passes(outcome)


def _right_replies(key: Key, language: str) -> Iterator[Reply]:
    """Yield right answers, with options in all orders of a ring."""
    choices = key.choices if isinstance(key, ChoiceKey | MultiChoiceKey) else ("",)
    for first in range(len(choices)):
        shown = choices[first:] + choices[:first] if len(choices) > 1 else ()
        text = ideal_text(key, shown)
        if text:
            yield Reply(text=text, shown_choices=shown, language=language)
    if isinstance(key, TextKey):
        for answer in key.answers[1:]:
            yield Reply(text=f"ANSWER: {answer}", language=language)


def _right_fails(reply: Reply) -> str:
    return _("the right answer does not pass: “{answer}”").format(answer=_shown(reply.text))


def _wrong_passes(outcome: Grade) -> str:
    return _("a wrong answer passes: “{answer}”").format(answer=_shown(outcome.taken))


def _shown(text: str) -> str:
    line = harmless_line(text)
    return line if len(line) <= _SHOWN_CHARACTERS else f"{line[: _SHOWN_CHARACTERS - 1]}…"
