"""Lists the figures of a run, one by one, each with its unit and interval, for tables of programs.

Names of measures and units are keys and are never translated.
"""

from collections.abc import Iterator

import msgspec

from large_enough.domain.grade import GradeStatus
from large_enough.domain.interval import Limits, MedianInterval, RatioInterval, ShareInterval
from large_enough.domain.quantity import Quantity, Unavailable
from large_enough.domain.verdict import (
    Cascade,
    CascadePoint,
    CostMeasure,
    EvidenceTrack,
    Ladder,
    PairVerdict,
    RunVerdict,
    Slice,
    Standing,
)

UNITS = {
    CostMeasure.TIME: "s",
    CostMeasure.ENERGY: "J",
    CostMeasure.MEMORY: "bytes",
    CostMeasure.MONEY: "currency",
    CostMeasure.CO2: "g",
}
"""Of costs, by measure."""
NOT_SHOWN = Unavailable(reason="the evidence does not allow the claim")


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


def figures(verdict: RunVerdict) -> Iterator[Figure]:
    """Yield all figures of a run, in the order of the report."""
    for contender in verdict.contenders:
        yield from _standing(verdict.standings[contender.letter])
    for pair in verdict.pairs:
        yield from _pair(pair)
    for ladder in verdict.ladders:
        yield from _ladder(ladder)
    if isinstance(verdict.cascade, Cascade):
        yield from _cascade(verdict.cascade)
    yield from _slices("level", verdict.levels)
    yield from _slices("family", verdict.families)
    if isinstance(verdict.evidence, EvidenceTrack):
        yield from _evidence(verdict.evidence)
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
        if measure is CostMeasure.MEMORY:
            yield figure("highest_memory", cost.per_answer, unit, quality)
        else:
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


def _ladder(ladder: Ladder) -> Iterator[Figure]:
    for rung in ladder.rungs:
        yield Figure(
            section="ladder",
            of=" ".join(part for part in (ladder.kind.value, ladder.name) if part),
            letter=rung.letter,
            beside="" if rung.pair is None else ladder.reference,
            measure="holds",
            value=("yes" if rung.holds else "no") if rung.is_tested else "not tested",
        )


def _cascade(cascade: Cascade) -> Iterator[Figure]:
    for signal in cascade.signals:
        yield Figure(
            section="signal",
            of=signal.kind.value,
            letter=cascade.small,
            measure="auroc",
            value=signal.auroc,
            low=known(signal.low),
            high=known(signal.high),
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


def _evidence(track: EvidenceTrack) -> Iterator[Figure]:
    for of, values, first in (
        ("large_enough", track.enough, track.first_enough),
        ("different", track.different, track.first_different),
    ):
        shown: Quantity = NOT_SHOWN if first is None else float(first)
        last: Quantity = values[-1] if values else NOT_SHOWN
        for measure, value, unit in (
            ("evidence", last, "likelihood_ratio"),
            ("first_shown_at", shown, "question"),
        ):
            yield Figure(
                section="evidence",
                of=of,
                letter=track.small,
                beside=track.large,
                measure=measure,
                value=value,
                unit=unit,
                count=len(values),
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


def known(value: Quantity) -> float | None:
    """Return the number if there is one."""
    return None if isinstance(value, Unavailable) else value
