"""Reads energy, power and memory of NVIDIA cards through NVML.

Source: NVML API reference (docs.nvidia.com/deploy/nvml-api), `nvidia-ml-py`. A number covers the
whole board. The counter is renewed every 20 to 100 ms; power readings are within 5 % by NVIDIA's
word. A card is asked only while a model runs on it and while it is awake (`nvml_session`).
"""

from collections.abc import Callable, Collection
from pathlib import Path

from large_enough.domain.clock import Clock
from large_enough.domain.power import (
    Absent,
    PowerReading,
    ReadOutcome,
    Scope,
    SourceIdentity,
    SourceKind,
)
from large_enough.domain.quantity import Count, Unavailable
from large_enough.domain.text import to_translate
from large_enough.measure.power.nvml_library import (
    SESSION_IS_OVER,
    LibraryLoader,
    NvmlLibrary,
    Obstacle,
    ProcessInfo,
    code_of,
    obstacle_of,
)
from large_enough.measure.power.nvml_numbers import Method, ask, method_for
from large_enough.measure.power.nvml_session import Card, NvmlSession
from large_enough.measure.power.reading import (
    CLOSED,
    HIGHEST_CARD_W,
    LOWEST_CHIP_W,
    Stopwatch,
    power_reading,
)
from large_enough.measure.power.source import Found
from large_enough.measure.power.sysfs import ReadText, read_file

INSTRUMENT = to_translate("NVIDIA graphics card (NVML)")

_MEMORY_NOT_TOLD = Unavailable(
    reason="NVIDIA's driver does not tell the memory of a process here; on Windows it never does"
)
_STARTED_AGAIN = Unavailable(reason="the card's counter has started again")


class NvmlSource:
    """Energy or power of one card."""

    def __init__(
        self,
        identity: SourceIdentity,
        method: Method,
        card: Card,
        session: NvmlSession,
        clock: Clock,
    ) -> None:
        self._identity = identity
        self._method = method
        self._card = card
        self._session = session
        self._clock = clock
        self._last_j = 0.0
        self._is_closed = False
        session.join()

    @property
    def identity(self) -> SourceIdentity:
        """What the instrument is."""
        return self._identity

    def read(self) -> ReadOutcome:
        """Return joules or watts; nothing while no model runs on the card or while it sleeps.

        A counter that has gone back (the driver was loaded anew) gives one "not available".
        """
        if self._is_closed:
            return CLOSED
        attached = self._session.attach(self._card)
        if isinstance(attached, Obstacle):
            return Unavailable(reason=attached.reason)
        library, handle = attached
        stopwatch = Stopwatch(self._clock)
        try:
            value = ask(self._method, library, handle)
        except library.NVMLError as error:
            return self._failed(error)
        return value if isinstance(value, Unavailable) else self._checked(stopwatch, value)

    def close(self) -> None:
        """Let go of the library, so that the card can sleep."""
        if not self._is_closed:
            self._is_closed = True
            self._session.leave()

    def _failed(self, error: Exception) -> Unavailable:
        code = code_of(error)
        if code in SESSION_IS_OVER:
            self._session.release()
        return Unavailable(reason=obstacle_of(code).reason)

    def _checked(self, stopwatch: Stopwatch, value: float) -> ReadOutcome:
        t_ns = stopwatch.middle_ns()
        if self._identity.kind is SourceKind.POWER:
            return power_reading(t_ns, value, LOWEST_CHIP_W, HIGHEST_CARD_W)
        last_j, self._last_j = self._last_j, value
        return _STARTED_AGAIN if value < last_j else PowerReading(t_ns, value)


