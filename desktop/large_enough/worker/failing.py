"""Turns whatever went wrong in a worker into what is sent about it."""

import traceback

import msgspec

from large_enough.domain.errors import ErrorInfo, FailureKind, LargeEnoughError

MAX_DETAIL_CHARACTERS = 16_000
"""Of an error's technical text; the end is kept, since that is where causes stand."""


def failure_of(error: Exception) -> ErrorInfo:
    """Return what to send about an error that is being handled."""
    info = error.info if isinstance(error, LargeEnoughError) else _unforeseen(error)
    return msgspec.structs.replace(info, detail=info.detail[-MAX_DETAIL_CHARACTERS:])


def _unforeseen(error: Exception) -> ErrorInfo:
    is_memory = isinstance(error, MemoryError)
    kind = FailureKind.OUT_OF_MEMORY if is_memory else FailureKind.INTERNAL
    return ErrorInfo(kind=kind, detail="".join(traceback.format_exception(error)))
