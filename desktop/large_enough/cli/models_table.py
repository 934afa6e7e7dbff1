"""Prints models in columns, with a line of its own for where each one lies."""

import dataclasses
from collections.abc import Sequence
from pathlib import Path

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from large_enough.catalog.catalogue import CatalogueEntry
from large_enough.domain.found_model import FoundModel, Twin
from large_enough.domain.quantity import Unavailable
from large_enough.domain.text import harmless_line
from large_enough.wording.numbers import (
    NOT_AVAILABLE,
    bytes_text,
    number_text,
    quantity_text,
)
from large_enough.wording.program_names import keeper_text
from large_enough.wording.translate import _

_INDENT = _GAP = "   "
_NUMBER_COLUMNS = frozenset({1, 3})


@dataclasses.dataclass(frozen=True, slots=True)
class Row:
    """One model of the list."""

    cells: tuple[str, ...]
    """Name, parameters, quantisation, size, licence."""
    lines: tuple[str, ...]
    """Shown below, each on a line: paths and commands are long, and must not be broken."""
    is_here: bool


@dataclasses.dataclass(frozen=True, slots=True)
class Section:
    """Models that one program keeps."""

    heading: str
    rows: tuple[Row, ...]


def model_row(model: FoundModel, folder: Path | None = None) -> Row:
    """Return the row of a model that is here.

    Args:
        model: The model.
        folder: A path below it is shortened; None to show whole paths.
    """
    card = model.card
    cells = (
        harmless_line(card.name),
        quantity_text(card.parameter_count, _billions_text),
        _word(card.quantisation),
        bytes_text(card.size_bytes),
        _word(card.licence),
    )
    name = () if model.shown_name == card.name else (model.shown_name,)
    where = (*name, _shortened(Path(card.path), folder), *map(_twin_text, model.twins))
    return Row(cells, tuple(map(harmless_line, where)), is_here=True)


def entry_row(entry: CatalogueEntry) -> Row:
    """Return the row of a model that could be fetched."""
    cells = (
        entry.name,
        quantity_text(entry.parameter_count, _billions_text),
        entry.quantisation,
        quantity_text(entry.size_bytes, bytes_text),
        entry.licence,
    )
    where = _("not here: large-enough models get {id}").format(id=entry.id)
    return Row(cells, (where,), is_here=False)


def print_sections(console: Console, sections: Sequence[Section]) -> None:
    """Print all sections in the same columns."""
    rows = [row for section in sections for row in section.rows]
    lines = [_headings(), *(row.cells for row in rows)]
    widths = [max(cell_len(line[column]) for line in lines) for column in range(len(lines[0]))]
    for number, section in enumerate(sections):
        if number:
            console.print()
        console.print(Text(section.heading), soft_wrap=True)
        console.print()
        console.print(Text(_aligned(_headings(), widths), style="bold"), soft_wrap=True)
        for row in section.rows:
            _print_row(console, row, widths)


def _print_row(console: Console, row: Row, widths: Sequence[int]) -> None:
    console.print(Text(_aligned(row.cells, widths)), soft_wrap=True)
    style = "dim" if row.is_here else "dim italic"
    for line in row.lines:
        console.print(Text(f"{_INDENT}{line}", style=style), soft_wrap=True)


def _headings() -> tuple[str, ...]:
    return (_("name"), _("parameters"), _("quantisation"), _("size"), _("licence"))


def _shortened(path: Path, folder: Path | None) -> str:
    is_below = folder is not None and path.is_relative_to(folder.absolute())
    return str(path.relative_to(folder.absolute()) if folder is not None and is_below else path)


def _twin_text(twin: Twin) -> str:
    return _("also here: {path} ({keeper})").format(path=twin.path, keeper=keeper_text(twin.app))


def _aligned(cells: Sequence[str], widths: Sequence[int]) -> str:
    """Return the cells in columns, numbers to the right."""
    blanks = [" " * (width - cell_len(cell)) for cell, width in zip(cells, widths, strict=True)]
    padded = [
        blank + cell if column in _NUMBER_COLUMNS else cell + blank
        for column, (cell, blank) in enumerate(zip(cells, blanks, strict=True))
    ]
    return _GAP.join(padded).rstrip()


def _billions_text(parameter_count: float) -> str:
    return _("{number} B").format(number=number_text(parameter_count / 1e9))


def _word(value: str | Unavailable) -> str:
    return NOT_AVAILABLE if isinstance(value, Unavailable) else harmless_line(value)
