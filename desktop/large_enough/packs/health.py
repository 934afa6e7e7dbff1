"""Looks at a pack before anybody is asked: doubles, chance, balance, lengths, groups."""

import math
import statistics
import string
from collections import Counter, defaultdict
from collections.abc import Iterable

from large_enough.domain.pack import ChoiceKey, LabelKey, Pack, PackItem
from large_enough.domain.pack_health import KeyBalance, PackHealth, PackLengths
from large_enough.packs.alike import plain
from large_enough.packs.asking import option_lines
from large_enough.packs.chance import chance_level
from large_enough.packs.likeness import MOST_COMPARED, near_duplicates

MOST_WORDS = 700
"""With instruction and answer, so many English words are about 1,200 tokens, and 2,048 in other
languages."""
_SKEW_DEVIATIONS = 3.0


def health(pack: Pack) -> PackHealth:
    """Return what can be said about a pack before anybody was asked; never raises."""
    graded = pack.graded_items
    groups = Counter(item.group for item in graded if item.group)
    largest, largest_count = groups.most_common(1)[0] if groups else ("", 0)
    return PackHealth(
        item_count=len(pack.items),
        graded_count=len(graded),
        by_type=dict(Counter(item.type for item in graded)),
        by_level=dict(sorted(Counter(item.level for item in graded if item.level).items())),
        by_family=dict(Counter(item.family for item in graded if item.family)),
        duplicates=_duplicates(pack.items),
        near_duplicates=near_duplicates(pack.items),
        is_searched=len(pack.items) <= MOST_COMPARED,
        chance=chance_level(pack),
        balances=_balances(graded),
        lengths=_lengths(pack.items),
        group_count=len({item.cluster for item in graded}),
        largest_group=largest,
        largest_group_count=largest_count,
        sources_missing=sum(not (item.explain or item.source) for item in graded),
    )


def _duplicates(items: Iterable[PackItem]) -> tuple[tuple[str, ...], ...]:
    alike: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for item in items:
        alike[plain(item.context), plain(item.question), _options_text(item)].append(item.id)
    return tuple(tuple(ids) for ids in alike.values() if len(ids) > 1)


def _options_text(item: PackItem) -> str:
    return plain(option_lines(sorted(item.key.choices))) if isinstance(item.key, ChoiceKey) else ""


def _balances(items: Iterable[PackItem]) -> tuple[KeyBalance, ...]:
    """Return how often the commonest answer is right, for fixed options and for closed labels."""
    answers: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for item in items:
        match item.key:
            case ChoiceKey(shuffle=False, choices=choices, answer=answer) if answer in choices:
                letters = string.ascii_uppercase[: len(choices)]
                answers[tuple(letters)].append(letters[choices.index(answer)])
            case LabelKey(labels=labels, answer=answer):
                answers[tuple(sorted(labels))].append(answer)
            case _:
                pass
    return tuple(_balance(given, len(offered)) for offered, given in answers.items())


def _balance(answers: list[str], option_count: int) -> KeyBalance:
    answer, count = Counter(answers).most_common(1)[0]
    return KeyBalance(
        name=answer,
        count=count,
        total=len(answers),
        option_count=option_count,
        is_skewed=is_skewed(count, len(answers), option_count),
    )


def is_skewed(count: int, total: int, option_count: int) -> bool:
    """Return whether one of several answers is right more often than chance would explain.

    It is if the count lies more than three standard deviations of the binomial distribution above
    its mean; so five items with one answer out of four are, and three are not.
    """
    if option_count <= 1:
        return False
    mean = total / option_count
    deviation = math.sqrt(mean * (1 - 1 / option_count))
    return count > mean + _SKEW_DEVIATIONS * deviation


def _lengths(items: Iterable[PackItem]) -> PackLengths:
    lengths = {item.id: _word_count(item) for item in items}
    if not lengths:
        return PackLengths(median_words=0, longest_words=0, longest_item="", over_limit=())
    longest = max(lengths, key=lengths.__getitem__)
    return PackLengths(
        median_words=round(statistics.median(lengths.values())),
        longest_words=lengths[longest],
        longest_item=longest,
        over_limit=tuple(name for name, count in lengths.items() if count > MOST_WORDS),
    )


def _word_count(item: PackItem) -> int:
    options = item.key.choices if isinstance(item.key, ChoiceKey) else ()
    return sum(len(text.split()) for text in (item.context, item.question, *options))
