"""Makes the charts of a round: speed, memory and watts over time, and bars with their ratios."""

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import msgspec

from large_enough.domain.costing import Costing
from large_enough.domain.generation import Chunk
from large_enough.domain.power_now import PowerNow
from large_enough.domain.quantity import Quantity, Unavailable, map_quantity
from large_enough.domain.resource_use import MemorySample
from large_enough.domain.round import Cancelled, Done, RoundPlan, RoundRecord
from large_enough.domain.timeline import thinned, tidy_chunks, tidy_timeline
from large_enough.figures.bar_chart import BarGroup, bar_chart
from large_enough.figures.primitives import Drawing
from large_enough.figures.series import Sample, Series
from large_enough.figures.speed import speed_samples, window_s
from large_enough.figures.time_chart import ChartWords, time_chart
from large_enough.report.comparison_table import Row, comparison_rows
from large_enough.report.ratios import bars_of, finite, ratio_words
from large_enough.wording.chart_words import (
    LineFacts,
    bar_chart_summary,
    legend_name,
    nothing_to_draw,
    time_chart_summary,
)
from large_enough.wording.numbers import GIGABYTE_BYTES, decimal_text, seconds_text
from large_enough.wording.summary import display_names
from large_enough.wording.translate import _

CHARTED_KEYS = (
    "generation_tokens_per_s",
    "characters_per_s",
    "first_token_s",
    "total_s",
    "needed_bytes",
    "energy_j",
)
"""Rows of the comparison that are drawn as bars, where anybody has a number."""

_NS_PER_S = 1e9
_MOST_SAMPLES = 200
_NOT_ANSWERING = Unavailable(reason="somebody else answers")


class _Look(NamedTuple):
    width: float
    height: float
    with_legend: bool


class PowerMoment(msgspec.Struct, frozen=True, kw_only=True):
    """What the machine drew at a moment of a round."""

    t_s: float
    """Since the round began."""
    letters: tuple[str, ...]
    """Who was answering."""
    power: PowerNow


def speed_chart(
    record: RoundRecord,
    *,
    width: float = 640.0,
    height: float = 260.0,
    with_legend: bool = True,
) -> Drawing:
    """Return tokens per second over the time since each contender's question.

    Args:
        record: The round; contenders without an answer have no line.
        width: In logical units.
        height: In logical units.
        with_legend: Whether it says which letter is whose.
    """
    answers = {
        result.letter: result.answer
        for result in record.results
        if isinstance(result, Done | Cancelled) and result.answer is not None
    }
    timelines = {letter: tidy_timeline(answer) for letter, answer in answers.items()}
    return speed_chart_so_far(
        record.plan, timelines, width=width, height=height, with_legend=with_legend
    )


def speed_chart_so_far(
    plan: RoundPlan,
    chunks: Mapping[str, Sequence[Chunk]],
    *,
    width: float = 640.0,
    height: float = 260.0,
    with_legend: bool = True,
) -> Drawing:
    """Return the same chart for answers that are still being written.

    Args:
        plan: The round.
        chunks: By letter, what has appeared so far, each since that contender's question.
        width: In logical units.
        height: In logical units.
        with_legend: Whether it says which letter is whose.
    """
    timelines = {letter: tidy_chunks(thinned(of_letter)) for letter, of_letter in chunks.items()}
    window = window_s(timeline[-1].t_s for timeline in timelines.values() if timeline)
    samples = {letter: speed_samples(timeline, window) for letter, timeline in timelines.items()}
    title = _("Tokens per second over time, averaged over {window}").format(
        window=seconds_text(window)
    )
    look = _Look(width, height, with_legend)
    return _time_chart(plan, samples, title, _("tok/s"), look)


