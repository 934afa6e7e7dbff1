"""Weighs the evidence after each question of a run, finished or not."""

from large_enough.comparison.run_matrix import RunMatrix
from large_enough.comparison.verdict_basis import Basis, PairedItem, basis_of_matrix
from large_enough.comparison.verdict_pairs import A_CONTROL, NO_MARGIN, NOTHING_IN_COMMON
from large_enough.domain.pack_run import Variant
from large_enough.domain.quantity import Unavailable
from large_enough.domain.verdict import EvidenceTrack
from large_enough.stats.evidence import ENOUGH_EVIDENCE, grouped_difference, grouped_enough


def evidence_track(
    matrix: RunMatrix, small: str, large: str, margin: float
) -> EvidenceTrack | Unavailable:
    """Return the evidence so far in a run that may still go on.

    Args:
        matrix: What is answered so far.
        small: Letter of the smaller model.
        large: Letter of the larger one.
        margin: Fixed before the run.
    """
    return evidence_of(basis_of_matrix(matrix), small, large, margin)


def evidence_of(basis: Basis, small: str, large: str, margin: float) -> EvidenceTrack | Unavailable:
    """Return the same of a run that is looked through already.

    Only questions that both answered count, in the order in which they are asked.
    """
    if basis.plan.settings.variant is Variant.NO_CONTEXT:
        return A_CONTROL
    if not 0 < margin < 1:
        return NO_MARGIN
    items = basis.paired_items(small, large)
    if not items:
        return NOTHING_IN_COMMON
    clusters = [each.item.cluster for each in items]
    enough = grouped_enough([each.difference for each in items], margin, clusters)
    different = grouped_difference([_sign(each) for each in items], clusters)
    return EvidenceTrack(
        small=small,
        large=large,
        margin=margin,
        enough=enough,
        different=different,
        first_enough=_first(enough),
        first_different=_first(different),
    )


def _sign(item: PairedItem) -> int:
    """Return 1 if only the small model is right, -1 if only the large one is, 0 otherwise."""
    return int(item.is_small_right) - int(item.is_large_right)


def _first(evidence: tuple[float, ...]) -> int | None:
    places = (place for place, value in enumerate(evidence, 1) if value >= ENOUGH_EVIDENCE)
    return next(places, None)
