"""A run as a matrix: what each square says, what all answers of a contender come to."""

import msgspec
import pytest
from tests.helpers.matrix_runs import make_cards, make_cell, make_plan, make_run

from large_enough.comparison.run_matrix import (
    NOT_ANSWERED_YET,
    RunMatrix,
    letters_by_size,
    small_and_large,
)
from large_enough.domain.grade import GradeStatus, HandGrade
from large_enough.domain.pack_run import PackRunSettings
from large_enough.domain.quantity import Unavailable
from large_enough.domain.round import Contender

RIGHT, WRONG = GradeStatus.CORRECT, GradeStatus.WRONG


def hand(status: GradeStatus, score: float) -> HandGrade:
    return HandGrade(status=status, score=score, who="M", why="seen", utc="2026-11-27T12:00:00Z")


def test_rows_stand_in_the_order_in_which_items_are_asked() -> None:
    plan = make_plan(4)
    turned = msgspec.structs.replace(plan, item_ids=tuple(reversed(plan.item_ids)))
    rows = RunMatrix(turned).rows
    assert [row.item.id for row in rows] == ["fee-004", "fee-003", "fee-002", "fee-001"]
    assert [row.number for row in rows] == [1, 2, 3, 4]


def test_a_sample_has_only_its_items() -> None:
    plan = make_plan(9)
    sampled = msgspec.structs.replace(plan, item_ids=plan.item_ids[:2])
    assert len(RunMatrix(sampled).rows) == 2


def test_a_square_is_empty_until_there_is_an_answer() -> None:
    matrix = RunMatrix(make_plan(2))
    square = matrix.row("fee-001").square("A")
    assert (square.status, square.score) == (None, NOT_ANSWERED_YET)
    matrix.take(make_cell("fee-001", "A", RIGHT))
    assert matrix.row("fee-001").square("A").is_right
    assert matrix.row("fee-001").square("B").status is None
    assert matrix.cell_count == 1


def test_repeats_share_a_square_and_the_worst_shows() -> None:
    matrix = RunMatrix(make_plan(1, settings=PackRunSettings(repeats=3)))
    for repeat, status in enumerate((RIGHT, WRONG, RIGHT)):
        matrix.take(make_cell("fee-001", "A", status, repeat=repeat))
    square = matrix.row("fee-001").square("A")
    assert square.statuses == (RIGHT, WRONG, RIGHT)
    assert (square.status, square.is_mixed, square.is_right) == (WRONG, True, False)
    assert square.score == pytest.approx(2 / 3)


def test_a_judgement_by_hand_stands_above_the_rule() -> None:
    matrix = RunMatrix(make_plan(1))
    cell = make_cell("fee-001", "A", WRONG)
    matrix.take(cell)
    matrix.take(msgspec.structs.replace(cell, hand_grade=hand(RIGHT, 1.0)))
    square = matrix.row("fee-001").square("A")
    assert (square.status, square.score, square.is_by_hand) == (RIGHT, 1.0, True)
    assert matrix.total("A").accuracy == 1.0


def test_failures_count_as_0_and_beside_stands_what_was_answered() -> None:
    matrix = RunMatrix(make_plan(5))
    statuses = (RIGHT, WRONG, GradeStatus.TRUNCATED, GradeStatus.REFUSED, GradeStatus.NEEDS_HUMAN)
    for number, status in enumerate(statuses, 1):
        matrix.take(make_cell(f"fee-00{number}", "A", status))
    total = matrix.total("A")
    assert total.answer_count == 4  # one waits for a person
    assert total.waiting_count == 1
    assert total.accuracy == 0.25
    assert total.accuracy_on_answered == 0.5
    assert total.failure_share == 0.5
    assert total.failures == {GradeStatus.TRUNCATED: 1, GradeStatus.REFUSED: 1}


def test_totals_follow_what_comes_in() -> None:
    matrix = RunMatrix(make_plan(2))
    assert isinstance(matrix.total("A").accuracy, Unavailable)
    assert isinstance(matrix.total("A").failure_share, Unavailable)
    matrix.take(make_cell("fee-001", "A", RIGHT))
    assert matrix.total("A").accuracy == 1.0
    matrix.take(make_cell("fee-002", "A", WRONG))
    assert matrix.total("A").accuracy == 0.5


def test_an_answer_to_a_question_of_another_pack_changes_no_row() -> None:
    matrix = RunMatrix(make_plan(1))
    matrix.take(make_cell("elsewhere", "A", RIGHT))
    assert matrix.row("fee-001").squares == {}


def test_a_whole_record_and_one_that_grew_are_the_same() -> None:
    run = make_run(30, 3, seed=4)
    grown = RunMatrix(run.plan)
    for cell in run.cells:
        grown.take(cell)
    assert grown.rows == RunMatrix(run.plan, run.cells).rows


def test_contenders_are_ordered_by_parameters() -> None:
    small, middle, large = make_cards(3)
    contenders = [
        Contender(letter=letter, card=card)
        for letter, card in zip("ABC", (large, small, middle), strict=True)
    ]
    assert letters_by_size(contenders) == ("B", "C", "A")
    assert small_and_large(contenders) == ("B", "A")


def test_where_parameters_are_not_known_the_file_decides() -> None:
    cards = [
        msgspec.structs.replace(card, parameter_count=Unavailable(reason="unknown"))
        for card in make_cards(2)
    ]
    contenders = [
        Contender(letter=letter, card=card)
        for letter, card in zip("AB", reversed(cards), strict=True)
    ]
    assert letters_by_size(contenders) == ("B", "A")


def test_equally_large_contenders_have_no_ends() -> None:
    card = make_cards(1)[0]
    twins = [Contender(letter=letter, card=card) for letter in "AB"]
    assert small_and_large(twins) is None
    assert small_and_large(twins[:1]) is None
