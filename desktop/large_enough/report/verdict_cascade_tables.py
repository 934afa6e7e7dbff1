"""Lays out the cascade of a run, and its questions by level and kind."""

from collections.abc import Sequence

from large_enough.domain.interval import ShareInterval
from large_enough.domain.quantity import Unavailable
from large_enough.domain.text import harmless_line
from large_enough.domain.verdict import Cascade, CascadePoint, CostMeasure, RunVerdict, Slice
from large_enough.report.verdict_parts import Table, heads_of, lettered_names
from large_enough.report.verdict_tables import percent_text, share_interval_text
from large_enough.wording.numbers import (
    NOT_AVAILABLE,
    count_text,
    decimal_text,
    quantity_text,
    share_text,
)
from large_enough.wording.reasons import reason_text
from large_enough.wording.translate import _
from large_enough.wording.verdict_words import amount_text, signal_name

MOST_POINTS = 11
"""Of the curve are shown; the drawing has all of them."""
MOST_INTERVAL_COLUMNS = 6
"""With more contenders there is no room for intervals beside each other."""
_MEASURES = (CostMeasure.TIME, CostMeasure.ENERGY)


def cascade_tables(cascade: Cascade) -> tuple[Table, ...]:
    """Return which signals there are, and what sending how much of the questions comes to."""
    return _signals(cascade), _points(cascade)


def slice_tables(verdict: RunVerdict) -> tuple[Table, ...]:
    """Return how right contenders were on each level and each kind of question."""
    tables = (
        _slices(verdict, _("Accuracy by level, 1 the easiest"), _("Level"), verdict.levels),
        _slices(verdict, _("Accuracy by kind of question"), _("Kind"), verdict.families),
    )
    return tuple(table for table in tables if table.rows)


def _slices(verdict: RunVerdict, caption: str, head: str, slices: Sequence[Slice]) -> Table:
    letters = [contender.letter for contender in verdict.contenders]
    absent = Unavailable(reason="no questions were answered")
    has_room = len(letters) <= MOST_INTERVAL_COLUMNS
    write = share_interval_text if has_room else _share_alone
    notes = () if has_room else (_("The intervals are in the reports for programs (.csv, .json)."),)
    return Table(
        caption=caption,
        heads=(head, _("Questions"), *heads_of(verdict, lettered_names(verdict))),
        rows=tuple(
            (
                harmless_line(one.name),
                count_text(one.question_count),
                *(write(one.accuracies.get(letter, absent)) for letter in letters),
            )
            for one in slices
        ),
        notes=notes,
    )


def _share_alone(interval: ShareInterval | Unavailable) -> str:
    return NOT_AVAILABLE if isinstance(interval, Unavailable) else share_text(interval.share)


def _signals(cascade: Cascade) -> Table:
    return Table(
        caption=_("Does the small model know when it is wrong? 0.5 tells nothing, 1 tells all"),
        heads=(_("Signal"), _("AUROC"), _("90 % interval"), _("Answers that have it")),
        rows=tuple(
            (
                signal_name(one.kind),
                quantity_text(one.auroc, lambda value: decimal_text(value, 2)),
                NOT_AVAILABLE
                if isinstance(one.low, Unavailable) or isinstance(one.high, Unavailable)
                else _("{low} to {high}").format(
                    low=decimal_text(one.low, 2), high=decimal_text(one.high, 2)
                ),
                count_text(one.count),
            )
            for one in cascade.signals
        ),
        notes=tuple(
            f"{signal_name(one.kind)}: {reason_text(one.auroc.reason)}"
            for one in cascade.signals
            if isinstance(one.auroc, Unavailable)
        ),
    )


def _points(cascade: Cascade) -> Table:
    measures = [measure for measure in _MEASURES if measure in cascade.only_large.costs]
    named = [
        (_("The large one alone"), cascade.only_large),
        (_("Sent exactly where it helps: nobody can do better"), cascade.oracle),
    ]
    if not isinstance(cascade.advised, Unavailable):
        named.insert(0, (_("Advised"), cascade.advised))
    curve = [(_curve_name(point), point) for point in _thinned(cascade.curve)]
    return Table(
        caption=_("What it comes to, by the share of questions that is sent on"),
        heads=(_("Which"), _("Sent on"), _("Accuracy"), *map(_cost_head, measures)),
        rows=tuple(
            (
                name,
                share_text(point.sent_share),
                percent_text(point.accuracy),
                *(_cost(point, measure) for measure in measures),
            )
            for name, point in (*named, *curve)
        ),
    )


def _curve_name(point: CascadePoint) -> str:
    if not point.sent_share:
        return _("The small one alone")
    return _("The least sure {share} sent on").format(share=share_text(point.sent_share))


def _cost_head(measure: CostMeasure) -> str:
    heads = {
        CostMeasure.TIME: _("Time of a question"),
        CostMeasure.ENERGY: _("Energy of a question"),
    }
    return heads[measure]


def _cost(point: CascadePoint, measure: CostMeasure) -> str:
    amount = point.costs.get(measure)
    return NOT_AVAILABLE if amount is None else amount_text(measure, amount)


def _thinned(curve: Sequence[CascadePoint]) -> list[CascadePoint]:
    """Return so many points as a table bears, the first and the last among them."""
    if len(curve) <= MOST_POINTS:
        return list(curve)
    last = len(curve) - 1
    return [curve[round(place * last / (MOST_POINTS - 1))] for place in range(MOST_POINTS)]
