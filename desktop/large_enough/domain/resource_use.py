"""Memory, power and energy of an answer, with where each number comes from."""

import enum

import msgspec

from large_enough.domain.quantity import Count, Quantity, Unavailable

NO_INSTRUMENT = Unavailable(reason="no instrument yet")
"""Why power and energy are missing as long as no instrument is read."""


class MemorySample(msgspec.Struct, frozen=True, kw_only=True):
    """Memory of one worker (with its child processes) at one moment, read from outside."""

    t_ns: int
    """When it was read, on the monotonic clock."""
    resident_bytes: int
    """All pages in RAM (RSS)."""
    weights_bytes: Count
    """The file-backed part of them: the mapped weights, at most the file's size."""
    working_bytes: Count
    """The private part: KV cache, compute buffers, repacked weights, the process itself."""

    @property
    def needed_bytes(self) -> Count:
        """Weights in use and working memory: what the model needs of this machine now."""
        if isinstance(self.weights_bytes, Unavailable):
            return self.weights_bytes
        if isinstance(self.working_bytes, Unavailable):
            return self.working_bytes
        return self.weights_bytes + self.working_bytes


class MemoryUse(msgspec.Struct, frozen=True, kw_only=True):
    """Memory of one worker while it answered."""

    needed_bytes: Count
    """Weights in use and working memory at their highest: what the model needs here."""
    weights_bytes: Count
    """File-backed part at that moment."""
    working_bytes: Count
    """Private part at that moment."""
    peak_resident_bytes: Count
    """Highest resident set, as the operating system counts it."""
    method: str
    """The interface that was read, for example "/proc/PID/status"."""
    sample_count: int
    """Number of readings behind these numbers."""


class NumberQuality(enum.StrEnum):
    """How a number came about."""

    MEASURED = "measured"
    ATTRIBUTED = "attributed"
    ESTIMATED = "estimated"
    NOT_AVAILABLE = "not_available"


class EnergyUse(msgspec.Struct, frozen=True, kw_only=True):
    """Energy of one answer."""

    energy_j: Quantity = NO_INSTRUMENT
    """Joules from the request to the end of the answer."""
    mean_power_w: Quantity = NO_INSTRUMENT
    """Average watts over the same time."""
    quality: NumberQuality = NumberQuality.NOT_AVAILABLE
    scope: str | Unavailable = NO_INSTRUMENT
    """What the instrument covers: CPU package, GPU board, SoC, whole laptop."""


class ResourceUse(msgspec.Struct, frozen=True, kw_only=True):
    """What one answer took."""

    memory: MemoryUse
    energy: EnergyUse = EnergyUse()
    gpu_memory_bytes: Count = NO_INSTRUMENT
    """Highest memory on a graphics card."""
