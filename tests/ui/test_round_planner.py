"""Plans of what the Arena asks."""

import pytest
from tests.helpers.records import make_done, make_record
from tests.ui.fakes import LARGE, OTHER, SMALL

from large_enough.domain.errors import FailureKind, RequestError
from large_enough.domain.round import Mode, RoundPlan
from large_enough.resources.settings import AskingChoices
from large_enough.ui.round_planner import SAFER_LOAD, RoundPlanner

CARDS = (SMALL, LARGE)


def further(planner: RoundPlanner) -> RoundPlan:
    """Return the plan of a further question."""
    plan = planner.question(CARDS, "What is the fee?", "", Mode.MEASURED)
    planner.remember(make_record([make_done("A"), make_done("B")], plan))
    return planner.further_question("Why?", Mode.MEASURED).plan


def test_the_users_system_message_goes_first():
    planner = RoundPlanner()
    assert planner.question(CARDS, "Why?", "Be brief.", Mode.MEASURED).system == "Be brief."
    planner.choices = AskingChoices(system="Rhyme.")
    assert planner.question(CARDS, "Why?", "Be brief.", Mode.MEASURED).system == "Rhyme."


def test_a_further_question_needs_a_conversation():
    planner = RoundPlanner()
    with pytest.raises(RequestError) as caught:
        planner.further_question("Why?", Mode.MEASURED)
    assert caught.value.info.kind is FailureKind.BAD_SETTING
    further(planner)
    assert planner.can_follow_up
    planner.forget()
    assert not planner.can_follow_up


@pytest.mark.parametrize(
    "choices", [AskingChoices(system="Rhyme."), AskingChoices(is_completion=True)]
)
def test_whoever_is_asked_otherwise_begins_a_new_conversation(choices: AskingChoices):
    planner = RoundPlanner()
    further(planner)
    planner.choices = choices
    assert (planner.can_follow_up, planner.is_asked_otherwise) == (False, True)
    planner.choices = AskingChoices(temperature=1.0)
    assert (planner.can_follow_up, planner.is_asked_otherwise) == (True, False)


def test_again_is_the_same_question_in_its_conversation():
    planner = RoundPlanner()
    plan = further(planner)
    again = planner.again(plan, CARDS, Mode.TOGETHER, safer_letter="B")
    assert (again.prompt, again.history, again.mode) == ("Why?", plan.history, Mode.TOGETHER)
    assert again.round_id != plan.round_id
    assert again.contenders[1].load == SAFER_LOAD
    assert again.contenders[0] == plan.contenders[0]


@pytest.mark.parametrize("cards", [(LARGE, SMALL), (SMALL, OTHER), (SMALL,)])
def test_again_with_other_models_is_a_new_conversation(cards):
    planner = RoundPlanner()
    again = planner.again(further(planner), cards, Mode.MEASURED)
    assert again.history == {}
    assert tuple(contender.card for contender in again.contenders) == cards
