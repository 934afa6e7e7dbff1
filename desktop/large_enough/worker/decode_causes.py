"""Finds the cause of a failure in what the engine logged about it.

The engine returns a null pointer or a small number and leaves the reason in its log, as text. The
texts are those of llama.cpp 0c1e57098; one that is not known here still reaches the user, as the
detail of a more general failure.
"""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from large_enough.domain.errors import EngineError, FailureKind, LargeEnoughError, ModelFileError
from large_enough.worker.engine_log import LEVEL_ERROR, LEVEL_WARN, LogLine

DETAIL_LINES = 20
"""Of the engine's errors, the last ones."""


class _Cause(NamedTuple):
    pattern: "re.Pattern[str]"
    kind: FailureKind
    fact: str = ""
    """Name for what the pattern's group holds; empty if it has none."""


def _cause(pattern: str, kind: FailureKind, fact: str = "") -> _Cause:
    return _Cause(re.compile(pattern, re.IGNORECASE), kind, fact)


_LOAD_CAUSES = (
    _cause(r"invalid magic characters", FailureKind.NOT_GGUF),
    _cause(r"not within the file bounds", FailureKind.FILE_TRUNCATED),
    _cause(r"failed to load GGUF split from (.*)", FailureKind.SPLIT_PART_MISSING, "part"),
    _cause(r"must be loaded with the first split", FailureKind.NOT_FIRST_SPLIT),
    _cause(r"invalid split file|invalid split count", FailureKind.SPLIT_PART_MISSING),
    _cause(r"failed to open GGUF file .*\(No such file", FailureKind.FILE_MISSING),
    _cause(r"failed to open GGUF file", FailureKind.FILE_UNREADABLE),
    _cause(
        r"(?:unknown|unsupported) model architecture: '([^']*)'",
        FailureKind.UNSUPPORTED_ARCHITECTURE,
        "architecture",
    ),
    _cause(r"CLIP cannot be used as main model", FailureKind.NOT_A_LANGUAGE_MODEL),
    _cause(r"requires? ctx_other", FailureKind.NOT_A_LANGUAGE_MODEL),
    _cause(
        r"unknown (?:pre-tokenizer type|tokenizer): '([^']*)'",
        FailureKind.UNSUPPORTED_TOKENIZER,
        "tokenizer",
    ),
    _cause(
        r"failed to allocate|unable to allocate|insufficient memory|bad_alloc|out of memory",
        FailureKind.OUT_OF_MEMORY,
    ),
    # Files made by another program's own converter load there and nowhere else.
    _cause(r"wrong number of tensors", FailureKind.LOAD_REFUSED),
    _cause(r"quantized V cache", FailureKind.LOAD_REFUSED),
    _cause(
        r"missing tensor|tensor '[^']*' not found|not found in model|is corrupted|corrupted model"
        r"|is duplicated|invalid gguf type|wrong type|wrong array|has invalid|bad GGUF version"
        r"|failed to read|file version|no longer supported|cannot find tokenizer"
        r"|Index out of array bounds|must be in \[|has wrong shape",
        FailureKind.FILE_MALFORMED,
    ),
)
"""In order: the first pattern that matches any line decides."""

_ADAPTER_CAUSES = (
    _cause(r"failed to open .*: No such file", FailureKind.FILE_MISSING),
    _cause(r"failed to open ", FailureKind.FILE_UNREADABLE),
    _cause(r"not within the file bounds", FailureKind.FILE_TRUNCATED),
    _cause(r"failed to allocate|bad_alloc", FailureKind.OUT_OF_MEMORY),
)

_DECODE_CAUSES = (
    _cause(r"failed to allocate|unable to allocate|out of memory", FailureKind.OUT_OF_MEMORY),
)


_QUANTISE_CAUSES = (
    # A stream of the C++ library that could not be written to; none of them tells why.
    _cause(r"basic_ios|ios_base|iostream", FailureKind.DISK_FULL),
    # Weights that are no numbers; the words for malformed files would blame the header.
    _cause(r"has invalid data|data validation failed", FailureKind.NOT_QUANTISED),
    *_LOAD_CAUSES,
)
_ADAPTER_PREFIX = re.compile(
    r"^llama_adapter_lora_init\w*: (?:failed to apply lora adapter: )?", re.MULTILINE
)
_QUANTISE_PREFIX = re.compile(r"^llama_model_quantize: failed to quantize: ", re.MULTILINE)


def load_failure(lines: Sequence[LogLine], path: str) -> LargeEnoughError:
    """Return why a model could not be loaded.

    Args:
        lines: What the engine logged meanwhile.
        path: The model's file.
    """
    kind, facts = _find(lines, _LOAD_CAUSES, FailureKind.LOAD_REFUSED)
    error_class = EngineError if kind in _ENGINE_KINDS else ModelFileError
    return error_class(kind, path, detail=error_text(lines), **facts)


def adapter_failure(lines: Sequence[LogLine], path: str) -> LargeEnoughError:
    """Return why an adapter could not be added to a loaded model.

    Args:
        lines: What the engine logged meanwhile.
        path: The adapter's file.
    """
    kind, facts = _find(lines, _ADAPTER_CAUSES, FailureKind.ADAPTER_MISMATCH)
    error_class = EngineError if kind in _ENGINE_KINDS else ModelFileError
    detail = _ADAPTER_PREFIX.sub("", error_text(lines))
    return error_class(kind, path, detail=detail, **facts)


def quantise_failure(lines: Sequence[LogLine], path: str) -> EngineError:
    """Return why a model could not be quantised; about the copy unless the original is at fault.

    Args:
        lines: What the engine logged meanwhile.
        path: The original's file.
    """
    kind, facts = _find(lines, _QUANTISE_CAUSES, FailureKind.NOT_QUANTISED)
    is_of_copy = kind in (FailureKind.NOT_QUANTISED, FailureKind.DISK_FULL)
    detail = _QUANTISE_PREFIX.sub("", error_text(lines))
    return EngineError(kind, "" if is_of_copy else path, detail=detail, **facts)


def decode_failure(lines: Sequence[LogLine], return_code: int) -> EngineError:
    """Return why the engine refused to compute.

    Args:
        lines: What the engine logged meanwhile.
        return_code: What `llama_decode` returned.
    """
    kind, facts = _find(lines, _DECODE_CAUSES, FailureKind.ENGINE_REFUSED)
    detail = error_text(lines) or f"llama_decode returned {return_code}"
    return EngineError(kind, detail=detail, **facts, return_code=return_code)


def error_text(lines: Iterable[LogLine]) -> str:
    """Return the engine's last errors (warnings, if it logged no error), one on a line."""
    for level in (LEVEL_ERROR, LEVEL_WARN):
        texts = [line.text for line in lines if line.level == level]
        if texts:
            return "\n".join(texts[-DETAIL_LINES:])
    return ""


_ENGINE_KINDS = (FailureKind.LOAD_REFUSED, FailureKind.OUT_OF_MEMORY)
"""Failures that are not the file's fault."""


def _find(
    lines: Iterable[LogLine], causes: Iterable[_Cause], otherwise: FailureKind
) -> tuple[FailureKind, dict[str, str]]:
    text = error_text(lines)
    for cause in causes:
        if found := cause.pattern.search(text):
            return cause.kind, {cause.fact: found.group(1).strip()} if cause.fact else {}
    return otherwise, {}
