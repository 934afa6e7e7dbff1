"""Lays out the questions that two models answered as columns: points, costs, sureness."""

from dataclasses import dataclass

import numpy as np

from large_enough.comparison.cascade_signals import Sureness, sureness
from large_enough.comparison.verdict_basis import Basis, PairedItem
from large_enough.domain.verdict import SignalKind
from large_enough.stats.routing import Flags, Integers, Numbers, dense_levels


@dataclass(frozen=True, kw_only=True)
class CascadeQuestions:
    """One entry for each question that both models answered and that is judged."""

    ids: tuple[str, ...]
    small: Numbers
    """Points of the small model, 0 to 1; with repeats their mean."""
    large: Numbers
    is_right: Flags
    """Whether the small model has full points each time."""
    units: Integers
    """Questions of one group have the same number, from 0."""
    columns: dict[SignalKind, tuple[Sureness, ...]]
    """How sure the small model was, by each signal."""

    @property
    def gains(self) -> Numbers:
        """Points of the large model less those of the small one."""
        gains: Numbers = self.large - self.small
        return gains

    @property
    def are_readable(self) -> Flags:
        """Whether an answer of the small model was found, each time."""
        return np.array([share == 1.0 for share in self.columns[SignalKind.FORMAT]], dtype=bool)

    def places_with(self, kind: SignalKind) -> list[int]:
        """Return the places of the readable questions that have a signal."""
        column, readable = self.columns[kind], self.are_readable
        return [
            place for place, value in enumerate(column) if value is not None and readable[place]
        ]

    def levels(self, kind: SignalKind) -> Integers:
        """Return how sure the small model was, from 0.

        What could not be read is the least sure, then what has no signal.
        """
        of_format, column = self.columns[SignalKind.FORMAT], self.columns[kind]
        return dense_levels(
            [
                (share or 0.0, float(value is not None), value or 0.0)
                for share, value in zip(of_format, column, strict=True)
            ]
        )


def cascade_questions(basis: Basis, small: str, large: str) -> CascadeQuestions:
    """Return the questions that two contenders answered, named by their letters."""
    items = basis.paired_items(small, large)
    pairs = basis.paired_cells(small, large)
    columns = [sureness(each.item, [one for one, _other in pairs[each.item.id]]) for each in items]
    return CascadeQuestions(
        ids=tuple(each.item.id for each in items),
        small=np.array([each.small for each in items], dtype=float),
        large=np.array([each.large for each in items], dtype=float),
        is_right=np.array([each.is_small_right for each in items], dtype=bool),
        units=_units(items),
        columns={kind: tuple(row[kind] for row in columns) for kind in SignalKind},
    )


def _units(items: tuple[PairedItem, ...]) -> Integers:
    """Number the groups; a question without one is a group of its own."""
    names = [(each.item.group, "" if each.item.group else each.item.id) for each in items]
    numbers = {name: number for number, name in enumerate(dict.fromkeys(names))}
    return np.array([numbers[name] for name in names], dtype=np.int64)
