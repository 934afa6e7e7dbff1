"""Sets up what a loaded model computes in: its cache, its buffers, its threads."""

from dataclasses import dataclass

import msgspec

from large_enough.domain.generation import CacheType, LoadSettings, Placement
from large_enough.worker.bindings import Bindings, Handle
from large_enough.worker.decode_causes import decode_failure, load_failure
from large_enough.worker.engine_log import EngineLog
from large_enough.worker.llama_model import AbortFlag

FLASH_ATTENTION_AUTO = -1
CACHE_TYPE_IDS = {CacheType.F16: 1, CacheType.Q8_0: 8, CacheType.Q4_0: 2}
"""ggml.h, enum ggml_type."""
PAD_TOKENS = 256
"""llama.cpp pads the context to a multiple of this."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContextShape:
    """What was really set up."""

    sequence_count: int
    """How many answers can be computed at once."""
    context_tokens: int
    """Of each of them."""
    step_tokens: int
    """Most tokens to compute in one step: at least one for each answer."""
    can_keep: bool
    """Whether a sequence can keep the beginning of what it holds for the next prompt."""


def suited(
    bindings: Bindings, model: Handle, settings: LoadSettings
) -> tuple[LoadSettings, tuple[str, ...]]:
    """Return the settings that a model can be run with, and a warning for each that is not wanted.

    Beyond the length it was trained for a model writes nonsense, yet the engine would set memory
    aside for all of it. One that folds the past into a state (Mamba, RWKV, hybrids) works on one
    answer at a time here: such a state cannot be taken back to where it was after a computation
    that was stopped on the way.
    """
    warnings = []
    wanted_tokens, trained_tokens = settings.context_tokens, bindings.llama_model_n_ctx_train(model)
    if 0 < trained_tokens < wanted_tokens:
        settings = msgspec.structs.replace(settings, context_tokens=trained_tokens)
        warnings.append(
            f"context reduced from {wanted_tokens} to {trained_tokens} tokens: the model was"
            " trained for no more"
        )
    if settings.parallel_sequences > 1 and is_recurrent(bindings, model):
        settings = msgspec.structs.replace(settings, parallel_sequences=1)
        warnings.append("answers are computed one at a time: the model keeps a running state")
    return settings, tuple(warnings)


def is_recurrent(bindings: Bindings, model: Handle) -> bool:
    """Return whether a model folds the past into a state, in all its layers or in some."""
    return bool(bindings.llama_model_is_recurrent(model) or bindings.llama_model_is_hybrid(model))


def open_context(
    bindings: Bindings,
    log: EngineLog,
    model: Handle,
    path: str,
    settings: LoadSettings,
    placement: Placement,
    abort_flag: AbortFlag,
) -> Handle:
    """Set up the context: KV cache, compute buffers, threads.

    What differs between the bindings, llama.cpp's tools and its C defaults is set explicitly, as
    llama-bench and llama-server have it.

    Raises:
        LargeEnoughError: The engine refused.
    """
    params = bindings.llama_context_default_params()
    count = settings.parallel_sequences
    params.n_seq_max = count
    params.n_ctx = settings.context_tokens if count == 1 else count * _padded(settings)
    # A cache for each: in a common one the processor's attention adds numbers up in another order,
    # and answers would differ from those that are given one by one.
    params.kv_unified = False
    # A step holds a token of each sequence, at least; more than `n_batch` would be fatal.
    params.n_batch = max(min(settings.batch_tokens, settings.context_tokens), count)
    params.n_ubatch = max(min(settings.ubatch_tokens, settings.context_tokens), count)
    # Logits of the last token of each only: saves vocabulary x ubatch x 4 bytes.
    params.n_outputs_max = count
    params.n_threads = params.n_threads_batch = placement.thread_count
    params.flash_attn_type = FLASH_ATTENTION_AUTO
    params.type_k = params.type_v = CACHE_TYPE_IDS[settings.cache_type]
    params.swa_full = False
    params.no_perf = False
    params.abort_callback = abort_flag.callback
    params.abort_callback_data = abort_flag.data
    context = bindings.llama_init_from_model(model, params)
    if not context:
        raise load_failure(log.lines, path)
    return context


def warm_up(bindings: Bindings, log: EngineLog, context: Handle, tokens: list[int]) -> None:
    """Compute a token or two, so that pages, threads and buffers are there when it counts.

    Raises:
        LargeEnoughError: The engine refused.
    """
    tokens = tokens[: bindings.llama_n_batch(context)]  # more would make the engine abort
    array = (bindings.llama_token * len(tokens))(*tokens)
    return_code = bindings.llama_decode(context, bindings.llama_batch_get_one(array, len(tokens)))
    if return_code != 0:
        raise decode_failure(log.lines, return_code)
    bindings.llama_memory_clear(bindings.llama_get_memory(context), True)
    bindings.llama_synchronize(context)
    bindings.llama_perf_context_reset(context)


def shape_of(bindings: Bindings, model: Handle, context: Handle) -> ContextShape:
    """Return what was really set up."""
    count = int(bindings.llama_n_seq_max(context))
    step_tokens = min(bindings.llama_n_ubatch(context), bindings.llama_n_batch(context))
    has_window = bindings.llama_model_n_swa(model) > 0
    return ContextShape(
        sequence_count=count,
        context_tokens=int(bindings.llama_n_ctx(context)) // count,
        step_tokens=int(step_tokens),
        can_keep=not has_window and not is_recurrent(bindings, model),
    )


def _padded(settings: LoadSettings) -> int:
    return -(-settings.context_tokens // PAD_TOKENS) * PAD_TOKENS
