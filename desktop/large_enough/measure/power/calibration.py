"""Fits what this laptop draws for each busy core, from its own battery gauge.

With the charger unplugged, the power of the whole laptop is taken idle and with a few numbers of
busy cores, long enough for the gauge, and

    P_whole = P0 + c_1 * (busy cores of kind 1) + c_2 * (busy cores of kind 2) + ...

is fitted by least squares. Kinds are fast and economical cores; most laptops have one.
"""

import math
from collections.abc import Sequence

import msgspec

from large_enough.domain.calibration import Calibration
from large_enough.domain.energy import PowerConditions
from large_enough.domain.quantity import Unavailable

TOO_FEW_LOADS = Unavailable(reason="too few loads were tried")
LOADS_TOO_ALIKE = Unavailable(reason="the loads that were tried are too alike")
MAKES_NO_SENSE = Unavailable(reason="the power did not rise with the load")

_SINGULAR = 1e-9
"""Relative size of a pivot below which equations do not determine a solution."""


class LoadPoint(msgspec.Struct, frozen=True, kw_only=True):
    """One load that was kept up for a while."""

    busy_cores: tuple[float, ...]
    """For each kind of core, how many were busy on average; all 0 for idle."""
    power_w: float
    """Mean power of the whole laptop meanwhile."""


def fit_calibration(
    points: Sequence[LoadPoint], conditions: PowerConditions, date_utc: str
) -> Calibration | Unavailable:
    """Return the fit, or why the loads allow none.

    Args:
        points: Each with the same kinds of cores; idle, and at least two more than there are kinds.
        conditions: Under which all were measured.
        date_utc: ISO 8601, UTC.
    """
    rows = [(1.0, *point.busy_cores) for point in points]
    powers_w = [point.power_w for point in points]
    spare_count = len(rows) - len(rows[0]) if rows else 0
    if spare_count < 1:
        return TOO_FEW_LOADS
    solution = _least_squares(rows, powers_w)
    if solution is None:
        return LOADS_TOO_ALIKE
    idle_w, *watts_per_core = solution
    if idle_w <= 0 or min(watts_per_core) <= 0:
        return MAKES_NO_SENSE
    errors_w = [power_w - _dot(row, solution) for row, power_w in zip(rows, powers_w, strict=True)]
    return Calibration(
        idle_w=idle_w,
        watts_per_core=tuple(watts_per_core),
        residual_w=math.sqrt(_dot(errors_w, errors_w) / spare_count),
        mean_power_w=math.fsum(powers_w) / len(powers_w),
        load_count=len(points),
        conditions=conditions,
        date_utc=date_utc,
    )


def _least_squares(rows: Sequence[Sequence[float]], values: Sequence[float]) -> list[float] | None:
    """Solve the normal equations; None if they are singular."""
    columns = list(zip(*rows, strict=True))
    matrix = [[*(_dot(left, right) for right in columns), _dot(left, values)] for left in columns]
    return _solve(matrix)


def _solve(matrix: list[list[float]]) -> list[float] | None:
    """Gauss-Jordan elimination with partial pivoting; the last column is the right side."""
    size = len(matrix)
    largest = max(abs(value) for row in matrix for value in row[:size])
    for column in range(size):
        pivot = max(range(column, size), key=lambda index: abs(matrix[index][column]))
        matrix[column], matrix[pivot] = matrix[pivot], matrix[column]
        if abs(matrix[column][column]) <= _SINGULAR * largest:
            return None
        for index in range(size):
            if index != column:
                _subtract(matrix[index], matrix[column], column)
    return [row[size] / row[index] for index, row in enumerate(matrix)]


def _subtract(row: list[float], pivot_row: list[float], column: int) -> None:
    factor = row[column] / pivot_row[column]
    for index in range(column, len(row)):
        row[index] -= factor * pivot_row[index]


def _dot(left: Sequence[float], right: Sequence[float]) -> float:
    return math.fsum(a * b for a, b in zip(left, right, strict=True))
