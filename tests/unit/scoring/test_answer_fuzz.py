"""Whatever an answer holds, grading it ends quickly, with a grade that makes sense."""

import random

import pytest
from tests.helpers.answer_fuzz import (
    REPEATED,
    SEED,
    Findings,
    examine,
    fuzz,
    slow_long_answers,
)
from tests.helpers.keys import CITY, KEY_OF_EACH_TYPE

from large_enough.domain.grade import Grade, GradeStatus, Reply
from large_enough.domain.pack import AnswerType

ANSWERS = 2_000
LONG_TEXTS = 4
"""For each kind of key; `make campaign` grades all."""


def test_random_and_hostile_answers_get_grades_that_make_sense() -> None:
    findings = fuzz(ANSWERS)
    assert findings.faults == []
    assert findings.statuses.total() == ANSWERS
    assert set(findings.statuses) == set(GradeStatus)


def test_another_seed_gives_other_answers() -> None:
    assert fuzz(200, seed=1).statuses != fuzz(200, seed=2).statuses
    assert fuzz(200, seed=1).statuses == fuzz(200, seed=1).statuses


def test_a_grader_that_raises_or_contradicts_itself_would_be_noticed() -> None:
    findings = Findings()

    def raising(*_arguments: object, **_options: object) -> Grade:
        raise ZeroDivisionError

    def contradicting(*_arguments: object, **_options: object) -> Grade:
        return Grade(status=GradeStatus.WRONG, score=1.0, grader="choice/1")

    for judge in (raising, contradicting):
        examine("one", CITY, Reply(text="B"), findings, judge=judge)
    assert len(findings.faults) == 2
    assert "ZeroDivisionError" in findings.faults[0]
    assert "a score of 1.0" in findings.faults[1]


@pytest.mark.parametrize("answer_type", AnswerType)
def test_long_answers_are_graded_at_once(answer_type: AnswerType) -> None:
    generator = random.Random(f"{SEED} {answer_type}")
    pieces = generator.sample(REPEATED, LONG_TEXTS)
    assert slow_long_answers(KEY_OF_EACH_TYPE[answer_type], pieces) == []
