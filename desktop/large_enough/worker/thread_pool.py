"""Gives the engine lasting threads where its own build would make new ones for every token.

With OpenMP the threads last anyway. Without it (macOS, the GPU builds for Linux) ggml creates and
joins them for each graph it computes unless a pool is attached, as llama-bench and llama-server do.
"""

import ctypes

from large_enough.worker.bindings import Bindings, Handle, NativeFunction, native_function

MAX_THREADS = 512
"""GGML_MAX_N_THREADS of ggml.h."""
HAS_OPENMP = b"OPENMP = 1"


class _Params(ctypes.Structure):
    """struct ggml_threadpool_params of ggml.h."""

    _fields_ = (
        ("cpumask", ctypes.c_bool * MAX_THREADS),
        ("n_threads", ctypes.c_int),
        ("prio", ctypes.c_int),
        ("poll", ctypes.c_uint32),
        ("strict_cpu", ctypes.c_bool),
        ("paused", ctypes.c_bool),
    )


class ThreadPool:
    """The threads of one context, if it needs a pool."""

    def __init__(
        self, bindings: Bindings, context: Handle, *, is_needed: bool | None = None
    ) -> None:
        """Find out whether a pool is needed.

        Args:
            bindings: The module `llama_cpp.llama_cpp`.
            context: The context that computes.
            is_needed: Whether to make one; None decides by the build.
        """
        if is_needed is None:
            is_needed = HAS_OPENMP not in bindings.llama_print_system_info()
        self._bindings = bindings
        self._context = context
        self._is_needed = is_needed
        self._thread_count = 0
        self._pool: int | None = None

    def resize(self, thread_count: int) -> None:
        """Have this many threads; does nothing if there are as many already."""
        if not self._is_needed or thread_count == self._thread_count:
            return
        default = self._function("ggml_threadpool_params_default", "ggml-base", [ctypes.c_int])
        default.restype = _Params
        create = self._function("ggml_threadpool_new", "ggml-cpu", [ctypes.POINTER(_Params)])
        create.restype = ctypes.c_void_p
        free = self._function("ggml_threadpool_free", "ggml-cpu", [ctypes.c_void_p])
        attach = self._function("llama_attach_threadpool", "llama", [ctypes.c_void_p] * 3)
        params = default(thread_count)
        pool = create(ctypes.byref(params))
        if not pool:
            return  # the engine falls back to its own way
        attach(self._context, pool, pool)
        if self._pool is not None:
            free(self._pool)
        self._pool, self._thread_count = pool, thread_count

    def _function(
        self, name: str, windows_library: str, argument_types: list[type]
    ) -> NativeFunction:
        function = native_function(self._bindings, name, windows_library)
        function.argtypes, function.restype = argument_types, None
        return function