def find_nvml(
    library_loader: LibraryLoader,
    root: Path,
    clock: Clock,
    is_gpu_in_use: Callable[[], bool],
    read_text: ReadText = read_file,
) -> Found:
    """Look for NVIDIA cards that a model runs on; to be asked again when that changes.

    Args:
        library_loader: Gives NVIDIA's library, usually `load_nvml`.
        root: Folder that holds `sys` and `dev`; elsewhere than on Linux it holds neither.
        clock: For the times of readings.
        is_gpu_in_use: Whether a model runs on a graphics card; else nothing is touched.
        read_text: Reads a file.

    Returns:
        One source for each card that is awake, or why there is none.
    """
    session = NvmlSession(library_loader, root, is_gpu_in_use, read_text)
    cards = session.cards()
    if isinstance(cards, Obstacle):
        session.release()
        return _absent(cards)
    found = [_source(card, session, clock) for card in cards]
    sources = tuple(source for source in found if isinstance(source, NvmlSource))
    if sources:
        return sources
    session.release()
    refused = (obstacle for obstacle in found if isinstance(obstacle, Obstacle))
    return _absent(next(refused))


def gpu_process_memory_bytes(session: NvmlSession, process_ids: Collection[int]) -> Count:
    """Return the memory that processes take on all NVIDIA cards that are awake.

    Args:
        session: The library; the caller releases it when it has done.
        process_ids: A worker with its children.

    Returns:
        Bytes, or why they are not known. On Windows they never are: there the system manages the
        memory of cards (WDDM), and NVML says so.
    """
    cards = session.cards()
    if isinstance(cards, Obstacle):
        return Unavailable(reason=cards.reason)
    used_bytes: dict[tuple[str, int], int] = {}
    for card in cards:
        processes = _processes_on(card, session)
        if isinstance(processes, Unavailable):
            return processes
        for process in processes:
            if process.pid not in process_ids:
                continue
            if process.usedGpuMemory is None:
                return _MEMORY_NOT_TOLD
            used_bytes[card.key, process.pid] = process.usedGpuMemory  # one may be in both lists
    if not used_bytes:
        return Unavailable(reason="NVIDIA's driver does not list this process")
    return sum(used_bytes.values())


def _processes_on(card: Card, session: NvmlSession) -> list[ProcessInfo] | Unavailable:
    """Return the processes of both lists; a card without graphics may have but one."""
    attached = session.attach(card)
    if isinstance(attached, Obstacle):
        return Unavailable(reason=attached.reason)
    library, handle = attached
    processes: list[ProcessInfo] = []
    refusals: list[int] = []
    for listed in (
        library.nvmlDeviceGetComputeRunningProcesses,
        library.nvmlDeviceGetGraphicsRunningProcesses,
    ):
        try:
            processes += listed(handle)
        except library.NVMLError as error:
            refusals.append(code_of(error))
    if len(refusals) > 1:
        return Unavailable(reason=obstacle_of(refusals[0]).reason)
    return processes


def _source(card: Card, session: NvmlSession, clock: Clock) -> NvmlSource | Obstacle:
    attached = session.attach(card)
    if isinstance(attached, Obstacle):
        return attached
    library, handle = attached
    method = method_for(library, handle)
    if isinstance(method, Unavailable):
        return Obstacle(reason=method.reason)
    identity = _identity(card, method, _name(library, handle))
    return NvmlSource(identity, method, card, session, clock)


def _name(library: NvmlLibrary, handle: object) -> str:
    try:
        name = library.nvmlDeviceGetName(handle)
    except library.NVMLError:
        return INSTRUMENT
    text = name.decode(errors="replace") if isinstance(name, bytes) else name
    return f"{text} (NVML)"


def _identity(card: Card, method: Method, name: str) -> SourceIdentity:
    is_counter = method.kind is SourceKind.COUNTER
    return SourceIdentity(
        key=f"nvml:{card.key}",
        instrument=name,
        scope=Scope.GPU_BOARD,
        kind=method.kind,
        gain_uncertainty=0.05,
        resolution=0.001,
        nominal_period_s=0.1,
        averaging_s=0.0 if is_counter else method.averaging_s,
        is_verified=is_counter,  # tests play back what an H200 answered
        needs=to_translate("NVIDIA's driver and the Python package nvidia-ml-py"),
    )


def _absent(obstacle: Obstacle) -> Absent:
    return Absent(
        instrument=INSTRUMENT,
        scope=Scope.GPU_BOARD,
        reason=obstacle.reason,
        unlock=obstacle.unlock,
    )
