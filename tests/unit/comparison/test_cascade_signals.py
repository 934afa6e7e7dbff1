"""What recorded answers tell about how sure a model was."""

import math

import msgspec
import pytest
from tests.helpers.cascades import said
from tests.helpers.matrix_runs import make_cell, make_item

from large_enough.comparison.cascade_signals import answer_probabilities, sureness
from large_enough.domain.generation import TokenProbability
from large_enough.domain.grade import GradeStatus
from large_enough.domain.pack import ListKey
from large_enough.domain.pack_run import Cell
from large_enough.domain.verdict import SignalKind

ITEM = make_item(1)


def cell(**changes: object) -> Cell:
    """Return an answer with some fields of its own."""
    return msgspec.structs.replace(make_cell(ITEM.id, "A"), **changes)


def one(kind: SignalKind, *cells: Cell) -> float | None:
    return sureness(ITEM, cells)[kind]


def test_only_the_answer_counts_not_what_led_to_it():
    answer = cell(**said("40 times 2 is 80 ANSWER: 80 EUR", -9, -9, -9, -9, -9, -9, -0.5, -0.25))
    assert answer_probabilities(ITEM, answer) == (-0.5, -0.25)


def test_the_last_mark_counts_and_what_follows_its_line_does_not():
    text = "ANSWER: 3\nWait.\nANSWER: 4\nThis is why"
    tokens = ["ANSWER:", " 3", "\n", "Wait.", "\n", "ANSWER:", " ", "4", "\n", "This is why"]
    numbers = [-9.0, -9.0, -9.0, -9.0, -9.0, -9.0, -9.0, -0.5, -9.0, -9.0]
    noted = tuple(map(TokenProbability, tokens, numbers))
    answer = cell(text=text, token_probabilities=noted)
    assert answer_probabilities(ITEM, answer) == (-0.5,)


def test_a_list_goes_on_to_the_end():
    key = ListKey(entries=(("Basic",), ("Plus",)))
    item = msgspec.structs.replace(ITEM, key=key)
    answer = cell(**said("ANSWER: \n- Basic\n- Plus", -9, -1, -2, -3))
    assert answer_probabilities(item, answer)[-1] == -3


def test_without_a_mark_the_whole_answer_counts():
    answer = cell(**said("2.50 EUR", -0.5, -0.25))
    assert answer_probabilities(ITEM, answer) == (-0.5, -0.25)


def test_thoughts_do_not_count():
    noted = said("<think> ANSWER: 7 </think> 2.50 EUR", -9, -9, -9, -9, -0.5, -0.25)
    answer = cell(
        text="2.50 EUR",
        thoughts="ANSWER: 7",
        token_probabilities=noted["token_probabilities"],
    )
    assert answer_probabilities(ITEM, answer) == (-0.5, -0.25)


@pytest.mark.parametrize("thoughts", ["", "Long thoughts"])
def test_tokens_that_end_before_the_answer_tell_nothing(thoughts: str):
    noted = said("Let me see", -1, -1, -1)["token_probabilities"]
    answer = cell(
        text="Let me see, that is ANSWER: 4", thoughts=thoughts, token_probabilities=noted
    )
    assert answer_probabilities(ITEM, answer) == ()
    assert one(SignalKind.LOWEST_PROBABILITY, answer) is None


def test_lowest_tenth_and_mean_of_the_answers_tokens():
    numbers = [-float(number) for number in range(1, 22)]
    answer = cell(**said(" ".join("abcdefghijklmnopqrstu"), *numbers))
    assert one(SignalKind.LOWEST_PROBABILITY, answer) == -21
    assert one(SignalKind.TENTH_PROBABILITY, answer) == -19
    assert one(SignalKind.MEAN_PROBABILITY, answer) == -11


@pytest.mark.parametrize(
    ("options", "margin"),
    [
        ((-0.25, -2.25, -3.0), 2.0),
        ((-math.inf, -0.1), math.inf),
        ((-math.inf, -math.inf), None),
        ((math.nan, -1.0), None),
        ((-1.0,), None),
        ((), None),
    ],
)
def test_the_margin_between_the_first_and_the_second_option(
    options: tuple[float, ...], margin: float | None
):
    assert one(SignalKind.OPTION_MARGIN, cell(option_log_probabilities=options)) == margin


def test_repeats_agree_as_far_as_they_say_the_same():
    grades = [
        msgspec.structs.replace(make_cell(ITEM.id, "A").grade, taken=taken)
        for taken in ("1.00 EUR", "**1.00  eur.**", "3 EUR")
    ]
    cells = [cell(grade=grade) for grade in grades]
    assert one(SignalKind.AGREEMENT, *cells) == pytest.approx(2 / 3)
    assert one(SignalKind.AGREEMENT, cells[0]) is None


def test_what_cannot_be_read_agrees_with_nothing():
    cells = [make_cell(ITEM.id, "A", GradeStatus.NO_ANSWER, repeat=number) for number in range(3)]
    assert one(SignalKind.AGREEMENT, *cells) == 0.0
    assert one(SignalKind.FORMAT, *cells) == 0.0


def test_format_is_the_share_that_could_be_read():
    cells = [make_cell(ITEM.id, "A"), make_cell(ITEM.id, "A", GradeStatus.LOOPING)]
    assert one(SignalKind.FORMAT, *cells) == 0.5


def test_short_answers_are_surer_than_long_ones():
    short, long = cell(answer_token_count=5), cell(answer_token_count=50)
    assert (one(SignalKind.SHORTNESS, short) or 0) > (one(SignalKind.SHORTNESS, long) or 0)
    assert one(SignalKind.SHORTNESS, cell()) is None


def test_numbers_that_are_none_count_for_nothing():
    answer = cell(**said("yes or no", math.nan, -1.0, -2.0))
    assert one(SignalKind.MEAN_PROBABILITY, answer) == -1.5
