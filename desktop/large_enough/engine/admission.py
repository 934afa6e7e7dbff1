"""Decides which models fit into memory before any of them is loaded."""

from collections.abc import Mapping
from dataclasses import dataclass

from large_enough.domain.errors import ErrorInfo, FailureKind
from large_enough.domain.model_card import MemoryEstimate

RESERVE_BYTES = 300_000_000
"""Left to the rest of the machine, so that it does not begin to swap."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Admission:
    """The outcome for one group of contenders."""

    fit_together: bool
    """Whether all that fit alone also fit at the same time."""
    refused: Mapping[str, ErrorInfo]
    """By letter: contenders that do not fit even alone, with the sum."""


def admit(
    needs: Mapping[str, MemoryEstimate], names: Mapping[str, str], available_bytes: int
) -> Admission:
    """Compare what contenders need with what the machine has.

    Args:
        needs: By letter, the estimate of each contender whose need is known.
        names: By letter, the model's name.
        available_bytes: Memory the machine can give without swapping, counting what workers that
            are going to be ended will give back.
    """
    usable_bytes = available_bytes - RESERVE_BYTES
    refused = {
        letter: _refusal(names[letter], need, available_bytes)
        for letter, need in needs.items()
        if need.needed_bytes > usable_bytes
    }
    sum_bytes = sum(need.needed_bytes for letter, need in needs.items() if letter not in refused)
    return Admission(fit_together=sum_bytes <= usable_bytes, refused=refused)


def _refusal(name: str, need: MemoryEstimate, available_bytes: int) -> ErrorInfo:
    return ErrorInfo(
        kind=FailureKind.DOES_NOT_FIT,
        subject=name,
        facts={
            "needed_bytes": need.needed_bytes + RESERVE_BYTES,
            "available_bytes": available_bytes,
            "weights_bytes": need.weights_bytes,
            "repacked_bytes": need.repacked_bytes,
            "kv_cache_bytes": need.kv_cache_bytes,
            "compute_bytes": need.compute_bytes,
            "process_bytes": need.process_bytes,
            "reserve_bytes": RESERVE_BYTES,
        },
    )
