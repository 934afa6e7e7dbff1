"""Finds out how a text file is written, as spreadsheets and editors write them."""

import codecs

import msgspec

from large_enough.packs.file_bytes import FileProblemError
from large_enough.wording.numbers import count_text
from large_enough.wording.translate import _

_MARKS = (
    # UTF-32 first: its little-endian mark starts with the one of UTF-16.
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (codecs.BOM_UTF8, "utf-8-sig"),
)
_WINDOWS = "cp1252"
_SAMPLE_BYTES = 4_000
_MARKLESS_SHARE = 0.3  # of zero bytes at odd or even places; Latin text in UTF-16 has nearly half


class Decoded(msgspec.Struct, frozen=True, kw_only=True):
    """A file's text."""

    text: str
    note: str = ""
    """What was assumed about how it is written; empty if there was no doubt."""


def decoded(content: bytes) -> Decoded:
    """Return the text of a file.

    Args:
        content: UTF-8 or UTF-16 with or without a mark, or Windows-1252.

    Raises:
        FileProblemError: It is none of these, so probably no text.
    """
    encoding = _marked(content) or _markless(content)
    if encoding:
        return Decoded(text=_strictly(content, encoding))
    if b"\0" in content:
        raise FileProblemError(_("it holds zero bytes, so it is no text"))
    try:
        return Decoded(text=content.decode("utf-8"))
    except UnicodeDecodeError:
        note = _("it is not UTF-8 and was read as Windows-1252; look at ä, é, € and the like")
        return Decoded(text=_strictly(content, _WINDOWS), note=note)


def _marked(content: bytes) -> str:
    return next((encoding for mark, encoding in _MARKS if content.startswith(mark)), "")


def _markless(content: bytes) -> str:
    """Return which UTF-16 it is, by the zero bytes beside Latin letters; empty if it is none."""
    sample = content[:_SAMPLE_BYTES]
    half = max(1, len(sample) // 2)
    if len(sample) % 2 == 0 and sample[1::2].count(0) > _MARKLESS_SHARE * half > sample[::2].count(
        0
    ):
        return "utf-16-le"
    if len(sample) % 2 == 0 and sample[::2].count(0) > _MARKLESS_SHARE * half > sample[1::2].count(
        0
    ):
        return "utf-16-be"
    return ""


def _strictly(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        place = count_text(error.start)
        raise FileProblemError(
            _("it is no text that can be read (at byte {place})").format(place=place)
        ) from error
