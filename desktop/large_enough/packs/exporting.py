"""Writes packs for other programs, and for spreadsheets."""

import enum
from collections.abc import Callable, Mapping
from pathlib import Path

import msgspec

from large_enough.domain.pack import Pack
from large_enough.domain.pack_fault import Fault
from large_enough.packs.csv_writing import csv_bytes
from large_enough.packs.exact_table import head_cells, item_cells
from large_enough.packs.inspect_writing import inspect_lines
from large_enough.packs.lm_eval_writing import lm_eval_files
from large_enough.packs.promptfoo_writing import promptfoo_csv, promptfoo_json, promptfoo_jsonl
from large_enough.packs.shelf import pack_id
from large_enough.packs.writing import pack_json


class ExportForm(enum.StrEnum):
    """In what form a pack is written."""

    JSON = "json"
    """A pack of this program."""
    CSV = "csv"
    """A table that spreadsheets open; nothing is lost."""
    INSPECT = "inspect"
    """Samples of inspect_ai, as JSON lines."""
    PROMPTFOO = "promptfoo"
    """Tests of promptfoo, as a table or, if the file's name says so, as JSON."""
    LM_EVAL = "lm-eval"
    """A task of the lm-evaluation-harness: its description, and its questions beside it."""


SUFFIXES: Mapping[ExportForm, str] = {
    ExportForm.JSON: ".pack.json",
    ExportForm.CSV: ".csv",
    ExportForm.INSPECT: ".jsonl",
    ExportForm.PROMPTFOO: ".csv",
    ExportForm.LM_EVAL: ".yaml",
}
"""What the name of a file usually ends in."""


class Exported(msgspec.Struct, frozen=True, kw_only=True):
    """A pack in another form."""

    files: dict[str, bytes]
    """Contents by name; the first one is what was asked for."""
    notes: tuple[Fault, ...] = ()
    """What the other form cannot say, item by item."""


def export_pack(pack: Pack, form: ExportForm, name: str = "") -> Exported:
    """Return a pack in another form.

    Args:
        pack: The pack.
        form: Which one.
        name: Of the file; by default the pack's id with the usual ending.
    """
    return _WRITERS[form](pack, name or pack_id(pack.id) + SUFFIXES[form])


def csv_table(pack: Pack) -> bytes:
    """Return a pack as a table: one row for each item, safe to open in a spreadsheet."""
    rows = [item_cells(item) for item in pack.items]
    if rows:
        rows[0] = {**rows[0], **head_cells(pack)}
    return csv_bytes(rows)


def _json(pack: Pack, name: str) -> Exported:
    return Exported(files={name: pack_json(pack)})


def _csv(pack: Pack, name: str) -> Exported:
    return Exported(files={name: csv_table(pack)})


def _inspect(pack: Pack, name: str) -> Exported:
    return Exported(files={name: inspect_lines(pack)})


def _promptfoo(pack: Pack, name: str) -> Exported:
    writers = {".json": promptfoo_json, ".jsonl": promptfoo_jsonl}
    written = writers.get(Path(name).suffix.lower(), promptfoo_csv)(pack)
    return Exported(files={name: written.content}, notes=written.notes)


def _lm_eval(pack: Pack, name: str) -> Exported:
    written = lm_eval_files(pack, name)
    return Exported(files=written.files, notes=written.notes)


_WRITERS: Mapping[ExportForm, Callable[[Pack, str], Exported]] = {
    ExportForm.JSON: _json,
    ExportForm.CSV: _csv,
    ExportForm.INSPECT: _inspect,
    ExportForm.PROMPTFOO: _promptfoo,
    ExportForm.LM_EVAL: _lm_eval,
}
