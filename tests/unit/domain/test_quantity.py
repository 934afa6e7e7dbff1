import pytest
from hypothesis import given
from hypothesis import strategies as st

from large_enough.domain.quantity import Unavailable, map_quantity, ratio, total

MISSING = Unavailable(reason="no instrument yet")
OTHER = Unavailable(reason="gone")


def test_ratio() -> None:
    assert ratio(3.0, 2.0) == 1.5


@pytest.mark.parametrize("denominator", [0.0, -1.0])
def test_ratio_over_nothing(denominator: float) -> None:
    assert ratio(3.0, denominator) == Unavailable(reason="too short to measure")


def test_ratio_keeps_the_first_reason() -> None:
    assert ratio(MISSING, OTHER) == MISSING
    assert ratio(1.0, OTHER) == OTHER


def test_total_refuses_unknown_parts() -> None:
    assert total([1.0, MISSING, OTHER]) == MISSING
    assert total([]) == 0.0


@given(st.lists(st.integers(min_value=-(10**6), max_value=10**6)))
def test_total(numbers: list[int]) -> None:
    assert total([float(number) for number in numbers]) == sum(numbers)


def test_map_quantity() -> None:
    assert map_quantity(2.0, lambda number: number * 10) == 20.0
    assert map_quantity(MISSING, lambda number: number * 10) == MISSING
