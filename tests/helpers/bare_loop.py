"""The shortest way to compute tokens with llama.cpp: what our worker is compared with."""

import ctypes
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import llama_cpp.llama_cpp as bindings

from large_enough.domain.clock import SystemClock

engine: Any = bindings


def _ignore(level: int, text: bytes, user_data: object) -> None:
    del level, text, user_data


_SILENCE = engine.llama_log_callback(_ignore)
"""Kept for good: the engine holds only a raw pointer."""


class BareLoop:
    """One model, one sequence, no more than is necessary."""

    def __init__(self, path: Path, thread_count: int, context_tokens: int) -> None:
        engine.llama_log_set(_SILENCE, ctypes.c_void_p(0))
        engine.llama_backend_init()
        model_params = engine.llama_model_default_params()
        model_params.n_gpu_layers = 0
        self._model = engine.llama_model_load_from_file(os.fsencode(path), model_params)
        params = engine.llama_context_default_params()
        params.n_ctx = context_tokens
        params.n_threads = params.n_threads_batch = thread_count
        params.n_outputs_max = 1
        params.swa_full = False
        self._context = engine.llama_init_from_model(self._model, params)
        self._vocabulary = engine.llama_model_get_vocab(self._model)
        self._clock = SystemClock()

    def tokenize(self, text: str, *, parse_special: bool = False) -> list[int]:
        """Return the tokens of a text."""
        data = text.encode()
        array = (engine.llama_token * (len(data) + 8))()
        count = engine.llama_tokenize(
            self._vocabulary, data, len(data), array, len(array), True, parse_special
        )
        return list(array[:count])

    def text(self, tokens: Sequence[int]) -> str:
        """Return the text of tokens."""
        buffer = ctypes.create_string_buffer(256)
        pieces = bytearray()
        for token in tokens:
            length = engine.llama_token_to_piece(self._vocabulary, token, buffer, 256, 0, False)
            pieces += buffer.raw[:length]
        return pieces.decode("utf-8", "replace")

    def greedy(self, prompt: Sequence[int], count: int) -> list[int]:
        """Return the most probable tokens that follow a prompt, up to the model's own end."""
        chain = engine.llama_sampler_chain_init(engine.llama_sampler_chain_default_params())
        engine.llama_sampler_chain_add(chain, engine.llama_sampler_init_greedy())
        self._read(prompt)
        tokens: list[int] = []
        while len(tokens) < count:
            token = engine.llama_sampler_sample(chain, self._context, -1)
            if engine.llama_vocab_is_eog(self._vocabulary, token):
                break
            tokens.append(token)
            self._decode([token])
        engine.llama_sampler_free(chain)
        return tokens

    def tokens_per_s(self, prompt: Sequence[int], tokens: Sequence[int]) -> float:
        """Compute given tokens behind a prompt; the speed is taken as `Timing` takes it."""
        self._read(prompt)
        array = (engine.llama_token * 1)()
        batch = engine.llama_batch_get_one(array, 1)
        started_ns = self._clock.monotonic_ns()
        for token in tokens[:-1]:
            array[0] = token
            engine.llama_decode(self._context, batch)
            engine.llama_synchronize(self._context)
        return (len(tokens) - 1) / ((self._clock.monotonic_ns() - started_ns) / 1e9)

    def close(self) -> None:
        """Free the model."""
        engine.llama_free(self._context)
        engine.llama_model_free(self._model)

    def _read(self, prompt: Sequence[int]) -> None:
        engine.llama_memory_clear(engine.llama_get_memory(self._context), False)
        self._decode(prompt)
        engine.llama_synchronize(self._context)

    def _decode(self, tokens: Sequence[int]) -> None:
        array = (engine.llama_token * len(tokens))(*tokens)
        if engine.llama_decode(self._context, engine.llama_batch_get_one(array, len(tokens))):
            problem = "the bare loop failed"
            raise RuntimeError(problem)
