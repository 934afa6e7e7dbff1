"""Chooses among the energy channels of Apple's chips.

Source: there is no documentation; names are those that people published of M1 to M5 chips
(macmon#17 and #76, all-smi#415 and #424, SiliconScope#35).

The group "Energy Model" has hundreds of channels: every core, cluster and cache, and some that
are totals. Only totals count. Names are compared whole: whoever looked for parts of names added
334 channels up to 106 W where 36 W were true (all-smi#412).
"""

import enum
import re
from collections.abc import Mapping, Sequence

import msgspec

from large_enough.domain.quantity import Quantity, Unavailable

INVALID_COUNT = -(1 << 63)
"""kIOReportInvalidIntValue of XNU's IOReportTypes.h: the driver has no value."""

_J_PER_UNIT: Mapping[str, float] = {
    "mJ": 1e-3,
    "uJ": 1e-6,
    "\N{MICRO SIGN}J": 1e-6,
    "\N{GREEK SMALL LETTER MU}J": 1e-6,
    "nJ": 1e-9,
}
_DIE = re.compile(r"DIE_?\d+[ _]")  # "DIE_0_" on Ultra chips, "DIE0 " since macOS 27


class Rail(enum.StrEnum):
    """A part of the chip that has totals."""

    CPU = "cpu"
    GPU = "gpu"
    NEURAL = "ane"
    MEMORY = "dram"


_TOTALS: Mapping[Rail, re.Pattern[str]] = {
    Rail.CPU: re.compile(r"CPU Energy"),
    Rail.GPU: re.compile(r"GPU Energy"),
    Rail.NEURAL: re.compile(r"ANE(?:\d+(?:_\d+)?)?"),
    Rail.MEMORY: re.compile(r"DRAM(?:\d+(?:_\d+)?)?"),
}


class EnergyChannel(msgspec.Struct, frozen=True, kw_only=True):
    """A channel at one moment."""

    name: str
    """As the driver names it."""
    unit: str
    """Label of the unit: "mJ", "uJ", "nJ"."""
    count: int
    """Units since some moment."""


def rail_of(name: str) -> Rail | None:
    """Return whose total a channel is (of the chip or of one of its dies); None if of nothing."""
    bare_name = _without_die(name)
    for rail, pattern in _TOTALS.items():
        if pattern.fullmatch(bare_name):
            return rail
    return None


def totals(channels: Sequence[EnergyChannel]) -> Mapping[Rail, tuple[EnergyChannel, ...]]:
    """Return by rail the channels that make its total together.

    Where there is a total of the whole chip, those of dies and numbered parts are left out.
    """
    by_rail: dict[Rail, list[EnergyChannel]] = {}
    for channel in channels:
        rail = rail_of(channel.name)
        if rail is not None:
            by_rail.setdefault(rail, []).append(channel)
    return {rail: _topmost(members) for rail, members in by_rail.items()}


def energy_j(channels: Sequence[EnergyChannel]) -> Quantity:
    """Add channels up, each in its own unit; one without a value makes the sum unknown."""
    names = {channel.name for channel in channels}
    if len(names) < len(channels):
        return Unavailable(reason="two channels of the chip have the same name")
    result_j = 0.0
    for channel in channels:
        j_per_unit = _J_PER_UNIT.get(channel.unit.strip())
        if j_per_unit is None:
            return Unavailable(reason=f"the chip counts in an unknown unit ({channel.unit})")
        if channel.count < 0:  # INVALID_COUNT; an energy since some moment is never negative
            return Unavailable(reason="the chip has no value")
        result_j += channel.count * j_per_unit
    return result_j


def resolution_j(channels: Sequence[EnergyChannel]) -> float:
    """Return the coarsest step of these channels, in joules."""
    return max((_J_PER_UNIT.get(channel.unit.strip(), 1e-3) for channel in channels), default=1e-3)


def _topmost(channels: Sequence[EnergyChannel]) -> tuple[EnergyChannel, ...]:
    lowest = min(_level(channel.name) for channel in channels)
    return tuple(channel for channel in channels if _level(channel.name) == lowest)


def _level(name: str) -> tuple[bool, int]:
    """Return how far below the whole chip a channel is: of a die, of a part, of a part's part."""
    bare_name = _without_die(name)
    return bare_name != name, len(re.findall(r"\d+", bare_name))


def _without_die(name: str) -> str:
    return _DIE.sub("", name, count=1) if _DIE.match(name) else name
