"""Finds out which files hold the same model."""

import collections
import dataclasses
import os
from collections.abc import Callable, Hashable, Sequence

import msgspec

from large_enough.domain.found_model import FoundModel, Twin
from large_enough.domain.model_card import BackendKind


@dataclasses.dataclass(frozen=True, slots=True)
class Seen:
    """A model as it was met, with what tells whether two are the same."""

    model: FoundModel
    status: os.stat_result
    """Of its (first) file, links followed."""
    header_bytes: int
    """Where its weights begin."""

    @property
    def file(self) -> Hashable:
        """The file itself, by whatever path it was met; the path where inodes are not known."""
        if self.status.st_ino == 0:
            return self.model.card.path
        return self.status.st_dev, self.status.st_ino

    @property
    def size(self) -> Hashable:
        """What is the same for all copies, and known without reading."""
        return self.model.card.size_bytes, self.model.card.part_count


def with_twins(
    seen: Sequence[Seen], fingerprint_of: Callable[[Seen], str]
) -> tuple[FoundModel, ...]:
    """Return the models, each with the other places of the same model.

    Links are known by device and inode. Copies are known by size, then by fingerprint, which is
    only asked for where sizes are the same.

    Args:
        seen: In the order of preference: all but the first of the same model are repeats.
        fingerprint_of: Reads the fingerprint of a model; empty if it cannot be read.
    """
    groups: dict[Hashable, list[Seen]] = {}
    keys = _keys(seen, fingerprint_of)
    for one in seen:
        groups.setdefault(keys[one.file], []).append(one)
    return tuple(_with_others(one, groups[keys[one.file]]) for one in seen)


def _keys(seen: Sequence[Seen], fingerprint_of: Callable[[Seen], str]) -> dict[Hashable, Hashable]:
    """Return for each file what is the same for all its copies."""
    files = {one.file: one for one in seen}
    counts = collections.Counter(one.size for one in files.values())
    keys: dict[Hashable, Hashable] = {}
    for file, one in files.items():
        may_be_copy = counts[one.size] > 1 and one.model.card.backend is BackendKind.LLAMA
        content = fingerprint_of(one) if may_be_copy else ""
        keys[file] = (one.size, content) if content else file
    return keys


def _with_others(one: Seen, group: Sequence[Seen]) -> FoundModel:
    if len(group) == 1:
        return one.model
    twins = tuple(_twin(one, other) for other in group if other is not one)
    return msgspec.structs.replace(one.model, twins=twins, is_repeat=one is not group[0])


def _twin(one: Seen, other: Seen) -> Twin:
    return Twin(
        path=other.model.card.path,
        app=other.model.app,
        shown_name=other.model.shown_name,
        is_same_file=other.file == one.file,
    )
