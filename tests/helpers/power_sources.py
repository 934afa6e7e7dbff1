"""Power instruments and readings for tests."""

from collections.abc import Callable, Iterable

from tests.helpers.fake_clock import FakeClock

from large_enough.domain.energy import Energy, EnergyKind, EnergyTerms, IdlePower, PowerConditions
from large_enough.domain.power import PowerReading, ReadOutcome, Scope, SourceIdentity, SourceKind
from large_enough.domain.quantity import NumberQuality, Quantity, Unavailable
from large_enough.measure.windows import NS_PER_S, Series, Window

CONDITIONS = PowerConditions(machine="laptop", on_battery=False, power_plan="balanced")


def make_identity(
    key: str = "rapl:package-0",
    *,
    kind: SourceKind = SourceKind.COUNTER,
    scope: Scope = Scope.CPU_PACKAGE,
    gain: float = 0.05,
    resolution: float = 0.0,
    period_s: float = 0.1,
    averaging_s: float = 0.0,
    wrap_j: float | None = None,
    quality: NumberQuality = NumberQuality.MEASURED,
) -> SourceIdentity:
    """Return what an instrument says about itself."""
    return SourceIdentity(
        key=key,
        instrument=f"instrument {key}",
        scope=scope,
        kind=kind,
        gain_uncertainty=gain,
        resolution=resolution,
        nominal_period_s=period_s,
        averaging_s=averaging_s,
        wrap_j=wrap_j,
        quality=quality,
    )


def make_series(
    points: Iterable[tuple[float, float]],
    identity: SourceIdentity | None = None,
    period_s: Quantity = 0.1,
) -> Series:
    """Return a series from pairs of seconds and value."""
    return Series(
        identity=identity or make_identity(),
        readings=tuple(PowerReading(round(t_s * NS_PER_S), value) for t_s, value in points),
        update_period_s=period_s,
    )


def window_s(start_s: float, end_s: float) -> Window:
    """Return a window from seconds."""
    return Window(round(start_s * NS_PER_S), round(end_s * NS_PER_S))


def make_idle(
    power_w: float = 4.0,
    uncertainty_w: float = 0.5,
    *,
    key: str = "rapl:package-0",
    conditions: PowerConditions = CONDITIONS,
    is_disturbed: bool = False,
) -> IdlePower:
    """Return an idle power."""
    return IdlePower(
        source_key=key,
        power_w=power_w,
        uncertainty_w=uncertainty_w,
        block_s=1.0,
        block_count=10,
        conditions=conditions,
        is_disturbed=is_disturbed,
    )


def make_energy(
    energy_j: float = 100.0,
    *,
    key: str = "rapl:package-0",
    scope: Scope = Scope.CPU_PACKAGE,
    quality: NumberQuality = NumberQuality.MEASURED,
    kind: EnergyKind = EnergyKind.NET,
    conditions: PowerConditions = CONDITIONS,
    duration_s: float = 10.0,
    gain_j: float = 3.0,
    edge_j: float = 4.0,
) -> Energy:
    """Return an energy with a standard uncertainty of 5 J."""
    return Energy(
        energy_j=energy_j,
        terms=EnergyTerms(gain_j=gain_j, edge_j=edge_j, resolution_j=0.0),
        kind=kind,
        quality=quality,
        scopes=(scope,),
        duration_s=duration_s,
        conditions=conditions,
        source_keys=(key,),
        instruments=(f"instrument {key}",),
        is_vendor_model=False,
        reading_count=100,
        update_period_s=0.1,
        edge_step_w=10.0,
        idle_w=4.0,
    )


class FakeSource:
    """Shows what a function of the time says, as often as it is renewed."""

    def __init__(
        self,
        clock: FakeClock,
        value_at: Callable[[float], float],
        identity: SourceIdentity | None = None,
        *,
        period_s: float = 0.1,
        cost_s: float = 0.0,
    ) -> None:
        self.clock = clock
        self.value_at = value_at
        self.period_s = period_s
        self.cost_s = cost_s
        self.silence: str | None = None
        self.error: Exception | None = None
        self.read_count = 0
        self.close_count = 0
        self._identity = identity or make_identity(period_s=period_s)

    @property
    def identity(self) -> SourceIdentity:
        """What the instrument is."""
        return self._identity

    def read(self) -> ReadOutcome:
        """Return the value of the last update, or what it was told to do."""
        self.read_count += 1
        self.clock.advance(self.cost_s)
        if self.error is not None:
            raise self.error
        if self.silence is not None:
            return Unavailable(reason=self.silence)
        now_s = self.clock.monotonic_s()
        updated_s = now_s // self.period_s * self.period_s
        return PowerReading(self.clock.monotonic_ns(), self.value_at(updated_s))

    def close(self) -> None:
        """Count the calls."""
        self.close_count += 1
