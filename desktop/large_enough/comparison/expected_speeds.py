"""Forecasts how fast a model will generate, from memory's speed and from what was reached before.

Generating reads all weights in use for each token, so memory's speed divided by what is read is a
bound, and models come near to it or not: see `GENERAL_LOW` and `GENERAL_HIGH`.
"""

from collections.abc import Sequence

from large_enough.comparison.speed_bounds import NO_WEIGHTS, NOT_ON_PROCESSOR
from large_enough.domain.expected_speed import ExpectedSpeed, SpeedBasis, SpeedRun
from large_enough.domain.quantity import Unavailable
from large_enough.domain.speed_bound import Bandwidth, TokenReads

GENERAL_LOW, GENERAL_HIGH = 0.3, 1.5
"""Shares of the bound that models reach. Measured with models that read 0.1, 0.4 and 1.0 GB for
each token, on two cores of a Xeon server: at rest 0.65, 0.90 and 1.38 (144, 48.7 and 30.2 tokens
per second; its memory was read at 21.6 GB/s at best, on a busier day), on one core shared with
other programs 0.38, 0.37 and 0.35 (`tests.bench.fit_forecast`). Small models lose time between
their many small steps, and a last cache as large as that server's (300 MB) lifts large ones above
the bound. Rounded outwards."""
NEAR_LOW, NEAR_HIGH = 0.65, 1.6
"""Around what other models reached on the same machine: each of the three above lies within this
of the two others."""
SAME_LOW, SAME_HIGH = 0.8, 1.15
"""Around what the model itself reached: undisturbed runs of one model within an hour differed by
up to 16 % (120 to 143 tokens per second)."""

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
