"""Reads the small files in which other programs note something, trusting nothing in them."""

import itertools
import re
import stat
from collections.abc import Sequence
from pathlib import Path

import msgspec

from large_enough.domain.text import to_translate

LONGEST_NOTE_BYTES = 1 << 20
"""Larger files are no notes; manifests have a few kB."""

_YAML_LINE = re.compile(r"([A-Za-z_][A-Za-z0-9_]*):(?:[ \t]+(.*?))?[ \t]*")
_IN_DOUBLE_QUOTES = re.compile(r'"((?:[^"\\]|\\["\\])*)"[ \t]*(?:#.*)?')
_IN_SINGLE_QUOTES = re.compile(r"'((?:[^']|'')*)'[ \t]*(?:#.*)?")
_ESCAPED = re.compile(r'\\(["\\])')
_FOLDED = frozenset({">", ">-", ">+"})
_MOST_LINES = 1000
_LONGEST_LINE_CHARACTERS = 4096


class UnusableNoteError(Exception):
    """A note cannot be used; the message says why, as a reason that is recorded in English."""


def read_note(path: Path) -> bytes:
    """Return the content of a note.

    Raises:
        UnusableNoteError: It is not there, no regular file, cannot be read, or is too large.
    """
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # pipes and devices would block
            raise UnusableNoteError(to_translate("it is no regular file"))
        with path.open("rb") as file:
            content = file.read(LONGEST_NOTE_BYTES + 1)
    except FileNotFoundError as error:
        raise UnusableNoteError(to_translate("it is not there")) from error
    except (OSError, ValueError) as error:
        detail = getattr(error, "strerror", None) or str(error)
        problem = f"{to_translate('it cannot be read')}: {detail}"
        raise UnusableNoteError(problem) from error
    if len(content) > LONGEST_NOTE_BYTES:
        raise UnusableNoteError(to_translate("it is too large for a note"))
    return content


def text_in_json(path: Path, key: str) -> str:
    """Return the text under a key of a JSON file; empty if there is none, for whatever reason."""
    try:
        document = msgspec.json.decode(read_note(path), type=dict[str, msgspec.Raw])
        return msgspec.json.decode(document.get(key, b'""'), type=str)
    except (UnusableNoteError, msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return ""


def line_after(path: Path, start: str) -> str:
    """Return what follows `start` in the first line that begins with it; empty if none does."""
    try:
        lines = read_note(path).decode("utf-8", "replace").splitlines()
    except UnusableNoteError:
        return ""
    found = (line.removeprefix(start) for line in lines if line.startswith(start))
    return next(found, "").strip()


def simple_yaml(content: bytes) -> dict[str, str]:
    """Read the `key: value` lines of a YAML file that stand at its left margin.

    That is all of YAML that is needed, and far less than all there is: plain, quoted and folded
    texts are read; what is indented, lists and comments are stepped over; anchors, aliases, tags
    and escapes other than of quotes and backslashes are refused.

    Args:
        content: Of the file, UTF-8.

    Raises:
        UnusableNoteError: It is no text, too long, or uses what is not read here.
    """
    try:
        lines = content.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise UnusableNoteError(to_translate("it is no text")) from error
    if len(lines) > _MOST_LINES or any(len(line) > _LONGEST_LINE_CHARACTERS for line in lines):
        raise UnusableNoteError(to_translate("it is too large for a note"))
    values: dict[str, str] = {}
    for number, line in enumerate(lines, start=1):
        match = _YAML_LINE.fullmatch(line)
        if match is not None:
            value = match[2] or ""
            is_folded = value in _FOLDED
            values[match[1]] = _indented(lines[number:]) if is_folded else _yaml_text(value)
    return values


def _indented(lines: Sequence[str]) -> str:
    """Return the indented lines at the beginning as one."""
    indented = itertools.takewhile(lambda line: line.startswith((" ", "\t")), lines)
    return " ".join(line.strip() for line in indented)


def _yaml_text(value: str) -> str:
    """Return a value without its quotes; a list or a table counts as empty.

    Raises:
        UnusableNoteError: It is an anchor, an alias or a tag, or its quotes do not end.
    """
    if value.startswith(("[", "{", "#")):
        return ""
    if value.startswith('"') and (match := _IN_DOUBLE_QUOTES.fullmatch(value)):
        return _ESCAPED.sub(r"\1", match[1])
    if value.startswith("'") and (match := _IN_SINGLE_QUOTES.fullmatch(value)):
        return match[1].replace("''", "'")
    if value.startswith(("&", "*", "!", "|", ">", "%", "@", "`", '"', "'")):
        raise UnusableNoteError(to_translate("it uses a form of YAML that is not read here"))
    return value.partition(" #")[0].rstrip()
