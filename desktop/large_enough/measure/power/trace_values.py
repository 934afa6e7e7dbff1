"""Turns arguments and replies of a library into JSON and back.

Numbers, texts, lists and None stay as they are. The rest becomes an object with one key: `fields`
for structures, `map` for dictionaries, `bytes` and `hex` for bytes with and without readable text,
`handle` for pointers and whatever else only the library itself understands.
"""

import ctypes
from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePath
from types import SimpleNamespace
from typing import NamedTuple

from large_enough.measure.power.trace_scrub import REMOVED, Scrubber

Json = object
"""None, a number, a text, or lists and dictionaries of such."""

_CONTAINERS = (list, tuple, ctypes.Array)


class TraceHandle(NamedTuple):
    """Stands for a pointer when a trace is played."""

    name: str


class ValueCodec:
    """Remembers handles, so that the same one always has the same name."""

    def __init__(self, scrubber: Scrubber) -> None:
        self._scrubber = scrubber
        self._handles: dict[int, tuple[object, str]] = {}  # kept alive, so that ids stay theirs

    def name_handle(self, value: object, name: str) -> None:
        """Give a reply that cannot be written down the name of the call that made it."""
        if _is_opaque(value):
            self._handles[id(value)] = (value, name)

    def to_json(self, value: object) -> Json:
        """Write down a value, without what is private."""
        if value is None or isinstance(value, bool | int | float):
            return value
        if isinstance(value, str | PurePath):
            return self._scrubber.text(value if isinstance(value, str) else value.as_posix())
        if isinstance(value, bytes | bytearray):
            return self._bytes(bytes(value))
        if isinstance(value, TraceHandle):
            return {"handle": value.name}
        return self._composite(value)

    def _composite(self, value: object) -> Json:
        if isinstance(value, _CONTAINERS):
            return [self.to_json(item) for item in value]
        fields = _fields(value)
        if fields is not None:
            kind = "map" if isinstance(value, Mapping) else "fields"
            return {kind: {name: self._field(name, item) for name, item in fields.items()}}
        _, name = self._handles.get(id(value), (None, type(value).__name__))
        return {"handle": name}

    def _field(self, name: str, value: object) -> Json:
        return REMOVED if self._scrubber.is_private(name) else self.to_json(value)

    def _bytes(self, data: bytes) -> Json:
        text = data.decode("ascii", errors="replace")
        if text.isascii() and text.isprintable():
            return {"bytes": self._scrubber.text(text)}
        return {"hex": self._scrubber.blob(data).hex()}


def from_json(written: Json) -> object:
    """Return the value that was written down; structures have their fields as attributes."""
    if isinstance(written, list):
        return [from_json(item) for item in written]
    if not isinstance(written, dict):
        return written
    ((kind, content),) = written.items()
    if isinstance(content, dict):
        fields = {name: from_json(item) for name, item in content.items()}
        return fields if kind == "map" else SimpleNamespace(**fields)
    return _from_text(kind, str(content))


def _from_text(kind: object, text: str) -> object:
    if kind == "bytes":
        return text.encode("ascii", errors="replace")
    if kind == "hex":
        return bytes.fromhex(text)
    return TraceHandle(text)


def _fields(value: object) -> Mapping[str, object] | None:
    """Return the fields of a structure; None if it has none."""
    if isinstance(value, ctypes.Structure | ctypes.Union):
        return {name: getattr(value, name) for name in _field_names(type(value))}
    if isinstance(value, Mapping):
        return {str(name): item for name, item in value.items()}
    return getattr(value, "__dict__", None) or None


def _field_names(kind: type) -> Iterable[str]:
    fields: Sequence[tuple[str, object]] = getattr(kind, "_fields_", ())
    return [field[0] for field in fields]


def _is_opaque(value: object) -> bool:
    simple = (bool, int, float, str, bytes, bytearray, PurePath, *_CONTAINERS)
    return value is not None and not isinstance(value, simple) and _fields(value) is None
