"""Lists what to know before a run's result is believed."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from large_enough.comparison.verdict_answers import answer_remarks_of
from large_enough.comparison.verdict_basis import Basis
from large_enough.comparison.verdict_circumstances import circumstances_of
from large_enough.comparison.verdict_pairs import ComparedPair
from large_enough.domain.model_card import BackendKind
from large_enough.domain.pack_run import AnswerWay, PackRunRecord, Variant
from large_enough.domain.quantity import Unavailable
from large_enough.domain.verdict import Ladder, LadderKind, Remark, RemarkKind, Standing
from large_enough.stats.clusters import FEWEST_GROUPS

Standings = Mapping[str, Standing]
Pairs = Mapping[tuple[str, str], ComparedPair]


def remarks_of(
    record: PackRunRecord,
    basis: Basis,
    standings: Standings,
    pairs: Pairs,
    ladders: Iterable[Ladder],
) -> tuple[Remark, ...]:
    """Return all remarks, in the order of `RemarkKind`; those of one kind by contender."""
    found = [
        *_of_the_asking(basis),
        *_of_the_record(record, basis),
        *_of_the_questions(basis),
        *answer_remarks_of(basis, standings),
        *_of_the_models(basis, pairs, ladders),
        *circumstances_of(basis),
    ]
    return tuple(sorted(found, key=lambda remark: list(RemarkKind).index(remark.kind)))


def _of_the_asking(basis: Basis) -> Iterator[Remark]:
    settings = basis.plan.settings
    scripts = tuple(
        letter
        for letter in basis.letters
        if basis.plan.contender(letter).card.backend is BackendKind.ECHO
    )
    if scripts:
        yield Remark(kind=RemarkKind.SCRIPTED, letters=scripts)
    if settings.variant is Variant.NO_CONTEXT:
        yield Remark(kind=RemarkKind.NO_CONTEXT)
    if settings.way is AnswerWay.FORCED_CHOICE:
        yield Remark(kind=RemarkKind.FORCED_CHOICE)


def _of_the_record(record: PackRunRecord, basis: Basis) -> Iterator[Remark]:
    wanted = len(basis.items) * max(1, basis.plan.settings.repeats)
    missing = {letter: wanted - len(basis.cells(letter)) for letter in basis.letters}
    if any(missing.values()):
        letters = tuple(letter for letter in basis.letters if missing[letter])
        facts: dict[str, float] = {"missing": sum(missing.values())}
        yield Remark(kind=RemarkKind.INCOMPLETE, letters=letters, facts=facts)
    changed = {item_id for each in record.regradings for item_id in each.changed_item_ids}
    if changed:
        yield Remark(kind=RemarkKind.REGRADED, facts={"items": len(changed)})
    if record.unreadable_lines:
        facts = {"count": record.unreadable_lines}
        yield Remark(kind=RemarkKind.UNREADABLE_LINES, facts=facts)


def _of_the_questions(basis: Basis) -> Iterator[Remark]:
    asked, all_ = len(basis.items), len(basis.plan.pack.graded_items)
    if asked < all_:
        yield Remark(kind=RemarkKind.SAMPLED, facts={"asked": asked, "all": all_})
    sizes = Counter(item.cluster for item in basis.items)
    # As many groups of equal size would weigh as much (Kish): one large group is not made up for by
    # many small ones.
    groups = asked**2 / sum(size**2 for size in sizes.values()) if sizes else 0.0
    if len(sizes) < asked and groups < FEWEST_GROUPS:
        facts = {"groups": float(max(1, int(groups))), "fewest": float(FEWEST_GROUPS)}
        yield Remark(kind=RemarkKind.FEW_GROUPS, facts=facts)


def _of_the_models(basis: Basis, pairs: Pairs, ladders: Iterable[Ladder]) -> Iterator[Remark]:
    largest = basis.letters[-1] if basis.letters else ""
    better = tuple(
        small
        for (small, large), pair in pairs.items()
        if large == largest and pair.difference and pair.difference.limits.difference > 0
    )
    if better:
        yield Remark(kind=RemarkKind.LARGE_NOT_BEST, letters=better)
    for ladder in ladders:
        mixed = _otherwise_quantised(basis, ladder) if ladder.kind is LadderKind.SIZE else ()
        if mixed:
            letters = (*mixed, ladder.reference)
            yield Remark(kind=RemarkKind.QUANTISATION_DIFFERS, letters=letters)


def _otherwise_quantised(basis: Basis, ladder: Ladder) -> tuple[str, ...]:
    """Return the rungs whose quantisation is not the reference's, the smallest model first."""
    card = {rung.letter: basis.plan.contender(rung.letter).card for rung in ladder.rungs}
    wanted = card[ladder.reference].quantisation
    return tuple(
        letter
        for letter in reversed(card)
        if not isinstance(named := card[letter].quantisation, Unavailable)
        and not isinstance(wanted, Unavailable)
        and named != wanted
    )
