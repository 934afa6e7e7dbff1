"""Works out what a model needs, by the engine's dry run where there is one."""

from collections.abc import Callable

import msgspec

from large_enough.domain.dry_run import DryRun
from large_enough.domain.errors import ErrorInfo, FailureKind, LargeEnoughError
from large_enough.domain.fit import CONTEXT_STEP_TOKENS, MemoryNeed, NeedMethod
from large_enough.domain.generation import LoadSettings
from large_enough.domain.model_card import MemoryEstimate, ModelCard
from large_enough.gguf.header import GgufHeader
from large_enough.gguf.memory import estimate_memory
from large_enough.gguf.offload import Offload, offload

AskEngine = Callable[[ModelCard, LoadSettings], DryRun | ErrorInfo]
"""Makes a dry run; `comparison.dry_run_cache.DryRunCache` is the real one."""

CANNOT_LOAD = frozenset(
    {
        FailureKind.FILE_MISSING,
        FailureKind.FILE_UNREADABLE,
        FailureKind.NOT_GGUF,
        FailureKind.FILE_MALFORMED,
        FailureKind.FILE_TRUNCATED,
        FailureKind.SPLIT_PART_MISSING,
        FailureKind.NOT_FIRST_SPLIT,
        FailureKind.NOT_A_LANGUAGE_MODEL,
        FailureKind.UNSUPPORTED_ARCHITECTURE,
        FailureKind.UNSUPPORTED_TOKENIZER,
        FailureKind.LOAD_REFUSED,
    }
)
"""What loading would fail with as well, however much memory there is."""


class CannotLoadError(LargeEnoughError):
    """The engine says that it could not load the model at all."""

    def __init__(self, info: ErrorInfo) -> None:
        super().__init__(info.kind, info.subject)
        self.info = info


def need_of(
    card: ModelCard,
    header: GgufHeader,
    settings: LoadSettings,
    ask_engine: AskEngine,
    *,
    is_shared_memory: bool = False,
) -> tuple[MemoryNeed, DryRun | None]:
    """Return what a model takes of the machine's memory, with the dry run that says so.

    Args:
        card: The model.
        header: Of its file.
        settings: How it is to be loaded.
        ask_engine: Makes the dry run.
        is_shared_memory: Whether the graphics card's memory is the machine's own.

    Raises:
        CannotLoadError: The engine could not load the model in any case.
    """
    found = ask_engine(card, settings)
    if isinstance(found, ErrorInfo) and found.kind in CANNOT_LOAD:
        raise CannotLoadError(found)
    on_processor = msgspec.structs.replace(settings, gpu_layers=0)
    by_formula = estimate_memory(header, on_processor)
    if isinstance(found, ErrorInfo):  # nor is it known whether there is a card: count everything
        need = MemoryNeed(
            estimate=by_formula,
            context_tokens=padded_context_tokens(card, settings),
            method=NeedMethod.FORMULA,
            why_formula=found,
        )
        return need, None
    moved = Offload(0, 0, 0) if is_shared_memory else offload(header, settings)
    need = MemoryNeed(
        estimate=_without(_refined(by_formula, found, is_shared_memory=is_shared_memory), moved),
        context_tokens=found.context_tokens,
        method=NeedMethod.DRY_RUN,
    )
    return need, found


def padded_context_tokens(card: ModelCard, settings: LoadSettings) -> int:
    """Return the context that the worker will set up."""
    trained = card.context_length_tokens
    wanted = settings.context_tokens
    tokens = min(wanted, trained) if isinstance(trained, int) else wanted
    return -(-max(tokens, 1) // CONTEXT_STEP_TOKENS) * CONTEXT_STEP_TOKENS


def _refined(
    by_formula: MemoryEstimate, found: DryRun, *, is_shared_memory: bool
) -> MemoryEstimate:
    """Return the estimate with the engine's own figures; it does not tell those of the process.

    Nor does it tell the size of the weights' second copy, but whether there is one.
    """
    shared_bytes = found.card_compute_bytes if is_shared_memory else 0
    return msgspec.structs.replace(
        by_formula,
        weights_bytes=found.weights_bytes,
        repacked_bytes=by_formula.repacked_bytes if found.is_repacked else 0,
        kv_cache_bytes=found.kv_cache_bytes,
        compute_bytes=found.compute_bytes + shared_bytes,
    )


def _without(estimate: MemoryEstimate, moved: Offload) -> MemoryEstimate:
    """Return what stays in the machine's memory."""
    kept_share = 1 - moved.weights_bytes / max(1, estimate.weights_bytes)
    return msgspec.structs.replace(
        estimate,
        repacked_bytes=round(estimate.repacked_bytes * max(0.0, kept_share)),
        weights_bytes=max(0, estimate.weights_bytes - moved.weights_bytes),
        kv_cache_bytes=max(0, estimate.kv_cache_bytes - moved.cache_bytes),
    )
