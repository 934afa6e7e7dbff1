"""Learns from finished rounds how fast models are on this machine."""

from collections.abc import Callable
from pathlib import Path

from large_enough.catalog.fingerprint import file_fingerprint
from large_enough.comparison.speed_bounds import speed_bound
from large_enough.domain.energy import EnergyFlag
from large_enough.domain.errors import ModelFileError
from large_enough.domain.expected_speed import SpeedRun
from large_enough.domain.quantity import Unavailable
from large_enough.domain.round import Contender, Done, RoundRecord
from large_enough.domain.speed_bound import SpeedBound

FEWEST_TOKENS = 16
"""Shorter answers say little about speed (our choice)."""

_DISTURBED = frozenset({EnergyFlag.SWAPPING, EnergyFlag.THROTTLED, EnergyFlag.OTHER_LOAD})
_NOT_NEEDED = Unavailable(reason="it was not needed")


def speed_runs_of(
    record: RoundRecord,
    machine: str,
    utc: str,
    *,
    fingerprint_of: Callable[[Path], str] = file_fingerprint,
) -> tuple[SpeedRun, ...]:
    """Return what a round says about speeds: of answers that nothing disturbed.

    Args:
        record: The round, which was run on this machine.
        machine: Its name.
        utc: When, ISO 8601.
        fingerprint_of: Tells a file's fingerprint; replaced in tests.
    """
    pairs = ((each, record.result_of(each.letter)) for each in record.plan.contenders)
    runs = (
        _run(contender, result, machine, utc, fingerprint_of)
        for contender, result in pairs
        if isinstance(result, Done) and _is_undisturbed(result)
    )
    return tuple(run for run in runs if run is not None)


def _is_undisturbed(done: Done) -> bool:
    is_long = done.answer.timing.generated_token_count >= FEWEST_TOKENS
    return is_long and not done.context.is_contended and not _DISTURBED & set(done.flags)


def _run(
    contender: Contender,
    done: Done,
    machine: str,
    utc: str,
    fingerprint_of: Callable[[Path], str],
) -> SpeedRun | None:
    reached = done.answer.timing.generation_tokens_per_s
    bound = speed_bound(contender, done, _NOT_NEEDED)
    if not isinstance(bound, SpeedBound) or isinstance(reached, Unavailable):
        return None
    try:
        model = fingerprint_of(Path(contender.card.path))
    except ModelFileError:
        return None
    return SpeedRun(
        machine=machine,
        model=model,
        name=contender.card.name,
        gpu_layers=contender.load.gpu_layers,
        thread_count=done.context.placement.thread_count,
        tokens_per_s=reached,
        read_bytes=bound.reads.total_bytes,
        utc=utc,
    )
