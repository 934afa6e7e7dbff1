"""Puts a pack's health into sentences."""

from collections.abc import Iterator

from large_enough.domain.pack_health import PackHealth
from large_enough.domain.quantity import Unavailable
from large_enough.wording.numbers import count_text, decimal_text
from large_enough.wording.pack_words import type_word
from large_enough.wording.reasons import reason_text
from large_enough.wording.translate import _, ngettext

FEW_QUESTIONS = 60
"""With fewer, "not settled yet" is the usual outcome (evaluation by simulation)."""
FEW_KINDS = 10
"""With fewer kinds an interval over kinds means little."""
MOST_NAMED = 5


def health_facts(health: PackHealth) -> Iterator[str]:
    """Yield sentences that say what a pack is like."""
    yield _counts(health)
    types = [f"{type_word(each)} ({count_text(count)})" for each, count in health.by_type.items()]
    if types:
        yield _("Answered by: {types}.").format(types=", ".join(types))
    if isinstance(health.chance, Unavailable):
        yield _("Chance level: {reason}.").format(reason=reason_text(health.chance.reason))
    else:
        yield _("Guessing gives {percent} % of the points.").format(
            percent=decimal_text(health.chance * 100, 0)
        )
    lengths = health.lengths
    if lengths.longest_item:
        yield _(
            "Half of the questions have more than {median} words; the longest has {most}."
        ).format(median=count_text(lengths.median_words), most=count_text(lengths.longest_words))


def health_warnings(health: PackHealth) -> Iterator[str]:
    """Yield sentences that say what speaks against a pack."""
    yield from _doubles(health)
    for balance in health.balances:
        if balance.is_skewed:
            yield _(
                "“{name}” is right in {count} of {total} questions with {options} answers to "
                "choose from: who always says so looks clever."
            ).format(
                name=balance.name,
                count=count_text(balance.count),
                total=count_text(balance.total),
                options=count_text(balance.option_count),
            )
    if health.lengths.over_limit:
        yield _("Long for slow laptops: {items}.").format(items=_named(health.lengths.over_limit))
    yield from _numbers(health)


def _counts(health: PackHealth) -> str:
    kinds = ngettext("{count} kind", "{count} kinds", health.group_count).format(
        count=count_text(health.group_count)
    )
    template = ngettext(
        "{count} graded question of {kinds}.",
        "{count} graded questions of {kinds}.",
        health.graded_count,
    )
    return template.format(count=count_text(health.graded_count), kinds=kinds)


def _doubles(health: PackHealth) -> Iterator[str]:
    for ids in health.duplicates[:MOST_NAMED]:
        yield _("These ask the same: {items}.").format(items=_named(ids))
    for pair in health.near_duplicates[:MOST_NAMED]:
        yield _(
            "{first} and {second} ask nearly the same: {percent} % of their words agree."
        ).format(first=pair.first, second=pair.second, percent=decimal_text(pair.share * 100, 0))
    if not health.is_searched:
        yield _("Nearly equal questions were not looked for among so many.")


def _numbers(health: PackHealth) -> Iterator[str]:
    if health.graded_count < FEW_QUESTIONS:
        yield _("So few questions can only reveal large differences between models.")
    elif health.group_count < FEW_KINDS:
        yield _("So few kinds of questions can only reveal large differences between models.")
    if health.largest_group_count * 2 > health.graded_count > FEW_KINDS:
        yield _("More than half of the questions are of one kind: {group}.").format(
            group=health.largest_group
        )


def _named(ids: tuple[str, ...]) -> str:
    rest = len(ids) - MOST_NAMED
    names = ", ".join(ids[:MOST_NAMED])
    if rest <= 0:
        return names
    return _("{items} and {count} more").format(items=names, count=count_text(rest))
