"""Looks at a pack after a run: items that tell nothing, items that smell of a wrong key."""

import string
from collections import Counter
from collections.abc import Callable, Mapping

import msgspec

from large_enough.comparison.run_matrix import RunMatrix, small_and_large
from large_enough.domain.pack import AnswerType, ChoiceKey, PackItem, UnanswerableKey
from large_enough.domain.pack_run import PackRunPlan, PackRunRecord
from large_enough.domain.quantity import Quantity, Unavailable
from large_enough.packs.asking import asked
from large_enough.scoring.ideal import ideal_text

FEWEST_CONTENDERS = 2
ONE_ALONE = Unavailable(reason="one contender alone says nothing about the questions")
NO_ITEMS = Unavailable(reason="there is no question")


class RunHealth(msgspec.Struct, frozen=True, kw_only=True):
    """What a run says about its pack. Only items that all contenders have answered count."""

    judged_count: int
    """Items that all contenders have answered."""
    ceiling: tuple[str, ...] = ()
    """Everybody was right: these tell the contenders not apart."""
    floor: tuple[str, ...] = ()
    """Nobody was right: check the key first."""
    inverted: tuple[str, ...] = ()
    """A smaller model was right and the largest one wrong: often a bad key."""
    telling_share: Quantity
    """Share of the items that tell contenders apart, 0 to 1."""
    constant_baseline: Quantity
    """Share of points for always giving the same answer: the best one for each type of question.
    No model takes part."""


def run_health(record: PackRunRecord) -> RunHealth:
    """Return what a run says about its pack."""
    matrix = RunMatrix(record.plan, record.cells)
    letters = matrix.letters
    rows = [row for row in matrix.rows if row.is_complete(letters)]
    scores = {row.item.id: [row.square(letter).score for letter in letters] for row in rows}
    known = {
        item_id: numbers
        for item_id, values in scores.items()
        if len(numbers := [one for one in values if not isinstance(one, Unavailable)])
        == len(letters)
    }
    is_alone = len(letters) < FEWEST_CONTENDERS
    have_sizes = small_and_large(record.plan.contenders) is not None
    ceiling = _items(known, lambda numbers: all(one >= 1 for one in numbers))
    floor = _items(known, lambda numbers: all(one <= 0 for one in numbers))
    telling = len(known) - len(ceiling) - len(floor)
    return RunHealth(
        judged_count=len(known),
        ceiling=ceiling,
        floor=floor,
        inverted=_items(known, _is_inverted) if have_sizes else (),
        telling_share=ONE_ALONE if is_alone else telling / len(known) if known else NO_ITEMS,
        constant_baseline=constant_baseline(record.plan),
    )


def constant_baseline(plan: PackRunPlan) -> Quantity:
    """Return the share of points for always giving the same answer, the best for each type.

    Which answer that is, and how often it is right, comes from the whole pack: of a few questions
    drawn from it, many are the only one of their type, and any answer would seem the commonest.
    """
    answers: dict[AnswerType, Counter[str]] = {}
    for item in plan.pack.graded_items:
        answers.setdefault(_asked_type(item), Counter())[_shown_key(plan, item)] += 1
    shares = {kind: max(counter.values()) / counter.total() for kind, counter in answers.items()}
    items = plan.items
    return sum(shares[_asked_type(item)] for item in items) / len(items) if items else NO_ITEMS


def _asked_type(item: PackItem) -> AnswerType:
    """Return the type that a model sees: nothing tells it which documents are silent."""
    asked_as = item.key.asked_as if isinstance(item.key, UnanswerableKey) else None
    return asked_as or item.type


def _shown_key(plan: PackRunPlan, item: PackItem) -> str:
    """Return the right answer as a model would have to write it; empty where the text is silent."""
    match item.key:
        case ChoiceKey(answer=answer):
            shown = asked(plan.pack, item, seed=plan.settings.seed).shown_choices
            return string.ascii_uppercase[shown.index(answer)]
        case UnanswerableKey():
            return ""
        case _:
            return ideal_text(item.key)


def _items(
    known: Mapping[str, list[float]], is_so: Callable[[list[float]], bool]
) -> tuple[str, ...]:
    return tuple(item_id for item_id, numbers in known.items() if is_so(numbers))


def _is_inverted(numbers: list[float]) -> bool:
    """Return whether a smaller model is right and the largest one wrong; the largest is last."""
    return numbers[-1] <= 0 and any(number >= 1 for number in numbers[:-1])
