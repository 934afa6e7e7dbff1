"""Says how a running round stands, and writes figures the way the panes show them."""

from collections.abc import Callable

from large_enough.comparison.events import ContenderState
from large_enough.domain.quantity import NumberQuality, Quantity, Unavailable
from large_enough.domain.round import AnswerResult, Cancelled, Done, Failed
from large_enough.ui.round_progress import ContenderProgress, Figures, RoundProgress
from large_enough.ui.widgets.figure_strip import FigureValue
from large_enough.wording.energy_words import power_note, power_text, quality_text
from large_enough.wording.numbers import (
    count_text,
    gigabytes_number_text,
    quantity_text,
    rate_text,
    seconds_number_text,
)
from large_enough.wording.reasons import reason_text
from large_enough.wording.states import result_text, state_text
from large_enough.wording.translate import _, ngettext

_QUIET = frozenset({ContenderState.WAITING, ContenderState.READY})


def live_sentence(progress: RoundProgress) -> str:
    """Return how the round stands: "A is done. B is answering: 41 tokens so far."."""
    clauses = [_clause(contender) for contender in progress.contenders.values()]
    return " ".join(clause for clause in clauses if clause) or _("Getting ready.")


def _clause(contender: ContenderProgress) -> str:
    letter = contender.letter
    if contender.result is not None:
        return _end_clause(contender)
    if contender.state is ContenderState.ANSWERING:
        count = contender.token_count
        return ngettext(
            "{letter} is answering: {count} token so far.",
            "{letter} is answering: {count} tokens so far.",
            count,
        ).format(letter=letter, count=count_text(count))
    if contender.state in _QUIET:
        return ""
    words = state_text(contender.state, contender.fraction)
    return _("{letter} is {state}.").format(letter=letter, state=words)


def _end_clause(contender: ContenderProgress) -> str:
    match contender.result:
        case Failed():
            return _("{letter} failed.").format(letter=contender.letter)
        case Cancelled():
            return _("{letter} was stopped.").format(letter=contender.letter)
        case Done() | None:
            return _("{letter} is done.").format(letter=contender.letter)


def figure_values(figures: Figures, *, is_contended: bool) -> tuple[FigureValue, ...]:
    """Return the four figures of a pane's strip."""
    speed = _("Speed, contended") if is_contended else _("Speed")
    return (
        _value(speed, figures.tokens_per_s, rate_text, _("tok/s")),
        _value(_("First token"), figures.first_token_s, seconds_number_text, _("s")),
        _value(_("Memory, peak"), figures.needed_bytes, gigabytes_number_text, _("GB")),
        _power(figures),
    )


def _power(figures: Figures) -> FigureValue:
    return FigureValue(
        label=_power_label(figures),
        text=power_text(figures.power),
        unit=_("W"),
        note=power_note(figures.power),
    )


def _power_label(figures: Figures) -> str:
    """Return the figure's name, with what must be known before the number is believed."""
    if figures.is_power_shared:
        return _("Power, shared")
    quality = figures.power.quality
    if quality in (NumberQuality.ATTRIBUTED, NumberQuality.ESTIMATED):
        return _("Power, {quality}").format(quality=quality_text(quality))
    return _("Power")


def _value(
    label: str, quantity: Quantity, formatter: Callable[[float], str], unit: str
) -> FigureValue:
    note = ""
    if isinstance(quantity, Unavailable):
        note = _("Not available: {reason}.").format(reason=reason_text(quantity.reason))
    text = quantity_text(quantity, formatter)
    return FigureValue(label=label, text=text, unit=unit, note=note)


def spoken_result(result: AnswerResult) -> str:
    """Return what a screen reader says when a contender's turn has ended."""
    ended = _("Model {letter}: {result}.").format(letter=result.letter, result=result_text(result))
    if not isinstance(result, Done):
        return ended
    timing = result.answer.timing
    count = timing.generated_token_count
    tokens = ngettext("{count} token", "{count} tokens", count).format(count=count_text(count))
    speed = timing.generation_tokens_per_s
    if isinstance(speed, Unavailable):
        return f"{ended} {tokens}."
    per_second = _("{number} per second").format(number=rate_text(speed))
    return f"{ended} {tokens}, {per_second}."
