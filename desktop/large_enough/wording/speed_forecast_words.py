"""Says how fast a model will probably be."""

from large_enough.domain.expected_speed import ExpectedSpeed, SpeedBasis
from large_enough.domain.quantity import Unavailable
from large_enough.wording.numbers import GIGABYTE_BYTES, NOT_AVAILABLE, bytes_text, number_text
from large_enough.wording.reasons import reason_text
from large_enough.wording.translate import _, ngettext


def speed_range_text(speed: ExpectedSpeed | Unavailable) -> str:
    """Return the range for a column whose heading says tokens per second: "40 to 60"."""
    if isinstance(speed, Unavailable):
        return NOT_AVAILABLE
    return _("{low} to {high}").format(
        low=number_text(speed.low_tokens_per_s), high=number_text(speed.high_tokens_per_s)
    )


def speed_forecast_sentence(speed: ExpectedSpeed | Unavailable, *, together: bool = False) -> str:
    """Return the range in a sentence, with what it rests on.

    Args:
        speed: What is expected.
        together: Whether several models are to generate at the same time.

    Returns:
        For example "Expected: 40 to 60 tokens per second; the last run reached 52."
    """
    if isinstance(speed, Unavailable):
        reason = reason_text(speed.reason)
        return _("How fast it will be is not known: {reason}.").format(reason=reason)
    alone = _("That is while no other model generates.") if together else ""
    return f"{_expectation(speed)} {alone}".rstrip()


def _expectation(speed: ExpectedSpeed) -> str:
    words = speed_range_text(speed)
    if not isinstance(speed.last_tokens_per_s, Unavailable):
        return _("Expected: {range} tokens per second; the last run reached {last}.").format(
            range=words, last=number_text(speed.last_tokens_per_s)
        )
    expected = _("Expected: {range} tokens per second.").format(range=words)
    return f"{expected} {_basis(speed)}"


def _basis(speed: ExpectedSpeed) -> str:
    amount = bytes_text(speed.read_bytes)
    bandwidth = speed.bandwidth_bytes_per_s
    if isinstance(bandwidth, Unavailable):
        return _("Each token reads about {amount}.").format(amount=amount)
    reads = _("Each token reads about {amount}, and this machine reads {speed} GB/s.").format(
        amount=amount, speed=number_text(bandwidth / GIGABYTE_BYTES)
    )
    return f"{reads} {_checked(speed)}"


def _checked(speed: ExpectedSpeed) -> str:
    if speed.basis is SpeedBasis.BANDWIDTH:
        return _("Nothing has run here yet to check that against; the first run will.")
    return ngettext(
        "The range is what {count} run of other models reached here.",
        "The range is what {count} runs of other models reached here.",
        speed.run_count,
    ).format(count=speed.run_count)
