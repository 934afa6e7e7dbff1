"""Says how far down a ladder of models goes before the floor gives way."""

from large_enough.domain.quantity import Unavailable
from large_enough.domain.verdict import Ladder, LadderKind, Rung, RunVerdict
from large_enough.wording.numbers import count_text
from large_enough.wording.reasons import reason_text
from large_enough.wording.translate import _, ngettext
from large_enough.wording.verdict_names import rung_names
from large_enough.wording.verdict_outcomes import outcome_word


def ladder_title(ladder: Ladder) -> str:
    """Return the question that a ladder answers."""
    if ladder.kind is LadderKind.QUANTISATION:
        return _("How coarse may the quantisation be?")
    return _("How large is large enough?")


def ladder_sentence(verdict: RunVerdict, ladder: Ladder) -> str:
    """Return which model of a ladder is the smallest that is enough, and which one fails first."""
    names = rung_names(verdict, ladder)
    sentences = [_knee_sentence(ladder, names), _failed_sentence(ladder, names)]
    untested = sum(not rung.is_tested for rung in ladder.rungs)
    if untested:
        sentences.append(
            ngettext(
                "{count} smaller one was not tested: the walk ends where the floor gives way.",
                "{count} smaller ones were not tested: the walk ends where the floor gives way.",
                untested,
            ).format(count=count_text(untested))
        )
    return " ".join(sentence for sentence in sentences if sentence)


def first_failure(ladder: Ladder) -> Rung | None:
    """Return the rung at which the walk ended; None if all hold."""
    return next((rung for rung in ladder.rungs if rung.is_tested and not rung.holds), None)


def rung_state(ladder: Ladder, rung: Rung) -> str:
    """Return how a rung fared, in a few words."""
    if rung.pair is None:
        return _("the reference")
    if not rung.is_tested:
        return _("not tested")
    if isinstance(rung.pair.decision, Unavailable):
        return reason_text(rung.pair.decision.reason)
    if rung.holds and rung.letter == ladder.knee:
        return _("large enough: the knee")
    return outcome_word(rung.pair.decision.outcome)


def _knee_sentence(ladder: Ladder, names: dict[str, str]) -> str:
    knee, reference = names[ladder.knee], names[ladder.reference]
    if ladder.knee == ladder.reference:
        return _("No smaller one is shown to be large enough beside {reference}.").format(
            reference=reference
        )
    words = (
        _("{knee} is the smallest quantisation shown to be enough, beside {reference}.")
        if ladder.kind is LadderKind.QUANTISATION
        else _("{knee} is the smallest model shown to be large enough, beside {reference}.")
    )
    return words.format(knee=knee, reference=reference)


def _failed_sentence(ladder: Ladder, names: dict[str, str]) -> str:
    failed = first_failure(ladder)
    if failed is None or failed.pair is None:
        return ""
    decision = failed.pair.decision
    if isinstance(decision, Unavailable):
        return _("{name} cannot be judged: {reason}.").format(
            name=names[failed.letter], reason=reason_text(decision.reason)
        )
    return _("{name}: {outcome}.").format(
        name=names[failed.letter], outcome=outcome_word(decision.outcome)
    )
