"""What energy costs, in money and in CO2, by figures that the user gives.

Nothing is assumed: without the user's own price or grid intensity there is no cost and no CO2.
"""

import msgspec

from large_enough.domain.quantity import Quantity, Unavailable

JOULES_PER_KWH = 3_600_000.0
"""1 kWh = 1,000 W times 3,600 s."""

NO_PRICE = Unavailable(reason="no price per kWh is set")
NO_INTENSITY = Unavailable(reason="no grid intensity is set")


class Costing(msgspec.Struct, frozen=True, kw_only=True):
    """The user's own figures; each one is off until it is set."""

    price_per_kwh: float | None = None
    """Money for a kWh, in `currency`; None for not set."""
    currency: str = ""
    """Name of the money, as it is to be shown: "EUR"."""
    price_source: str = ""
    """Where the price is from, in the user's words: "my contract, 2026"."""
    grid_g_per_kwh: float | None = None
    """Grams of CO2 (equivalent) for a kWh of the user's grid; None for not set."""
    grid_source: str = ""
    """Where that is from."""

    def over(self, usual: "Costing") -> "Costing":
        """Return these figures, with the usual ones where nothing is set."""
        priced, other = (self, usual) if self.price_per_kwh is not None else (usual, self)
        grid = self if self.grid_g_per_kwh is not None else usual
        return Costing(
            price_per_kwh=priced.price_per_kwh,
            currency=priced.currency or other.currency,
            price_source=priced.price_source,
            grid_g_per_kwh=grid.grid_g_per_kwh,
            grid_source=grid.grid_source,
        )

    def cost(self, energy_j: Quantity) -> Quantity:
        """Return the money for that many joules, or why it is not known."""
        if self.price_per_kwh is None:
            return NO_PRICE
        return _times(energy_j, self.price_per_kwh / JOULES_PER_KWH)

    def co2_g(self, energy_j: Quantity) -> Quantity:
        """Return the grams of CO2 for that many joules, or why they are not known."""
        if self.grid_g_per_kwh is None:
            return NO_INTENSITY
        return _times(energy_j, self.grid_g_per_kwh / JOULES_PER_KWH)


def _times(energy_j: Quantity, factor: float) -> Quantity:
    return energy_j if isinstance(energy_j, Unavailable) else energy_j * factor
