"""Opens NVIDIA's library only while a model runs on a card that is awake.

An open handle keeps a card awake (5 to 25 W on laptops), and opening one wakes a sleeping card. So
the library is closed again as soon as no model runs on a card, and a card that sleeps is left
alone: else the meter would change what it measures.
"""

import threading
from collections.abc import Callable
from pathlib import Path

import msgspec

from large_enough.domain.text import to_translate
from large_enough.measure.power.nvml_library import (
    BINDING_MISSING,
    LibraryLoader,
    NvmlLibrary,
    Obstacle,
    code_of,
    obstacle_of,
)
from large_enough.measure.power.pci import is_awake, nvidia_cards
from large_enough.measure.power.sysfs import ReadText, read_file

NO_CARD = Obstacle(reason="no NVIDIA graphics card")
NOT_IN_USE = Obstacle(
    reason="no model runs on the NVIDIA card, and asking would keep it awake",
    unlock=to_translate("run a model on the graphics card"),
)
ASLEEP = Obstacle(reason="the NVIDIA card sleeps, and asking would wake it")


class Card(msgspec.Struct, frozen=True, kw_only=True):
    """One graphics card, told apart by its address or else its number."""

    folder: Path | None
    """Its folder on the bus; None where the bus cannot tell."""
    number: int
    """Its number among the cards; used without a folder only."""

    @property
    def key(self) -> str:
        """Stable name."""
        return str(self.number) if self.folder is None else self.folder.name


class NvmlSession:
    """The library, opened when needed; may be used by several threads."""

    def __init__(
        self,
        library_loader: LibraryLoader,
        root: Path,
        is_gpu_in_use: Callable[[], bool],
        read_text: ReadText = read_file,
    ) -> None:
        self._load = library_loader
        self._root = root
        self._is_gpu_in_use = is_gpu_in_use
        self._read_text = read_text
        self._lock = threading.Lock()
        self._library: NvmlLibrary | None = None
        self._handles: dict[str, object] = {}
        self._user_count = 0

    def join(self) -> None:
        """Count one more user."""
        with self._lock:
            self._user_count += 1

    def leave(self) -> None:
        """Count one user less; the last one closes the library."""
        with self._lock:
            self._user_count -= 1
            is_last = self._user_count == 0
        if is_last:
            self.release()

    def cards(self) -> tuple[Card, ...] | Obstacle:
        """Return the cards that are awake, or why none can be asked."""
        if not self._is_gpu_in_use():
            self.release()
            return NOT_IN_USE
        folders = nvidia_cards(self._root, self._read_text)
        if folders is None:
            return self._numbered_cards()
        cards = [Card(folder=folder, number=number) for number, folder in enumerate(folders)]
        if not cards:
            return NO_CARD
        return tuple(card for card in cards if self._is_awake(card)) or ASLEEP

    def attach(self, card: Card) -> tuple[NvmlLibrary, object] | Obstacle:
        """Return the library with a handle of the card, or why it cannot be asked now."""
        if not self._is_gpu_in_use():
            self.release()
            return NOT_IN_USE
        if not self._is_awake(card):
            return ASLEEP
        with self._lock:
            library = self._opened()
            if isinstance(library, Obstacle):
                return library
            try:
                return library, self._handle(library, card)
            except library.NVMLError as error:
                return obstacle_of(code_of(error))

    def release(self) -> None:
        """Close the library, so that the cards can sleep; it is opened anew when needed."""
        with self._lock:
            library, self._library = self._library, None
            self._handles.clear()
            if library is None:
                return
            try:
                library.nvmlShutdown()
            except library.NVMLError:  # the driver has gone away: it is closed already
                return

    def _is_awake(self, card: Card) -> bool:
        return card.folder is None or is_awake(card.folder, self._read_text)

    def _numbered_cards(self) -> tuple[Card, ...] | Obstacle:
        with self._lock:
            library = self._opened()
            if isinstance(library, Obstacle):
                return library
            try:
                count = library.nvmlDeviceGetCount()
            except library.NVMLError as error:
                return obstacle_of(code_of(error))
        return tuple(Card(folder=None, number=number) for number in range(count)) or NO_CARD

    def _opened(self) -> NvmlLibrary | Obstacle:
        if self._library is not None:
            return self._library
        try:
            library = self._load()
        except ImportError:
            return BINDING_MISSING
        try:
            library.nvmlInit()
        except library.NVMLError as error:
            return obstacle_of(code_of(error))
        self._library = library
        return library

    def _handle(self, library: NvmlLibrary, card: Card) -> object:
        if card.key not in self._handles:
            self._handles[card.key] = (
                library.nvmlDeviceGetHandleByIndex(card.number)
                if card.folder is None
                else library.nvmlDeviceGetHandleByPciBusId(card.folder.name)
            )
        return self._handles[card.key]
