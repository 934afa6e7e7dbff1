"""Memory, power and energy of an answer, with where each number comes from."""

import msgspec

from large_enough.domain.energy_use import EnergyUse
from large_enough.domain.quantity import Count, Unavailable

NOT_ON_A_CARD = Unavailable(reason="the model does not run on a graphics card")
"""Why there is no memory of a graphics card."""


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


class ResourceUse(msgspec.Struct, frozen=True, kw_only=True):
    """What one answer took."""

    memory: MemoryUse
    energy: EnergyUse = EnergyUse()
    gpu_memory_bytes: Count = NOT_ON_A_CARD
    """Memory of the worker on graphics cards at the end of the answer."""
