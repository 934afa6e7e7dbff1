"""Asks one NVIDIA card for its energy or its power.

Source: NVML API reference. The energy counter (millijoules since the driver was loaded, Volta and
newer) comes first; then the power of the moment (field 186), its average over a second (field 185),
and `nvmlDeviceGetPowerUsage`, which is an average over a second from Ampere on. What a card does
not support is an error in NVML and stays one here: it never becomes 0.
"""

from collections.abc import Callable
from typing import NamedTuple

from large_enough.domain.power import SourceKind
from large_enough.domain.quantity import Quantity, Unavailable
from large_enough.measure.power.nvml_library import NvmlLibrary, code_of, obstacle_of

_POWER_AVERAGE_FIELD = 185
_POWER_INSTANT_FIELD = 186
_MEMBERS = ("dVal", "uiVal", "ulVal", "ullVal", "sllVal", "siVal", "usVal")
_MEMBER_OF_TYPE = dict(enumerate(_MEMBERS))  # nvmlValueType_t
_AMPERE = 7
_MILLI = 1e-3

Ask = Callable[[NvmlLibrary, object], Quantity]
"""Asks a card, given by its handle; may raise the library's error."""


class Method(NamedTuple):
    """One way to ask."""

    name: str
    kind: SourceKind
    ask: Ask
    averaging_s: float
    """Length of the average behind the number; 0 for none."""


def method_for(library: NvmlLibrary, handle: object) -> Method | Unavailable:
    """Return the first way that this card answers with more than 0, or why there is none."""
    reasons: list[str] = []
    for method in _METHODS:
        try:
            value = ask(method, library, handle)
        except library.NVMLError as error:
            value = Unavailable(reason=obstacle_of(code_of(error)).reason)
        if not isinstance(value, Unavailable):
            return _with_averaging(method, library, handle)
        reasons.append(f"{method.name}: {value.reason}")
    told = "; ".join(reasons)
    return Unavailable(reason=f"this NVIDIA card tells neither energy nor power ({told})")


def ask(method: Method, library: NvmlLibrary, handle: object) -> Quantity:
    """Return joules or watts, or why there are none; may raise the library's error."""
    value = method.ask(library, handle)
    if isinstance(value, Unavailable) or value > 0:
        return value
    return Unavailable(reason="the NVIDIA card answers 0")


def _energy_j(library: NvmlLibrary, handle: object) -> Quantity:
    return library.nvmlDeviceGetTotalEnergyConsumption(handle) * _MILLI


def _usage_w(library: NvmlLibrary, handle: object) -> Quantity:
    return library.nvmlDeviceGetPowerUsage(handle) * _MILLI


def _field_w(field: int) -> Ask:
    def ask_field(library: NvmlLibrary, handle: object) -> Quantity:
        (answer,) = library.nvmlDeviceGetFieldValues(handle, [field])
        if answer.nvmlReturn != 0:
            return Unavailable(reason=obstacle_of(answer.nvmlReturn).reason)
        member = _MEMBER_OF_TYPE.get(answer.valueType)
        value = None if member is None else getattr(answer.value, member, None)
        if not isinstance(value, int | float):
            return Unavailable(reason="the NVIDIA card answers in an unknown form")
        return value * _MILLI

    return ask_field


_USAGE = Method("power usage", SourceKind.POWER, _usage_w, 1.0)
_METHODS = (
    Method("energy", SourceKind.COUNTER, _energy_j, 0.0),
    Method("power now", SourceKind.POWER, _field_w(_POWER_INSTANT_FIELD), 0.0),
    Method("power average", SourceKind.POWER, _field_w(_POWER_AVERAGE_FIELD), 1.0),
    _USAGE,
)


def _with_averaging(method: Method, library: NvmlLibrary, handle: object) -> Method:
    """Correct `nvmlDeviceGetPowerUsage` for cards before Ampere, which do not average."""
    if method is not _USAGE:
        return method
    try:
        is_new = library.nvmlDeviceGetArchitecture(handle) >= _AMPERE
    except library.NVMLError:
        return method
    return method if is_new else method._replace(averaging_s=0.0)
