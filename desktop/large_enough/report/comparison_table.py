"""Lays a round out as a table: one row for each measure, one cell for each contender."""

from collections.abc import Callable

import msgspec

from large_enough.domain.costing import Costing
from large_enough.domain.model_card import BackendKind
from large_enough.domain.quantity import Count, NumberQuality, Quantity, Unavailable
from large_enough.domain.resource_use import ResourceUse
from large_enough.domain.round import (
    AnswerResult,
    Cancelled,
    Contender,
    Done,
    Failed,
    Mode,
    RoundRecord,
)
from large_enough.report.energy_measures import energy_measures
from large_enough.report.measure import Measure, done, plain, timed
from large_enough.wording.numbers import (
    count_text,
    gigabytes_number_text,
    quantity_text,
    rate_text,
    seconds_number_text,
)
from large_enough.wording.reasons import reason_text
from large_enough.wording.states import finish_text, is_cut
from large_enough.wording.translate import _


class Cell(msgspec.Struct, frozen=True, kw_only=True):
    """One measure of one contender."""

    letter: str
    value: Quantity
    """The number in the unit that ends the row's key, or why there is none."""
    text: str
    """The number as it is shown, in the row's `unit`, without it; a dash if there is none."""
    quality: NumberQuality = NumberQuality.MEASURED
    """How it came about."""
    note: str = ""
    """Small print: why there is no number, or what it leaves out; empty for none."""
    remarks: tuple[str, ...] = ()
    """The same in its parts."""


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One measure of all contenders."""

    key: str
    """Stable name with the unit of `Cell.value`, for example "needed_bytes"."""
    label: str
    """Name to show."""
    unit: str
    """Unit of `Cell.text`, for example "GB"; empty for plain counts."""
    cells: tuple[Cell, ...]
    """In the order of the contenders."""
    not_comparable: str = ""
    """Why the cells may not be compared with each other; empty if they may."""


def comparison_rows(record: RoundRecord, costing: Costing | None = None) -> tuple[Row, ...]:
    """Return the table of a round.

    Args:
        record: The round; contenders without an answer get dashes with the reason.
        costing: The user's price and grid intensity; None for none.

    Returns:
        Speeds, times, counts, memory, energy, power, and money and CO2 where they are set. Rows
        about a graphics card and parts of the energy are there if any contender has them.
    """
    measures = (
        *_speeds(),
        *_times_of_the_answer(),
        *_memory(record),
        *energy_measures(record, costing or Costing()),
    )
    return tuple(_row(record, measure) for measure in measures)


def _row(record: RoundRecord, measure: Measure) -> Row:
    cells = tuple(_cell(record, contender, measure) for contender in record.plan.contenders)
    return Row(
        key=measure.key,
        label=measure.label,
        unit=measure.unit,
        cells=cells,
        not_comparable=measure.not_comparable,
    )


def _cell(record: RoundRecord, contender: Contender, measure: Measure) -> Cell:
    result = record.result_of(contender.letter)
    value = NOT_ANSWERED if result is None else measure.read(result)
    has_value = result is not None and not isinstance(value, Unavailable)
    remarks = _remarks(record, contender, measure, value)
    quality = measure.quality(result) if has_value and result else NumberQuality.NOT_AVAILABLE
    return Cell(
        letter=contender.letter,
        value=value,
        text=quantity_text(value, lambda number: measure.show(number, quality)),
        quality=quality,
        note=", ".join(remarks),
        remarks=remarks,
    )


NOT_ANSWERED = Unavailable(reason="the record ends before the answer")


def _remarks(
    record: RoundRecord, contender: Contender, measure: Measure, value: Quantity
) -> tuple[str, ...]:
    result = record.result_of(contender.letter)
    if isinstance(value, Unavailable):
        return (reason_text(value.reason),)
    if result is None:
        return ()
    remarks = [*measure.remarks(result)]
    if isinstance(result, Cancelled):
        remarks.append(_("stopped"))
    if measure.is_slowed_by_others and record.plan.mode is Mode.TOGETHER:
        remarks.append(_("contended"))
    if measure.is_slowed_by_others and isinstance(result, Done) and result.is_disturbed:
        remarks.append(_("disturbed by other programs"))
    if contender.card.backend is BackendKind.ECHO:
        remarks.append(_("scripted"))
    return tuple(remarks)


def _speeds() -> tuple[Measure, ...]:
    return (
        Measure(
            key="prompt_tokens_per_s",
            label=_("Reading the prompt"),
            unit=_("tok/s"),
            show=plain(rate_text),
            read=timed(lambda timing: timing.prompt_tokens_per_s),
            remarks=_reuse_remarks,
        ),
        Measure(
            key="generation_tokens_per_s",
            label=_("Generating"),
            unit=_("tok/s"),
            show=plain(rate_text),
            read=timed(lambda timing: timing.generation_tokens_per_s),
        ),
        Measure(
            key="characters_per_s",
            label=_("Writing"),
            unit=_("characters/s"),
            show=plain(rate_text),
            read=timed(lambda timing: timing.characters_per_s),
        ),
    )


def _times_of_the_answer() -> tuple[Measure, ...]:
    return (
        Measure(
            key="first_token_s",
            label=_("First token"),
            unit=_("s"),
            show=plain(seconds_number_text),
            read=timed(lambda timing: timing.first_token_s),
        ),
        Measure(
            key="total_s",
            label=_("Time for the answer"),
            unit=_("s"),
            show=plain(seconds_number_text),
            read=done(lambda answered: answered.answer.timing.total_s),
            remarks=_cut_remarks,
        ),
        Measure(
            key="generated_token_count",
            label=_("Tokens"),
            unit="",
            show=plain(count_text),
            read=timed(lambda timing: timing.generated_token_count),
            remarks=_cut_remarks,
            is_slowed_by_others=False,
        ),
        Measure(
            key="load_s",
            label=_("Loading the model"),
            unit=_("s"),
            show=plain(seconds_number_text),
            read=done(lambda answered: answered.context.loaded.load_s),
        ),
    )


def _memory(record: RoundRecord) -> tuple[Measure, ...]:
    on_card = any(
        isinstance(result, Done) and result.context.loaded.is_on_gpu for result in record.results
    )
    card = (_memory_row("gpu_memory_bytes", _("On the graphics card"), _card_bytes),)
    return (
        _memory_row("needed_bytes", _("Memory needed"), lambda use: use.memory.needed_bytes),
        _memory_row("weights_bytes", _("of it weights"), lambda use: use.memory.weights_bytes),
        _memory_row(
            "working_bytes", _("of it working memory"), lambda use: use.memory.working_bytes
        ),
        _memory_row(
            "peak_resident_bytes",
            _("Highest in memory"),
            lambda use: use.memory.peak_resident_bytes,
        ),
        *(card if on_card else ()),
    )


def _memory_row(key: str, label: str, read: Callable[[ResourceUse], Count]) -> Measure:
    return Measure(
        key=key,
        label=label,
        unit=_("GB"),
        show=plain(gigabytes_number_text),
        read=done(lambda answered: read(answered.resources)),
        is_slowed_by_others=False,
    )


def _card_bytes(use: ResourceUse) -> Count:
    return use.gpu_memory_bytes


def _cut_remarks(result: AnswerResult) -> tuple[str, ...]:
    if isinstance(result, Done) and is_cut(result.answer.finish):
        return (finish_text(result.answer.finish),)
    return ()


def _reuse_remarks(result: AnswerResult) -> tuple[str, ...]:
    answer = None if isinstance(result, Failed) else result.answer
    if answer is None or answer.timing.reused_token_count == 0:
        return ()
    count = count_text(answer.timing.reused_token_count)
    return (_("{count} tokens were still in memory").format(count=count),)
