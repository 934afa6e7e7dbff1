"""Reads one sheet of a spreadsheet file (XLSX), of which nothing is believed."""

import datetime
import io
import re
import struct
import warnings
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from large_enough.domain.pack_fault import Fault
from large_enough.packs.limits import MOST_ITEMS
from large_enough.packs.table import MOST_COLUMNS, Table, TableRow
from large_enough.wording.numbers import bytes_text, count_text
from large_enough.wording.translate import _

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

SIGNATURE = b"PK\x03\x04"
OLD_SIGNATURE = b"\xd0\xcf\x11\xe0"
"""Of files as Excel made them before 2007, and of those with a password."""
MOST_UNPACKED_BYTES = 100_000_000
"""Thousands of long questions have a tenth of that; a bomb has more."""
MOST_PARTS = 2_000
_XML_SUFFIXES = (".xml", ".rels", ".vml")
_DECLARATIONS = re.compile(rb"<\x00?!\x00?(D|E)\x00?(O|N)\x00?(C|T)\x00?(T|I)")
_ENCODED = re.compile(
    rb"<\?xml[^>]{0,200}encoding\s*=\s*[\"'](?!utf-8|us-ascii|utf-16)", re.IGNORECASE
)
_MOST_ROWS = MOST_ITEMS + 1_000  # with room for empty ones
_MOST_WHOLE = 10**15  # spreadsheets keep fifteen digits
_SHOWN_SHEETS = 8
_ZEROS = re.compile(r"0+")
_RAISED = (
    # What openpyxl raises for damaged files is not documented: it is whatever its parts raise.
    *(ArithmeticError, AssertionError, AttributeError, EOFError, LookupError, OSError),
    *(RuntimeError, SyntaxError, TypeError, ValueError, struct.error, zipfile.BadZipFile),
    *(zipfile.LargeZipFile, zlib.error),
)
"""SyntaxError: malformed XML is one for the standard library."""


class _BrokenError(Exception):
    """The file cannot be read as a spreadsheet."""


def read_spreadsheet(
    content: bytes, sheet: str = "", *, most_unpacked_bytes: int = MOST_UNPACKED_BYTES
) -> Table:
    """Read a sheet; never raises, whatever the file holds.

    Args:
        content: Of the file, of bearable size.
        sheet: Its name, in small or capital letters; empty for the first one that is not empty.
        most_unpacked_bytes: What all its parts may be together.
    """
    try:
        _check_archive(content, most_unpacked_bytes)
        return _read(content, sheet)
    except _BrokenError as error:
        return _nothing(str(error))
    except _RAISED as error:
        reason = f"{type(error).__name__}: {error}"[:200]
        return _nothing(_("it is no spreadsheet that can be read ({reason})").format(reason=reason))


def _nothing(problem: str) -> Table:
    return Table(rows=(), faults=(Fault(problem=problem),))


