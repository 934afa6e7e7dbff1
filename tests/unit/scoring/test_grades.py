"""What stands in a grade beside its status: score, what was taken, and why."""

import pytest
from tests.helpers.keys import (
    BRANCHES,
    CITY,
    CODE,
    EUROS,
    KEY_OF_EACH_TYPE,
    OPEN,
    ORDER,
    PLACE,
    SILENT,
    STEPS,
)

from large_enough.domain.grade import NOT_JUDGED, Grade, GradeStatus, Reply, ReplyEnd
from large_enough.domain.pack import AnswerType, JsonKey, Key, NumberKey
from large_enough.scoring.grading import grade
from large_enough.scoring.registry import GRADERS
from large_enough.scoring.steps import StepKind


def graded(key: Key, text: str, end: ReplyEnd = ReplyEnd.FINISHED, extract: str = "") -> Grade:
    return grade(key, Reply(text=text, end=end), extract=extract)


def kinds(outcome: Grade) -> list[str]:
    return [each.kind for each in outcome.steps]


@pytest.mark.parametrize("answer_type", AnswerType)
def test_every_kind_of_key_has_a_grader_with_a_name_and_a_version(answer_type: AnswerType) -> None:
    assert GRADERS[answer_type].name == f"{answer_type}/1"
    assert graded(KEY_OF_EACH_TYPE[answer_type], "x").grader == f"{answer_type}/1"


def test_it_is_said_which_option_was_taken_and_why() -> None:
    outcome = graded(CITY, "It is in France.\n**ANSWER: B**")
    assert outcome.taken == "Paris"
    assert kinds(outcome) == [StepKind.FOUND_ANSWER_LINE, StepKind.READ_LETTER, StepKind.EQUAL]
    assert outcome.steps[1].facts == {"letter": "B", "option": "Paris"}


def test_lists_are_scored_by_what_is_missing_and_what_is_invented() -> None:
    assert graded(BRANCHES, "ANSWER: Basel, Bern").score == pytest.approx(2 * 2 / (2 + 3))
    invented = graded(BRANCHES, "ANSWER: Basel, Bern, Zurich, Geneva, Rome")
    assert invented.score == pytest.approx(2 * 3 / (5 + 3))
    everything = graded(BRANCHES, "ANSWER: " + ", ".join(["Basel"] + [f"x{n}" for n in range(50)]))
    assert everything.score == pytest.approx(2 / 54)
    assert StepKind.ENTRY_INVENTED in kinds(invented)


def test_ordered_lists_are_scored_by_their_longest_part_in_order() -> None:
    assert graded(STEPS, "ANSWER: wash, dry, rinse").score == pytest.approx(2 * 2 / 6)
    assert graded(STEPS, "ANSWER: dry, rinse, wash").score == pytest.approx(2 / 6)
    assert StepKind.ORDER_COUNTED in kinds(graded(STEPS, "ANSWER: dry, rinse, wash"))


def test_objects_are_scored_field_by_field() -> None:
    outcome = graded(ORDER, '{"id": "A-17", "amount": 1, "paid": true}')
    assert outcome.score == pytest.approx(2 / 4)
    assert kinds(outcome)[-2:] == [StepKind.FIELD_DIFFERENT, StepKind.FIELD_MISSING]
    assert outcome.steps[-1].facts == {"field": "to.city", "wanted": "Bern"}


def test_free_answers_wait_for_people() -> None:
    outcome = graded(OPEN, "Dear customer")
    assert (outcome.status, outcome.score) == (GradeStatus.NEEDS_HUMAN, NOT_JUDGED)
    assert graded(OPEN, "").status is GradeStatus.EMPTY
    assert graded(OPEN, "Dear", ReplyEnd.LENGTH).status is GradeStatus.NEEDS_HUMAN


def test_an_ordinary_question_answered_with_silence_is_wrong_not_refused() -> None:
    for key in (CITY, EUROS, PLACE):
        outcome = graded(key, "The document does not say.")
        assert outcome.status is GradeStatus.WRONG
        assert StepKind.ABSTAINED in kinds(outcome)


