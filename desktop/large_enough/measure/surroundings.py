"""Looks at what else goes on in the machine around an answer."""

from collections.abc import Callable

from large_enough.domain.energy import PowerConditions
from large_enough.domain.quantity import Count, Unavailable
from large_enough.measure.conditions import power_conditions
from large_enough.measure.gpu_memory import GpuMemoryReader
from large_enough.measure.swapping import swapped_out_bytes
from large_enough.measure.throttling import ThrottleReader, ThrottleReading


class SystemSurroundings:
    """This machine, asked by one thread."""

    def __init__(self, machine_name: str, is_gpu_in_use: Callable[[], bool]) -> None:
        """Touch nothing yet.

        Args:
            machine_name: Stable name of the machine.
            is_gpu_in_use: Whether a model is on a graphics card; else none is asked.
        """
        self._machine_name = machine_name
        self._throttling = ThrottleReader(is_gpu_in_use)
        self._gpu_memory = GpuMemoryReader(is_gpu_in_use)

    def conditions(self) -> PowerConditions:
        """Return power source and power plan."""
        return power_conditions(self._machine_name)

    def throttling(self) -> ThrottleReading | Unavailable:
        """Return whether something slows the processor or the card down."""
        return self._throttling.read()

    def swapped_out_bytes(self) -> Count:
        """Return what was moved from memory to disk since the machine was started."""
        return swapped_out_bytes()

    def gpu_memory_bytes(self, process_id: int) -> Count:
        """Return the memory of a process on graphics cards; lets go of them at once."""
        try:
            return self._gpu_memory.read(process_id)
        finally:
            self._gpu_memory.close()
