"""The untyped native side, as helpers receive it.

Only `llama_backend` imports llama_cpp; it hands the module on to those who need it.
"""

import ctypes
import sys
from typing import Any

Bindings = Any
"""The module `llama_cpp.llama_cpp`."""
Handle = Any
"""A pointer the engine gave out."""
NativeStruct = Any
"""A structure of the C interface, to be filled in."""
NativeFunction = Any
"""A function found by its name."""


def native_function(bindings: Bindings, name: str, windows_library: str) -> NativeFunction:
    """Return a function of ggml that the bindings do not bind.

    It must come from the library that llama itself uses. Installed wheels hold several copies of
    each, so the one that the bindings loaded is asked; on Windows, where a library does not pass on
    the names of those it uses, the loaded one is found by its bare name.

    Args:
        bindings: The module `llama_cpp.llama_cpp`.
        name: The function's name.
        windows_library: The library that holds it.

    Raises:
        AttributeError: There is no such function.
        OSError: There is no such library (Windows).
    """
    if sys.platform == "win32":
        return getattr(ctypes.CDLL(f"{windows_library}.dll"), name)
    return getattr(bindings._lib, name)
