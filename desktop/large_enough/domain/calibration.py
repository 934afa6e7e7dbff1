"""What was fitted between busy cores and the power of this laptop."""

import msgspec

from large_enough.domain.energy import PowerConditions


class Calibration(msgspec.Struct, frozen=True, kw_only=True):
    """What was fitted, with when and under which conditions."""

    idle_w: float
    watts_per_core: tuple[float, ...]
    """For each kind of core."""
    residual_w: float
    """Standard deviation of what the fit leaves over."""
    mean_power_w: float
    """Of the loads that were tried."""
    load_count: int
    conditions: PowerConditions
    date_utc: str
    """ISO 8601, UTC."""

    @property
    def relative_residual(self) -> float:
        """What the fit leaves over, relative to the mean power."""
        return self.residual_w / self.mean_power_w
