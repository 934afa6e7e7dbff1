"""Adds a LoRA adapter to a loaded model with the engine's C functions."""

import ctypes
import os
from pathlib import Path

from large_enough.domain.model_card import Adapter
from large_enough.gguf.adapter import check_adapter
from large_enough.gguf.split import read_model
from large_enough.worker.bindings import Bindings, Handle
from large_enough.worker.decode_causes import adapter_failure
from large_enough.worker.engine_log import EngineLog


def check_before_loading(adapter: Adapter, model_path: str, model_name: str) -> None:
    """Make sure that an adapter fits a model, as far as their headers tell.

    Raises:
        ModelFileError: It does not, or a file cannot be read.
    """
    check_adapter(Path(adapter.path), read_model(Path(model_path)).header, model_name)


def add_adapter(
    bindings: Bindings, log: EngineLog, model: Handle, context: Handle, adapter: Adapter
) -> None:
    """Load an adapter and let the context compute with it. It is freed together with the model.

    Raises:
        LargeEnoughError: The engine refused it.
    """
    handle = bindings.llama_adapter_lora_init(model, os.fsencode(adapter.path))
    if not handle:
        raise adapter_failure(log.lines, adapter.path)
    handles = (type(handle) * 1)(handle)
    scales = (ctypes.c_float * 1)(adapter.scale)
    bindings.llama_set_adapters_lora(context, handles, 1, scales)
