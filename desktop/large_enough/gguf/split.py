"""Puts the parts of a model that is split over several files together.

Parts are called PREFIX-00001-of-00003.gguf and lie in one folder (llama.cpp's llama_split_path);
the first holds the metadata, each holds a part of the tensors.
"""

import dataclasses
import re
from pathlib import Path

from large_enough.domain.errors import FailureKind, ModelFileError
from large_enough.gguf.header import GgufHeader, read_header

_PART_NAME = re.compile(r"(?P<prefix>.+)-(?P<number>\d{5})-of-(?P<count>\d{5})\.gguf", re.DOTALL)
_MOST_PARTS = 1024


@dataclasses.dataclass(frozen=True, slots=True)
class ModelFiles:
    """A whole model, however many files it is split over."""

    paths: tuple[Path, ...]
    """All parts, the one to load first."""
    header: GgufHeader
    """Metadata of the first part, tensors and size of all parts together."""


def read_model(path: Path) -> ModelFiles:
    """Read the header of a model, and those of its other parts if it is split.

    Args:
        path: The file, or the first part.

    Raises:
        ModelFileError: As `read_header`; also for a missing part, or if this is a later part.
    """
    first = read_header(path)
    part_count = first.integer("split.count") or 1
    if part_count == 1:
        return ModelFiles((path,), first)
    paths = _part_paths(path, first, part_count)
    headers = [first, *(_read_part(part, part_count) for part in paths[1:])]
    _check_tensor_count(path, headers)
    tensors = tuple(tensor for header in headers for tensor in header.tensors)
    size_bytes = sum(header.file_size_bytes for header in headers)
    whole = dataclasses.replace(first, tensors=tensors, file_size_bytes=size_bytes)
    return ModelFiles(paths, whole)


def first_part_path(path: Path) -> Path | None:
    """Return where the first part lies if the name is that of a part, else None."""
    match = _PART_NAME.fullmatch(path.name)
    if match is None:
        return None
    return path.with_name(f"{match['prefix']}-00001-of-{match['count']}.gguf")


def part_paths(path: Path, part_count: int) -> tuple[Path, ...]:
    """Return where the files of a model lie, the one to load first.

    Args:
        path: Of the first file.
        part_count: Number of files, as its card has it.
    """
    match = _PART_NAME.fullmatch(path.name)
    if match is None or part_count < 2:
        return (path,)
    names = (
        f"{match['prefix']}-{n:05d}-of-{match['count']}.gguf" for n in range(1, part_count + 1)
    )
    return tuple(path.with_name(name) for name in names)


def _part_paths(path: Path, header: GgufHeader, part_count: int) -> tuple[Path, ...]:
    if not 1 <= part_count <= _MOST_PARTS:
        detail = f"it claims to be one of {part_count} parts"
        raise ModelFileError(FailureKind.FILE_MALFORMED, str(path), detail=detail)
    first = first_part_path(path)
    if header.integer("split.no"):
        facts = {"first": first.name} if first else {}
        raise ModelFileError(FailureKind.NOT_FIRST_SPLIT, str(path), **facts)
    match = _PART_NAME.fullmatch(path.name)
    if match is None or int(match["number"]) != 1 or int(match["count"]) != part_count:
        detail = f"parts are found by names such as model-00001-of-{part_count:05d}.gguf"
        raise ModelFileError(FailureKind.SPLIT_PART_MISSING, str(path), detail=detail)
    paths = part_paths(path, part_count)
    missing = next((part for part in paths if not part.is_file()), None)
    if missing is not None:
        raise ModelFileError(FailureKind.SPLIT_PART_MISSING, str(path), part=missing.name)
    return paths


def _read_part(path: Path, part_count: int) -> GgufHeader:
    header = read_header(path)
    if header.integer("split.count") != part_count or not header.integer("split.no"):
        detail = f"it is not one of {part_count} parts of a model, although its name says so"
        raise ModelFileError(FailureKind.FILE_MALFORMED, str(path), detail=detail)
    return header


def _check_tensor_count(path: Path, headers: list[GgufHeader]) -> None:
    expected = headers[0].integer("split.tensors.count")
    found = sum(len(header.tensors) for header in headers)
    if expected is not None and expected != found:
        detail = f"the parts hold {found} tensors instead of {expected}"
        raise ModelFileError(FailureKind.FILE_MALFORMED, str(path), detail=detail)
