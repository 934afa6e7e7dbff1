"""Tells whether the machine was slowed down by heat or by a power limit.

A processor is either counted (Linux with Intel: nothing between two readings is missed) or only its
present state is told (Windows, macOS, NVIDIA cards: what began and ended between two readings is
missed).
"""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec

from large_enough.domain.quantity import Unavailable
from large_enough.measure.power.nvml_library import LibraryLoader, load_nvml
from large_enough.measure.power.nvml_session import NvmlSession
from large_enough.measure.power.sysfs import ReadText, read_file
from large_enough.measure.throttling_linux import slowdown_counts
from large_enough.measure.throttling_macos import is_under_pressure, load_notifications
from large_enough.measure.throttling_nvidia import are_cards_limited
from large_enough.measure.throttling_windows import is_clock_limited, load_processor_information

NO_CARD_IN_USE = Unavailable(reason="no model runs on a graphics card")
TOLD_TOGETHER = Unavailable(reason="processor and graphics are one chip, told together")
_IRRELEVANT = (NO_CARD_IN_USE, TOLD_TOGETHER)


class SlowdownCounts(msgspec.Struct, frozen=True, kw_only=True):
    """How often processors have been slowed down since the machine was started."""

    counts: dict[str, int]
    """By the name of the counter. They only grow."""


class ThrottleReading(msgspec.Struct, frozen=True, kw_only=True):
    """What the system tells about slowdowns at one moment."""

    processor: SlowdownCounts | bool | Unavailable
    """Counts where the system counts, else whether the processor is held back now."""
    card: bool | Unavailable
    """Whether an NVIDIA card is held back now; `NO_CARD_IN_USE` where none is asked."""


class ThrottleReader:
    """Reads whether processor and graphics card are slowed down. Never raises, never waits."""

    def __init__(
        self,
        is_gpu_in_use: Callable[[], bool],
        *,
        system: str = sys.platform,
        root: Path = Path("/"),
        read_text: ReadText = read_file,
        nvml_loader: LibraryLoader = load_nvml,
        read_processor: Callable[[], bool | Unavailable] | None = None,
    ) -> None:
        """Remember where to look.

        Args:
            is_gpu_in_use: Whether a model runs on a graphics card; else none is asked.
            system: As `sys.platform`.
            root: Folder that holds Linux' `sys` and `dev`.
            read_text: Reads a file.
            nvml_loader: Gives NVIDIA's library.
            read_processor: Whether Windows or macOS holds the processor back now; None asks it.
        """
        self._is_gpu_in_use = is_gpu_in_use
        self._system = system
        self._root = root
        self._read_text = read_text
        self._session = NvmlSession(nvml_loader, root, is_gpu_in_use, read_text)
        self._read_state = read_processor or _state_reader(system)

    def read(self, *, on_gpu: bool = True) -> ThrottleReading | Unavailable:
        """Return what the system tells now, or why it tells nothing.

        Args:
            on_gpu: Whether cards matter for what is being measured; they are asked only if a model
                runs on one besides.
        """
        processor = self._processor()
        card = self._card() if on_gpu else NO_CARD_IN_USE
        if isinstance(processor, Unavailable) and isinstance(card, Unavailable):
            return processor
        return ThrottleReading(processor=processor, card=card)

    def _processor(self) -> SlowdownCounts | bool | Unavailable:
        if self._system in ("win32", "darwin"):
            return self._read_state()
        counts = slowdown_counts(self._root, self._read_text)
        return counts if isinstance(counts, Unavailable) else SlowdownCounts(counts=counts)

    def _card(self) -> bool | Unavailable:
        """Ask the cards and let go of them, because nobody says when no more readings follow."""
        if self._system == "darwin":
            return TOLD_TOGETHER
        if not self._is_gpu_in_use():
            return NO_CARD_IN_USE
        try:
            return are_cards_limited(self._session)
        finally:
            self._session.release()


def was_throttled(
    before: ThrottleReading | Unavailable, after: ThrottleReading | Unavailable
) -> bool | Unavailable:
    """Return whether anything was slowed down between two readings.

    Returns:
        True if a count has grown or if something was held back at either reading. What is not
        known about a part that was in use makes the answer unavailable, not False.
    """
    if isinstance(before, Unavailable):
        return before
    if isinstance(after, Unavailable):
        return after
    states = tuple(_states(before, after))
    if any(state is True for state in states):
        return True
    return next((state for state in states if isinstance(state, Unavailable)), False)


def _state_reader(system: str) -> Callable[[], bool | Unavailable]:
    if system == "darwin":
        library = load_notifications(system)
        return lambda: is_under_pressure(library)
    ask = load_processor_information(system)
    return lambda: is_clock_limited(ask())


def _states(before: ThrottleReading, after: ThrottleReading) -> Iterator[bool | Unavailable]:
    if isinstance(before.processor, SlowdownCounts) and isinstance(after.processor, SlowdownCounts):
        yield _has_grown(before.processor.counts, after.processor.counts)
    else:
        yield from (
            reading.processor
            for reading in (before, after)
            if not isinstance(reading.processor, SlowdownCounts)
        )
    yield from (reading.card for reading in (before, after) if reading.card not in _IRRELEVANT)


def _has_grown(before: dict[str, int], after: dict[str, int]) -> bool:
    """Compare the counters of those processors that were on at both times."""
    return any(after[name] > before[name] for name in before.keys() & after.keys())
