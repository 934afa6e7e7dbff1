"""Asks macOS' IOReport for energy counters.

Source: Apple publishes no header; the functions are those that public tools declare (for example
socpowerbud's socpwrbud.h), the records those of XNU's IOReportTypes.h. Of memory: what Copy and
Create functions return is released here, once. The dictionary that a subscription hands back is
not: nobody has shown who owns it, it is made once, and releasing it twice would end the program.
"""

import ctypes
import sys
from collections.abc import Callable, Iterator
from typing import Any, Protocol

from large_enough.domain.quantity import Unavailable
from large_enough.measure.power.corefoundation import CoreFoundation, load_core_foundation
from large_enough.measure.power.ioreport_channels import EnergyChannel, rail_of
from large_enough.measure.power.native import NOT_MACOS, declare

LIBRARY_PATH = "/usr/lib/libIOReport.dylib"
GROUP = "Energy Model"
CHANNELS = "IOReportChannels"

NO_GROUP = Unavailable(
    reason="this Mac has no energy counters (it has an Intel chip or is virtual)"
)
NO_SAMPLE = Unavailable(reason="macOS gives no sample of the energy counters")


class IoReportLibrary(Protocol):
    """The part of libIOReport that is used."""

    IOReportCopyChannelsInGroup: Callable[[int, None, int, int, int], int | None]
    IOReportCreateSubscription: Callable[[None, int, Any, int, None], int | None]
    IOReportCreateSamples: Callable[[int, int, None], int | None]
    IOReportChannelGetChannelName: Callable[[int], int | None]
    IOReportChannelGetUnitLabel: Callable[[int], int | None]
    IOReportSimpleGetIntegerValue: Callable[[int, int], int]


class EnergyCounters(Protocol):
    """Something that reads the totals among the energy channels of a chip."""

    def read(self) -> tuple[EnergyChannel, ...] | Unavailable:
        """Return the totals now. Never raises."""
        ...

    def close(self) -> None:
        """Let go of them. Safe to call twice."""
        ...


class IoReportCounters:
    """A subscription to the group of energy channels.

    There are hundreds of channels. Which of them are totals is found out by the first reading;
    later ones only make sure that these still stand at the same places.
    """

    def __init__(
        self, library: IoReportLibrary, core_foundation: CoreFoundation, references: tuple[int, ...]
    ) -> None:
        """Take over a subscription.

        Args:
            library: IOReport.
            core_foundation: Its values.
            references: Channels, subscription, subscribed channels.
        """
        self._library = library
        self._core_foundation = core_foundation
        self._channels, self._subscription, self._subscribed = references
        self._places: dict[int, str] = {}
        self._known_count = -1
        self._is_closed = False

    def read(self) -> tuple[EnergyChannel, ...] | Unavailable:
        """Return the totals now."""
        if self._is_closed:
            return NO_SAMPLE
        sample = self._library.IOReportCreateSamples(self._subscription, self._subscribed, None)
        if not sample:
            return NO_SAMPLE
        try:
            array = self._core_foundation.member(sample, CHANNELS)
            return NO_SAMPLE if array is None else self._totals(array)
        finally:
            self._core_foundation.release(sample)

    def close(self) -> None:
        """Release the subscription."""
        if not self._is_closed:
            self._is_closed = True
            self._core_foundation.release(self._subscription)
            self._core_foundation.release(self._channels)

    def _totals(self, array: int) -> tuple[EnergyChannel, ...]:
        count = self._core_foundation.count(array)
        if count != self._known_count or not self._are_in_place(array):
            self._places = dict(self._find(array, count))
            self._known_count = count
        return tuple(
            self._channel(item, name)
            for index, name in self._places.items()
            if (item := self._core_foundation.item(array, index)) is not None
        )

    def _are_in_place(self, array: int) -> bool:
        return all(self._name(array, index) == name for index, name in self._places.items())

    def _find(self, array: int, count: int) -> Iterator[tuple[int, str]]:
        for index in range(count):
            name = self._name(array, index)
            if rail_of(name) is not None:
                yield index, name

    def _name(self, array: int, index: int) -> str:
        item = self._core_foundation.item(array, index)
        if item is None:
            return ""
        return self._core_foundation.text(self._library.IOReportChannelGetChannelName(item))

    def _channel(self, item: int, name: str) -> EnergyChannel:
        unit = self._core_foundation.text(self._library.IOReportChannelGetUnitLabel(item))
        count = self._library.IOReportSimpleGetIntegerValue(item, 0)
        return EnergyChannel(name=name, unit=unit, count=count)


def subscribe(
    library: IoReportLibrary, core_foundation: CoreFoundation
) -> EnergyCounters | Unavailable:
    """Subscribe to the energy channels of this machine."""
    with core_foundation.string(GROUP) as group:
        channels = library.IOReportCopyChannelsInGroup(group, None, 0, 0, 0)
    if not channels:
        return NO_GROUP
    subscribed = ctypes.c_void_p()
    subscription = library.IOReportCreateSubscription(
        None, channels, ctypes.byref(subscribed), 0, None
    )
    if subscription and subscribed.value:
        references = (channels, subscription, subscribed.value)
        return IoReportCounters(library, core_foundation, references)
    core_foundation.release(channels)
    if subscription:
        core_foundation.release(subscription)
    return Unavailable(reason="macOS lets nobody subscribe to the energy counters of this Mac")


def load_energy_counters(platform: str = sys.platform) -> EnergyCounters | Unavailable:
    """Return the energy counters of this machine, or why there are none."""
    if platform != "darwin":
        return NOT_MACOS
    core_foundation = load_core_foundation(platform)
    if isinstance(core_foundation, Unavailable):
        return core_foundation
    try:
        library = ctypes.CDLL(LIBRARY_PATH)
        _declare_functions(library)
    except (OSError, AttributeError):
        return Unavailable(reason="this macOS has no IOReport")
    functions: IoReportLibrary = library  # type: ignore[assignment]
    return subscribe(functions, core_foundation)


def _declare_functions(library: ctypes.CDLL) -> None:
    address, number = ctypes.c_void_p, ctypes.c_uint64
    declare(
        library,
        "IOReportCopyChannelsInGroup",
        *(address, address, address, number, number, number),
    )
    declare(
        library,
        "IOReportCreateSubscription",
        *(address, address, address, address, number, address),
    )
    declare(library, "IOReportCreateSamples", address, address, address, address)
    declare(library, "IOReportChannelGetChannelName", address, address)
    declare(library, "IOReportChannelGetUnitLabel", address, address)
    declare(library, "IOReportSimpleGetIntegerValue", ctypes.c_int64, address, ctypes.c_int32)
