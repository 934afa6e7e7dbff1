"""Asks llama.cpp itself what it would make of each tensor, without writing anything."""

import ctypes
import os
import re
from pathlib import Path
from typing import Any, NamedTuple

import llama_cpp.llama_cpp as bindings

engine: Any = bindings
_lines: list[str] = []

_TENSOR = re.compile(
    r"\[ *\d+/ *\d+\] (?P<name>\S+) +- \[[^]]*\], type = +(?P<old>\w+), "
    r"size = [^(\n]*(?:\((?P<new>\w+)\))?\n"
)
_FALLBACKS = re.compile(r"WARNING: (\d+) of \d+ tensor\(s\) required fallback")


def _keep(level: int, text: bytes, user_data: object) -> None:
    del level, user_data
    _lines.append(text.decode("utf-8", "replace"))


_KEEPER = engine.llama_log_callback(_keep)
"""Kept for good: the engine holds only a raw pointer."""


class DryRun(NamedTuple):
    """What llama.cpp would do."""

    formats: tuple[tuple[str, str], ...]
    """Name and new number format of each tensor, in order."""
    fallback_count: int
    """Tensors that do not fit the format they should get."""


def dry_run(path: Path, file_type: int) -> DryRun:
    """Return what llama.cpp would make of a model.

    Args:
        path: Its file.
        file_type: Number of the quantisation in `enum llama_ftype`.
    """
    _lines.clear()
    engine.llama_log_set(_KEEPER, ctypes.c_void_p(0))
    params = engine.llama_model_quantize_default_params()
    params.ftype, params.dry_run = file_type, True
    nowhere = os.fsencode(path.with_suffix(".nowhere"))
    code = engine.llama_model_quantize(os.fsencode(path), nowhere, ctypes.byref(params))
    text = "".join(_lines)
    assert code == 0, text
    found = _FALLBACKS.search(text)
    formats = tuple(
        (line["name"], (line["new"] or line["old"]).upper()) for line in _TENSOR.finditer(text)
    )
    return DryRun(formats, int(found[1]) if found else 0)
