"""Names the contenders of a verdict, harmless and short enough for a sentence."""

from collections.abc import Iterable

import msgspec

from large_enough.domain.round import Contender
from large_enough.domain.text import harmless_line
from large_enough.domain.verdict import Ladder, LadderKind, RunVerdict
from large_enough.wording.summary import display_names
from large_enough.wording.translate import _

MOST_NAME_CHARACTERS = 48
"""Longer names are cut: a sentence names two of them."""


def contender_names(verdict: RunVerdict) -> dict[str, str]:
    """Return a name for each letter; those that are called alike have their letter added."""
    return display_names([_named(contender) for contender in verdict.contenders])


def rung_names(verdict: RunVerdict, ladder: Ladder) -> dict[str, str]:
    """Return what the models of a ladder are called on it: by quantisation where they differ in it.

    Args:
        verdict: The whole run.
        ladder: One of its ladders.
    """
    names = contender_names(verdict)
    letters = [rung.letter for rung in ladder.rungs]
    if ladder.kind is LadderKind.SIZE:
        return {letter: names[letter] for letter in letters}
    kinds = {letter: verdict.contender(letter).card.quantisation for letter in letters}
    shown = {
        letter: _short(kind) if isinstance(kind, str) and harmless_line(kind) else names[letter]
        for letter, kind in kinds.items()
    }
    alike = [name for name in shown.values() if list(shown.values()).count(name) > 1]
    return {
        letter: _("{name} ({letter})").format(name=name, letter=letter) if name in alike else name
        for letter, name in shown.items()
    }


def listed(names: Iterable[str]) -> str:
    """Return "A", "A and B" or "A, B and C"."""
    *most, last = names
    if not most:
        return last
    return _("{most} and {last}").format(most=", ".join(most), last=last)


def _named(contender: Contender) -> Contender:
    name = _short(contender.card.name) or _("model {letter}").format(letter=contender.letter)
    card = msgspec.structs.replace(contender.card, name=name)
    return msgspec.structs.replace(contender, card=card)


def _short(name: str) -> str:
    line = harmless_line(name)
    if len(line) <= MOST_NAME_CHARACTERS:
        return line
    return line[: MOST_NAME_CHARACTERS - 1].rstrip() + "…"
