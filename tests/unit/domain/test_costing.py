import pytest
from hypothesis import given
from hypothesis import strategies as st

from large_enough.domain.costing import NO_INTENSITY, NO_PRICE, Costing
from large_enough.domain.quantity import Unavailable

USUAL = Costing(
    price_per_kwh=0.30,
    currency="EUR",
    price_source="my contract",
    grid_g_per_kwh=380.0,
    grid_source="my utility",
)


def test_a_kilowatt_hour_costs_its_price() -> None:
    assert USUAL.cost(3_600_000.0) == pytest.approx(0.30)
    assert USUAL.co2_g(3_600_000.0) == pytest.approx(380.0)


def test_nothing_is_assumed() -> None:
    assert Costing().cost(1.0) == NO_PRICE
    assert Costing().co2_g(1.0) == NO_INTENSITY


def test_a_missing_energy_keeps_its_reason() -> None:
    missing = Unavailable(reason="window too short")
    assert USUAL.cost(missing) == missing
    assert USUAL.co2_g(missing) == missing


def test_a_price_of_0_is_a_price() -> None:
    """A balcony's own power costs nothing; that is not the same as not known."""
    free = Costing(price_per_kwh=0.0, grid_g_per_kwh=0.0)
    assert free.cost(5.0) == 0.0
    assert free.co2_g(5.0) == 0.0
    assert free.over(USUAL).cost(5.0) == 0.0


def test_what_is_given_comes_before_what_is_usual_with_its_source() -> None:
    given_price = Costing(price_per_kwh=1.0, currency="SEK", price_source="given")
    both = given_price.over(USUAL)
    assert (both.price_per_kwh, both.currency, both.price_source) == (1.0, "SEK", "given")
    assert (both.grid_g_per_kwh, both.grid_source) == (380.0, "my utility")


def test_a_price_without_money_is_in_the_usual_money() -> None:
    assert Costing(price_per_kwh=1.0).over(USUAL).currency == "EUR"


def test_a_money_without_a_price_does_not_rename_the_usual_price() -> None:
    assert Costing(currency="USD").over(USUAL).currency == "EUR"


def test_over_nothing_it_stays_the_same() -> None:
    assert USUAL.over(Costing()) == USUAL
    assert Costing().over(USUAL) == USUAL


@given(st.floats(0, 1e9), st.floats(0, 1e6))
def test_costs_are_never_negative_and_add_up(energy_j: float, price: float) -> None:
    costing = Costing(price_per_kwh=price)
    once, twice = costing.cost(energy_j), costing.cost(2 * energy_j)
    assert isinstance(once, float)
    assert once >= 0
    assert twice == pytest.approx(2 * once)
