"""Makes sure that the bindings fit the library they found, then says which engine it is.

The C structures are passed by value and carry no version: a library of another day would read our
settings from the wrong places without a word. If the defaults it hands out are the expected ones in
every field, the layouts agree.
"""

import ctypes
from collections.abc import Mapping

from large_enough.domain.dry_run import DeviceRoom
from large_enough.domain.errors import EngineError, FailureKind
from large_enough.domain.generation import Device, EngineBuild
from large_enough.worker.bindings import Bindings, native_function

MODEL_DEFAULTS: Mapping[str, float] = {
    "n_gpu_layers": -1,
    "split_mode": 1,
    "load_mode": -1,
    "main_gpu": 0,
    "vocab_only": False,
    "use_extra_bufts": True,
    "no_alloc": False,
}
CONTEXT_DEFAULTS: Mapping[str, float] = {
    "n_ctx": 512,
    "n_batch": 2048,
    "n_ubatch": 512,
    "n_seq_max": 1,
    "n_outputs_max": 0,
    "flash_attn_type": -1,
    "yarn_ext_factor": -1.0,
    "defrag_thold": -1.0,
    "type_k": 1,
    "type_v": 1,
    "embeddings": False,
    "offload_kqv": True,
    "no_perf": True,
    "swa_full": True,
    "n_samplers": 0,
}
QUANTISE_DEFAULTS: Mapping[str, float] = {
    "nthread": 0,
    "ftype": 7,
    "allow_requantize": False,
    "quantize_output_tensor": True,
    "only_copy": False,
    "pure": False,
    "keep_split": False,
    "dry_run": False,
    "max_buf_size": 8 << 30,
}
"""Defaults of llama.cpp 0c1e57098, to which llama-cpp-python 0.3.36 belongs."""

_DEVICE_KINDS = ("cpu", "gpu", "integrated_gpu", "accelerator")
"""ggml-backend.h, enum ggml_backend_dev_type."""


def check_bindings(bindings: Bindings) -> None:
    """Compare the library's defaults with the expected ones.

    Raises:
        EngineError: BINDINGS_MISMATCH, with the first field that differs.
    """
    defaults = (
        (bindings.llama_model_default_params(), MODEL_DEFAULTS),
        (bindings.llama_context_default_params(), CONTEXT_DEFAULTS),
        (bindings.llama_model_quantize_default_params(), QUANTISE_DEFAULTS),
    )
    for found, expected in defaults:
        for field, value in expected.items():
            actual = getattr(found, field, None)
            if actual != value:
                raise EngineError(
                    FailureKind.BINDINGS_MISMATCH,
                    detail=f"{type(found).__name__}.{field} is {actual}, expected {value}",
                    field=field,
                )


def describe_build(bindings: Bindings, bindings_version: str) -> EngineBuild:
    """Return which engine this is, exactly."""
    version = _text(bindings.llama_version())
    ggml_version, ggml_commit = (
        _text(_string_function(bindings, name)()) for name in ("ggml_version", "ggml_commit")
    )
    return EngineBuild(
        name="llama.cpp",
        bindings_version=bindings_version,
        engine_version=f"{version} (ggml {ggml_version}, {ggml_commit})",
        system_info=_text(bindings.llama_print_system_info()).strip(" |"),
        devices=tuple(room.device for room in device_rooms(bindings)),
    )


def device_rooms(bindings: Bindings) -> tuple[DeviceRoom, ...]:
    """Return the devices that the engine can compute on, with what is free on each."""
    count = native_function(bindings, "ggml_backend_dev_count", "ggml")
    count.restype = ctypes.c_size_t
    get = native_function(bindings, "ggml_backend_dev_get", "ggml")
    get.argtypes, get.restype = [ctypes.c_size_t], ctypes.c_void_p
    return tuple(_device_room(bindings, get(index)) for index in range(count()))


def _device_room(bindings: Bindings, handle: int) -> DeviceRoom:
    name = _string_function(bindings, "ggml_backend_dev_name")
    description = _string_function(bindings, "ggml_backend_dev_description")
    kind = native_function(bindings, "ggml_backend_dev_type", "ggml-base")
    kind.argtypes, kind.restype = [ctypes.c_void_p], ctypes.c_int
    memory = native_function(bindings, "ggml_backend_dev_memory", "ggml-base")
    memory.argtypes = [ctypes.c_void_p, *[ctypes.POINTER(ctypes.c_size_t)] * 2]
    memory.restype = None
    free_bytes, total_bytes = ctypes.c_size_t(), ctypes.c_size_t()
    memory(handle, ctypes.byref(free_bytes), ctypes.byref(total_bytes))
    number = kind(handle)
    device = Device(
        name=_text(name(ctypes.c_void_p(handle))),
        description=_text(description(ctypes.c_void_p(handle))),
        kind=_DEVICE_KINDS[number] if 0 <= number < len(_DEVICE_KINDS) else f"kind {number}",
        memory_bytes=total_bytes.value,
    )
    return DeviceRoom(device=device, free_bytes=free_bytes.value)


def _string_function(bindings: Bindings, name: str) -> "ctypes._NamedFuncPointer":
    function: ctypes._NamedFuncPointer = native_function(bindings, name, "ggml-base")
    function.restype = ctypes.c_char_p
    return function


def _text(value: bytes | None) -> str:
    return (value or b"").decode("utf-8", "replace")
