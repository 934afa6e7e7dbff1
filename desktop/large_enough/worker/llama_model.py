"""Brings a model into memory with the engine's C functions."""

import ctypes
import os
import sys
from collections.abc import Callable

from large_enough.domain.errors import FailureKind, LargeEnoughError, ModelFileError
from large_enough.domain.generation import LoadSettings
from large_enough.worker.bindings import Bindings, Handle, NativeStruct
from large_enough.worker.decode_causes import load_failure
from large_enough.worker.engine_log import EngineLog

LOAD_MODE_AUTO = -1
LOAD_MODE_NONE = 0
DESCRIPTION_BYTES = 256
VALUE_BYTES = 256

_NO_DEVICES = (ctypes.c_void_p * 1)(None)  # kept for good: the engine holds only its address


class AbortFlag:
    """Stops a computation at its next step, at no cost.

    The engine calls back after each node of its graph, some 900 times a token. A Python function
    there would cost 0.1 ms a token; the C library's `strlen` costs nothing: of an empty text it is
    0, "go on", of any other one it is not. So the flag is a text of one character or none.
    """

    def __init__(self, bindings: Bindings) -> None:
        library = ctypes.cdll.msvcrt if sys.platform == "win32" else ctypes.CDLL(None)
        self.is_raised = False
        self.callback = ctypes.cast(library.strlen, bindings.ggml_abort_callback)
        self._text = ctypes.create_string_buffer(2)

    @property
    def data(self) -> ctypes.c_void_p:
        """What the callback is called with."""
        return ctypes.cast(self._text, ctypes.c_void_p)

    def set(self, is_raised: bool) -> None:
        """Raise or lower the flag; called by any thread."""
        self.is_raised = is_raised
        self._text.value = b"\x01" if is_raised else b""


def open_model(
    bindings: Bindings,
    log: EngineLog,
    path: str,
    settings: LoadSettings,
    on_progress: Callable[[float], None],
) -> Handle:
    """Load a model's file.

    Raises:
        LargeEnoughError: The engine refused it.
    """
    params = model_params(bindings, settings)
    params.load_mode = LOAD_MODE_AUTO if settings.use_mmap else LOAD_MODE_NONE
    progress_callback = bindings.llama_progress_callback(_progress(on_progress))
    params.progress_callback = progress_callback
    model = bindings.llama_model_load_from_file(os.fsencode(path), params)
    if not model:
        raise load_failure(log.lines, path)
    return model


def model_params(bindings: Bindings, settings: LoadSettings) -> NativeStruct:
    """Return where the weights of a model are to go, as the engine takes it."""
    params = bindings.llama_model_default_params()
    params.n_gpu_layers = settings.gpu_layers
    if settings.gpu_layers == 0:
        # Without an empty list a GPU would still be used for long prompts.
        params.devices = ctypes.cast(_NO_DEVICES, ctypes.c_void_p)
    params.use_extra_bufts = settings.use_repack
    return params


def check_is_language_model(bindings: Bindings, model: Handle, path: str) -> None:
    """Refuse models that do not continue text token by token.

    Raises:
        ModelFileError: It is of another kind.
    """
    architecture = metadata(bindings, model, "general.architecture")
    if bindings.llama_model_is_diffusion(model) or bindings.llama_model_has_encoder(model):
        raise ModelFileError(FailureKind.UNSUPPORTED_ARCHITECTURE, path, architecture=architecture)
    makes_embeddings = (
        not bindings.llama_model_has_decoder(model)
        or metadata(bindings, model, f"{architecture}.attention.causal") == "false"
        or metadata(bindings, model, f"{architecture}.pooling_type") not in ("", "0")
    )
    if makes_embeddings:
        raise ModelFileError(FailureKind.NOT_A_LANGUAGE_MODEL, path, architecture=architecture)


def metadata(bindings: Bindings, model: Handle, key: str) -> str:
    """Return a short value of the model's header as text; empty if there is none."""
    buffer = ctypes.create_string_buffer(VALUE_BYTES)
    length = bindings.llama_model_meta_val_str(model, key.encode(), buffer, VALUE_BYTES)
    return buffer.value.decode("utf-8", "replace") if length > 0 else ""


def describe_model(bindings: Bindings, model: Handle) -> str:
    """Return the engine's own short name for a model."""
    buffer = ctypes.create_string_buffer(DESCRIPTION_BYTES)
    bindings.llama_model_desc(model, buffer, DESCRIPTION_BYTES)
    return buffer.value.decode("utf-8", "replace")


def _progress(on_progress: Callable[[float], None]) -> Callable[[float, object], bool]:
    def report(fraction: float, user_data: object) -> bool:
        """Called by native code, which no exception may reach; False stops the loading."""
        del user_data
        try:
            on_progress(fraction)
        except LargeEnoughError:
            return False
        return True

    return report


def read_template(bindings: Bindings, model: Handle) -> str | None:
    """Return the text of the model's chat template; None if it has none."""
    source: bytes | None = bindings.llama_model_chat_template(model, None)
    return source.decode("utf-8", "replace") if source else None
