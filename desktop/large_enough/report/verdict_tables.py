"""Lays out how the contenders of a run did: how right they were, at what cost, how fast."""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from large_enough.domain.grade import GradeStatus
from large_enough.domain.interval import ShareInterval
from large_enough.domain.quantity import Quantity, Unavailable
from large_enough.domain.text import harmless_line
from large_enough.domain.verdict import Cost, CostMeasure, RunVerdict, Standing
from large_enough.report.verdict_parts import Table, lettered_names
from large_enough.wording.grade_words import status_word
from large_enough.wording.numbers import (
    NOT_AVAILABLE,
    count_text,
    decimal_text,
    number_text,
    quantity_text,
    seconds_text,
)
from large_enough.wording.points import accuracy_share_text
from large_enough.wording.reasons import reason_text
from large_enough.wording.translate import _
from large_enough.wording.verdict_words import amount_text

NO_COST = Unavailable(reason="it was not computed")


class Column(NamedTuple):
    """One measure of all contenders."""

    head: str
    read: Callable[[Standing], Quantity]
    show: Callable[[Standing, float], str]


def accuracy_tables(verdict: RunVerdict) -> tuple[Table, ...]:
    """Return how right each contender was, and how its answers ended."""
    columns = (
        Column(_("Points"), lambda one: one.right_points, lambda _one, value: points_text(value)),
        Column(_("Questions"), lambda one: _count(one.accuracy), _whole),
        Column(_("Accuracy"), lambda one: _share(one.accuracy), _percent),
        Column(_("95 % interval"), lambda one: _share(one.accuracy), _interval),
        Column(_("Of those answered"), lambda one: one.accuracy_on_answered, _percent),
    )
    return standing_table(verdict, _("Accuracy"), columns), _endings(verdict)


def cost_tables(verdict: RunVerdict, currency: str = "") -> tuple[Table, ...]:
    """Return what answers and right answers cost, and what lies behind it.

    Args:
        verdict: What the run comes to.
        currency: Of the user's price; empty for none.
    """
    money = _("Money for each right answer")
    if currency:
        money = _("{measure}, {unit}").format(measure=money, unit=harmless_line(currency))
    times = (
        Column(_("Median"), lambda one: one.median_s, _seconds),
        Column(_("Nine in ten within"), lambda one: one.p90_s, _seconds),
        Column(_("Mean"), *_per_answer(CostMeasure.TIME)),
        Column(_("For each right answer"), *_per_right(CostMeasure.TIME)),
        Column(_("First token, median"), lambda one: one.first_token_s, _seconds),
    )
    amounts = (
        Column(_("Energy of an answer"), *_per_answer(CostMeasure.ENERGY)),
        Column(_("Energy for each right answer"), *_per_right(CostMeasure.ENERGY)),
        Column(_("Memory, at its highest"), *_per_answer(CostMeasure.MEMORY)),
        *_wished(verdict, CostMeasure.MONEY, money),
        *_wished(verdict, CostMeasure.CO2, _("CO2 for each right answer")),
    )
    speeds = (
        Column(_("Tokens per second"), lambda one: one.tokens_per_s, _number),
        Column(_("Characters per second"), lambda one: one.characters_per_s, _number),
        Column(_("Tokens of an answer"), lambda one: one.answer_tokens, _number),
        Column(_("Characters of an answer"), lambda one: one.answer_characters, _number),
    )
    return (
        standing_table(verdict, _("Time of an answer"), times),
        standing_table(verdict, _("Energy and memory"), amounts),
        standing_table(verdict, _("Speed and length"), speeds),
    )


def standing_table(verdict: RunVerdict, caption: str, columns: Sequence[Column]) -> Table:
    """Return a row for each contender, and the reasons of missing numbers below."""
    names = lettered_names(verdict)
    standings = standings_in_order(verdict)
    return Table(
        caption=caption,
        heads=(_("Model"), *(column.head for column in columns)),
        rows=tuple(
            (names[one.letter], *(cell_text(column, one) for column in columns))
            for one in standings
        ),
        notes=tuple(missing_notes(columns, standings)),
    )


def standings_in_order(verdict: RunVerdict) -> list[Standing]:
    """Return how the contenders did, the smallest first."""
    letters = (contender.letter for contender in verdict.contenders)
    return [verdict.standings[letter] for letter in letters if letter in verdict.standings]


