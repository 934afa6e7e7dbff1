"""Writes the figures of a run as CSV: a line for each figure, with its unit in a column of its own.

Names of measures and units are keys for programs and are never translated. A number that is not
available is an empty cell with the reason in `note`. Every answer is in `pack_run_csv`.
"""

import csv
import io
import math
from collections.abc import Iterator

import msgspec

from large_enough.domain.grade import GradeStatus
from large_enough.domain.interval import Limits, MedianInterval, RatioInterval, ShareInterval
from large_enough.domain.quantity import Quantity, Unavailable
from large_enough.domain.verdict import (
    Cascade,
    CascadePoint,
    PairVerdict,
    RunVerdict,
    Slice,
    Standing,
)
from large_enough.report.round_csv import safe_cell
from large_enough.report.verdict_json import UNITS

COLUMNS = (
    *("run_id", "pack", "pack_version", "section", "of", "letter", "model"),
    *("beside_letter", "beside_model", "measure", "value", "low", "high", "confidence"),
    *("count", "unit", "quality", "note"),
)


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """One line."""

    section: str
    measure: str
    value: Quantity | str
    unit: str = ""
    of: str = ""
    """Which slice, signal, point or ladder it is about."""
    letter: str = ""
    beside: str = ""
    low: float | None = None
    high: float | None = None
    confidence: float | None = None
    count: int | None = None
    quality: str = ""


_Interval = ShareInterval | MedianInterval | RatioInterval | Limits | Unavailable


def verdict_csv(verdict: RunVerdict) -> str:
    """Return the table with its line of names."""
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(stream, fieldnames=COLUMNS)
    writer.writeheader()
    for figure in figures(verdict):
        line = _line(verdict, figure)
        writer.writerow({key: safe_cell(content) for key, content in line.items()})
    return stream.getvalue()


def figures(verdict: RunVerdict) -> Iterator[Figure]:
    """Yield all figures of a run, in the order of the report."""
    for contender in verdict.contenders:
        yield from _standing(verdict.standings[contender.letter])
    for pair in verdict.pairs:
        yield from _pair(pair)
    for ladder in verdict.ladders:
        for rung in ladder.rungs:
            yield Figure(
                section="ladder",
                of=" ".join(part for part in (ladder.kind.value, ladder.name) if part),
                letter=rung.letter,
                beside="" if rung.pair is None else ladder.reference,
                measure="holds",
                value=("yes" if rung.holds else "no") if rung.is_tested else "not tested",
            )
    if isinstance(verdict.cascade, Cascade):
        yield from _cascade(verdict.cascade)
    yield from _slices("level", verdict.levels)
    yield from _slices("family", verdict.families)
    for field in verdict.field_pairs:
        yield _interval(
            Figure(
                section="field",
                letter=field.special,
                beside=field.general,
                measure="difference",
                value="",
                unit="share",
            ),
            field.limits,
        )


def _standing(one: Standing) -> Iterator[Figure]:
    def figure(measure: str, value: Quantity, unit: str, quality: str = "") -> Figure:
        return Figure(
            section="contender",
            letter=one.letter,
            measure=measure,
            value=value,
            unit=unit,
            quality=quality,
        )

    yield _interval(figure("accuracy", 0.0, "share"), one.accuracy)
    yield figure("accuracy_on_answered", one.accuracy_on_answered, "share")
    yield figure("right_points", one.right_points, "points")
    yield figure("answers", float(one.answer_count), "count")
    for status in GradeStatus:
        yield figure(f"status_{status.value}", float(one.statuses.get(status, 0)), "count")
    yield figure("median_time", one.median_s, "s")
    yield figure("p90_time", one.p90_s, "s")
    yield figure("median_first_token_time", one.first_token_s, "s")
    yield figure("median_speed", one.tokens_per_s, "tokens/s")
    yield figure("characters_speed", one.characters_per_s, "characters/s")
    yield figure("mean_answer_tokens", one.answer_tokens, "tokens")
    yield figure("mean_answer_characters", one.answer_characters, "characters")
    for measure, cost in one.costs.items():
        unit, quality = UNITS[measure], cost.quality.value
        yield figure(f"{measure.value}_per_answer", cost.per_answer, unit, quality)
        yield figure(f"{measure.value}_per_right_answer", cost.per_right, unit, quality)


