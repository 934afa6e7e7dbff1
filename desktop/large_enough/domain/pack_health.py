"""What can be said about a pack before anybody was asked."""

import msgspec

from large_enough.domain.pack import AnswerType
from large_enough.domain.quantity import Quantity


class Likeness(msgspec.Struct, frozen=True, kw_only=True):
    """Two questions that say nearly the same."""

    first: str
    """Id of the earlier item."""
    second: str
    share: float
    """Share of their words that both have, 0 to 1."""


class KeyBalance(msgspec.Struct, frozen=True, kw_only=True):
    """How often each answer is the right one, among items that offer the same answers."""

    name: str
    """The letter that is right most often, or the label."""
    count: int
    """How often that is."""
    total: int
    """Of so many items."""
    option_count: int
    """Between so many answers."""
    is_skewed: bool
    """Whether that is more than chance would explain."""


class PackLengths(msgspec.Struct, frozen=True, kw_only=True):
    """How long the questions are, with their documents."""

    median_words: int
    longest_words: int
    longest_item: str
    """Its id; empty without items."""
    over_limit: tuple[str, ...]
    """Ids of items too long for a context of 2,048 tokens on a slow laptop."""


class PackHealth(msgspec.Struct, frozen=True, kw_only=True):
    """What can be said about a pack before anybody was asked."""

    item_count: int
    graded_count: int
    """Without those that are only for looking at."""
    by_type: dict[AnswerType, int]
    by_level: dict[int, int]
    by_family: dict[str, int]
    duplicates: tuple[tuple[str, ...], ...]
    """Ids of items that ask the same, by their normalised question and document."""
    near_duplicates: tuple[Likeness, ...]
    is_searched: bool
    """Whether near duplicates were looked for: not among very many items."""
    chance: Quantity
    """Share of points that guessing gives, 0 to 1."""
    balances: tuple[KeyBalance, ...]
    lengths: PackLengths
    group_count: int
    """So many kinds count in the statistics: groups, and items that stand alone."""
    largest_group: str
    """The group with most items; empty if all stand alone."""
    largest_group_count: int
    sources_missing: int
    """Graded items of which the pack does not say how their key comes about."""
