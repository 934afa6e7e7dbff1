"""Says where limits or formats spoilt answers, and what higher limits would change."""

from collections.abc import Sequence

from large_enough.domain.limit_trouble import LimitProposal, LimitTrouble
from large_enough.domain.pack_run import LimitRise
from large_enough.wording.numbers import count_text, duration_text
from large_enough.wording.translate import _, ngettext


def troubles_text(troubles: Sequence[LimitTrouble]) -> str:
    """Return who has how many answers that say little about the model."""
    counts = (
        _("{letter} {bad} of {count}").format(
            letter=trouble.letter,
            bad=count_text(trouble.trouble_count),
            count=count_text(trouble.answer_count),
        )
        for trouble in troubles
    )
    return _(
        "Cut, empty, or without an answer in them: {counts}. That is mostly a problem of format or "
        "limits, not of knowledge."
    ).format(counts=", ".join(counts))


def proposal_text(proposal: LimitProposal | None, *, is_complete: bool = True) -> str:
    """Return what could be asked again; or why nothing can.

    Args:
        proposal: Higher limits; None if there are none that would help, or not yet.
        is_complete: Whether all have answered everything.
    """
    if not is_complete:
        return _("Once the run is complete, what a limit cut can be asked again with a higher one.")
    if proposal is None:
        return _(
            "Higher limits would not help: these answers came to an end of their own, or the "
            "context has no room for longer ones."
        )
    words = ngettext(
        "A limit cut {count} answer. It can be asked again with at most {limits}, the same for all "
        "contenders.",
        "A limit cut {count} answers. They can be asked again with at most {limits}, the same for "
        "all contenders.",
        proposal.answer_count,
    )
    limits = _limits_text(proposal.max_tokens, proposal.longest_s)
    return words.format(count=count_text(proposal.answer_count), limits=limits)


def rise_text(rise: LimitRise) -> str:
    """Return what was asked again."""
    words = ngettext(
        "{count} answer was cut and asked again with at most {limits}; the first one is kept in "
        "the record and counts no more.",
        "{count} answers were cut and asked again with at most {limits}; the first ones are kept "
        "in the record and count no more.",
        len(rise.keys),
    )
    limits = _limits_text(rise.max_tokens, rise.longest_s)
    return words.format(count=count_text(len(rise.keys)), limits=limits)


def _limits_text(max_tokens: int | None, longest_s: float | None) -> str:
    time = "" if longest_s is None else duration_text(longest_s)
    if max_tokens is None:
        return time
    words = ngettext("{count} token", "{count} tokens", max_tokens)
    tokens = words.format(count=count_text(max_tokens))
    return _("{tokens} and {time}").format(tokens=tokens, time=time) if time else tokens
