"""Reads the header of a GGUF file, trusting nothing in it.

A GGUF file is: magic, version, number of tensors, number of keys; the keys with their values; the
table of tensors; padding; the tensors' data. Everything up to the data is read through a window
(`gguf.window`), so that neither a hostile count nor a file that shrinks while it is read can cost
more than a few milliseconds and megabytes. The rules are those of llama.cpp's gguf.cpp: what it
refuses is refused here, by name.
"""

import dataclasses
import stat
import struct
from pathlib import Path
from typing import BinaryIO

from large_enough.domain.errors import FailureKind, ModelFileError
from large_enough.gguf.tensor_types import NEWEST_TENSOR_TYPE, TENSOR_TYPES
from large_enough.gguf.window import FileEndedError, MalformedError, Window, refuse

MAGIC = b"GGUF"
"""The first four bytes of every GGUF file."""
OLDEST_VERSION = 2
"""Version 1 had 32-bit lengths; llama.cpp no longer reads it."""
NEWEST_VERSION = 3
"""The newest version of the format that llama.cpp reads."""
DEFAULT_ALIGNMENT_BYTES = 32
"""Where the header does not set `general.alignment`."""

_MOST_KEYS = 65_536
_MOST_TENSORS = 131_072  # large mixtures of experts that keep every expert apart hold some 50,000
_MOST_DIMENSIONS = 4  # GGML_MAX_DIMS
_LONGEST_TENSOR_NAME_BYTES = 63  # GGML_MAX_NAME with its closing zero
_MOST_KEPT_ELEMENTS = 4096  # per-layer lists have at most 512; vocabularies start at about 1,000
_MOST_KEPT_IN_ALL = 1 << 18  # of all lists together: Python needs up to 32 bytes for each
_SHOWN_CHARACTERS = 80
_LARGEST_COUNT = (1 << 63) - 1  # counts and products of them are int64 in llama.cpp

_STRING, _ARRAY = 8, 9
_SCALARS = {
    0: struct.Struct("<B"),
    1: struct.Struct("<b"),
    2: struct.Struct("<H"),
    3: struct.Struct("<h"),
    4: struct.Struct("<I"),
    5: struct.Struct("<i"),
    6: struct.Struct("<f"),
    7: struct.Struct("<?"),
    10: struct.Struct("<Q"),
    11: struct.Struct("<q"),
    12: struct.Struct("<d"),
}
_U32, _U64 = _SCALARS[4], _SCALARS[10]
_TENSOR_FIELDS = tuple(struct.Struct(f"<{count}QIQ") for count in range(_MOST_DIMENSIONS + 1))
"""Lengths, number format and offset of a tensor, by its number of dimensions."""

_Scalar = bool | int | float
MetadataValue = _Scalar | str | tuple[_Scalar, ...]
"""A value of a key that is kept."""


@dataclasses.dataclass(frozen=True, slots=True)
class TensorInfo:
    """One line of the table of tensors."""

    name: str
    shape: tuple[int, ...]
    """Elements in each dimension, the row length first."""
    type_id: int
    """Key of `tensor_types.TENSOR_TYPES`."""
    offset_bytes: int
    """Where its data starts, counted from the start of the data section."""
    size_bytes: int
    """Bytes of its data."""

    @property
    def element_count(self) -> int:
        """Number of weights."""
        count = 1
        for length in self.shape:
            count *= length
        return count


@dataclasses.dataclass(frozen=True, slots=True)
class GgufHeader:
    """Everything a GGUF file says about itself, vocabularies left out."""

    version: int
    metadata: dict[str, MetadataValue]
    """Scalars, texts and short lists of numbers by key. Long lists and lists of texts (the
    vocabulary) are left out; their lengths are in `list_lengths`."""
    tensors: tuple[TensorInfo, ...]
    data_offset_bytes: int
    """Where the data section starts."""
    file_size_bytes: int
    list_lengths: dict[str, int] = dataclasses.field(default_factory=dict)
    """Number of elements of every list, kept or not."""

    def text(self, key: str) -> str | None:
        """Return the text stored under `key`; None if there is none or it is no text."""
        value = self.metadata.get(key)
        return value if isinstance(value, str) else None

    def integer(self, key: str) -> int | None:
        """Return the whole number stored under `key`; None if there is none."""
        value = self.metadata.get(key)
        return value if isinstance(value, int) and not isinstance(value, bool) else None

    def integers(self, key: str) -> tuple[int, ...] | None:
        """Return the list of whole numbers or truth values under `key`; None if there is none."""
        value = self.metadata.get(key)
        if isinstance(value, tuple) and all(isinstance(element, int) for element in value):
            return tuple(int(element) for element in value)
        return None