def memory_chart(
    plan: RoundPlan,
    samples: Mapping[str, Sequence[MemorySample]],
    start_ns: int,
    *,
    width: float = 640.0,
    height: float = 260.0,
    with_legend: bool = True,
) -> Drawing:
    """Return the memory that each contender needed, over the time of the round.

    Args:
        plan: The round.
        samples: By letter, in their order.
        start_ns: When the round began, on the clock of the samples; earlier ones are left out.
        width: In logical units.
        height: In logical units.
        with_legend: Whether it says which letter is whose.
    """
    series = {
        letter: tuple(
            Sample(
                (sample.t_ns - start_ns) / _NS_PER_S,
                map_quantity(_as_quantity(sample.needed_bytes), lambda size: size / GIGABYTE_BYTES),
            )
            for sample in _highest([each for each in of_letter if each.t_ns >= start_ns])
        )
        for letter, of_letter in samples.items()
    }
    look = _Look(width, height, with_legend)
    return _time_chart(plan, series, _("Memory needed over time"), _("GB"), look)


def _highest(samples: Sequence[MemorySample]) -> list[MemorySample]:
    """Return so many samples as can be told apart in a chart: of each stretch the highest."""
    step = max(1, math.ceil(len(samples) / _MOST_SAMPLES))
    if step == 1:
        return list(samples)
    starts = range(0, len(samples), step)
    return [max(samples[start : start + step], key=_resident) for start in starts]


def _resident(sample: MemorySample) -> int:
    return sample.resident_bytes


def power_chart(
    plan: RoundPlan,
    moments: Sequence[PowerMoment],
    *,
    width: float = 640.0,
    height: float = 260.0,
    with_legend: bool = True,
) -> Drawing:
    """Return what the machine drew while each contender answered, over the time of the round.

    Args:
        plan: The round; where several answered at once, the line is nobody's.
        moments: In their order.
        width: In logical units.
        height: In logical units.
        with_legend: Whether it says which letter is whose.
    """
    owners = [moment.letters[0] if len(moment.letters) == 1 else "" for moment in moments]
    series = {
        letter: tuple(
            Sample(moment.t_s, finite(moment.power.power_w) if owner == letter else _NOT_ANSWERING)
            for moment, owner in zip(moments, owners, strict=True)
        )
        for letter in sorted(set(owners))
    }
    look = _Look(width, height, with_legend)
    return _time_chart(plan, series, _("Power over time"), _("W"), look)


def comparison_chart(
    record: RoundRecord, costing: Costing | None = None, *, width: float = 640.0
) -> Drawing:
    """Return the chief figures of a round as bars.

    Args:
        record: The round.
        costing: The user's price and grid intensity; None for none.
        width: In logical units.
    """
    rows = {row.key: row for row in comparison_rows(record, costing)}
    groups = [
        _group(record, rows[key])
        for key in CHARTED_KEYS
        if key in rows and not all(isinstance(cell.value, Unavailable) for cell in rows[key].cells)
    ]
    title = _("The figures side by side")
    told = [
        (group.label, [f"{bar.letter} {bar.text}" for bar in group.bars], group.ratio)
        for group in groups
    ]
    return bar_chart(
        groups,
        title=title,
        summary=bar_chart_summary(title, told),
        nothing=nothing_to_draw(),
        width=width,
    )


def _time_chart(
    plan: RoundPlan,
    samples: Mapping[str, tuple[Sample, ...]],
    title: str,
    unit: str,
    look: _Look,
) -> Drawing:
    names = display_names(plan.contenders)
    nobody = {"": _("several at once")} if "" in samples else {}
    series = [
        Series(letter=letter, name=name, samples=samples.get(letter, ()))
        for letter, name in (names | nobody).items()
    ]
    facts = [
        LineFacts(
            name=legend_name(each.letter, each.name),
            values=each.values,
            end_s=max((s.t_s for s in each.samples if isinstance(s.value, float)), default=0.0),
        )
        for each in series
    ]
    words = ChartWords(
        title=title,
        summary=time_chart_summary(title, unit, facts),
        unit=unit,
        time_unit=_("seconds"),
        nothing=nothing_to_draw(),
        number=decimal_text,
    )
    return time_chart(series, words, **look._asdict())


def _group(record: RoundRecord, row: Row) -> BarGroup:
    bars = bars_of(row)
    return BarGroup(label=row.label, bars=bars, ratio=ratio_words(record, row, bars))


def _as_quantity(count: int | Unavailable) -> Quantity:
    return count if isinstance(count, Unavailable) else finite(float(count))
