"""Tells whether Windows limits the clock of a processor now.

Source: Microsoft's documentation of CallNtPowerInformation (information level ProcessorInformation)
and of PROCESSOR_POWER_INFORMATION. The limit is lowered by heat, by the firmware, and also for good
by a power plan that allows less than 100 % ("maximum processor state").
"""

import os
import struct
import sys
from collections.abc import Callable

from large_enough.domain.quantity import Unavailable
from large_enough.measure.power.powrprof import (
    CallNtPowerInformation,
    power_information_function,
    power_information_reader,
)

PROCESSOR_INFORMATION = 11
"""Information level of CallNtPowerInformation."""

RECORD = struct.Struct("<6I")
"""PROCESSOR_POWER_INFORMATION: Number, MaxMhz, CurrentMhz, MhzLimit, MaxIdleState,
CurrentIdleState."""

NOT_TOLD = Unavailable(reason="this Windows does not tell about its processors")
NO_PROCESSORS = Unavailable(reason="Windows tells no clock of its processors")


def is_clock_limited(records: bytes | Unavailable) -> bool | Unavailable:
    """Return whether any processor may not reach its highest clock.

    Args:
        records: One for each processor, as Windows gives them, or why there are none. Those that
            it left empty do not count: it fills in the processors of one group only.
    """
    if isinstance(records, Unavailable):
        return records
    whole = records[: len(records) // RECORD.size * RECORD.size]
    limits = [(highest, limit) for _, highest, _, limit, _, _ in RECORD.iter_unpack(whole)]
    told = [(highest, limit) for highest, limit in limits if highest and limit]
    return any(limit < highest for highest, limit in told) if told else NO_PROCESSORS


def load_processor_information(
    system: str = sys.platform,
) -> Callable[[], bytes | Unavailable]:
    """Return what asks Windows for the records of all processors."""
    return processor_information_reader(
        power_information_function(system, NOT_TOLD), os.cpu_count() or 1
    )


def processor_information_reader(
    function: CallNtPowerInformation | Unavailable, processor_count: int
) -> Callable[[], bytes | Unavailable]:
    """Return what asks for the records through a function of powrprof."""
    return power_information_reader(function, PROCESSOR_INFORMATION, processor_count * RECORD.size)
