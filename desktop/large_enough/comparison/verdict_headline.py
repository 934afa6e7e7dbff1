"""Chooses the pair that a run's one sentence is about."""

from collections.abc import Mapping

from large_enough.comparison.run_matrix import judged_by_size, small_and_large
from large_enough.domain.pack_run import PackRunRecord
from large_enough.domain.quantity import Unavailable
from large_enough.domain.verdict import PairVerdict

NOBODY = Unavailable(reason="no model took part")
ONE_ALONE = Unavailable(reason="one model alone says nothing about size")
ONE_SIZE = Unavailable(reason="the models are of one size")
NOTHING_ANSWERED = Unavailable(reason="nothing is answered yet")


def headline_of(
    record: PackRunRecord, pairs: Mapping[tuple[str, str], PairVerdict]
) -> PairVerdict | Unavailable:
    """Return the smallest model beside the largest; or why there is no verdict.

    A remark says which of them are scripts.

    Args:
        record: The run.
        pairs: By the letters of the smaller and of the larger one.
    """
    contenders = record.plan.contenders
    if len(contenders) < 2:
        return ONE_ALONE if contenders else NOBODY
    if not record.cells:
        return NOTHING_ANSWERED
    chosen = small_and_large(judged_by_size(contenders))
    if chosen is None:
        return ONE_SIZE
    decision = pairs[chosen].decision
    return decision if isinstance(decision, Unavailable) else pairs[chosen]
