"""Forecasts how fast a model will generate, from memory's speed and from what was reached before.

Generating reads all weights in use for each token, so memory's speed divided by what is read is a
bound, and models come near to it or not: see `GENERAL_LOW` and `GENERAL_HIGH`.
"""

from collections.abc import Sequence

from large_enough.comparison.speed_bounds import NO_WEIGHTS, NOT_ON_PROCESSOR
from large_enough.domain.expected_speed import ExpectedSpeed, SpeedBasis, SpeedRun
from large_enough.domain.quantity import Unavailable
from large_enough.domain.speed_bound import Bandwidth, TokenReads

GENERAL_LOW = 0.35
GENERAL_HIGH = 1.5
NEAR_LOW = 0.7
NEAR_HIGH = 1.3
SAME_LOW = 0.8
SAME_HIGH = 1.15

MIDDLE_TOKENS = 512
"""Prompt and answer so far, at the token that the forecast is for: a usual answer's middle."""
NOT_RUN_YET = Unavailable(reason="it has not run here yet")


def expected_speed(
    reads: TokenReads,
    bandwidth: Bandwidth | Unavailable,
    runs: Sequence[SpeedRun],
    *,
    model: str,
    gpu_layers: int = 0,
) -> ExpectedSpeed | Unavailable:
    """Return the range to expect, or why none can be given.

    Args:
        reads: What a token reads.
        bandwidth: Of this machine's memory, or why it is not known.
        runs: Of this machine with as many threads, the newest last.
        model: The file's fingerprint.
        gpu_layers: As it is to be loaded.
    """
    if reads.total_bytes <= 0:
        return NO_WEIGHTS
    alike = [run for run in runs if run.gpu_layers == gpu_layers]
    own = [run for run in alike if run.model == model]
    if own:
        return _from_own_runs(reads, own)
    if gpu_layers:
        return NOT_ON_PROCESSOR
    if isinstance(bandwidth, Unavailable):
        return bandwidth
    return _from_bandwidth(reads, bandwidth, alike)


def _from_own_runs(reads: TokenReads, own: Sequence[SpeedRun]) -> ExpectedSpeed:
    """Return what the model itself reached, at another context if need be."""
    reached = [run.bytes_per_s / reads.total_bytes for run in own]
    return ExpectedSpeed(
        low_tokens_per_s=min(reached) * SAME_LOW,
        high_tokens_per_s=max(reached) * SAME_HIGH,
        basis=SpeedBasis.THIS_MODEL,
        read_bytes=reads.total_bytes,
        run_count=len(own),
        last_tokens_per_s=own[-1].tokens_per_s,
    )


def _from_bandwidth(
    reads: TokenReads, bandwidth: Bandwidth, others: Sequence[SpeedRun]
) -> ExpectedSpeed:
    """Return the share of the bound that models reach here, or in general."""
    bound_tokens_per_s = bandwidth.bytes_per_s / reads.total_bytes
    shares = [run.bytes_per_s / bandwidth.bytes_per_s for run in others]
    low, high = (
        (min(shares) * NEAR_LOW, max(shares) * NEAR_HIGH) if shares else (GENERAL_LOW, GENERAL_HIGH)
    )
    return ExpectedSpeed(
        low_tokens_per_s=low * bound_tokens_per_s,
        high_tokens_per_s=high * bound_tokens_per_s,
        basis=SpeedBasis.THIS_MACHINE if shares else SpeedBasis.BANDWIDTH,
        read_bytes=reads.total_bytes,
        run_count=len(shares),
        last_tokens_per_s=NOT_RUN_YET,
        bandwidth_bytes_per_s=bandwidth.bytes_per_s,
    )
