"""Makes the settings of a round from what the user chose, with the usual values for the rest."""

import msgspec

from large_enough.domain import setting_limits
from large_enough.domain.generation import (
    CacheType,
    LoadSettings,
    PromptStyle,
    SamplingSettings,
)
from large_enough.domain.round import AnswerSettings
from large_enough.domain.setting_limits import Limits
from large_enough.resources.settings import AskingChoices

LONGEST_SYSTEM = 20_000
"""Characters of a system message: many times what helps a model."""

NUMBER_LIMITS: dict[str, Limits] = {
    "max_tokens": setting_limits.MAX_TOKENS,
    "temperature": setting_limits.TEMPERATURE,
    "top_k": setting_limits.TOP_K,
    "top_p": setting_limits.TOP_P,
    "min_p": setting_limits.MIN_P,
    "repeat_penalty": setting_limits.REPEAT_PENALTY,
    "seed": setting_limits.SEED,
    "context_tokens": setting_limits.CONTEXT_TOKENS,
    "gpu_layers": setting_limits.GPU_LAYERS,
    "thread_count": setting_limits.THREADS,
}
"""By field of `AskingChoices`."""

_SAMPLING = ("temperature", "top_k", "top_p", "min_p", "repeat_penalty", "seed")
_LOADING = ("context_tokens", "gpu_layers")


def usual_value(field: str) -> float | None:
    """Return the number that holds while the user has chosen none; None if the program decides.

    Args:
        field: Of `AskingChoices`.
    """
    if field == "thread_count":
        return None
    if field in _LOADING:
        return float(getattr(LoadSettings(), field))
    if field in _SAMPLING:
        return float(getattr(SamplingSettings(), field))
    return float(getattr(AnswerSettings(), field))


def checked(choices: AskingChoices) -> AskingChoices:
    """Return the choices without those that cannot be: settings files may hold anything."""
    changes: dict[str, object] = {
        field: None
        for field, limits in NUMBER_LIMITS.items()
        if (value := getattr(choices, field)) is not None and not limits.allow(value)
    }
    if choices.cache_type not in {kind.value for kind in CacheType}:
        changes["cache_type"] = None
    if len(choices.system) > LONGEST_SYSTEM:
        changes["system"] = ""
    return msgspec.structs.replace(choices, **changes)


def answer_settings(choices: AskingChoices) -> AnswerSettings:
    """Return what is the same for every contender."""
    settings = AnswerSettings(
        style=PromptStyle.COMPLETION if choices.is_completion else PromptStyle.CHAT,
        sampling=msgspec.structs.replace(SamplingSettings(), **_chosen(choices, _SAMPLING)),
        thinking=choices.thinking,
        thread_count=choices.thread_count,
    )
    return msgspec.structs.replace(settings, **_chosen(choices, ("max_tokens",)))


def load_settings(choices: AskingChoices) -> LoadSettings:
    """Return how each contender is loaded."""
    settings = msgspec.structs.replace(LoadSettings(), **_chosen(choices, _LOADING))
    if choices.cache_type is None:
        return settings
    return msgspec.structs.replace(settings, cache_type=CacheType(choices.cache_type))


def _chosen(choices: AskingChoices, fields: tuple[str, ...]) -> dict[str, object]:
    """Return the fields for which the user chose a value."""
    values = {field: getattr(choices, field) for field in fields}
    return {field: value for field, value in values.items() if value is not None}
