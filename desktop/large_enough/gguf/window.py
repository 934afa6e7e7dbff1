"""Walks through a file from its start, checking every step against the file's size.

The file is read in pieces rather than mapped: a mapped file that shrinks (a download that starts
over, a stick that is pulled out) kills the process, a short read is only an error.
"""

import contextlib
import struct
from typing import Any, BinaryIO, NoReturn

LARGEST_HEADER_BYTES = 256 << 20
"""The largest known headers (vocabularies of 262,144 words) have about 20 MB."""

_PIECE_BYTES = 256 << 10  # fits the processor's cache; small files are read whole
_MOST_STRINGS = 4_000_000  # of all lists together; the largest vocabularies with merges have 0.8
_LONGEST_STRING_BYTES = 1 << 30  # GGUF_MAX_STRING_LENGTH
_LONGEST_KEPT_STRING_BYTES = 1 << 20  # chat templates have at most some 100 kB
_MOST_KEPT_STRING_BYTES = 16 << 20

_LENGTH = struct.Struct("<Q")


class MalformedError(Exception):
    """Something in the header makes no sense; the message says what."""


def refuse(problem: str) -> NoReturn:
    """Raise `MalformedError`."""
    raise MalformedError(problem)


class FileEndedError(Exception):
    """The file ends before its header says so."""

    def __init__(self, size_bytes: int, needed_bytes: int | None = None) -> None:
        super().__init__(f"the file has only {size_bytes} bytes")
        self.size_bytes = size_bytes
        self.needed_bytes = needed_bytes
        """Full size by the header; None if the header itself is cut off."""


class Window:
    """A piece of a file in memory, and the place reached in it."""

    def __init__(self, file: BinaryIO, size_bytes: int) -> None:
        self._file = file
        self._size_bytes = size_bytes
        self._piece = b""
        self._piece_start = 0
        self._offset = 0
        self._string_count = 0
        self._kept_string_bytes = 0

    @property
    def position(self) -> int:
        """Bytes from the start of the file to the next one that will be read."""
        return self._piece_start + self._offset

    def peek(self, count: int) -> bytes:
        """Return up to `count` bytes without moving on; fewer at the end of the file."""
        available = min(count, self._size_bytes - self.position)
        self._provide(available)
        return self._piece[self._offset : self._offset + available]

    def take(self, count: int) -> bytes:
        """Return the next `count` bytes.

        Raises:
            FileEndedError: There are fewer.
            MalformedError: The header would be larger than any real one.
        """
        self._provide(count)
        start = self._offset
        self._offset = start + count
        return self._piece[start : self._offset]

    def number(self, scalar_type: struct.Struct) -> bool | int | float:
        """Return the next number.

        Raises:
            FileEndedError: The file ends before or in it.
        """
        (value,) = self.numbers(scalar_type)
        result: bool | int | float = value
        return result

    def numbers(self, layout: struct.Struct) -> tuple[Any, ...]:
        """Return the next numbers, which lie without gaps.

        Raises:
            FileEndedError: The file ends before or in them.
        """
        self._provide(layout.size)
        values = layout.unpack_from(self._piece, self._offset)
        self._offset += layout.size
        return values

    def string(self) -> bytes:
        """Return the next text as it is stored.

        Raises:
            FileEndedError: The file ends before or in it.
            MalformedError: It is longer than the texts that are kept can be.
        """
        length = self._short_length()
        if length is None:
            refuse("a name is longer than a name can be")
        return self.take(length)

    def text_if_short(self) -> str | None:
        """Return the next text, what is invalid UTF-8 as U+FFFD; None if it is too long to keep.

        Raises:
            FileEndedError: The file ends before or in it.
        """
        length = self._short_length()
        if length is None:
            return None
        self._provide(length)
        start = self._offset
        self._offset = start + length
        return str(memoryview(self._piece)[start : self._offset], "utf-8", "replace")

    def _short_length(self) -> int | None:
        """Return the length of the next text; step over it and return None if it is too long."""
        length = int(self.number(_LENGTH))
        _check_length(length)
        room = _MOST_KEPT_STRING_BYTES - self._kept_string_bytes
        if length > min(room, _LONGEST_KEPT_STRING_BYTES):
            self.skip(length)
            return None
        self._kept_string_bytes += length
        return length

    def skip(self, count: int) -> None:
        """Step over `count` bytes.

        Raises:
            FileEndedError: There are fewer.
            MalformedError: The header would be larger than any real one.
        """
        self._check_end(self.position + count)
        self._offset += count
        if self._offset > len(self._piece):
            self._piece_start += self._offset
            self._piece = b""
            self._offset = 0

    def skip_strings(self, count: int) -> None:
        """Step over `count` texts, as fast as Python can: a vocabulary has a quarter million.

        Raises:
            FileEndedError: There are fewer.
            MalformedError: There are more than any model has.
        """
        self._string_count += count
        if self._string_count > _MOST_STRINGS:
            refuse(f"{self._string_count} texts are more than a vocabulary has")
        while count:
            self._provide(_LENGTH.size)
            count -= self._skip_strings_in_piece(count)

    def _skip_strings_in_piece(self, count: int) -> int:
        """Step over the texts that start in this piece, `count` at most; return how many."""
        numbers, offset = _numbers_by_alignment(self._piece), self._offset
        length, remaining = 0, 0
        with contextlib.suppress(IndexError):  # the next length lies beyond this piece
            for remaining in range(count, 0, -1):  # noqa: B007 - read after the loop
                length = numbers[offset & 7][offset >> 3]
                offset += 8 + length
            remaining = 0
        _check_length(length)  # an impossible one always ends the loop, so the last is enough
        self.skip(offset - self._offset)
        return count - remaining

    def _provide(self, count: int) -> None:
        """Make sure that the next `count` bytes are in the piece."""
        if self._offset + count <= len(self._piece):
            return
        position = self.position
        self._check_end(position + count)
        self._piece = b""  # never two pieces at once
        self._piece_start, self._offset = position, 0
        self._file.seek(position)
        self._piece = self._file.read(min(max(count, _PIECE_BYTES), self._size_bytes - position))
        if len(self._piece) < count:  # it shrank since its size was asked
            raise FileEndedError(position + len(self._piece))

    def _check_end(self, end: int) -> None:
        """Check that the file, and any real header, reach as far as `end`."""
        if end > self._size_bytes:
            _check_length(end - self.position)
            raise FileEndedError(self._size_bytes)
        if end > LARGEST_HEADER_BYTES:
            refuse("the header is larger than that of any model")


def _numbers_by_alignment(piece: bytes) -> list[memoryview]:
    """Return eight views of the piece as 64-bit numbers, each starting one byte after the last.

    The number at `offset` is `views[offset & 7][offset >> 3]`: half the time of unpacking it. The
    views read numbers as the processor does, as llama.cpp does; big-endian ones have files of
    their own, which are refused by their version.

    Args:
        piece: At least eight bytes.
    """
    view = memoryview(piece)
    whole = ((start, (len(piece) - start) // 8 * 8) for start in range(8))
    return [view[start : start + length].cast("Q") for start, length in whole]


def _check_length(length: int) -> None:
    if length > _LONGEST_STRING_BYTES:
        refuse(f"a value of {length} bytes is larger than any value")