def read_header(path: Path) -> GgufHeader:
    """Read the header of one GGUF file and check it against the file's size.

    Args:
        path: The file; of a split model, any one part.

    Raises:
        ModelFileError: The file is missing, unreadable, no GGUF file, malformed or cut off.
    """
    try:
        size_bytes = _regular_file_size_bytes(path)
        with path.open("rb") as file:
            return _read(file, size_bytes)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise ModelFileError(FailureKind.FILE_MISSING, str(path)) from error
    except OSError as error:
        detail = error.strerror or str(error)
        raise ModelFileError(FailureKind.FILE_UNREADABLE, str(path), detail=detail) from error
    except ValueError as error:  # a path with a zero byte
        raise ModelFileError(FailureKind.FILE_MISSING, str(path)) from error
    except _NotGgufError as error:
        raise ModelFileError(FailureKind.NOT_GGUF, str(path), detail=str(error)) from error
    except MalformedError as error:
        raise ModelFileError(FailureKind.FILE_MALFORMED, str(path), detail=str(error)) from error
    except FileEndedError as error:
        raise _truncated(path, error) from error


class _NotGgufError(Exception):
    """The first bytes are not GGUF's."""

    def __init__(self, magic: bytes) -> None:
        super().__init__(f"the file starts with {magic!r}")


def _truncated(path: Path, error: FileEndedError) -> ModelFileError:
    facts = {"size_bytes": error.size_bytes}
    if error.needed_bytes is not None:
        facts["needed_bytes"] = error.needed_bytes
    return ModelFileError(FailureKind.FILE_TRUNCATED, str(path), detail=str(error), **facts)


def _regular_file_size_bytes(path: Path) -> int:
    """Return the size; pipes and devices are refused before opening one could block."""
    status = path.stat()
    if not stat.S_ISREG(status.st_mode):
        problem = "it is no regular file"
        raise OSError(problem)
    return status.st_size


def _read(file: BinaryIO, size_bytes: int) -> GgufHeader:
    window = Window(file, size_bytes)
    version = _read_version(window)
    tensor_count = _count(window, "tensors", _MOST_TENSORS)
    key_count = _count(window, "keys", _MOST_KEYS)
    metadata, list_lengths = _read_metadata(window, key_count)
    alignment_bytes = _alignment_bytes(metadata)
    tensors = _read_tensors(window, tensor_count)
    data_offset_bytes = _padded(window.position, alignment_bytes) if tensors else window.position
    _check_data(tensors, data_offset_bytes, alignment_bytes, size_bytes)
    return GgufHeader(
        version=version,
        metadata=metadata,
        tensors=tensors,
        data_offset_bytes=data_offset_bytes,
        file_size_bytes=size_bytes,
        list_lengths=list_lengths,
    )


def _read_version(window: Window) -> int:
    magic = window.peek(len(MAGIC))
    if magic != MAGIC:
        raise _NotGgufError(magic)
    window.take(len(MAGIC))
    version = int(window.number(_U32))
    if version & 0xFFFF == 0 and version != 0:
        refuse("the file is big-endian, made for another kind of processor")
    if not OLDEST_VERSION <= version <= NEWEST_VERSION:
        refuse(f"GGUF version {version} instead of 2 or 3")
    return version


def _count(window: Window, what: str, most: int) -> int:
    count = int(window.number(_U64))
    if count > most:
        refuse(f"{count} {what} are more than a model has")
    return count


def _read_metadata(
    window: Window, key_count: int
) -> tuple[dict[str, MetadataValue], dict[str, int]]:
    """Return the values that are kept, and the lengths of all lists."""
    metadata: dict[str, MetadataValue] = {}
    list_lengths: dict[str, int] = {}
    seen: set[bytes] = set()
    room = _MOST_KEPT_IN_ALL
    for _ in range(key_count):
        raw_key = window.string()
        key = _text(raw_key)
        if not raw_key or raw_key in seen:
            refuse(f"key {_shown(key)} is empty or there twice")
        seen.add(raw_key)
        type_id = int(window.number(_U32))
        value: MetadataValue | None
        if type_id == _ARRAY:
            list_lengths[key], value = _read_list(window, key, min(room, _MOST_KEPT_ELEMENTS))
            room -= len(value) if value else 0
        else:
            value = _read_value(window, key, type_id)
        if value is not None:
            metadata[key] = value
    return metadata, list_lengths


def _read_value(window: Window, key: str, type_id: int) -> MetadataValue | None:
    if type_id == _STRING:
        return window.text_if_short()
    return window.number(_scalar_type(key, type_id))


