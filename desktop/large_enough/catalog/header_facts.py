"""Reads what the scan needs to know of a file: a model, an adapter, or why it is neither."""

import os
from pathlib import Path

import msgspec

from large_enough.domain.errors import ErrorInfo, FailureKind, ModelFileError
from large_enough.domain.found_model import AdapterCard, WhyAside
from large_enough.domain.model_card import ModelCard
from large_enough.gguf.adapter_card import adapter_card
from large_enough.gguf.card import card_of_files
from large_enough.gguf.split import ModelFiles, first_part_path, read_model


class FileState(msgspec.Struct, frozen=True, array_like=True):
    """A file as it was when it was read: if none of this changed, neither did its content."""

    size_bytes: int
    modified_ns: int
    inode: int

    @classmethod
    def of(cls, status: os.stat_result) -> "FileState":
        """Return the state that the operating system tells."""
        return cls(status.st_size, status.st_mtime_ns, status.st_ino)


class ModelFacts(msgspec.Struct, frozen=True, kw_only=True, tag="model"):
    """The file is a model, or the first part of one."""

    card: ModelCard
    header_bytes: int
    """Where its weights begin."""
    later_parts: dict[str, FileState] = {}
    """The other parts of a split model, by their names in the same folder."""


class AdapterFacts(msgspec.Struct, frozen=True, kw_only=True, tag="adapter"):
    """The file is an adapter."""

    card: AdapterCard
    error: ErrorInfo
    """Why it is not offered as a model."""


class Refusal(msgspec.Struct, frozen=True, kw_only=True, tag="refusal"):
    """The file is not offered."""

    error: ErrorInfo
    is_lasting: bool
    """Whether this will stay so as long as the file itself does not change."""


HeaderFacts = ModelFacts | AdapterFacts | Refusal
"""Everything that can be said about a file."""

_LASTING = frozenset(
    {
        FailureKind.NOT_GGUF,
        FailureKind.FILE_MALFORMED,
        FailureKind.FILE_TRUNCATED,
        FailureKind.NOT_FIRST_SPLIT,
        FailureKind.NOT_A_LANGUAGE_MODEL,
    }
)
_WHY_BY_VALUE = {why.value: why for why in WhyAside}
_WHY = {
    FailureKind.SPLIT_PART_MISSING: WhyAside.PART_MISSING,
    FailureKind.NOT_FIRST_SPLIT: WhyAside.LATER_PART,
    FailureKind.FILE_MISSING: WhyAside.MISSING,
    FailureKind.FILE_UNREADABLE: WhyAside.UNREADABLE,
}


def why_aside(error: ErrorInfo) -> WhyAside:
    """Return in one word why a file is not offered."""
    if error.kind is FailureKind.NOT_A_LANGUAGE_MODEL:
        return _WHY_BY_VALUE.get(str(error.facts.get("why")), WhyAside.OTHER_KIND)
    return _WHY.get(error.kind, WhyAside.DAMAGED)


def read_facts(path: Path) -> HeaderFacts:
    """Read the header of a file, and of all parts if it is split; never raises.

    Args:
        path: The file, or the first part.
    """
    try:
        files = read_model(path)
    except ModelFileError as error:
        return _refusal(path, error.info)
    try:
        return _model_facts(files)
    except ModelFileError as error:
        if why_aside(error.info) is WhyAside.ADAPTER:
            return AdapterFacts(card=adapter_card(files.header, path), error=error.info)
        return _refusal(path, error.info)
    except OSError as error:  # a part went away since it was read
        detail = error.strerror or str(error)
        failure = ModelFileError(FailureKind.FILE_UNREADABLE, str(path), detail=detail)
        return _refusal(path, failure.info)


def _model_facts(files: ModelFiles) -> ModelFacts:
    """Make the facts of a model.

    Raises:
        ModelFileError: It is no model that can answer.
        OSError: A part went away.
    """
    return ModelFacts(
        card=card_of_files(files),
        header_bytes=files.header.data_offset_bytes,
        later_parts={part.name: FileState.of(part.stat()) for part in files.paths[1:]},
    )


def _refusal(path: Path, error: ErrorInfo) -> Refusal:
    """Return a refusal; of a split model none is lasting, because other files have their share."""
    is_lasting = error.kind in _LASTING and first_part_path(path) is None
    return Refusal(error=error, is_lasting=is_lasting)
