"""Says how far the evidence of a run has come, which may be looked at after every question."""

from large_enough.domain.quantity import Unavailable
from large_enough.domain.verdict import EvidenceTrack, Outcome, RunVerdict
from large_enough.wording.numbers import count_text, number_text
from large_enough.wording.points import margin_text
from large_enough.wording.reasons import reason_text
from large_enough.wording.translate import _, ngettext

ENOUGH_EVIDENCE = 20.0
"""From here on a claim may be made: 1 over the 5 % that it may be wrong."""
_HUGE = 1_000_000
"""Evidence beyond says nothing more."""


def evidence_sentence(source: RunVerdict | EvidenceTrack | Unavailable) -> str:
    """Return how strong the evidence is, or since when a claim may be made.

    Args:
        source: The track, a verdict that has one, or why there is none.
    """
    track = source.evidence if isinstance(source, RunVerdict) else source
    if isinstance(track, Unavailable):
        return _("There is no evidence to show: {reason}.").format(reason=reason_text(track.reason))
    if not track.enough:
        return _("No question has been answered by both yet.")
    sentences = [_count_sentence(track), _enough_sentence(track), _different_sentence(track)]
    if isinstance(source, RunVerdict) and _is_at_odds(source, track):
        sentences.append(
            _(
                "It may be looked at after every question, and so can differ from the interval at "
                "the end, which is the verdict."
            )
        )
    return " ".join(sentences)


def evidence_text(value: float) -> str:
    """Return evidence as a number: 0.35, 4.2, more than 1,000,000."""
    if value >= _HUGE:
        return _("more than {number}").format(number=count_text(_HUGE))
    return number_text(value)


def _is_at_odds(verdict: RunVerdict, track: EvidenceTrack) -> bool:
    """Return whether the evidence allows a claim that the interval does not, or not yet."""
    if isinstance(verdict.headline, Unavailable):
        return False
    decision = verdict.headline.decision
    if isinstance(decision, Unavailable):
        return False
    return (track.first_enough is not None) != (decision.outcome is Outcome.LARGE_ENOUGH)


def _count_sentence(track: EvidenceTrack) -> str:
    count = len(track.enough)
    return ngettext(
        "Evidence after {count} question.", "Evidence after {count} questions.", count
    ).format(count=count_text(count))


def _enough_sentence(track: EvidenceTrack) -> str:
    if track.first_enough is not None:
        return _(
            "Since question {number} it may be said that the small one is large enough, with a "
            "margin of {margin} points."
        ).format(number=count_text(track.first_enough), margin=margin_text(track.margin))
    return _(
        "That the small one is large enough: {evidence} of the {wanted} that the claim takes."
    ).format(evidence=evidence_text(track.enough[-1]), wanted=count_text(ENOUGH_EVIDENCE))


def _different_sentence(track: EvidenceTrack) -> str:
    if track.first_different is not None:
        return _("Since question {number} it may be said that the two differ.").format(
            number=count_text(track.first_different)
        )
    if not track.different:
        return _("Whether the two differ has not been followed.")
    return _("That the two differ: {evidence} of {wanted}.").format(
        evidence=evidence_text(track.different[-1]), wanted=count_text(ENOUGH_EVIDENCE)
    )
