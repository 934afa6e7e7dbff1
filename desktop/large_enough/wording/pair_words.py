"""Says why models are worth comparing."""

from collections.abc import Iterable

from large_enough.domain.pairing import (
    Candidate,
    Ladder,
    LadderKind,
    Pair,
    PairKind,
    Proposal,
)
from large_enough.domain.text import harmless_line
from large_enough.wording.numbers import bytes_text, count_text, times_text
from large_enough.wording.translate import _, ngettext


def pair_sentence(pair: Pair) -> str:
    """Return what two models have in common, and in what they differ."""
    times = times_text(pair.times)
    if pair.kind is PairKind.SAME_FAMILY:
        return _("Same family, {times} times the size.").format(times=times)
    if pair.kind is PairKind.SAME_MODEL:
        return _("Same model, {small} and {large}: {times} times the bytes.").format(
            small=quantisation_text(pair.small), large=quantisation_text(pair.large), times=times
        )
    if pair.kind is PairKind.TUNED:
        return _("One was tuned from the other.")
    return _("Different families, {times} times the size.").format(times=times)


def ladder_sentence(ladder: Ladder) -> str:
    """Return what the models of a ladder have in common, and in what they differ."""
    count = len(ladder.steps)
    message = (
        ngettext("Same model, {count} quantisation.", "Same model, {count} quantisations.", count)
        if ladder.kind is LadderKind.QUANTISATIONS
        else ngettext("Same family, {count} size.", "Same family, {count} sizes.", count)
    )
    return message.format(count=count_text(count))


def proposal_sentence(proposal: Proposal) -> str:
    """Return why these models are proposed."""
    if proposal.is_by_role:
        return _("You chose their roles.")
    if isinstance(proposal.common, Ladder):
        return ladder_sentence(proposal.common)
    return pair_sentence(proposal.common)


def members_text(proposal: Proposal) -> str:
    """Return the names of the models; of quantisations of one model, its name once."""
    members, common = proposal.members, proposal.common
    if isinstance(common, Ladder) and common.kind is LadderKind.QUANTISATIONS:
        return _("{name}: {quantisations}").format(
            name=harmless_line(members[0].name),
            quantisations=_listed(map(quantisation_text, members)),
        )
    return _listed(map(candidate_text, members))


def _listed(texts: Iterable[str]) -> str:
    *most, last = texts
    return _("{most} and {last}").format(most=", ".join(most), last=last)


def quantisation_text(candidate: Candidate) -> str:
    """Return the quantisation; the size of the file where it is not known."""
    return harmless_line(candidate.quantisation) or bytes_text(candidate.size_bytes)


def candidate_text(candidate: Candidate) -> str:
    """Return name and quantisation, and how to get the model if it is not here."""
    name = f"{harmless_line(candidate.name)} · {quantisation_text(candidate)}"
    if candidate.is_here:
        return name
    return _("{name} (not here: large-enough models get {id})").format(
        name=name, id=candidate.catalog_id
    )
