"""Builds the chain of samplers that chooses the next token."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from large_enough.domain.generation import SamplingSettings
from large_enough.worker.bindings import Bindings, Handle

NEUTRAL_PENALTY = 1.0


@contextmanager
def sampler_chain(
    bindings: Bindings,
    settings: SamplingSettings,
    prompt_tokens: Sequence[int],
    vocabulary_size: int,
) -> Iterator[Handle]:
    """Yield a chain of samplers, freed when the block ends.

    The order is llama.cpp's own: penalties, top-k, top-p, min-p, temperature, draw. Neutral
    samplers are left out: each walks over all candidates. Without a temperature the most probable
    token is taken at once.

    Args:
        bindings: The module `llama_cpp.llama_cpp`.
        settings: What is wanted; checked before.
        prompt_tokens: The penalties look back into the prompt, too.
        vocabulary_size: Number of candidates.
    """
    chain = bindings.llama_sampler_chain_init(bindings.llama_sampler_chain_default_params())
    try:
        for sampler in _samplers(bindings, settings, vocabulary_size):
            bindings.llama_sampler_chain_add(chain, sampler)
        if _has_penalties(settings):
            for token in prompt_tokens[-settings.repeat_last_tokens :]:
                bindings.llama_sampler_accept(chain, token)
        yield chain
    finally:
        bindings.llama_sampler_free(chain)


def _samplers(
    bindings: Bindings, settings: SamplingSettings, vocabulary_size: int
) -> Iterator[Handle]:
    if _has_penalties(settings):
        yield bindings.llama_sampler_init_penalties(
            vocabulary_size, settings.repeat_last_tokens, settings.repeat_penalty, 0.0, 0.0
        )
    if settings.temperature <= 0:
        yield bindings.llama_sampler_init_greedy()
        return
    if settings.top_k > 0:
        yield bindings.llama_sampler_init_top_k(settings.top_k)
    if settings.top_p < 1:
        yield bindings.llama_sampler_init_top_p(settings.top_p, 1)
    if settings.min_p > 0:
        yield bindings.llama_sampler_init_min_p(settings.min_p, 1)
    yield bindings.llama_sampler_init_temp(settings.temperature)
    yield bindings.llama_sampler_init_dist(settings.seed)


def _has_penalties(settings: SamplingSettings) -> bool:
    return settings.repeat_penalty != NEUTRAL_PENALTY and settings.repeat_last_tokens > 0
