"""Makes the price of energy and the intensity of the grid out of the user's settings.

Light enough for the window's start, unlike the workbench.
"""

from large_enough.domain.costing import Costing
from large_enough.resources.settings import Settings


def costing_of(settings: Settings) -> Costing:
    """Return the user's price of energy and intensity of the grid."""
    return Costing(
        price_per_kwh=settings.price_per_kwh,
        currency=settings.currency,
        price_source=settings.price_source,
        grid_g_per_kwh=settings.grid_g_per_kwh,
        grid_source=settings.grid_source,
    )
