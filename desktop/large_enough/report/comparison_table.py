"""Lays a round out as a table: one row for each measure, one cell for each contender."""

from collections.abc import Callable

import msgspec

from large_enough.domain.generation import Timing
from large_enough.domain.model_card import BackendKind
from large_enough.domain.quantity import Quantity, Unavailable
from large_enough.domain.round import (
    AnswerResult,
    Cancelled,
    Contender,
    Done,
    Failed,
    Mode,
    RoundRecord,
)
from large_enough.wording.numbers import (
    count_text,
    gigabytes_number_text,
    gigabytes_text,
    number_text,
    quantity_text,
    rate_text,
    seconds_number_text,
)
from large_enough.wording.states import finish_text, is_cut
from large_enough.wording.translate import _


class Cell(msgspec.Struct, frozen=True, kw_only=True):
    """One measure of one contender."""

    letter: str
    value: Quantity
    """The number in the unit that ends the row's key, or why there is none."""
    text: str
    """The number as it is shown, in the row's `unit`, without it; a dash if there is none."""
    note: str = ""
    """Small print: why there is no number, or what it leaves out; empty for none."""


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


class _Measure(msgspec.Struct, frozen=True, kw_only=True):
    """How one row is made."""

    key: str
    label: str
    unit: str
    show: Callable[[float], str]
    read: Callable[[AnswerResult], Quantity]
    note: Callable[[AnswerResult], str] = lambda _result: ""
    is_slowed_by_others: bool = True


def comparison_rows(record: RoundRecord) -> tuple[Row, ...]:
    """Return the table of a round.

    Args:
        record: The round; contenders without an answer get dashes with the reason.

    Returns:
        Always the same rows in the same order: speeds, times, counts, memory, energy, power.
    """
    return tuple(_row(record, measure) for measure in _measures())


def _row(record: RoundRecord, measure: _Measure) -> Row:
    cells = tuple(_cell(record, contender, measure) for contender in record.plan.contenders)
    return Row(key=measure.key, label=measure.label, unit=measure.unit, cells=cells)


def _cell(record: RoundRecord, contender: Contender, measure: _Measure) -> Cell:
    result = record.result_of(contender.letter)
    value = NOT_ANSWERED if result is None else measure.read(result)
    return Cell(
        letter=contender.letter,
        value=value,
        text=quantity_text(value, measure.show),
        note=_note(record, contender, measure, value),
    )


NOT_ANSWERED = Unavailable(reason="the record ends before the answer")
FAILED = Unavailable(reason="failed")
STOPPED = Unavailable(reason="stopped")


def _note(record: RoundRecord, contender: Contender, measure: _Measure, value: Quantity) -> str:
    result = record.result_of(contender.letter)
    if isinstance(value, Unavailable) or result is None:
        return _(value.reason) if isinstance(value, Unavailable) else ""
    notes = [measure.note(result)]
    if isinstance(result, Cancelled):
        notes.append(_("stopped"))
    if measure.is_slowed_by_others and record.plan.mode is Mode.TOGETHER:
        notes.append(_("contended"))
    if measure.is_slowed_by_others and isinstance(result, Done) and result.is_disturbed:
        notes.append(_("disturbed by other programs"))
    if contender.card.backend is BackendKind.ECHO:
        notes.append(_("scripted"))
    return ", ".join(note for note in notes if note)


def _measures() -> tuple[_Measure, ...]:
    return (*_speeds(), *_times_of_the_answer(), *_costs())


def _speeds() -> tuple[_Measure, ...]:
    return (
        _Measure(
            key="prompt_tokens_per_s",
            label=_("Reading the prompt"),
            unit=_("tok/s"),
            show=rate_text,
            read=_timed(lambda timing: timing.prompt_tokens_per_s),
            note=_reuse_note,
        ),
        _Measure(
            key="generation_tokens_per_s",
            label=_("Generating"),
            unit=_("tok/s"),
            show=rate_text,
            read=_timed(lambda timing: timing.generation_tokens_per_s),
        ),
        _Measure(
            key="characters_per_s",
            label=_("Writing"),
            unit=_("characters/s"),
            show=rate_text,
            read=_timed(lambda timing: timing.characters_per_s),
        ),
    )


def _times_of_the_answer() -> tuple[_Measure, ...]:
    return (
        _Measure(
            key="first_token_s",
            label=_("First token"),
            unit=_("s"),
            show=seconds_number_text,
            read=_timed(lambda timing: timing.first_token_s),
        ),
        _Measure(
            key="total_s",
            label=_("Time for the answer"),
            unit=_("s"),
            show=seconds_number_text,
            read=_done(lambda done: done.answer.timing.total_s),
            note=_cut_note,
        ),
        _Measure(
            key="generated_token_count",
            label=_("Tokens"),
            unit="",
            show=count_text,
            read=_timed(lambda timing: timing.generated_token_count),
            note=_cut_note,
            is_slowed_by_others=False,
        ),
    )


def _costs() -> tuple[_Measure, ...]:
    return (
        _Measure(
            key="load_s",
            label=_("Loading the model"),
            unit=_("s"),
            show=seconds_number_text,
            read=_done(lambda done: done.context.loaded.load_s),
        ),
        _Measure(
            key="needed_bytes",
            label=_("Memory needed"),
            unit=_("GB"),
            show=gigabytes_number_text,
            read=_done(lambda done: done.resources.memory.needed_bytes),
            note=_resident_note,
            is_slowed_by_others=False,
        ),
        _Measure(
            key="energy_j",
            label=_("Energy"),
            unit=_("J"),
            show=number_text,
            read=_done(lambda done: done.resources.energy.energy_j),
        ),
        _Measure(
            key="mean_power_w",
            label=_("Power"),
            unit=_("W"),
            show=number_text,
            read=_done(lambda done: done.resources.energy.mean_power_w),
        ),
    )


def _timed(read: Callable[[Timing], Quantity]) -> Callable[[AnswerResult], Quantity]:
    """Return a reader of the timing: what was answered before a stop was timed as well."""

    def read_result(result: AnswerResult) -> Quantity:
        match result:
            case Done(answer=answer):
                return read(answer.timing)
            case Cancelled(answer=answer):
                return STOPPED if answer is None else read(answer.timing)
            case Failed():
                return FAILED

    return read_result


def _done(read: Callable[[Done], Quantity]) -> Callable[[AnswerResult], Quantity]:
    """Return a reader of what only an answer that ended by itself has."""

    def read_result(result: AnswerResult) -> Quantity:
        match result:
            case Done():
                return read(result)
            case Cancelled():
                return STOPPED
            case Failed():
                return FAILED

    return read_result


def _cut_note(result: AnswerResult) -> str:
    if isinstance(result, Done) and is_cut(result.answer.finish):
        return finish_text(result.answer.finish)
    return ""


def _reuse_note(result: AnswerResult) -> str:
    answer = None if isinstance(result, Failed) else result.answer
    if answer is None or answer.timing.reused_token_count == 0:
        return ""
    count = count_text(answer.timing.reused_token_count)
    return _("{count} tokens were still in memory").format(count=count)


def _resident_note(result: AnswerResult) -> str:
    if not isinstance(result, Done):
        return ""
    peak = result.resources.memory.peak_resident_bytes
    if isinstance(peak, Unavailable):
        return ""
    return _("peak resident set {size}").format(size=gigabytes_text(peak))
