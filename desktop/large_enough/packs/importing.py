"""Reads questions from files of other programs, from spreadsheets, and from the clipboard."""

import re
from pathlib import Path

import msgspec

from large_enough.domain.pack_fault import Fault
from large_enough.packs.aiken import import_aiken, is_aiken
from large_enough.packs.drafts import Imported, Rejected, refused, with_chance
from large_enough.packs.file_bytes import FileProblemError, read_bounded
from large_enough.packs.json_text import read_json, text_problem
from large_enough.packs.limits import MOST_FILE_BYTES
from large_enough.packs.loading import PACK_SUFFIX, PackReading, read_pack_text
from large_enough.packs.other_json import import_lines, import_list, import_tests
from large_enough.packs.spreadsheet import OLD_SIGNATURE, SIGNATURE, read_spreadsheet
from large_enough.packs.table import Table, read_table
from large_enough.packs.table_import import import_table
from large_enough.packs.text_decoding import decoded
from large_enough.wording.numbers import bytes_text
from large_enough.wording.translate import _

__all__ = ["Imported", "Rejected", "read_questions"]

_OBJECT_LINES = re.compile(r"^\{.*\}[ \t\r]*$", re.MULTILINE)
_YAML = (".yaml", ".yml")


def read_questions(source: Path | str | bytes, *, title: str = "", sheet: str = "") -> Imported:
    """Read questions; never raises, whatever the source holds.

    Taken are packs of this program, tables (CSV, tab-separated, XLSX), samples of inspect_ai,
    tests of promptfoo, OpenAI's evals, and Aiken. What it is shows in the content, not the name.

    Args:
        source: A file, pasted text, or the content of a file.
        title: Of the pack; by default made of the file's name.
        sheet: Which sheet of a spreadsheet; by default the first one that is not empty.
    """
    if isinstance(source, str):
        return _read_text(source, title or _("Pasted questions"))
    try:
        if isinstance(source, bytes):
            return _read_bytes(source, title or _("Imported questions"), sheet)
        if source.suffix.lower() in _YAML:
            return refused(_("YAML is not read here; export it as JSON or CSV"))
        return _read_bytes(read_bounded(source), title or _title(source), sheet)
    except FileProblemError as error:
        return refused(error.problem)


def _title(path: Path) -> str:
    name = path.name.lower()
    stem = path.name[: -len(PACK_SUFFIX)] if name.endswith(PACK_SUFFIX) else path.stem
    words = " ".join(stem.encode("utf-8", "replace").decode().replace("_", " ").split())
    return words or _("Imported questions")


def _read_bytes(content: bytes, title: str, sheet: str) -> Imported:
    if len(content) > MOST_FILE_BYTES:
        limit = bytes_text(MOST_FILE_BYTES)
        return refused(_("it is larger than {limit}").format(limit=limit))
    if content.startswith(SIGNATURE):
        return _of_table(read_spreadsheet(content, sheet), title)
    if content.startswith(OLD_SIGNATURE):
        return refused(_("it is an old Excel file, or has a password; save it as XLSX or CSV"))
    if sheet:
        return refused(_("it has no sheets: only spreadsheet files (XLSX) do"))
    text = decoded(content)
    imported = _read_text(text.text, title)
    if not text.note:
        return imported
    notes = (Fault(problem=text.note), *imported.notes)
    return msgspec.structs.replace(imported, notes=notes)


def _of_table(table: Table, title: str) -> Imported:
    imported = import_table(table, title)
    return msgspec.structs.replace(imported, sheet=table.sheet, other_sheets=table.other_sheets)


def _read_text(text: str, title: str) -> Imported:
    text = text.removeprefix("\ufeff")
    problem = text_problem(text)
    if len(text) > MOST_FILE_BYTES:
        problem = _("it is larger than {limit}").format(limit=bytes_text(MOST_FILE_BYTES))
    if problem:
        return refused(problem)
    start = text.lstrip()[:1]
    if start == "{":
        return _read_object(text, title)
    if start == "[":
        reading = read_json(text)
        if isinstance(reading.value, list) and not reading.faults:
            return import_list(reading.value, title)
        return Imported(pack=None, faults=reading.faults)
    if is_aiken(text):
        return import_aiken(text, title)
    return import_table(read_table(text), title)


def _read_object(text: str, title: str) -> Imported:
    """Read one object, or several, each on a line of its own."""
    first_line = text.lstrip().split("\n", 1)[0].strip()
    is_lines = first_line.endswith("}") and not read_json(first_line).faults
    if is_lines and text.strip() != first_line:
        return import_lines(text, title)
    reading = read_json(text)
    content = reading.value
    if not isinstance(content, dict) and len(_OBJECT_LINES.findall(text)) > 1:
        return import_lines(text, title)
    if not isinstance(content, dict):
        return Imported(pack=None, faults=reading.faults)
    if "items" in content or "schema" in content:
        return _of_pack(read_pack_text(text))
    if reading.faults:
        return Imported(pack=None, faults=reading.faults)
    return import_tests(content, title) if "tests" in content else import_list([content], title)


def _of_pack(reading: PackReading) -> Imported:
    pack = None if reading.pack is None else with_chance(reading.pack)
    return Imported(pack=pack, faults=reading.faults, notes=reading.warnings)