def _pair(pair: PairVerdict) -> Iterator[Figure]:
    def figure(measure: str, value: Quantity | str, unit: str = "") -> Figure:
        return Figure(
            section="pair",
            letter=pair.small,
            beside=pair.large,
            measure=measure,
            value=value,
            unit=unit,
        )

    if isinstance(pair.decision, Unavailable):
        yield figure("outcome", pair.decision)
    else:
        yield figure("outcome", pair.decision.outcome.value)
        yield figure("margin", pair.decision.margin, "share")
        difference = _interval(figure("difference", 0.0, "share"), pair.decision.limits)
        yield msgspec.structs.replace(difference, count=pair.question_count)
    yield figure("method", pair.method.value)
    counts = {
        "questions": pair.question_count,
        "groups": pair.group_count,
        "effective_questions": pair.effective_count,
        "both_right": len(pair.both),
        "only_first_right": len(pair.only_small),
        "only_second_right": len(pair.only_large),
        "neither_right": len(pair.neither),
    }
    for name, count in counts.items():
        yield figure(name, float(count), "count")
    yield figure("mcnemar_p", pair.mcnemar_p, "probability")
    yield figure("holm_p", pair.holm_p, "probability")
    yield _interval(figure("time_ratio", 0.0, "ratio"), pair.time_ratio)
    yield _interval(figure("median_time_ratio", 0.0, "ratio"), pair.median_time_ratio)
    yield _interval(figure("energy_ratio", 0.0, "ratio"), pair.energy_ratio)
    yield _interval(figure("median_energy_ratio", 0.0, "ratio"), pair.median_energy_ratio)


def _cascade(cascade: Cascade) -> Iterator[Figure]:
    for signal in cascade.signals:
        yield Figure(
            section="signal",
            of=signal.kind.value,
            letter=cascade.small,
            measure="auroc",
            value=signal.auroc,
            low=_known(signal.low),
            high=_known(signal.high),
            confidence=0.90,
            count=signal.count,
        )
    named = [("only_large", cascade.only_large), ("oracle", cascade.oracle)]
    if not isinstance(cascade.advised, Unavailable):
        named.append(("advised", cascade.advised))
    for name, point in (*named, *(("curve", point) for point in cascade.curve)):
        yield from _point(cascade, name, point)


def _point(cascade: Cascade, name: str, point: CascadePoint) -> Iterator[Figure]:
    of = f"{name} {point.sent_share:.4f}"
    values = [("accuracy", point.accuracy, "share")]
    values += [
        (f"{measure.value}_per_question", amount, UNITS[measure])
        for measure, amount in point.costs.items()
    ]
    for measure, value, unit in values:
        yield Figure(
            section="cascade",
            of=of,
            letter=cascade.small,
            beside=cascade.large,
            measure=measure,
            value=value,
            unit=unit,
        )


def _slices(section: str, slices: tuple[Slice, ...]) -> Iterator[Figure]:
    for one in slices:
        for letter, accuracy in one.accuracies.items():
            figure = Figure(
                section=section,
                of=one.name,
                letter=letter,
                measure="accuracy",
                value=0.0,
                unit="share",
            )
            yield _interval(figure, accuracy)


def _interval(figure: Figure, interval: _Interval) -> Figure:
    """Return the figure with the numbers of an interval, or the reason why there is none."""
    if isinstance(interval, Unavailable):
        return msgspec.structs.replace(figure, value=interval)
    return msgspec.structs.replace(
        figure,
        value=_middle(interval),
        low=interval.low,
        high=interval.high,
        confidence=interval.confidence,
        count=None if isinstance(interval, Limits) else interval.count,
    )


def _middle(interval: ShareInterval | MedianInterval | RatioInterval | Limits) -> float:
    match interval:
        case ShareInterval(share=middle) | MedianInterval(median=middle):
            return middle
        case RatioInterval(ratio=middle) | Limits(difference=middle):
            return middle


def _line(verdict: RunVerdict, figure: Figure) -> dict[str, str | int | float]:
    names = {contender.letter: contender.card.name for contender in verdict.contenders}
    value = figure.value
    return {
        "run_id": verdict.plan.run_id,
        "pack": verdict.plan.pack.id,
        "pack_version": verdict.plan.pack.version,
        "section": figure.section,
        "of": figure.of,
        "letter": figure.letter,
        "model": names.get(figure.letter, ""),
        "beside_letter": figure.beside,
        "beside_model": names.get(figure.beside, ""),
        "measure": figure.measure,
        "value": value if isinstance(value, str) else _number(_known(value)),
        "low": _number(figure.low),
        "high": _number(figure.high),
        "confidence": _number(figure.confidence),
        "count": _number(figure.count),
        "unit": figure.unit,
        "quality": figure.quality,
        "note": value.reason if isinstance(value, Unavailable) else "",
    }


def _known(value: Quantity) -> float | None:
    return None if isinstance(value, Unavailable) else value


def _number(value: float | None) -> float | str:
    return "" if value is None or not math.isfinite(value) else value
