"""Settings of a round out of the user's choices."""

import pytest

from large_enough.comparison.asking_settings import (
    LONGEST_SYSTEM,
    NUMBER_LIMITS,
    answer_settings,
    checked,
    load_settings,
    usual_value,
)
from large_enough.domain.generation import CacheType, LoadSettings, PromptStyle, SamplingSettings
from large_enough.domain.round import AnswerSettings
from large_enough.resources.settings import AskingChoices


def test_without_choices_the_usual_values_hold() -> None:
    assert answer_settings(AskingChoices()) == AnswerSettings()
    assert load_settings(AskingChoices()) == LoadSettings()


def test_choices_take_effect() -> None:
    choices = AskingChoices(
        max_tokens=64,
        temperature=0.8,
        top_k=0,
        seed=7,
        thread_count=2,
        thinking=False,
        is_completion=True,
        context_tokens=1024,
        gpu_layers=-1,
        cache_type="q8_0",
    )
    assert answer_settings(choices) == AnswerSettings(
        style=PromptStyle.COMPLETION,
        max_tokens=64,
        sampling=SamplingSettings(temperature=0.8, top_k=0, seed=7),
        thinking=False,
        thread_count=2,
    )
    assert load_settings(choices) == LoadSettings(
        context_tokens=1024, gpu_layers=-1, cache_type=CacheType.Q8_0
    )


@pytest.mark.parametrize(
    "choices",
    [
        AskingChoices(temperature=float("inf")),
        AskingChoices(temperature=-1.0),
        AskingChoices(top_p=float("nan")),
        AskingChoices(context_tokens=10**30),
        AskingChoices(thread_count=0),
        AskingChoices(cache_type="q9"),
        AskingChoices(system="x" * (LONGEST_SYSTEM + 1)),
    ],
)
def test_what_cannot_be_is_dropped(choices: AskingChoices) -> None:
    assert checked(choices) == AskingChoices()


def test_what_can_be_is_kept() -> None:
    choices = AskingChoices(temperature=5.0, seed=0, cache_type="q4_0", system="Be brief.")
    assert checked(choices) == choices


@pytest.mark.parametrize("field", NUMBER_LIMITS)
def test_usual_values_are_within_the_limits(field: str) -> None:
    usual = usual_value(field)
    assert usual is None or NUMBER_LIMITS[field].allow(usual)
