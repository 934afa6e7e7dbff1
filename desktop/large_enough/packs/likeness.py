"""Finds questions that say nearly the same."""

import itertools
from collections import defaultdict
from collections.abc import Iterator, Sequence

from large_enough.domain.pack import PackItem
from large_enough.domain.pack_health import Likeness
from large_enough.packs.alike import words

MOST_COMPARED = 1_000
"""Among more items nobody looks for pairs: it would take many seconds."""
NEARLY_THE_SAME = 0.8
"""Share of words that two questions must have in common (our choice)."""
MOST_PAIRS = 200
_FEWEST_WORDS = 4  # "What is the fee?" is like any other question of its kind


def near_duplicates(items: Sequence[PackItem]) -> tuple[Likeness, ...]:
    """Return pairs of questions whose words are nearly the same, the most alike first.

    Items of one group are meant to be alike and are left out, and so are pairs that differ in
    their numbers: those ask for something else. Documents count as well as questions.

    Args:
        items: At most `MOST_COMPARED`; nothing is looked for among more.
    """
    if len(items) > MOST_COMPARED:
        return ()
    bags = [frozenset(words(f"{item.question} {item.context}")) for item in items]
    pairs = []
    for first, second in _candidates(bags):
        is_kin = items[first].group and items[first].group == items[second].group
        share = 0.0 if is_kin else _share(bags[first], bags[second])
        if NEARLY_THE_SAME <= share < 1:
            names = items[first].id, items[second].id
            pairs.append(Likeness(first=names[0], second=names[1], share=round(share, 2)))
    return tuple(sorted(pairs, key=lambda pair: -pair.share)[:MOST_PAIRS])


def _candidates(bags: Sequence[frozenset[str]]) -> Iterator[tuple[int, int]]:
    """Yield pairs with the same numbers, and so many words each that they could be alike."""
    alike: dict[frozenset[str], list[int]] = defaultdict(list)
    for index, bag in enumerate(bags):
        if len(bag) >= _FEWEST_WORDS:
            alike[_numbers(bag)].append(index)
    for indices in alike.values():
        for first, second in itertools.combinations(indices, 2):
            shorter, longer = sorted((len(bags[first]), len(bags[second])))
            if shorter >= NEARLY_THE_SAME * longer:
                yield first, second


def _share(first: frozenset[str], second: frozenset[str]) -> float:
    common = len(first & second)
    return common / (len(first) + len(second) - common)


def _numbers(bag: frozenset[str]) -> frozenset[str]:
    return frozenset(word for word in bag if any(map(str.isdigit, word)))
