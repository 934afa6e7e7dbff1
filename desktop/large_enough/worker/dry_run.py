"""Works out with the engine's own code what loading a model would take, without its weights.

With `no_alloc` llama.cpp does everything but set memory aside, as its own `llama-fit-params` does.
Buffers of weights and of the cache are then logged as empty, so these sizes come from
`llama_model_size` and from the cache's own line in the log.
"""

import os
import re
from collections.abc import Iterable
from pathlib import Path

from large_enough.domain.dry_run import DryRun
from large_enough.domain.generation import LoadSettings, Placement
from large_enough.gguf.card import read_card
from large_enough.worker.bindings import Bindings, Handle
from large_enough.worker.bindings_check import device_rooms
from large_enough.worker.decode_causes import load_failure
from large_enough.worker.engine_log import EngineLog, LogLine
from large_enough.worker.llama_context import open_context, shape_of, suited
from large_enough.worker.llama_model import (
    LOAD_MODE_NONE,
    AbortFlag,
    check_is_language_model,
    model_params,
)
from large_enough.worker.load_log import BYTES_PER_MIB, parse_buffers
from large_enough.worker.request_check import check_load

_CACHE_SIZE = re.compile(r"llama_(?:kv_cache|memory_recurrent)\w*:\s+size\s*=\s*([0-9.]+) MiB")
_OTHER_ORDER = re.compile(r"(CPU_REPACK|AMX|KLEIDIAI)\w*\s+model buffer size", re.IGNORECASE)
_ONE_THREAD = Placement(thread_count=1)


class DryRunner:
    """Keeps the model it looked at last open, since other contexts of it take a moment only."""

    def __init__(self, bindings: Bindings, log: EngineLog, abort_flag: AbortFlag) -> None:
        self._bindings = bindings
        self._log = log
        self._abort_flag = abort_flag
        self._model: Handle = None
        self._key: tuple[str, int, bool] | None = None
        self._is_repacked = False

    def run(self, path: str, settings: LoadSettings) -> DryRun:
        """Return what loading a model with these settings would take.

        Raises:
            LargeEnoughError: It could not be loaded with them.
        """
        check_load(settings, _ONE_THREAD.thread_count)
        model = self._open(path, settings)
        settings, _warnings = suited(self._bindings, model, settings)
        self._log.clear()
        context = open_context(
            self._bindings, self._log, model, path, settings, _ONE_THREAD, self._abort_flag
        )
        try:
            return self._describe(model, context)
        finally:
            self._bindings.llama_free(context)

    def close(self) -> None:
        """Forget the model."""
        self._key = None
        if self._model:
            self._bindings.llama_model_free(self._model)
            self._model = None

    def _open(self, path: str, settings: LoadSettings) -> Handle:
        """Return the model without its weights: the one that is open, if it is that."""
        key = path, settings.gpu_layers, settings.use_repack
        if key == self._key:
            return self._model
        self.close()
        read_card(Path(path))  # what is wrong with the file itself is found without the engine
        params = model_params(self._bindings, settings)
        params.no_alloc = True
        params.load_mode = LOAD_MODE_NONE  # the only one that allocates nothing
        self._log.clear()
        self._model = self._bindings.llama_model_load_from_file(os.fsencode(path), params)
        if not self._model:
            raise load_failure(self._log.lines, path)
        check_is_language_model(self._bindings, self._model, path)
        self._is_repacked = any(_OTHER_ORDER.search(line.text) for line in self._log.lines)
        self._key = key
        return self._model

    def _describe(self, model: Handle, context: Handle) -> DryRun:
        lines = self._log.lines
        return DryRun(
            context_tokens=shape_of(self._bindings, model, context).context_tokens,
            weights_bytes=self._bindings.llama_model_size(model),
            kv_cache_bytes=cache_bytes(lines),
            buffers=parse_buffers(lines),
            is_repacked=self._is_repacked,
            rooms=device_rooms(self._bindings),
        )


def cache_bytes(lines: Iterable[LogLine]) -> int:
    """Return the size of the cache; one with sliding windows or states is logged in parts."""
    found = (_CACHE_SIZE.search(line.text) for line in lines)
    return sum(round(float(match[1]) * BYTES_PER_MIB) for match in found if match)
