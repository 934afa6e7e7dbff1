"""Defines what a generated pack is made of: templates that each give many items."""

import enum
from collections.abc import Callable
from dataclasses import dataclass

from large_enough.domain.pack import DEFAULT_MARGIN, Key
from large_enough.packs.generators.dice import Dice
from large_enough.packs.generators.tongue import Tongue


class Family(enum.StrEnum):
    """Kinds of tasks, the same in all domains, so that domains can be compared."""

    LOOKUP = "lookup"
    """One place of the document holds the answer."""
    RULE = "rule"
    """A rule with an exception must be applied."""
    ARITHMETIC = "arithmetic"
    """Two or three steps of computing, with rounding."""
    DEADLINE = "deadline"
    """Computing with days and dates."""
    ROUTING = "routing"
    """One of several labels fits."""
    EXTRACTION = "extraction"
    """Facts of a text go into named fields."""
    SELECTION = "selection"
    """All entries that qualify."""
    CLAUSE = "clause"
    """Which clause applies, or which of two that contradict each other."""
    SILENCE = "silence"
    """The document does not say."""
    FORMAT = "format"
    """The answer must be written in a given form."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Draft:
    """An item as a template draws it; its texts are in the pack's language."""

    question: str
    context: str
    key: Key
    explain: str
    """How the key comes about, in one line."""
    extract: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Template:
    """One kind of question with its document; draws as many items as wanted."""

    name: str
    """Unique within its pack; items of one template count together in the statistics."""
    family: Family
    level: int
    """1: a model of half a billion parameters should manage, and one of 1.5 billion does; 2: one of
    1.5 billion gets some of them; 3: hardly any, which separates 3 from 14 billion. Measured."""
    draw: Callable[[Dice, Tongue], Draft]
    """Draws everything from the dice before it writes, so that all languages share their keys."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Demo:
    """A free question for the Arena: for looking, discussing and voting."""

    name: str
    question: str
    context: str = ""
    keywords: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Domain:
    """All that a pack of one field says about itself, and its templates."""

    id: str
    field: str
    """The pack's `domain`, for example "finance"."""
    version: str
    title: Callable[[Tongue], str]
    description: Callable[[Tongue], str]
    about: Callable[[Tongue], str]
    """What this tests: a page at most, Markdown."""
    templates: tuple[Template, ...]
    demos: Callable[[Tongue], tuple[Demo, ...]]
    languages: tuple[str, ...] = ("en",)
    margin: float = DEFAULT_MARGIN