def _scalar_type(key: str, type_id: int) -> struct.Struct:
    scalar_type = _SCALARS.get(type_id)
    if scalar_type is None:
        refuse(f"key {_shown(key)} has the unknown type {type_id}")
    return scalar_type


def _read_list(window: Window, key: str, room: int) -> tuple[int, tuple[_Scalar, ...] | None]:
    """Return the length and, for a list of at most `room` numbers, its elements."""
    type_id = int(window.number(_U32))
    length = int(window.number(_U64))
    if type_id == _STRING:
        window.skip_strings(length)
        return length, None
    scalar_type = _scalar_type(key, type_id)  # a list in a list is refused here, as llama.cpp does
    if length > room:
        window.skip(length * scalar_type.size)
        return length, None
    data = window.take(length * scalar_type.size)
    return length, tuple(value for (value,) in scalar_type.iter_unpack(data))


def _alignment_bytes(metadata: dict[str, MetadataValue]) -> int:
    alignment = metadata.get("general.alignment", DEFAULT_ALIGNMENT_BYTES)
    is_power_of_two = (
        type(alignment) is int and 0 < alignment < 1 << 32 and alignment & (alignment - 1) == 0
    )
    if not is_power_of_two:
        refuse(f"the alignment {alignment!r} is not a power of two")
    return int(alignment)  # type: ignore[arg-type] # checked just above


def _read_tensors(window: Window, tensor_count: int) -> tuple[TensorInfo, ...]:
    tensors: dict[str, TensorInfo] = {}
    for _ in range(tensor_count):
        tensor = _read_tensor(window)
        if tensor.name in tensors:  # at once: what follows the table must not be taken for tensors
            refuse("two tensors have the same name")
        tensors[tensor.name] = tensor
    return tuple(tensors.values())


def _read_tensor(window: Window) -> TensorInfo:
    raw_name = window.string()
    name = _text(raw_name)
    if len(raw_name) > _LONGEST_TENSOR_NAME_BYTES:
        refuse(f"the tensor name {_shown(name)} is too long")
    dimension_count = int(window.number(_U32))
    if dimension_count > _MOST_DIMENSIONS:
        refuse(f"tensor {name!r} has {dimension_count} dimensions")
    *lengths, type_id, offset_bytes = window.numbers(_TENSOR_FIELDS[dimension_count])
    shape = tuple(lengths)
    return TensorInfo(name, shape, type_id, offset_bytes, _size_bytes(name, shape, type_id))


def _size_bytes(name: str, shape: tuple[int, ...], type_id: int) -> int:
    """Return the bytes of a tensor's data, by the rules of `gguf_init_from_reader`."""
    tensor_type = TENSOR_TYPES.get(type_id)
    if tensor_type is None:
        age = "newer than this program" if type_id > NEWEST_TENSOR_TYPE else "no longer in use"
        refuse(f"tensor {name!r} has the number format {type_id}, {age}")
    row_length = shape[0] if shape else 1
    if row_length % tensor_type.block_elements:
        refuse(f"tensor {name!r}: rows of {row_length} are no {tensor_type.name}")
    count = 1
    for length in shape:
        count *= length
        if max(length, count) > _LARGEST_COUNT:
            refuse(f"tensor {name!r} has an impossible shape")
    return count // tensor_type.block_elements * tensor_type.block_bytes


def _check_data(
    tensors: tuple[TensorInfo, ...], data_offset_bytes: int, alignment_bytes: int, size_bytes: int
) -> None:
    """Check that the tensors lie one after the other, and that the file holds all of them."""
    end_bytes = expected_bytes = 0
    for tensor in tensors:
        if tensor.offset_bytes != expected_bytes:
            refuse(
                f"tensor {tensor.name!r} starts at {tensor.offset_bytes}, not at {expected_bytes}"
            )
        end_bytes = tensor.offset_bytes + tensor.size_bytes
        expected_bytes = _padded(end_bytes, alignment_bytes)
    if end_bytes > _LARGEST_COUNT:
        refuse("the tensors are larger than any disk")
    if data_offset_bytes + end_bytes > size_bytes:
        raise FileEndedError(size_bytes, data_offset_bytes + end_bytes)


def _padded(size_bytes: int, alignment_bytes: int) -> int:
    return -(-size_bytes // alignment_bytes) * alignment_bytes


def _text(raw: bytes) -> str:
    """Return a text that may hold invalid UTF-8; what is invalid becomes U+FFFD."""
    return raw.decode("utf-8", errors="replace")


def _shown(name: str) -> str:
    """Return the beginning of a name, fit for a message."""
    return repr(name[:_SHOWN_CHARACTERS])
