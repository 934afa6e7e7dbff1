"""The search for the largest context."""

import pytest

from large_enough.comparison.largest_context import MOST_TOKENS, NONE_FITS, largest_context
from large_enough.domain.quantity import Unavailable


def need(context_tokens: int) -> int:
    return 1_000_000 + 100 * context_tokens


@pytest.mark.parametrize("trained_tokens", [256, 512, 4096, 32_768, 131_072])
@pytest.mark.parametrize("usable_bytes", [1_030_000, 1_200_000, 3_000_000, 90_000_000])
def test_the_next_step_would_not_fit(trained_tokens: int, usable_bytes: int) -> None:
    found = largest_context(need, usable_bytes, trained_tokens)
    assert isinstance(found, int)
    assert found % 256 == 0
    assert need(found) <= usable_bytes
    next_tokens = found + 256
    is_last = next_tokens > trained_tokens
    assert is_last or need(next_tokens) * 1.1 > usable_bytes


def test_nothing_fits_into_nothing() -> None:
    assert largest_context(need, 1_000_000, 4096) == NONE_FITS


def test_what_a_file_does_not_say_has_a_limit() -> None:
    unknown = Unavailable(reason="the file does not say")
    assert largest_context(need, 1 << 60, unknown) == MOST_TOKENS


def test_a_model_of_less_than_one_step_gets_one() -> None:
    assert largest_context(need, 1 << 60, 100) == 256


def test_few_questions_are_enough() -> None:
    asked: list[int] = []

    def counting(context_tokens: int) -> int:
        asked.append(context_tokens)
        return need(context_tokens)

    largest_context(counting, 5_000_000, 1_048_576)
    assert len(asked) < 30
