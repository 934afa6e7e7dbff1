"""How fast a model can generate at most, because of what it has to read from memory."""

import msgspec

from large_enough.domain.quantity import Count, Quantity, Unavailable, ratio


class Bandwidth(msgspec.Struct, frozen=True, kw_only=True, tag="bandwidth"):
    """How fast this machine reads from its memory, with all cores that models compute on."""

    bytes_per_s: float
    """The best of several passes."""
    buffer_bytes: int
    """What was read in each pass: more than the processor's caches hold."""
    thread_count: int
    pass_count: int
    machine: str
    """Name of the machine it holds for."""
    measured_utc: str
    """ISO 8601, UTC."""


class TokenReads(msgspec.Struct, frozen=True, kw_only=True):
    """What generating one token reads from memory."""

    weights_bytes: int
    """Weights in use."""
    cache_bytes: Count
    """Keys and values of the tokens before it; unavailable where the file cannot be read any
    more."""
    is_upper_bound: bool
    """Whether it may be less: of all weights, some may not be read for each token."""
    has_experts: bool = False
    """Whether the model is a mixture of experts, of which each token uses a few."""

    @property
    def total_bytes(self) -> int:
        """All that is known to be read."""
        cache_bytes = 0 if isinstance(self.cache_bytes, Unavailable) else self.cache_bytes
        return self.weights_bytes + cache_bytes


class SpeedBound(msgspec.Struct, frozen=True, kw_only=True, tag="speed_bound"):
    """The bound of one answer."""

    reads: TokenReads
    bandwidth: Bandwidth | Unavailable

    @property
    def tokens_per_s(self) -> Quantity:
        """The most that memory allows."""
        if isinstance(self.bandwidth, Unavailable):
            return self.bandwidth
        return ratio(self.bandwidth.bytes_per_s, float(self.reads.total_bytes))
