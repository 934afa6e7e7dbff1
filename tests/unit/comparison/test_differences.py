"""What two answers have in common."""

import itertools
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.helpers.hostile_texts import HOSTILE_TEXTS

from large_enough.comparison.differences import (
    Differences,
    Level,
    RunKind,
    find_differences,
)


def told(differences: Differences) -> list[tuple[str, str]]:
    """The runs in short."""
    return [(run.kind.value, run.text_a or run.text_b) for run in differences.runs]


def check_whole(differences: Differences, text_a: str, text_b: str) -> None:
    assert "".join(run.text_a for run in differences.runs) == text_a
    assert "".join(run.text_b for run in differences.runs) == text_b
    kinds = [run.kind for run in differences.runs]
    assert all(one is not two for one, two in itertools.pairwise(kinds))
    for run in differences.runs:
        if run.kind is RunKind.SAME:
            assert run.text_a.split() == run.text_b.split() or not run.text_a.isspace()
        else:
            assert bool(run.text_a) is (run.kind is RunKind.ONLY_A)
            assert bool(run.text_b) is (run.kind is RunKind.ONLY_B)


def test_words_are_told_apart() -> None:
    found = find_differences("The fee is 0.60 EUR.", "The fee is 1.00 EUR in all.")
    assert found.level is Level.WORDS
    assert told(found) == [
        ("same", "The fee is "),
        ("only_a", "0.60 "),
        ("only_b", "1.00 "),
        ("same", "EUR"),
        ("only_b", "in all"),
        ("same", "."),
    ]
    check_whole(found, "The fee is 0.60 EUR.", "The fee is 1.00 EUR in all.")


def test_white_space_is_no_difference() -> None:
    found = find_differences("one two\n\nthree", "one   two three")
    assert [run.kind for run in found.runs] == [RunKind.SAME]
    check_whole(found, "one two\n\nthree", "one   two three")


def test_equal_empty_and_one_sided() -> None:
    assert find_differences("", "").runs == ()
    assert told(find_differences("same", "same")) == [("same", "same")]
    assert told(find_differences("", "new")) == [("only_b", "new")]
    assert told(find_differences("old", "")) == [("only_a", "old")]


def test_scripts_without_blanks_are_compared_by_character() -> None:
    assert told(find_differences("費用是一", "費用是二")) == [
        ("same", "費用是"),
        ("only_a", "一"),
        ("only_b", "二"),
    ]


def test_too_much_work_falls_back_to_lines_then_to_the_ends() -> None:
    text_a, text_b = "head\na b c d\nx x\ntail", "head\nd c b a\nx y\ntail"
    by_lines = find_differences(text_a, text_b, most_steps=4)
    assert by_lines.level is Level.LINES
    check_whole(by_lines, text_a, text_b)
    whole = find_differences(text_a, text_b, most_steps=0)
    assert whole.level is Level.WHOLE
    assert told(whole)[0] == ("same", "head\n")
    assert told(whole)[-1] == ("same", "tail")
    check_whole(whole, text_a, text_b)


def _long_text(seed: int, length: int) -> str:
    generator = random.Random(seed)
    words = [f"w{number}" for number in range(3000)]
    weights = [1 / (number + 1) for number in range(3000)]
    text = " ".join(generator.choices(words, weights, k=length // 3))
    return text[:length]


LONG = _long_text(1, 50_000)


@pytest.mark.parametrize(
    ("text_a", "text_b"),
    [
        (LONG, _long_text(2, 50_000)),
        (LONG, LONG.replace("w17 ", "other ")),
        ("a " * 25_000, "a b " * 12_500),
        ("a\n" * 25_000, "a\nb\n" * 12_500),
        ("x" * 50_000, "x" * 49_999 + "y"),
        (" " * 50_000, " \n" * 25_000),
        ("." * 50_000, ".," * 25_000),
        ("ab" * 25_000, "ba" * 25_000),
        ("漢字" * 25_000, "字漢" * 25_000),
        (
            " ".join("pq"[n % 2] + str(n % 90) for n in range(12_500)),
            " ".join("pq"[n % 2] + str(n % 89) for n in range(12_500)),
        ),
    ],
)
def test_long_texts_take_bounded_work(text_a: str, text_b: str) -> None:
    check_whole(find_differences(text_a, text_b), text_a, text_b)


@given(
    st.text(alphabet="ab .\n漢", max_size=60),
    st.text(alphabet="ab .\n漢", max_size=60),
    st.integers(0, 200),
)
def test_the_texts_come_back_whole(text_a: str, text_b: str, most_steps: int) -> None:
    check_whole(find_differences(text_a, text_b, most_steps=most_steps), text_a, text_b)


@pytest.mark.parametrize("text", HOSTILE_TEXTS)
def test_hostile_texts(text: str) -> None:
    check_whole(find_differences(text, f"{text} more"), text, f"{text} more")
    check_whole(find_differences(f"x {text}", text), f"x {text}", text)
