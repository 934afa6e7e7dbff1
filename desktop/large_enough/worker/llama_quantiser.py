"""Quantises a model file with the engine's C function."""

import ctypes
import itertools
import os
import re
from collections.abc import Callable, Sequence
from pathlib import Path

from large_enough.gguf.mixtures import targets
from large_enough.gguf.quantisation import file_type_number
from large_enough.gguf.split import read_model
from large_enough.protocol.messages import Quantise
from large_enough.worker.bindings import Bindings
from large_enough.worker.decode_causes import quantise_failure
from large_enough.worker.engine_log import EngineLog, LogLine

MOST_BUFFER_BYTES = 256 << 20
"""Of a tensor's rows in memory at once: the engine's own limit of 8 GiB is too much for laptops.
The result is the same to the byte, since each row is rounded by itself."""

_TENSOR = re.compile(r"\[ *(?P<number>\d+)/ *\d+\] ")


class TensorWatch:
    """Reads out of the engine's log how far it has come.

    It logs "[  12/ 272] blk.1.ffn_up.weight ..." when it begins a tensor, and has no other way to
    tell.
    """

    def __init__(self, on_progress: Callable[[float], None]) -> None:
        """Prepare.

        Args:
            on_progress: Takes the share of the weights that are done; must not raise.
        """
        self._on_progress = on_progress
        self._done_shares: Sequence[float] = ()

    def expect(self, weight_counts: Sequence[int]) -> None:
        """Take note of the tensors' sizes, in the order in which they will come."""
        total = sum(weight_counts) or 1
        before = itertools.accumulate(weight_counts, initial=0)
        self._done_shares = [done / total for done in before]

    def read(self, line: LogLine) -> None:
        """Take one line of the log."""
        found = _TENSOR.match(line.text)
        index = int(found["number"]) - 1 if found else -1
        if 0 <= index < len(self._done_shares):
            self._on_progress(self._done_shares[index])


def quantise(bindings: Bindings, log: EngineLog, watch: TensorWatch, order: Quantise) -> None:
    """Make a quantised copy; returns when it is written.

    Args:
        bindings: The module `llama_cpp.llama_cpp`.
        log: What the engine says; `watch` must read its lines.
        watch: Tells how far it has come.
        order: What to do.

    Raises:
        ModelFileError: The model cannot be read.
        EngineError: The engine refused, or the disk is full.
    """
    header = read_model(Path(order.source_path)).header
    watch.expect([part.tensor.element_count for part in targets(header, order.type_name)])
    params = bindings.llama_model_quantize_default_params()
    params.ftype = file_type_number(order.type_name)
    params.nthread = order.thread_count
    params.allow_requantize = order.allow_requantise
    params.max_buf_size = MOST_BUFFER_BYTES
    source, target = os.fsencode(order.source_path), _target(order.unfinished_path)
    if bindings.llama_model_quantize(source, target, ctypes.byref(params)) != 0:
        raise quantise_failure(log.lines, order.source_path)


def _target(unfinished_path: str) -> bytes:
    """Enter the folder and return the bare name.

    The engine opens what it writes as `std::ofstream` does, which on Windows takes a name for text
    in the system's code page: other characters would be lost, and folders may hold any.
    """
    path = Path(unfinished_path)
    os.chdir(path.parent)
    return path.name.encode("ascii")
