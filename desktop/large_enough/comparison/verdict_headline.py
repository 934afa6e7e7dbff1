"""Chooses the pair that a run's one sentence is about."""

from collections.abc import Mapping

from large_enough.comparison.run_matrix import small_and_large
from large_enough.domain.model_card import BackendKind
from large_enough.domain.pack_run import PackRunRecord, Variant
from large_enough.domain.quantity import Unavailable
from large_enough.domain.verdict import PairVerdict

NOBODY = Unavailable(reason="no model took part")
ONE_ALONE = Unavailable(reason="one model alone says nothing about size")
ONE_SIZE = Unavailable(reason="the models are of one size")
NOTHING_ANSWERED = Unavailable(reason="nothing is answered yet")
A_CONTROL = Unavailable(reason="the documents were left out: that is a control, not a test")


def headline_of(
    record: PackRunRecord, pairs: Mapping[tuple[str, str], PairVerdict]
) -> PairVerdict | Unavailable:
    """Return the smallest model beside the largest; or why there is no verdict.

    Scripts stand back where two models of different size take part. Without those they are shown
    like models, so that everything can be tried out; a remark says what they are.

    Args:
        record: The run.
        pairs: By the letters of the smaller and of the larger one.
    """
    contenders = record.plan.contenders
    if len(contenders) < 2:
        return ONE_ALONE if contenders else NOBODY
    if not record.cells:
        return NOTHING_ANSWERED
    if record.plan.settings.variant is Variant.NO_CONTEXT:
        return A_CONTROL
    models = [each for each in contenders if each.card.backend is not BackendKind.ECHO]
    chosen = small_and_large(models) or small_and_large(contenders)
    if chosen is None:
        return ONE_SIZE
    decision = pairs[chosen].decision
    return decision if isinstance(decision, Unavailable) else pairs[chosen]
