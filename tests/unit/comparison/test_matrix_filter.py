"""Finding the questions of a run that somebody wants to see."""

import msgspec
import pytest
from tests.helpers.matrix_runs import make_cards, make_cell, make_plan, make_run

from large_enough.comparison.matrix_filter import (
    Finding,
    Findings,
    ItemFlag,
    MatrixWish,
    failures_in,
    wanted_rows,
)
from large_enough.comparison.run_matrix import RunMatrix
from large_enough.domain.grade import GradeStatus
from large_enough.domain.round import Contender

MARKS = {
    "+": GradeStatus.CORRECT,
    "-": GradeStatus.WRONG,
    "c": GradeStatus.TRUNCATED,
    "r": GradeStatus.REFUSED,
    "?": GradeStatus.NEEDS_HUMAN,
}


def matrix_of(*rows: str) -> RunMatrix:
    """Return a matrix out of one word for each question: a character for each contender."""
    matrix = RunMatrix(make_plan(len(rows), len(rows[0])))
    for number, row in enumerate(rows, 1):
        for letter, mark in zip("ABCDE", row, strict=False):
            if mark in MARKS:
                matrix.take(make_cell(f"fee-{number:03}", letter, MARKS[mark]))
    return matrix


def numbers(matrix: RunMatrix, wish: MatrixWish) -> list[int]:
    return [row.number for row in wanted_rows(matrix, wish)]


@pytest.mark.parametrize(
    ("finding", "expected"),
    [
        (Finding.ANY, [1, 2, 3, 4, 5, 6, 7]),
        (Finding.ONLY_LARGE, [1]),
        (Finding.ONLY_SMALL, [2]),
        (Finding.ALL_RIGHT, [3]),
        (Finding.NONE_RIGHT, [4]),
        (Finding.FAILED, [4]),
        (Finding.TO_JUDGE, [7]),
        (Finding.FLAGGED, [2, 3, 4]),
    ],
)
def test_what_answers_have_in_common(finding: Finding, expected: list[int]) -> None:
    matrix = matrix_of("--+", "+--", "+++", "-c-", "+-+", "+ .", "-?+")
    assert numbers(matrix, MatrixWish(finding)) == expected
    assert Findings(matrix).counts()[finding] == len(expected)


def test_one_kind_of_failure_alone() -> None:
    matrix = matrix_of("c+", "r+", "+c", "++")
    assert numbers(matrix, MatrixWish(Finding.FAILED)) == [1, 2, 3]
    cut = MatrixWish(Finding.FAILED, failure=GradeStatus.TRUNCATED)
    assert numbers(matrix, cut) == [1, 3]
    assert failures_in(matrix) == (GradeStatus.TRUNCATED, GradeStatus.REFUSED)


def test_nothing_is_said_of_a_question_before_all_have_answered_it() -> None:
    matrix = matrix_of("+.")
    assert Findings(matrix).of(matrix.rows[0]) == {Finding.ANY}
    matrix.take(make_cell("fee-001", "B", GradeStatus.WRONG))
    assert numbers(matrix, MatrixWish(Finding.ONLY_SMALL)) == [1]


def test_kept_findings_follow_what_comes_in() -> None:
    matrix = matrix_of("+-", "--")
    findings = Findings(matrix)
    assert findings.counts()[Finding.NONE_RIGHT] == 1
    matrix.take(make_cell("fee-002", "B", GradeStatus.CORRECT))
    assert findings.counts()[Finding.NONE_RIGHT] == 0
    assert findings.counts()[Finding.ONLY_LARGE] == 1


def test_flags_of_questions() -> None:
    matrix = matrix_of("++", "--", "+-", "-+", "+c")
    findings = Findings(matrix)
    assert [findings.flags(row) for row in matrix.rows] == [
        (ItemFlag.CEILING,),
        (ItemFlag.FLOOR,),
        (ItemFlag.INVERTED,),
        (),
        (),  # the large one was cut off, which says nothing about the key
    ]


def test_one_contender_alone_says_nothing_about_questions() -> None:
    matrix = matrix_of("+", "-")
    assert [Findings(matrix).flags(row) for row in matrix.rows] == [(), ()]


def test_equally_large_contenders_are_told_by_their_letters() -> None:
    card = make_cards(1)[0]
    plan = msgspec.structs.replace(
        make_plan(2), contenders=tuple(Contender(letter=letter, card=card) for letter in "AB")
    )
    matrix = RunMatrix(plan, [make_cell("fee-001", "B"), make_cell("fee-002", "A")])
    matrix.take(make_cell("fee-001", "A", GradeStatus.WRONG))
    matrix.take(make_cell("fee-002", "B", GradeStatus.WRONG))
    assert numbers(matrix, MatrixWish(Finding.ONLY_LARGE)) == [1]
    assert numbers(matrix, MatrixWish(Finding.ONLY_SMALL)) == [2]


def test_kinds_of_questions_and_words() -> None:
    matrix = RunMatrix(make_plan(12))
    items = {row.number: row.item for row in matrix.rows}
    level = numbers(matrix, MatrixWish(level=2))
    assert level == [number for number, item in items.items() if item.level == 2]
    family = numbers(matrix, MatrixWish(family="Rounding"))
    assert family == [number for number, item in items.items() if item.family == "Rounding"]
    assert numbers(matrix, MatrixWish(tag="abroad")) == [4, 8, 12]
    assert numbers(matrix, MatrixWish(text="FEE-003")) == [3]
    assert numbers(matrix, MatrixWish(text="transfer rounding")) == [
        number
        for number, item in items.items()
        if "transfer" in f"{item.question} {item.context}" and item.family == "Rounding"
    ]
    assert numbers(matrix, MatrixWish(text="no such word")) == []


def test_wishes_add_up() -> None:
    run = make_run(60, 3, seed=2)
    matrix = RunMatrix(run.plan, run.cells)
    large = set(numbers(matrix, MatrixWish(Finding.ONLY_LARGE)))
    level = set(numbers(matrix, MatrixWish(level=1)))
    assert set(numbers(matrix, MatrixWish(Finding.ONLY_LARGE, level=1))) == large & level
