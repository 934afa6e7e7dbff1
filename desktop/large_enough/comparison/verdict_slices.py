"""Tells how right contenders were on questions of one kind, level by level."""

from collections.abc import Mapping, Sequence

from large_enough.comparison.verdict_basis import Basis
from large_enough.comparison.verdict_standings import accuracy
from large_enough.domain.pack import PackItem
from large_enough.domain.verdict import Slice


def levels_of(basis: Basis) -> tuple[Slice, ...]:
    """Return the questions by level, the easy ones first; those without a level are left out."""
    found: dict[int, list[PackItem]] = {}
    for item in basis.items:
        if item.level is not None:
            found.setdefault(item.level, []).append(item)
    return _slices(basis, {str(level): found[level] for level in sorted(found)})


def families_of(basis: Basis) -> tuple[Slice, ...]:
    """Return the questions by family, by name; those without a family are left out."""
    found: dict[str, list[PackItem]] = {}
    for item in basis.items:
        if item.family:
            found.setdefault(item.family, []).append(item)
    return _slices(basis, {name: found[name] for name in sorted(found)})


def _slices(basis: Basis, named: Mapping[str, Sequence[PackItem]]) -> tuple[Slice, ...]:
    return tuple(
        Slice(
            name=name,
            question_count=len(items),
            accuracies={letter: accuracy(basis, letter, items) for letter in basis.letters},
        )
        for name, items in named.items()
    )