def cell_text(column: Column, one: Standing) -> str:
    """Return a measure of one contender; a dash if there is none."""
    return quantity_text(column.read(one), lambda value: column.show(one, value))


def missing_notes(columns: Sequence[Column], standings: Sequence[Standing]) -> Iterable[str]:
    """Yield why numbers are missing, each reason once with whose and which numbers it is about."""
    found: dict[str, dict[str, list[str]]] = {}
    for column in columns:
        for one in standings:
            value = column.read(one)
            if isinstance(value, Unavailable):
                heads = found.setdefault(value.reason, {})
                heads.setdefault(column.head, []).append(one.letter)
    for reason, heads in found.items():
        letters = dict.fromkeys(letter for of_head in heads.values() for letter in of_head)
        yield _("{measures} — {letters}: {reason}").format(
            measures=", ".join(heads), letters=", ".join(letters), reason=reason_text(reason)
        )


def percent_text(share: float) -> str:
    """Return a share in per cent with one decimal."""
    return _("{number} %").format(number=decimal_text(share * 100, 1))


def share_interval_text(interval: ShareInterval | Unavailable) -> str:
    """Return a share with its interval in one cell; a dash if there is none."""
    if isinstance(interval, Unavailable):
        return NOT_AVAILABLE
    return _("{share} ({low} to {high})").format(
        share=accuracy_share_text(interval.share),
        low=decimal_text(interval.low * 100, 0),
        high=decimal_text(interval.high * 100, 0),
    )


def points_text(points: float) -> str:
    """Return points: whole ones without decimals."""
    return count_text(points) if points == int(points) else decimal_text(points, 2)


def has_cost(verdict: RunVerdict, measure: CostMeasure) -> bool:
    """Return whether the cost of anybody's right answers is known."""
    return any(
        not isinstance(_cost(one, measure, lambda cost: cost.per_right), Unavailable)
        for one in verdict.standings.values()
    )


def _endings(verdict: RunVerdict) -> Table:
    standings = standings_in_order(verdict)
    statuses = [
        status for status in GradeStatus if any(one.statuses.get(status) for one in standings)
    ]
    names = lettered_names(verdict)
    return Table(
        caption=_("How answers ended; whatever is not right or partly right counts 0"),
        heads=(_("Model"), *map(status_word, statuses), _("Answers")),
        rows=tuple(
            (
                names[one.letter],
                *(count_text(one.statuses.get(status, 0)) for status in statuses),
                count_text(one.answer_count),
            )
            for one in standings
        ),
    )


def _wished(verdict: RunVerdict, measure: CostMeasure, head: str) -> list[Column]:
    """Return a column of what only some people want to know, if anybody's is known."""
    return [Column(head, *_per_right(measure))] if has_cost(verdict, measure) else []


_Reader = tuple[Callable[[Standing], Quantity], Callable[[Standing, float], str]]


def _per_answer(measure: CostMeasure) -> _Reader:
    return lambda one: _cost(one, measure, lambda cost: cost.per_answer), _amount(measure)


def _per_right(measure: CostMeasure) -> _Reader:
    return lambda one: _cost(one, measure, lambda cost: cost.per_right), _amount(measure)


def _cost(one: Standing, measure: CostMeasure, read: Callable[[Cost], Quantity]) -> Quantity:
    cost = one.costs.get(measure)
    return NO_COST if cost is None else read(cost)


def _amount(measure: CostMeasure) -> Callable[[Standing, float], str]:
    return lambda one, value: amount_text(measure, value, one.costs[measure].quality)


def _share(interval: ShareInterval | Unavailable) -> Quantity:
    return interval if isinstance(interval, Unavailable) else interval.share


def _count(interval: ShareInterval | Unavailable) -> Quantity:
    return interval if isinstance(interval, Unavailable) else float(interval.count)


def _interval(one: Standing, _share: float) -> str:
    if isinstance(one.accuracy, Unavailable):
        return NOT_AVAILABLE
    return _("{low} to {high} %").format(
        low=decimal_text(one.accuracy.low * 100, 1), high=decimal_text(one.accuracy.high * 100, 1)
    )


def _percent(_one: Standing, share: float) -> str:
    return percent_text(share)


def _whole(_one: Standing, count: float) -> str:
    return count_text(count)


def _seconds(_one: Standing, duration_s: float) -> str:
    return seconds_text(duration_s)


def _number(_one: Standing, value: float) -> str:
    return number_text(value)
