"""Checks what is asked before any of it reaches native code, where a wrong number is fatal."""

import math
from collections.abc import Sequence

from large_enough.domain.errors import EngineError, FailureKind, RequestError
from large_enough.domain.generation import GenerationRequest, LoadSettings, SamplingSettings

MAX_CONTEXT_TOKENS = 1 << 24
MAX_BATCH_TOKENS = 1 << 16
MAX_THREADS = 512
"""GGML_MAX_N_THREADS of ggml.h."""
MAX_GPU_LAYERS = 1 << 16
MAX_SEQUENCES = 64
"""llama.cpp could do 256 (LLAMA_MAX_SEQ); the gain ends long before."""
MAX_SECONDS = 1e6
MAX_CHARACTERS = 1 << 30
MAX_GRAMMAR_CHARACTERS = 20_000
MAX_LABELS = 64
MAX_LABEL_CHARACTERS = 16
MAX_STOP_TEXTS = 32
MAX_STOP_CHARACTERS = 1000
MAX_SEED = 0xFFFFFFFE
"""The next one, LLAMA_DEFAULT_SEED, would mean a random seed."""


def check_load(settings: LoadSettings, thread_count: int) -> None:
    """Refuse impossible settings.

    Raises:
        RequestError: Naming the setting.
    """
    _check_range("context_tokens", settings.context_tokens, 1, MAX_CONTEXT_TOKENS)
    _check_range("batch_tokens", settings.batch_tokens, 1, MAX_BATCH_TOKENS)
    _check_range("ubatch_tokens", settings.ubatch_tokens, 1, settings.batch_tokens)
    _check_range("gpu_layers", settings.gpu_layers, -1, MAX_GPU_LAYERS)
    _check_range("thread_count", thread_count, 1, MAX_THREADS)
    _check_range("parallel_sequences", settings.parallel_sequences, 1, MAX_SEQUENCES)


def check_request(request: GenerationRequest) -> None:
    """Refuse impossible requests.

    Raises:
        RequestError: Naming the setting.
    """
    if not any(message.content for message in request.messages):
        raise RequestError(FailureKind.BAD_SETTING, "messages", detail="there is no prompt")
    _check_range("max_tokens", request.max_tokens, 1, MAX_CONTEXT_TOKENS)
    _check_range("thread_count", request.placement.thread_count, 1, MAX_THREADS)
    _check_range("stop", len(request.stop), 0, MAX_STOP_TEXTS)
    for text in request.stop:
        _check_range("stop", len(text), 1, MAX_STOP_CHARACTERS)
    _check_sampling(request.sampling)
    if request.longest_s is not None:
        _check_range("longest_s", request.longest_s, 0.0, MAX_SECONDS)
    if request.longest_characters is not None:
        _check_range("longest_characters", request.longest_characters, 1, MAX_CHARACTERS)
    _check_range("grammar", len(request.grammar), 0, MAX_GRAMMAR_CHARACTERS)


def check_labels(labels: Sequence[str]) -> None:
    """Refuse labels among which there is nothing to choose.

    Raises:
        RequestError: Naming the setting.
    """
    _check_range("labels", len(labels), 2, MAX_LABELS)
    for label in labels:
        _check_range("labels", len(label), 1, MAX_LABEL_CHARACTERS)
        if label != label.strip():
            raise RequestError(FailureKind.BAD_SETTING, "labels", detail="space around a label")
    if len(set(labels)) < len(labels):
        raise RequestError(FailureKind.BAD_SETTING, "labels", detail="a label occurs twice")


def check_prompt_length(prompt_tokens: int, context_tokens: int) -> None:
    """Refuse a prompt that leaves no room for an answer.

    Raises:
        EngineError: With both numbers.
        RequestError: The prompt is empty.
    """
    if prompt_tokens < 1:
        raise RequestError(FailureKind.BAD_SETTING, "messages", detail="there is no prompt")
    if prompt_tokens >= context_tokens:
        raise EngineError(
            FailureKind.PROMPT_TOO_LONG, prompt_tokens=prompt_tokens, context_tokens=context_tokens
        )


def _check_sampling(sampling: SamplingSettings) -> None:
    _check_range("temperature", sampling.temperature, 0.0, 100.0)
    _check_range("top_k", sampling.top_k, 0, MAX_CONTEXT_TOKENS)
    _check_range("top_p", sampling.top_p, 0.0, 1.0)
    _check_range("min_p", sampling.min_p, 0.0, 1.0)
    _check_range("repeat_penalty", sampling.repeat_penalty, 0.01, 100.0)
    _check_range("repeat_last_tokens", sampling.repeat_last_tokens, 0, MAX_CONTEXT_TOKENS)
    _check_range("seed", sampling.seed, 0, MAX_SEED)


def _check_range(name: str, value: float, lowest: float, highest: float) -> None:
    if not math.isfinite(value) or not lowest <= value <= highest:
        raise RequestError(
            FailureKind.BAD_SETTING, name, value=value, lowest=lowest, highest=highest
        )