def test_invention_is_named_as_such() -> None:
    assert kinds(graded(SILENT, "ANSWER: 5 EUR"))[-1] == StepKind.ANSWER_INVENTED


def test_the_items_own_pattern_decides_where_the_answer_is() -> None:
    text = "result=7; result=12 (checked 3 times)"
    assert graded(NumberKey(answer=12), text, extract=r"result=(\d+)").status is GradeStatus.CORRECT
    missing = graded(NumberKey(answer=12), "12", extract=r"result=(\d+)")
    assert missing.status is GradeStatus.NO_ANSWER
    assert kinds(missing) == [StepKind.PATTERN_NOT_FOUND]
    assert graded(EUROS, "1", extract="(").status is GradeStatus.ERROR
    assert kinds(graded(EUROS, "a" * 60 + "b", extract="((a|aa)+)$")) == [StepKind.PATTERN_TOO_SLOW]


def test_thoughts_that_ate_the_limit_are_told_of() -> None:
    outcome = graded(CITY, "<think>Well, ANSWER: B", ReplyEnd.LENGTH)
    assert outcome.status is GradeStatus.TRUNCATED
    assert kinds(outcome) == [StepKind.THOUGHTS_LEFT_OUT, StepKind.CUT]


def test_a_complete_answer_before_the_cut_is_told_of() -> None:
    outcome = graded(CITY, "ANSWER: B\nBecause it", ReplyEnd.LENGTH)
    assert kinds(outcome)[-1] == StepKind.COMPLETE_BEFORE_CUT


def test_what_is_kept_of_a_long_answer_is_short() -> None:
    outcome = graded(CODE, "x" * 100_000)
    assert len(outcome.taken) <= 500
    assert all(len(str(fact)) <= 200 for each in outcome.steps for fact in each.facts.values())


@pytest.mark.parametrize("number", [float("nan"), float("inf")])
def test_a_key_that_is_no_number_makes_everything_wrong(number: float) -> None:
    assert graded(NumberKey(answer=number), "ANSWER: 1").status is GradeStatus.WRONG


HOSTILE_SCHEMAS: list[dict[str, object]] = [
    {"$ref": "https://example.org/schema.json"},
    {"$ref": "#/properties/a"},
    {"properties": {"a": {"$id": "http://[", "$ref": "#"}}},
    {"$dynamicRef": "#x"},
    {"type": 7},
    {"properties": {"a": {"unevaluatedProperties": False}}},
    {"$ref": "#"},
    {
        "$defs": {f"d{n}": {"allOf": [{"$ref": f"#/$defs/d{n + 1}"}] * 2} for n in range(30)}
        | {"d30": {}},
        "$ref": "#/$defs/d0",
    },
    {"properties": {"a": {"pattern": "(a|aa)+$"}}},
    {"patternProperties": {"(a|aa)+$": {}}},
    {"properties": {"b": {"uniqueItems": True}}},
]


@pytest.mark.parametrize("schema", HOSTILE_SCHEMAS)
def test_schemas_of_strangers_have_limits(schema: dict[str, object]) -> None:
    key = JsonKey(answer={"c": 1}, json_schema=schema)
    letters = "a" * 60 + "b"
    items = ", ".join(str(n) for n in range(1_000))
    text = f'{{"a": "{letters}", "{letters}": null, "b": [{items}], "c": 1}}'
    outcome = graded(key, text)
    assert outcome.status is GradeStatus.ERROR
    assert kinds(outcome)[-1] == StepKind.SCHEMA_UNUSABLE


def test_deep_objects_and_endless_numbers_are_no_answers() -> None:
    deep = '{"a": ' * 500 + "1" + "}" * 500
    for text in (deep, '{"a": 1e999}', '{"a": ' + "9" * 5_000 + "}", '{"a": ' * 20_000):
        assert graded(ORDER, text).status is GradeStatus.NO_ANSWER


def test_the_same_answer_always_gets_the_same_grade() -> None:
    reply = Reply(text="ANSWER: 1,234.5 EUR")
    assert grade(EUROS, reply) == grade(EUROS, reply)
