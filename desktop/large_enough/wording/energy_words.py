"""Writes energies and powers so that it shows at a glance what kind of number each one is.

Measured numbers stand as they are, attributed ones behind "≈", estimated ones behind "~" with one
digit. Two significant digits are all that any instrument here allows.
"""

import math
from collections.abc import Sequence

from large_enough.domain.energy import Energy, EnergyFlag, EnergyKind
from large_enough.domain.power import Scope
from large_enough.domain.power_now import PowerNow
from large_enough.domain.quantity import NumberQuality, Unavailable
from large_enough.wording.numbers import NOT_AVAILABLE, decimal_text
from large_enough.wording.reasons import reason_text
from large_enough.wording.translate import _

_MARKS = {NumberQuality.ATTRIBUTED: "≈ ", NumberQuality.ESTIMATED: "~ "}
_DIGITS = {NumberQuality.ESTIMATED: 1}
_USUAL_DIGITS = 2
_HALF = 0.45
_NEXT_TO_NOTHING = 0.1  # of a number: an interval from there says that the number is a guess


def digits_text(value: float, digits: int = _USUAL_DIGITS) -> str:
    """Return a number with that many significant digits: 250, 12, 0.012."""
    if not math.isfinite(value):
        return NOT_AVAILABLE
    if value == 0:
        return "0"
    rounded = round(value, _decimals(value, digits))
    return decimal_text(rounded, max(0, _decimals(rounded, digits)))


def _decimals(value: float, digits: int) -> int:
    """Return the decimal places of a number with that many digits; 9.96 and 10 differ."""
    return digits - 1 - math.floor(math.log10(abs(value)))


def marked_text(value: float, quality: NumberQuality) -> str:
    """Return a number with the digits and the sign of its quality."""
    return _MARKS.get(quality, "") + digits_text(value, _DIGITS.get(quality, _USUAL_DIGITS))


def energy_text(energy: Energy) -> str:
    """Return an energy with its unit: "≈ 250 J"."""
    return _("{number} J").format(number=marked_text(energy.energy_j, energy.quality))


def interval_text(energy: Energy) -> str:
    """Return the interval of an energy: "230 to 270 J"; in words where it reaches down to 0."""
    is_guess = energy.terms.gain_j + energy.terms.attribution_j >= _HALF * energy.energy_j
    if is_guess and energy.low_j <= _NEXT_TO_NOTHING * energy.energy_j:
        return _("may be half as much or twice as much")
    return _("{low} to {high} J").format(
        low=digits_text(energy.low_j), high=digits_text(energy.high_j)
    )


def scope_text(scope: Scope) -> str:
    """Return what an instrument covers."""
    return {
        Scope.CPU_PACKAGE: _("processor chip"),
        Scope.MEMORY: _("memory chips"),
        Scope.GPU_BOARD: _("graphics card"),
        Scope.SOC: _("chip with processor and graphics"),
        Scope.GPU: _("graphics of the chip"),
        Scope.WHOLE_MACHINE: _("whole machine"),
        Scope.PROCESS_CPU: _("processor's share of one process"),
    }[scope]


def scopes_text(scopes: Sequence[Scope]) -> str:
    """Return what several instruments cover together."""
    return " + ".join(scope_text(scope) for scope in scopes)


def quality_text(quality: NumberQuality) -> str:
    """Return how a number came about, in a word."""
    return {
        NumberQuality.MEASURED: _("measured"),
        NumberQuality.ATTRIBUTED: _("attributed"),
        NumberQuality.ESTIMATED: _("estimated"),
        NumberQuality.NOT_AVAILABLE: _("not available"),
    }[quality]


def kind_text(kind: EnergyKind) -> str:
    """Return whether idle power is in a number."""
    return {
        EnergyKind.GROSS: _("idle power included"),
        EnergyKind.NET: _("above idle"),
    }[kind]


def flag_text(flag: EnergyFlag) -> str:
    """Return what to know about a number before it is believed."""
    return {
        EnergyFlag.ON_BATTERY: _("on battery"),
        EnergyFlag.THROTTLED: _("slowed down by heat or a power limit"),
        EnergyFlag.SWAPPING: _("the machine was moving memory to disk"),
        EnergyFlag.OTHER_LOAD: _("disturbed by other programs"),
        EnergyFlag.BACKGROUND_ACTIVITY: _("the idle power was not steady: other programs ran"),
        EnergyFlag.PAUSES_INCLUDED: _("several answers taken together"),
        EnergyFlag.SPLIT_EQUALLY: _("divided equally"),
    }[flag]


def basis_text(energy: Energy) -> str:
    """Return in short what kind of number it is: "measured, processor chip, above idle"."""
    return ", ".join(
        (quality_text(energy.quality), scopes_text(energy.scopes), kind_text(energy.kind))
    )


def energy_remarks(energy: Energy, *, with_interval: bool) -> tuple[str, ...]:
    """Return everything to know about an energy, or about a number made from it."""
    interval = (interval_text(energy),) if with_interval else ()
    model = (_("by the vendor's model"),) if energy.is_vendor_model else ()
    return (basis_text(energy), *interval, *model, *(flag_text(flag) for flag in energy.flags))


def instruments_text(energy: Energy) -> str:
    """Return the names of the instruments that were read."""
    return "; ".join(_(name) for name in dict.fromkeys(energy.instruments))


def power_text(power: PowerNow) -> str:
    """Return what is drawn at the moment, as a bare number; a dash if nobody tells."""
    if isinstance(power.power_w, Unavailable):
        return NOT_AVAILABLE
    return marked_text(power.power_w, power.quality)


def power_note(power: PowerNow) -> str:
    """Return what the power of the moment covers, or why it is not known."""
    if isinstance(power.power_w, Unavailable):
        return _("Not available: {reason}.").format(reason=reason_text(power.power_w.reason))
    instruments = "; ".join(map(_, power.instruments))
    return ", ".join((quality_text(power.quality), scopes_text(power.scopes), instruments))
