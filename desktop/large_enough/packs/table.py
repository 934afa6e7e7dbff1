"""Holds a table of texts, and reads one from CSV or from what a spreadsheet copies."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

import msgspec

from large_enough.domain.pack_fault import Fault
from large_enough.packs.limits import MOST_ITEMS
from large_enough.wording.numbers import count_text
from large_enough.wording.translate import _

DELIMITERS = "\t;,"
"""What may stand between cells, the surest sign first."""
MOST_COLUMNS = 200
_EMPTY_SHARE = 10  # so many rows may be empty for each that is not
_SAMPLE_ROWS = 50
_SAMPLE_CHARACTERS = 100_000
_SEP = re.compile(r"sep=(.)\r?\n?", re.IGNORECASE)  # Excel's own first line
_LINE_END = re.compile(r"\r\n|\n|\r")


class TableRow(msgspec.Struct, frozen=True, kw_only=True):
    """One row of a table."""

    number: int
    """As the spreadsheet counts, from 1."""
    cells: tuple[str, ...]


class Table(msgspec.Struct, frozen=True, kw_only=True):
    """The rows of a table that are not empty."""

    rows: tuple[TableRow, ...]
    has_decimal_comma: bool = False
    """Whether numbers are likely to have a comma before their decimals."""
    faults: tuple[Fault, ...] = ()
    """Why the whole table cannot be used."""
    row_faults: tuple[Fault, ...] = ()
    """Rows that are left out, and why."""
    notes: tuple[Fault, ...] = ()
    sheet: str = ""
    """Of a spreadsheet: which one was read; empty if it has no sheets."""
    other_sheets: tuple[str, ...] = ()
    """Sheets that hold something, too, and were not read."""


def read_table(text: str) -> Table:
    """Read CSV, or tab-separated text as spreadsheets copy it; never raises.

    A cell counts as quoted only if its closing mark is followed by the end of the cell: what is
    copied from a spreadsheet may begin with a quotation mark that stands for itself.
    """
    text = text.removeprefix("\ufeff")
    mark = _SEP.match(text)
    delimiter = mark[1] if mark else sniff_delimiter(text)
    text = text[mark.end() :] if mark else text
    rows: list[TableRow] = []
    notes: list[Fault] = []
    first = 2 if mark else 1
    for number, (cells, is_stray) in enumerate(_records(text, delimiter), first):
        if max(len(rows), number // _EMPTY_SHARE) > MOST_ITEMS or len(cells) > MOST_COLUMNS:
            return Table(rows=(), faults=(_too_much(number, len(cells)),))
        if is_stray:
            problem = _("a quotation mark is not closed, or stands for itself")
            notes.append(Fault(row=number, problem=problem))
        if any(cell.strip() for cell in cells):
            rows.append(TableRow(number=number, cells=tuple(cells)))
    return Table(rows=tuple(rows), has_decimal_comma=delimiter == ";", notes=tuple(notes))


def sniff_delimiter(text: str) -> str:
    """Return what separates the cells of a table: the sign that makes most rows equally long."""
    sample = text[:_SAMPLE_CHARACTERS]
    return max(DELIMITERS, key=lambda delimiter: _evenness(sample, delimiter))


def _evenness(sample: str, delimiter: str) -> tuple[float, int]:
    """Return the share of rows that have the usual number of cells, and that number."""
    lengths = []
    for number, (cells, _is_stray) in enumerate(_records(sample, delimiter)):
        if number >= _SAMPLE_ROWS:
            break
        if any(cell.strip() for cell in cells):
            lengths.append(len(cells))
    several = Counter(length for length in lengths if length > 1)
    if not several:
        return 0.0, 0
    usual, count = several.most_common(1)[0]
    return count / len(lengths), usual


def _records(text: str, delimiter: str) -> Iterator[tuple[Sequence[str], bool]]:
    """Yield the cells of each row, and whether one begins with a mark that is never closed."""
    sign = re.escape(delimiter)
    quoted = re.compile(rf'"((?:[^"]++|"")*+)"(?={sign}|\r|\n|\Z)')
    bare = re.compile(rf"[^{sign}\r\n]*")
    place, is_stray = 0, False
    cells: list[str] = []
    while place < len(text):
        match = quoted.match(text, place)
        if match:
            cells.append(match[1].replace('""', '"'))
        else:
            match = bare.match(text, place)
            cells.append(match[0] if match else "")
            is_stray = is_stray or _is_open(cells[-1])
        place = match.end() if match else place
        if text.startswith(delimiter, place):
            place += len(delimiter)
            if place < len(text):
                continue
            cells.append("")
        yield cells, is_stray
        cells, is_stray = [], False
        end = _LINE_END.match(text, place)
        place = end.end() if end else place


def _is_open(cell: str) -> bool:
    return cell.startswith('"') and cell.count('"') % 2 == 1


def _too_much(number: int, columns: int) -> Fault:
    if columns > MOST_COLUMNS:
        limit = count_text(MOST_COLUMNS)
        return Fault(row=number, problem=_("it has more than {limit} cells").format(limit=limit))
    limit = count_text(MOST_ITEMS)
    return Fault(problem=_("it has more than {limit} rows").format(limit=limit))
