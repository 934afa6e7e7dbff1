"""Whatever an answer holds, grading it ends quickly, with a grade that makes sense."""

import pytest
from tests.helpers.answer_fuzz import Findings, examine, fuzz
from tests.helpers.keys import CITY, KEY_OF_EACH_TYPE

from large_enough.domain.clock import SystemClock
from large_enough.domain.grade import Grade, GradeStatus, Reply, ReplyEnd
from large_enough.domain.pack import AnswerType, Key
from large_enough.scoring.grading import grade

ANSWERS = 2_000
LONG_CHARACTERS = 100_000
PATIENCE_S = 1.0
"""For one answer of that length; it takes some hundredths of that."""

REPEATED = (
    *(
        "a",
        "A ",
        "B) ",
        "1",
        "1,",
        "1.",
        "1 ",
        "1'000",
        "3/",
        "-",
        "- ",
        "* ",
        "\n",
        " \n",
        " ",
        "(",
    ),
    *(
        "((",
        "{",
        '{"a":',
        '{"a":1},',
        "[",
        "$",
        "**",
        "\\boxed{",
        "ANSWER:",
        "ANSWER: B\n",
        "Answer",
    ),
    *(
        "the answer is ",
        "the ",
        "<think>",
        "</think>",
        "1. 1 2026 ",
        "march ",
        "1 de ",
        "not ",
        "no ",
    ),
    *("27.50 ", "Basel, ", "and ", "Paris ", "i cannot help ", "```\n", "\u00a0", "\u0301", "EUR "),
    *("AB-1", "1e", "1 000 ", "answer \t", "> > ", "1/1/", "_", "\\frac{1}", ". ", ": "),
)


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
    key: Key = KEY_OF_EACH_TYPE[answer_type]
    clock = SystemClock()
    slow = []
    for piece in REPEATED:
        text = (piece * (LONG_CHARACTERS // len(piece)))[:LONG_CHARACTERS]
        for whole in (text, f"{text}\nANSWER: {text}"):
            began_s = clock.monotonic_s()
            grade(key, Reply(text=whole, end=ReplyEnd.FINISHED))
            taken_s = clock.monotonic_s() - began_s
            if taken_s > PATIENCE_S:
                slow.append((piece, round(taken_s, 2)))
    assert slow == []
