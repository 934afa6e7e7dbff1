"""Describes what is used of NVIDIA's management library.

Source: NVML API reference (docs.nvidia.com/deploy/nvml-api) and its Python binding `nvidia-ml-py`
(module `pynvml`), which is loaded only when a model runs on a graphics card. `nvmlInit` touches no
card; `nvmlDeviceGetHandleBy*` does, and a card that sleeps wakes up for it.
"""

import importlib
from collections.abc import Callable, Sequence
from typing import Protocol, cast

import msgspec

from large_enough.domain.text import to_translate


class FieldValue(Protocol):
    """One answer of nvmlDeviceGetFieldValues."""

    @property
    def nvmlReturn(self) -> int:  # noqa: N802 - NVML's name
        """Whether this one field could be read: 0 if so."""
        ...

    @property
    def valueType(self) -> int:  # noqa: N802 - NVML's name
        """Which member of `value` counts."""
        ...

    @property
    def value(self) -> object:
        """A union of all number types."""
        ...


class ProcessInfo(Protocol):
    """One process that uses a card."""

    @property
    def pid(self) -> int:
        """Its id."""
        ...

    @property
    def usedGpuMemory(self) -> int | None:  # noqa: N802 - NVML's name
        """Bytes on the card; None where Windows manages them (WDDM)."""
        ...


class NvmlLibrary(Protocol):
    """The functions of `pynvml` that are used; all but the error class raise it."""

    @property
    def NVMLError(self) -> type[Exception]:  # noqa: N802 - NVML's name
        """What every function raises, with the code in `value`."""
        ...

    def nvmlInit(self) -> object:  # noqa: N802
        """Open the library; must be matched by a shutdown."""
        ...

    def nvmlShutdown(self) -> object:  # noqa: N802
        """Close it, so that cards can sleep."""
        ...

    def nvmlDeviceGetCount(self) -> int:  # noqa: N802
        """Return how many cards there are."""
        ...

    def nvmlDeviceGetHandleByIndex(self, index: int) -> object:  # noqa: N802
        """Attach to a card by its number."""
        ...

    def nvmlDeviceGetHandleByPciBusId(self, address: str) -> object:  # noqa: N802
        """Attach to a card by its address."""
        ...

    def nvmlDeviceGetName(self, handle: object) -> str | bytes:  # noqa: N802
        """Return its product name."""
        ...

    def nvmlDeviceGetArchitecture(self, handle: object) -> int:  # noqa: N802
        """Return its generation: 7 is Ampere."""
        ...

    def nvmlDeviceGetTotalEnergyConsumption(self, handle: object) -> int:  # noqa: N802
        """Return millijoules since the driver was loaded."""
        ...

    def nvmlDeviceGetPowerUsage(self, handle: object) -> int:  # noqa: N802
        """Return milliwatts, on Ampere and newer averaged over a second."""
        ...

    def nvmlDeviceGetFieldValues(  # noqa: N802
        self, handle: object, fields: Sequence[int]
    ) -> Sequence[FieldValue]:
        """Return several numbers at once, each with its own return code."""
        ...

    def nvmlDeviceGetComputeRunningProcesses(  # noqa: N802
        self, handle: object
    ) -> Sequence[ProcessInfo]:
        """Return the processes that compute on the card."""
        ...

    def nvmlDeviceGetGraphicsRunningProcesses(  # noqa: N802
        self, handle: object
    ) -> Sequence[ProcessInfo]:
        """Return the processes that draw with the card (Vulkan counts here)."""
        ...


LibraryLoader = Callable[[], NvmlLibrary]
"""Gives the library; raises ImportError where its Python binding is not installed."""


class Obstacle(msgspec.Struct, frozen=True, kw_only=True):
    """Why the library cannot be used."""

    reason: str
    """A short lower-case phrase."""
    unlock: str = ""
    """What would help; empty if nothing would."""


def load_nvml() -> NvmlLibrary:
    """Load NVIDIA's Python binding; raises ImportError if it is not installed."""
    return cast("NvmlLibrary", importlib.import_module("pynvml"))


BINDING_MISSING = Obstacle(
    reason="the Python package nvidia-ml-py is not installed", unlock="pip install nvidia-ml-py"
)

UNINITIALIZED, NOT_SUPPORTED, DRIVER_NOT_LOADED, GPU_IS_LOST, RESET_REQUIRED = 1, 3, 9, 15, 16
_MISMATCH = 18
SESSION_IS_OVER = frozenset({UNINITIALIZED, DRIVER_NOT_LOADED, GPU_IS_LOST, RESET_REQUIRED})
"""After these the library has to be opened anew."""

_OBSTACLES = {
    NOT_SUPPORTED: Obstacle(reason="not supported by this card"),
    4: Obstacle(reason="this user may not ask NVIDIA's driver"),
    DRIVER_NOT_LOADED: Obstacle(reason="NVIDIA's driver is not loaded"),
    12: Obstacle(reason="NVIDIA's driver is not installed"),
    13: Obstacle(reason="not supported by this version of NVIDIA's driver"),
    GPU_IS_LOST: Obstacle(
        reason="the NVIDIA card has been lost", unlock=to_translate("restart the computer")
    ),
    _MISMATCH: Obstacle(
        reason="NVIDIA's driver has been updated since the start",
        unlock=to_translate("restart the computer"),
    ),
}


def code_of(error: Exception) -> int:
    """Return the code of an error of the library; 999 (unknown) if it has none."""
    value = getattr(error, "value", None)
    return value if isinstance(value, int) else 999


def obstacle_of(code: int) -> Obstacle:
    """Put a code of the library into words."""
    return _OBSTACLES.get(code) or Obstacle(reason=f"NVIDIA's driver answers with an error: {code}")
