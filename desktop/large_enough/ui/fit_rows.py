"""Puts a forecast into a line of the table, and into sentences."""

from large_enough.domain.fit import FitVerdict, ModelFit, Unjudged
from large_enough.domain.text import harmless_line
from large_enough.ui.model_rows import ModelRow, Room
from large_enough.wording.fit_words import fit_sentences, verdict_text
from large_enough.wording.numbers import bytes_text
from large_enough.wording.speed_forecast_words import speed_forecast_sentence, speed_range_text
from large_enough.wording.translate import _

_ROOMS = {
    FitVerdict.FITS: Room.FITS,
    FitVerdict.TIGHT: Room.TIGHT,
    FitVerdict.DOES_NOT_FIT: Room.TOO_LARGE,
}


def with_fit(row: ModelRow, fit: ModelFit | Unjudged | None) -> ModelRow:
    """Return the line with what was forecast, if anything was."""
    if fit is None:
        return row
    note = "\n".join(fit_lines(fit))
    if isinstance(fit, Unjudged):
        return row._replace(memory=verdict_text(fit), note=note)
    needed_bytes, usable_bytes = fit.need.needed_bytes, fit.room.usable_bytes
    return row._replace(
        room=_ROOMS[fit.verdict],
        share=needed_bytes / usable_bytes if usable_bytes > 0 else 1.0,
        memory=_("{size}: {verdict}").format(
            size=bytes_text(needed_bytes), verdict=verdict_text(fit)
        ),
        speed=speed_range_text(fit.speed),
        note=note,
    )


def fit_lines(fit: ModelFit | Unjudged) -> tuple[str, ...]:
    """Return everything that was forecast, a sentence or two in each line."""
    lines = fit_sentences(fit)
    if isinstance(fit, ModelFit):
        lines = [lines[0], speed_forecast_sentence(fit.speed), *lines[1:]]
    return tuple(harmless_line(each) for each in lines)
