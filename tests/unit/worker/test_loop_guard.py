"""Noticing that a model only repeats itself, and nothing else."""

import datetime
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from large_enough.worker.loop_guard import (
    CHECK_PERIOD_CHARACTERS,
    LEAST_CHARACTERS,
    LEAST_REPEATS,
    LONGEST_STRETCH_CHARACTERS,
    LoopGuard,
    repeated_stretch,
)

BEGINNING = "The quick brown fox jumps over the lazy dog near the bank of the river. "
PARAGRAPH = " ".join(f"Sentence number {number} of a longer text." for number in range(12))


def characters_until_caught(text: str, piece: int = 5) -> int | None:
    guard = LoopGuard()
    for start in range(0, len(text), piece):
        if guard.push(text[start : start + piece]):
            return start + piece
    return None


@pytest.mark.parametrize(
    "stretch",
    ["a", " ha", "I am sorry, but I cannot do that. ", "| x | y |\n", "\ufffd", PARAGRAPH],
)
def test_a_rut_is_noticed_soon_after_it_is_deep_enough(stretch: str) -> None:
    needed = max(LEAST_CHARACTERS, LEAST_REPEATS * len(stretch))
    text = BEGINNING + stretch * (2 * needed // len(stretch))
    caught = characters_until_caught(text)
    assert caught is not None
    assert needed <= caught <= len(BEGINNING) + needed + len(stretch) + CHECK_PERIOD_CHARACTERS + 5


def test_the_stretch_is_found_in_its_shortest_form() -> None:
    assert repeated_stretch("ab" * LEAST_CHARACTERS) == 2
    assert repeated_stretch(BEGINNING + PARAGRAPH * LEAST_REPEATS) == len(PARAGRAPH)


def test_one_repetition_less_is_none() -> None:
    assert repeated_stretch(BEGINNING + PARAGRAPH * (LEAST_REPEATS - 1)) == 0
    assert repeated_stretch("a" * (LEAST_CHARACTERS - 1)) == 0


def test_a_longer_stretch_than_is_looked_for() -> None:
    stretch = "".join(chr(0x4E00 + number) for number in range(LONGEST_STRETCH_CHARACTERS + 1))
    assert characters_until_caught(stretch * LEAST_REPEATS, piece=100) is None


NUMBERED_LIST = "\n".join(f"{number}. Say sorry to the customer." for number in range(1, 200))
MATRIX = "\n".join("[" + ", ".join("0" * 10) + "]," for _ in range(10))
TABLE = (
    "| Name | Age | City |\n|"
    + "-" * 120
    + "|\n"
    + "\n".join(f"| Person {number} | {20 + number % 50} | Berlin |" for number in range(100))
)
EMPTY_FORM = "| Day | Morning | Noon | Evening |\n" + "|     |     |     |     |\n" * 20
CODE = "\n".join(
    f"def test_{name}(self):\n    self.assertEqual(value('{name}'), {number})\n"
    for number, name in enumerate(["one", "two", "three", "four", "five", "six"] * 8)
)
RECORDS = json.dumps([{"id": number, "name": "", "tags": []} for number in range(200)])
CSV = "\n".join(
    f"{datetime.date(2024, 1, 1) + datetime.timedelta(days=day)},0,0,0,0" for day in range(300)
)
MULTIPLICATION = "\n".join(f"{a} x {b} = {a * b}" for a in range(1, 13) for b in range(1, 13))
REFRAIN = "\n\n".join(
    f"Verse {number}: the day is grey, the road is long, and I am on my way.\n"
    "Row, row, row your boat, gently down the stream,\nMerrily, merrily, life is but a dream."
    for number in range(12)
)
RULES = "\n".join(["=" * 80, "Title", "=" * 80, "-" * 80, "* " * 40, "#" * 200])


@pytest.mark.parametrize(
    "text",
    [
        NUMBERED_LIST,
        MATRIX,
        TABLE,
        EMPTY_FORM,
        CODE,
        RECORDS,
        CSV,
        MULTIPLICATION,
        REFRAIN,
        RULES,
        BEGINNING + " " * 400 + "x",
    ],
)
def test_lists_tables_code_and_songs_are_no_ruts(text: str) -> None:
    assert characters_until_caught(text) is None


@given(st.text(max_size=40), st.text(min_size=1, max_size=60))
def test_whatever_repeats_itself_long_enough_is_noticed(before: str, stretch: str) -> None:
    text = before + stretch * (2 * LEAST_CHARACTERS // len(stretch) + LEAST_REPEATS)
    assert characters_until_caught(text, piece=7) is not None


@given(st.lists(st.text(max_size=90), max_size=40))
def test_what_is_noticed_really_repeats_itself(pieces: list[str]) -> None:
    text = "".join(pieces) * 3
    length = repeated_stretch(text)
    if length:
        assert text.endswith(text[-length:] * LEAST_REPEATS)
