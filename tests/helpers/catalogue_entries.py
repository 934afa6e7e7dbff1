"""Makes entries of a catalogue."""

import hashlib
from typing import Any, Literal

from large_enough.catalog.catalogue import CatalogueEntry
from large_enough.catalog.published import PublishedFile, published_file
from large_enough.catalog.sources import HuggingFaceSource, Source, WheelPart, WheelsSource

HUB = HuggingFaceSource(repository="someone/tiny", file="tiny.gguf")
"""A source that is first in most entries."""


def tiny_entry(
    content: bytes = b"",
    *,
    sources: tuple[Source, ...] = (HUB,),
    size_bytes: int | None = None,
    identifier: str = "tiny",
    size_class: Literal["small", "large"] = "small",
) -> CatalogueEntry:
    """Return the entry of a file with that content."""
    return CatalogueEntry(
        id=identifier,
        name=f"{identifier.capitalize()} Catalogue",
        family="Tiny",
        domain="general",
        file_name=f"{identifier}.gguf",
        sha256=hashlib.sha256(content).hexdigest(),
        size_bytes=len(content) if size_bytes is None else size_bytes,
        architecture="llama",
        parameter_count=1000,
        quantisation="F32",
        context_length_tokens=512,
        licence="MIT",
        publisher_url="https://example.org/tiny",
        size_class=size_class,
        sources=sources,
    )


def tiny_file(content: bytes = b"", **more: Any) -> PublishedFile:
    """Return the file of such an entry."""
    file = published_file(tiny_entry(content, **more))
    assert file is not None
    return file


def wheels_source(content: bytes, count: int) -> WheelsSource:
    """Return a source of `count` wheels that make up the content."""
    part_bytes = -(-len(content) // count)
    parts = [
        WheelPart(
            package=f"tiny-part{number + 1}",
            version="1.0",
            member=f"tiny_part{number + 1}/data.bin",
            start_bytes=start,
            size_bytes=len(content[start : start + part_bytes]),
        )
        for number, start in enumerate(range(0, len(content), part_bytes))
    ]
    return WheelsSource(parts=tuple(parts))
