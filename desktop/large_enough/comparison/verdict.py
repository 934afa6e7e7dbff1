"""Makes a verdict of a run: who is large enough, how sure that is, at what cost."""

from collections.abc import Mapping

from large_enough.comparison.cascade import cascade_of
from large_enough.comparison.verdict_basis import Basis, basis_of
from large_enough.comparison.verdict_dominated import dominated_by_cost
from large_enough.comparison.verdict_evidence import evidence_of
from large_enough.comparison.verdict_fields import field_pairs_of, known_fields
from large_enough.comparison.verdict_headline import headline_of
from large_enough.comparison.verdict_ladders import ladders_of
from large_enough.comparison.verdict_pairs import compare_pairs
from large_enough.comparison.verdict_remarks import remarks_of
from large_enough.comparison.verdict_slices import families_of, levels_of
from large_enough.comparison.verdict_standings import standing_of
from large_enough.domain.costing import Costing
from large_enough.domain.pack_run import PackRunRecord, Variant
from large_enough.domain.quantity import Unavailable
from large_enough.domain.verdict import Cascade, EvidenceTrack, PairVerdict, RunVerdict


def verdict(
    record: PackRunRecord,
    costing: Costing | None = None,
    *,
    fields: Mapping[str, str] | None = None,
) -> RunVerdict:
    """Return all that a run says, also of one that is not over.

    Args:
        record: The run as far as it is.
        costing: The user's price and grid intensity; None for none.
        fields: By id in the catalogue: what a model is meant for; None for the shipped catalogue.
    """
    basis = basis_of(record)
    compared = {(pair.verdict.small, pair.verdict.large): pair for pair in compare_pairs(basis)}
    pairs = {letters: pair.verdict for letters, pair in compared.items()}
    standings = {
        letter: standing_of(basis, letter, costing or Costing()) for letter in basis.letters
    }
    headline = headline_of(record, pairs)
    is_control = record.plan.settings.variant is Variant.NO_CONTEXT
    ladders = () if is_control else ladders_of(record.plan.contenders, pairs)
    return RunVerdict(
        plan=record.plan,
        machine=record.machine,
        started_utc=record.started_utc,
        contenders=tuple(record.plan.contender(letter) for letter in basis.letters),
        standings=standings,
        headline=headline,
        pairs=tuple(pairs.values()),
        ladders=ladders,
        dominated=dominated_by_cost(compared, standings, costing or Costing()),
        levels=levels_of(basis),
        families=families_of(basis),
        cascade=_cascade(basis, headline),
        evidence=_evidence(basis, headline),
        field_pairs=field_pairs_of(basis, compared, known_fields() if fields is None else fields),
        remarks=remarks_of(record, basis, standings, compared, ladders),
    )


def _evidence(basis: Basis, headline: PairVerdict | Unavailable) -> EvidenceTrack | Unavailable:
    if isinstance(headline, Unavailable):
        return headline
    return evidence_of(basis, headline.small, headline.large, basis.plan.settings.margin)


def _cascade(basis: Basis, headline: PairVerdict | Unavailable) -> Cascade | Unavailable:
    if isinstance(headline, Unavailable):
        return headline
    return cascade_of(basis, headline.small, headline.large)
