"""Says in plain words why a model on the processor was as fast as it was, and no faster."""

from large_enough.domain.energy import EnergyFlag
from large_enough.domain.quantity import Quantity, Unavailable
from large_enough.domain.round import Done
from large_enough.domain.speed_bound import SpeedBound
from large_enough.wording.numbers import (
    GIGABYTE_BYTES,
    bytes_text,
    number_text,
    seconds_text,
    share_text,
)
from large_enough.wording.reasons import reason_text
from large_enough.wording.translate import _

NEAR_SHARE = 0.6
"""Of the bound, from which on memory is what limits the speed (our choice)."""
ABOVE_SHARE = 1.05
"""Of the bound, from which on it is clearly exceeded: two measurements differ by less."""


def why_speed(done: Done, bound: SpeedBound | Unavailable) -> str:
    """Return the explanation in one to four short sentences.

    Args:
        done: The answer.
        bound: What memory allows, or why that is not known.

    Returns:
        For example "Each token reads about 0.49 GB; this machine reads 11.0 GB/s from memory, so
        about 22.4 tokens a second is the most it can do; it reached 19.0."
    """
    if isinstance(bound, Unavailable):
        return _("What limits its speed is not known: {reason}.").format(
            reason=reason_text(bound.reason)
        )
    reached = done.answer.timing.generation_tokens_per_s
    sentences = (_bound_sentence(bound, reached), _reason(done, bound, reached), _prompt_part(done))
    return " ".join(sentence for sentence in (*sentences, _experts(bound)) if sentence)


def _bound_sentence(bound: SpeedBound, reached: Quantity) -> str:
    amount = bytes_text(bound.reads.total_bytes)
    reads = (
        _("Each token reads at most {amount}")
        if bound.reads.is_upper_bound
        else _("Each token reads about {amount}")
    ).format(amount=amount)
    most = bound.tokens_per_s
    if isinstance(bound.bandwidth, Unavailable) or isinstance(most, Unavailable):
        return _not_known(reads, most)
    return _(
        "{reads}; this machine reads {speed} GB/s from memory, so about {most} tokens a second is "
        "the most it can do; {reached}."
    ).format(
        reads=reads,
        speed=number_text(bound.bandwidth.bytes_per_s / GIGABYTE_BYTES),
        most=number_text(most),
        reached=_reached_part(reached),
    )


def _not_known(reads: str, most: Quantity) -> str:
    reason = most.reason if isinstance(most, Unavailable) else ""
    return _("{reads}; how fast this machine reads from memory is not known: {reason}.").format(
        reads=reads, reason=reason_text(reason)
    )


def _reached_part(reached: Quantity) -> str:
    if isinstance(reached, Unavailable):
        return _("what it reached is not known ({reason})").format(
            reason=reason_text(reached.reason)
        )
    return _("it reached {speed}").format(speed=number_text(reached))


def _reason(done: Done, bound: SpeedBound, reached: Quantity) -> str:
    """Return what the distance between the bound and the speed comes from."""
    most = bound.tokens_per_s
    if isinstance(most, Unavailable) or isinstance(reached, Unavailable):
        return ""
    share = reached / most
    if share > ABOVE_SHARE:
        return _above(bound)
    if share >= NEAR_SHARE:
        return _("So memory sets the pace: a model that reads less is faster.")
    return _below(done, share)


def _above(bound: SpeedBound) -> str:
    if bound.reads.is_upper_bound:
        return _("That is more: not all of the model is read for each token.")
    return _(
        "That is more: a part of the model stays in the processor's cache, or the machine was "
        "busier when its memory was measured."
    )


def _below(done: Done, share: float) -> str:
    flags = done.flags
    if done.context.is_contended:
        return _("Other models read from memory at the same time.")
    if EnergyFlag.SWAPPING in flags:
        return _("Memory was short, and the machine was moving some of it to disk.")
    if EnergyFlag.THROTTLED in flags:
        return _("Heat or a power limit slowed the machine down.")
    if EnergyFlag.OTHER_LOAD in flags:
        return _("Other programs were using the processor.")
    return _(
        "That is {share} of it, so computing takes longer than reading: more or faster cores would "
        "help, faster memory would not."
    ).format(share=share_text(share))


def _prompt_part(done: Done) -> str:
    """Return a word on the prompt if reading it took most of the time."""
    timing = done.answer.timing
    if isinstance(timing.prompt_s, Unavailable) or timing.prompt_s * 2 <= timing.total_s:
        return ""
    return _(
        "Most of the time, {prompt} of {total}, went into reading the prompt, which depends on "
        "computing and not on memory."
    ).format(prompt=seconds_text(timing.prompt_s), total=seconds_text(timing.total_s))


def _experts(bound: SpeedBound) -> str:
    if not bound.reads.has_experts:
        return ""
    return _("Of its experts, only those that a token uses are counted.")
