"""Tells whether macOS is in Low Power Mode.

Sources: Apple's references of NSProcessInfo (`lowPowerModeEnabled`, on Macs since macOS 12) and of
the Objective-C runtime. `objc_msgSend` has to be called with the types of the method it reaches
(Apple's "Addressing architectural differences in your macOS code"), so it is declared twice.
"""

import ctypes
import sys
from collections.abc import Callable

import msgspec

from large_enough.domain.quantity import Unavailable
from large_enough.measure.power.native import NOT_MACOS

FOUNDATION_PATH = "/System/Library/Frameworks/Foundation.framework/Foundation"
RUNTIME_PATH = "/usr/lib/libobjc.A.dylib"

TOO_OLD = Unavailable(reason="this macOS has no Low Power Mode")


class ObjectiveC(msgspec.Struct, frozen=True, kw_only=True):
    """What is used of the Objective-C runtime; classes, objects and selectors are addresses."""

    get_class: Callable[[bytes], int | None]
    """objc_getClass."""
    register_name: Callable[[bytes], int]
    """sel_registerName."""
    responds_to: Callable[[int, int], int]
    """class_respondsToSelector: whether objects of a class have a method."""
    send_for_object: Callable[[int, int], int | None]
    """objc_msgSend to a method without arguments that returns an object."""
    send_for_truth: Callable[[int, int], int]
    """objc_msgSend to a method without arguments that returns a BOOL."""


def low_power_mode(runtime: ObjectiveC | Unavailable | None = None) -> bool | Unavailable:
    """Return whether the Mac saves energy at the cost of speed.

    Args:
        runtime: Of Objective-C; None loads it.
    """
    chosen = load_objective_c() if runtime is None else runtime
    if isinstance(chosen, Unavailable):
        return chosen
    process_info_class = chosen.get_class(b"NSProcessInfo")
    is_low_power = chosen.register_name(b"isLowPowerModeEnabled")
    if not process_info_class or not chosen.responds_to(process_info_class, is_low_power):
        return TOO_OLD
    # Shared by the whole process: never to be released.
    process_info = chosen.send_for_object(process_info_class, chosen.register_name(b"processInfo"))
    return bool(chosen.send_for_truth(process_info, is_low_power)) if process_info else TOO_OLD


def load_objective_c(system: str = sys.platform) -> ObjectiveC | Unavailable:
    """Return the runtime with Foundation's classes, or why there is none."""
    if system != "darwin":
        return NOT_MACOS
    address, text = ctypes.c_void_p, ctypes.c_char_p
    try:
        ctypes.CDLL(FOUNDATION_PATH)
        library = ctypes.CDLL(RUNTIME_PATH)
        return ObjectiveC(
            get_class=ctypes.CFUNCTYPE(address, text)(("objc_getClass", library)),
            register_name=ctypes.CFUNCTYPE(address, text)(("sel_registerName", library)),
            responds_to=ctypes.CFUNCTYPE(ctypes.c_ubyte, address, address)(
                ("class_respondsToSelector", library)
            ),
            send_for_object=ctypes.CFUNCTYPE(address, address, address)(("objc_msgSend", library)),
            send_for_truth=ctypes.CFUNCTYPE(ctypes.c_ubyte, address, address)(
                ("objc_msgSend", library)
            ),
        )
    except (OSError, AttributeError):
        return Unavailable(reason="this macOS has no Objective-C")
