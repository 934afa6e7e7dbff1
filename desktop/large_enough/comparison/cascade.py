"""Computes what asking a small model first, and a large one when it is unsure, would have given.

Everything comes from recorded answers; nothing is asked again. Of the small model's answers the
least sure are sent on to the large one: first those in which no answer could be read, then those
for which the signal is not known, then the others by the signal. Which signal that is was settled
beforehand, by what was recorded and not by how well it does (see `cascade_choice`).

A cut-off is worth the points it gains less a price: each question sent costs what sending one at
random gains on average. So what is sought is the greatest height above the straight line of random
sending, and among equals the cut-off that sends fewest. That needs no figure from the user, and
the line itself never wins. What is advised is judged by leaving out one question, or group of
questions, at a time; and nothing is advised where the signal does not sort clearly better than
chance (see `stats.routing` for both).

Costs leave out the time that changing models in memory would take. If agreement decides, the small
model is asked as often as in the run, and that is paid.
"""

from large_enough.comparison.cascade_choice import (
    deciding_signal,
    signal_reports,
)
from large_enough.comparison.cascade_points import CascadePoints
from large_enough.comparison.cascade_questions import CascadeQuestions, cascade_questions
from large_enough.comparison.verdict_basis import Basis, basis_of
from large_enough.domain.pack_run import PackRunRecord
from large_enough.domain.quantity import Unavailable
from large_enough.domain.verdict import Cascade, CascadePoint, SignalKind
from large_enough.stats.routing import left_out_sending, sent_below, sorts_better_than_chance

FEWEST_QUESTIONS = 60
"""With fewer nothing is advised. Chosen and judged on the same questions, a cut-off looks 5 points
better than it is at 30 questions, 3 at 60, 2 at 120; and what is left after leaving out is too
little to choose by."""
NOT_PAIRED = Unavailable(reason="no question is answered by both and judged")
TOO_FEW_TO_ADVISE = Unavailable(
    reason="on fewer than 60 questions a threshold looks better than it is"
)
NOTHING_TO_GAIN = Unavailable(reason="the large model is not better on any question")
AS_GOOD_AS_RANDOM = Unavailable(
    reason="the signal does not do clearly better than sending questions at random"
)


def cascade(record: PackRunRecord, small: str, large: str) -> Cascade | Unavailable:
    """Return what would be with the small model first, or why that cannot be said.

    Args:
        record: The run.
        small: Letter of the model that is asked first.
        large: Letter of the one that is asked when the first is unsure.

    Raises:
        KeyError: The run has no contender with that letter.
    """
    return cascade_of(basis_of(record), small, large)


def cascade_of(basis: Basis, small: str, large: str) -> Cascade | Unavailable:
    """Return the same of a record that has been looked through."""
    questions = cascade_questions(basis, small, large)
    if not questions.ids:
        return NOT_PAIRED
    used = deciding_signal(questions)
    points = CascadePoints.of(basis, small, large, questions, used)
    advised = _advised(questions, used, points)
    return Cascade(
        small=small,
        large=large,
        question_count=len(questions.ids),
        signals=signal_reports(questions),
        used=used,
        curve=points.curve(sent_below(questions.levels(used))),
        only_large=points.only_large(),
        oracle=points.point(questions.gains > 0),
        advised=advised,
        random_accuracy=(
            advised
            if isinstance(advised, Unavailable)
            else float(questions.small.mean() + advised.sent_share * questions.gains.mean())
        ),
    )


def _advised(
    questions: CascadeQuestions, used: SignalKind, points: CascadePoints
) -> CascadePoint | Unavailable:
    if len(questions.ids) < FEWEST_QUESTIONS:
        return TOO_FEW_TO_ADVISE
    gains, levels, units = questions.gains, questions.levels(used), questions.units
    if gains.max() <= 0:
        return NOTHING_TO_GAIN
    sent = left_out_sending(levels, gains, units)
    price = max(0.0, float(gains.mean()))
    is_above_line = float(gains[sent].sum()) > price * int(sent.sum())
    if is_above_line and sorts_better_than_chance(levels, gains, units):
        return points.point(sent)
    return AS_GOOD_AS_RANDOM
