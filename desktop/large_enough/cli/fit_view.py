"""Shows forecasts of memory and speed as a table with sentences, or as JSON."""

from collections.abc import Sequence

import msgspec
from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from large_enough.domain.fit import GroupFit, ModelFit, Unjudged
from large_enough.domain.text import harmless_line
from large_enough.wording.fit_words import fit_sentences, largest_context_text, verdict_text
from large_enough.wording.numbers import NOT_AVAILABLE, bytes_text
from large_enough.wording.speed_forecast_words import speed_forecast_sentence, speed_range_text
from large_enough.wording.translate import _

JSON_SCHEMA_VERSION = 1
"""Of the object that `--json` prints."""

_GAP = _INDENT = "   "
_NUMBER_COLUMNS = frozenset({1, 3, 4})


def show_fits(console: Console, group: GroupFit) -> None:
    """Print the table, then what there is to say about each model."""
    rows = [_row(fit) for fit in group.fits]
    lines = [_headings(), *rows]
    widths = [max(cell_len(line[column]) for line in lines) for column in range(len(lines[0]))]
    console.print(Text(_aligned(lines[0], widths), style="bold"), soft_wrap=True)
    for row in rows:
        console.print(Text(_aligned(row, widths)), soft_wrap=True)
    for fit in group.fits:
        console.print()
        console.print(Text(harmless_line(fit.card.name), style="bold"), soft_wrap=True)
        for sentence in _sentences(fit, together=group.together):
            console.print(Text(_INDENT + harmless_line(sentence)), soft_wrap=True)


def fit_document(group: GroupFit) -> dict[str, object]:
    """Return the forecast as it is printed with `--json`: the records, and what follows of them."""
    return {
        "schema_version": JSON_SCHEMA_VERSION,
        "together": group.together,
        "models": [_model_document(fit) for fit in group.fits],
    }


def _model_document(fit: ModelFit | Unjudged) -> dict[str, object]:
    document: dict[str, object] = msgspec.to_builtins(fit)
    if isinstance(fit, ModelFit):
        document |= {
            "verdict": fit.verdict.value,
            "needed_bytes": fit.need.needed_bytes,
            "usable_bytes": fit.room.usable_bytes,
        }
    return document


def _headings() -> tuple[str, ...]:
    return (
        _("model"),
        _("needs"),
        _("verdict"),
        _("largest context"),
        _("tokens per second"),
    )


def _row(fit: ModelFit | Unjudged) -> tuple[str, ...]:
    name = harmless_line(fit.card.name)
    if isinstance(fit, Unjudged):
        return (name, NOT_AVAILABLE, verdict_text(fit), NOT_AVAILABLE, NOT_AVAILABLE)
    return (
        name,
        bytes_text(fit.need.needed_bytes),
        verdict_text(fit),
        largest_context_text(fit),
        speed_range_text(fit.speed),
    )


def _sentences(fit: ModelFit | Unjudged, *, together: bool) -> list[str]:
    sentences = fit_sentences(fit)
    if isinstance(fit, Unjudged):
        return sentences
    return [*sentences, speed_forecast_sentence(fit.speed, together=together)]


def _aligned(cells: Sequence[str], widths: Sequence[int]) -> str:
    """Return the cells in columns, numbers to the right."""
    blanks = [" " * (width - cell_len(cell)) for cell, width in zip(cells, widths, strict=True)]
    padded = [
        blank + cell if column in _NUMBER_COLUMNS else cell + blank
        for column, (cell, blank) in enumerate(zip(cells, blanks, strict=True))
    ]
    return _GAP.join(padded).rstrip()