def _check_archive(content: bytes, most_unpacked_bytes: int) -> None:
    """Refuse what would grow beyond measure when it is unpacked or parsed."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = archive.infolist()
        if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > most_unpacked_bytes:
            limit = bytes_text(most_unpacked_bytes)
            raise _BrokenError(_("unpacked, it is larger than {limit}").format(limit=limit))
        if any(part.flag_bits & 1 for part in parts):
            raise _BrokenError(_("it has a password"))
        for part in parts:
            if part.filename.lower().endswith(_XML_SUFFIXES):
                _check_part(archive.read(part))


def _check_part(content: bytes) -> None:
    """Refuse declarations of entities, which no spreadsheet has and which can grow endlessly."""
    if _DECLARATIONS.search(content) or _ENCODED.search(content[:400]):
        raise _BrokenError(_("it holds declarations that no spreadsheet needs"))


def _read(content: bytes, sheet: str) -> Table:
    import openpyxl  # slow to load, and few need it

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about styles and rules, which nobody looks at here
        values = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        formulas = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=False)
        try:
            return _named(values, formulas, sheet) if sheet else _first(values, formulas)
        finally:
            values.close()
            formulas.close()


def _first(values: "Workbook", formulas: "Workbook") -> Table:
    """Return the first sheet that is not empty, and tell of those that are not read."""
    tables = _tables(values, formulas, values.sheetnames)
    if not tables:
        return _nothing(_("there is no question"))
    first, *others = tables
    if not others:
        return first
    names = tuple(other.sheet for other in others)
    problem = _("only the sheet “{sheet}” was read, not {others}").format(
        sheet=first.sheet, others=_quoted(names)
    )
    notes = (Fault(problem=problem), *first.notes)
    return msgspec.structs.replace(first, notes=notes, other_sheets=names)


def _named(values: "Workbook", formulas: "Workbook", sheet: str) -> Table:
    """Return the sheet of that name."""
    names = [name for name in values.sheetnames if name.casefold() == sheet.strip().casefold()]
    if not names:
        problem = _("there is no sheet “{sheet}”, but {others}")
        return _nothing(problem.format(sheet=sheet, others=_quoted(values.sheetnames)))
    tables = _tables(values, formulas, names[:1])
    return tables[0] if tables else _nothing(_("there is no question"))


def _tables(values: "Workbook", formulas: "Workbook", names: Iterable[str]) -> list[Table]:
    """Return those of the sheets that hold something."""
    tables = []
    for name in names:
        if hasattr(values[name], "iter_rows"):  # a sheet of charts has none
            table = _table(_rows(values[name]), _rows(formulas[name]))
            if table.rows or table.faults or table.row_faults:
                tables.append(msgspec.structs.replace(table, sheet=name))
    return tables


def _quoted(names: Sequence[str]) -> str:
    shown = ", ".join(f"“{name}”" for name in names[:_SHOWN_SHEETS])
    return f"{shown} …" if len(names) > _SHOWN_SHEETS else shown


def _rows(sheet: Any) -> Iterator[tuple[Any, ...]]:  # noqa: ANN401 - several classes of sheets
    sheet.reset_dimensions()  # what the file says of its own size can be anything
    rows: Iterator[tuple[Any, ...]] = sheet.iter_rows(max_row=_MOST_ROWS + 1, max_col=MOST_COLUMNS)
    return rows


def _table(values: Iterable[tuple[Any, ...]], formulas: Iterable[tuple[Any, ...]]) -> Table:
    rows: list[TableRow] = []
    faults: list[Fault] = []
    notes: list[Fault] = []
    for number, (cells, raw_cells) in enumerate(zip(values, formulas, strict=False), 1):
        if number > _MOST_ROWS or len(rows) > MOST_ITEMS:
            limit = count_text(MOST_ITEMS)
            return _nothing(_("it has more than {limit} rows").format(limit=limit))
        texts = []
        for cell, raw in zip(cells, raw_cells, strict=False):
            text, note, problem = _cell(cell, raw)
            texts.append(text)
            if note:
                notes.append(Fault(row=number, problem=note))
            if problem:
                faults.append(Fault(row=number, problem=problem))
        if any(text.strip() for text in texts):
            rows.append(TableRow(number=number, cells=_trimmed(texts)))
    broken = {fault.row for fault in faults}
    kept = tuple(row for row in rows if row.number not in broken)
    return Table(rows=kept, notes=tuple(notes), row_faults=tuple(faults))


def _trimmed(texts: list[str]) -> tuple[str, ...]:
    while texts and not texts[-1].strip():
        texts.pop()
    return tuple(texts)


def _cell(cell: Any, raw: Any) -> tuple[str, str, str]:  # noqa: ANN401 - as openpyxl gives them
    """Return a cell's text, a note on what its kind does to it, and why it cannot be used."""
    value = cell.value
    if value is None:
        if getattr(raw, "data_type", "") == "f":
            return (
                "",
                "",
                _(
                    "{place} holds a formula whose result was never kept; open the file in a "
                    "spreadsheet and save it"
                ).format(place=raw.coordinate),
            )
        return "", "", ""
    if isinstance(value, bool):
        text = "TRUE" if value else "FALSE"
        return text, "", ""
    if isinstance(value, int | float):
        return _number(value, str(cell.number_format or ""), str(cell.coordinate))
    if isinstance(value, datetime.datetime | datetime.date | datetime.time | datetime.timedelta):
        return _time(value, str(cell.coordinate))
    return str(value), "", ""


def _number(value: float, number_format: str, place: str) -> tuple[str, str, str]:
    if float(value).is_integer() and abs(value) < _MOST_WHOLE:
        value = int(value)
    note = ""
    if abs(value) >= _MOST_WHOLE:
        note = _("{place} has more digits than a spreadsheet keeps").format(place=place)
    if _ZEROS.fullmatch(number_format) and isinstance(value, int) and value >= 0:
        return str(value).zfill(len(number_format)), note, ""
    if number_format.endswith("%"):
        percent = round(value * 100, 10)
        shown = f"{int(percent) if float(percent).is_integer() else percent} %"
        return shown, _("{place} was read as {text}").format(place=place, text=shown), ""
    return repr(value), note, ""


def _time(value: Any, place: str) -> tuple[str, str, str]:  # noqa: ANN401
    is_day = isinstance(value, datetime.datetime) and value.time() == datetime.time()
    if is_day or type(value) is datetime.date:
        text = value.strftime("%Y-%m-%d")
        note = _("{place} is a date for the spreadsheet and was read as {text}").format(
            place=place, text=text
        )
        return text, note, ""
    text = str(value)
    note = _("{place} is a time for the spreadsheet and was read as {text}").format(
        place=place, text=text
    )
    return text, note, ""
