"""Writes tables that no spreadsheet computes with."""

import csv
import io
from collections.abc import Mapping, Sequence

from large_enough.packs.cells import safe_cell

ENCODING = "utf-8-sig"
"""Spreadsheets know UTF-8 by its mark."""
_FIRST = ("id", "type", "question", "context", "choices", "labels", "answer")


def csv_bytes(rows: Sequence[Mapping[str, str]]) -> bytes:
    """Return rows as CSV, with a line of names; columns that no row has are left out."""
    found = dict.fromkeys(name for row in rows for name in row)
    names = [*(name for name in _FIRST if name in found)]
    names += [name for name in found if name not in _FIRST]
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(stream, fieldnames=names, restval="", lineterminator="\r\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({name: safe_cell(cell) for name, cell in row.items()})
    return stream.getvalue().encode(ENCODING)
