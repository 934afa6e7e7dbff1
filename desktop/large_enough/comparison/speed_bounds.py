"""Works out for an answer how fast memory would have let it be."""

from collections.abc import Callable
from pathlib import Path

from large_enough.domain.errors import ModelFileError
from large_enough.domain.model_card import BackendKind
from large_enough.domain.quantity import Unavailable
from large_enough.domain.round import Contender, Done
from large_enough.domain.speed_bound import Bandwidth, SpeedBound, TokenReads
from large_enough.gguf.header import GgufHeader
from large_enough.gguf.split import read_model
from large_enough.gguf.token_reads import token_reads

SCRIPTED = Unavailable(reason="the answer is scripted")
NOT_ON_PROCESSOR = Unavailable(reason="the model does not run on the processor alone")
NO_WEIGHTS = Unavailable(reason="the size of its weights is not known")
_NO_FILE = Unavailable(reason="the model's file cannot be read")


def _read_header(path: str) -> GgufHeader:
    return read_model(Path(path)).header


def speed_bound(
    contender: Contender,
    done: Done,
    bandwidth: Bandwidth | Unavailable,
    *,
    read_header: Callable[[str], GgufHeader] = _read_header,
) -> SpeedBound | Unavailable:
    """Return the bound of an answer, or why none can be given.

    Args:
        contender: Who answered.
        done: The answer.
        bandwidth: Of the machine that the round ran on.
        read_header: Reads the header of a model file; replaced in tests.
    """
    if contender.card.backend is not BackendKind.LLAMA:
        return SCRIPTED
    if not done.context.loaded.is_on_processor:
        return NOT_ON_PROCESSOR
    reads = _reads(contender, done, read_header)
    if reads.weights_bytes <= 0:
        return NO_WEIGHTS
    return SpeedBound(reads=reads, bandwidth=bandwidth)


def _reads(
    contender: Contender, done: Done, read_header: Callable[[str], GgufHeader]
) -> TokenReads:
    """Return what a token in the middle of the answer reads."""
    timing = done.answer.timing
    length_tokens = timing.prompt_token_count + timing.generated_token_count // 2
    try:
        header = read_header(contender.card.path)
    except ModelFileError:
        return TokenReads(
            weights_bytes=done.context.loaded.weights_bytes,
            cache_bytes=_NO_FILE,
            is_upper_bound=True,
        )
    return token_reads(header, contender.load, length_tokens)
