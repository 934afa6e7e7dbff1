"""Shows the models that are here and those that could be."""

import dataclasses
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec
from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from large_enough.catalog.catalogue import CatalogueEntry
from large_enough.catalog.scan import Scan, scan_folder
from large_enough.cli.output import print_json, results
from large_enough.cli.wanted_kind import ANY_KIND, WantedKind
from large_enough.domain.model_card import ModelCard
from large_enough.domain.quantity import Unavailable
from large_enough.domain.text import harmless_line
from large_enough.wording.failures import explain
from large_enough.wording.numbers import (
    NOT_AVAILABLE,
    bytes_text,
    number_text,
    quantity_text,
)
from large_enough.wording.translate import _

JSON_SCHEMA_VERSION = 1
"""Of the object that `--json` prints."""

_INDENT = _GAP = "   "
_NUMBER_COLUMNS = frozenset({1, 3})


def show_models(
    folder: Path,
    entries: Sequence[CatalogueEntry],
    *,
    as_json: bool,
    added: Sequence[str] = (),
    kind: WantedKind = ANY_KIND,
) -> None:
    """Print what is in the models folder, what is set aside, and what could be fetched.

    Args:
        folder: The models folder.
        entries: The catalogue.
        as_json: Whether to print JSON.
        added: Paths of files and folders elsewhere that belong to it.
        kind: Models of another kind are left out.
    """
    scan = kind.of_scan(scan_folder(folder, entries, added=added), entries)
    entries = kind.of_entries(entries)
    missing = _missing(scan, entries)
    if as_json:
        print_json(_document(folder, scan, entries))
        return
    console = results()
    heading = _("Models in {folder}").format(folder=harmless_line(str(folder)))
    console.print(Text(heading), soft_wrap=True)
    console.print()
    rows = [_card_row(card, folder) for card in scan.cards]
    _print_rows(console, rows + [_entry_row(entry) for entry in missing])
    _show_set_aside(console, scan)


def _missing(scan: Scan, entries: Sequence[CatalogueEntry]) -> list[CatalogueEntry]:
    here = {card.catalog_id for card in scan.cards}
    return [entry for entry in entries if entry.id not in here]


@dataclasses.dataclass(frozen=True, slots=True)
class _Row:
    """One model of the list."""

    cells: tuple[str, ...]
    """Name, parameters, quantisation, size, licence."""
    where: str
    """Shown on a line of its own: paths and commands are long, and must not be broken."""
    is_here: bool


def _headings() -> tuple[str, ...]:
    return (_("name"), _("parameters"), _("quantisation"), _("size"), _("licence"))


def _card_row(card: ModelCard, folder: Path) -> _Row:
    path = Path(card.path)
    where = path.relative_to(folder.absolute()) if path.is_relative_to(folder.absolute()) else path
    cells = (
        harmless_line(card.name),
        quantity_text(card.parameter_count, _billions_text),
        _word(card.quantisation),
        bytes_text(card.size_bytes),
        _word(card.licence),
    )
    return _Row(cells, harmless_line(str(where)), is_here=True)


def _entry_row(entry: CatalogueEntry) -> _Row:
    cells = (
        entry.name,
        quantity_text(entry.parameter_count, _billions_text),
        entry.quantisation,
        quantity_text(entry.size_bytes, bytes_text),
        entry.licence,
    )
    where = _("not here: large-enough models get {id}").format(id=entry.id)
    return _Row(cells, where, is_here=False)


def _print_rows(console: Console, rows: Sequence[_Row]) -> None:
    lines = [_headings(), *(row.cells for row in rows)]
    widths = [max(cell_len(line[column]) for line in lines) for column in range(len(lines[0]))]
    console.print(Text(_aligned(lines[0], widths), style="bold"), soft_wrap=True)
    for row in rows:
        console.print(Text(_aligned(row.cells, widths)), soft_wrap=True)
        style = "dim" if row.is_here else "dim italic"
        console.print(Text(f"{_INDENT}{row.where}", style=style), soft_wrap=True)


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


def _show_set_aside(console: Console, scan: Scan) -> None:
    if not scan.set_aside:
        return
    console.print()
    console.print(Text(_("Set aside:")))
    for error in scan.set_aside:
        console.print(Text(harmless_line(explain(error).happened), style="dim"))


def _document(folder: Path, scan: Scan, entries: Sequence[CatalogueEntry]) -> dict[str, Any]:
    here = {card.catalog_id for card in scan.cards}
    catalogue = [{**msgspec.to_builtins(entry), "is_here": entry.id in here} for entry in entries]
    return {
        "schema_version": JSON_SCHEMA_VERSION,
        "folder": str(folder),
        "models": msgspec.to_builtins(scan.cards),
        "set_aside": msgspec.to_builtins(scan.set_aside),
        "catalogue": catalogue,
    }
