"""Small spreadsheet files, made as spreadsheets make them, and broken on purpose."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

import openpyxl


def xlsx(rows: Sequence[Sequence[Any]], formats: Mapping[str, str] | None = None) -> bytes:
    """Return a file with one sheet.

    Args:
        rows: Values of its cells.
        formats: Number formats, by the cells' names.
    """
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(list(row))
    for name, number_format in (formats or {}).items():
        sheet[name].number_format = number_format
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    """Return a workbook as a file."""
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def with_part(content: bytes, name: str, part: bytes) -> bytes:
    """Return a file in which one part is another."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for info in old.infolist():
            if info.filename != name:
                new.writestr(info.filename, old.read(info))
        new.writestr(name, part)
    return stream.getvalue()
