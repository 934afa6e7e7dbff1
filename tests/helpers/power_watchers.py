"""Stand in for power instruments and the machine's surroundings in rounds."""

from collections.abc import Hashable, Mapping

import msgspec
from tests.helpers.power_sources import make_idle

from large_enough.domain.energy import IdlePower, PowerConditions
from large_enough.domain.energy_use import EnergyUse
from large_enough.domain.generation import Timing
from large_enough.domain.power_now import PowerNow, no_power
from large_enough.domain.quantity import Count, Unavailable
from large_enough.measure.throttling import NO_CARD_IN_USE, ThrottleReading

NONE_HERE = "no instrument in tests"
CONDITIONS = PowerConditions(machine="test", on_battery=False, power_plan="balanced")


class NoPower:
    """A machine without any instrument."""

    def __init__(self) -> None:
        self._ended: set[str] = set()
        self.heard: list[str] = []
        """What was told, in order: "wake", "busy", "quiet", "begin A", "end A", "drop A"."""

    def wake(self) -> None:
        """Look for instruments."""
        self.heard.append("wake")

    def be_quiet(self, state: Hashable) -> None:
        """Take note that nobody computes."""
        self.heard.append("quiet")

    def be_busy(self) -> None:
        """Take note that somebody begins."""
        self.heard.append("busy")

    @property
    def has_instruments(self) -> bool:
        """Return no."""
        return False

    def learn_idle(self) -> dict[str, IdlePower]:
        """Nothing."""
        return {}

    @property
    def idle(self) -> tuple[IdlePower, ...]:
        """Nothing."""
        return ()

    def begin(self, letter: str, process_id: int, *, is_shared: bool) -> None:
        """Open a window."""
        self.heard.append(f"begin {letter}")

    def end(self, letter: str, timing: Timing, *, is_on_processor: bool) -> None:
        """Close a window."""
        self.heard.append(f"end {letter}")
        self._ended.add(letter)

    def drop(self, letter: str) -> None:
        """Forget an answer."""
        self.heard.append(f"drop {letter}")
        self._ended.discard(letter)

    def tick(self) -> None:
        """Note who is busy."""

    @property
    def is_waiting(self) -> bool:
        """Whether something is to be collected."""
        return bool(self._ended)

    def collect(self, *, must_end: bool = False) -> dict[str, EnergyUse]:
        """Return that there is nothing."""
        letters, self._ended = self._ended, set()
        return {
            letter: EnergyUse(missing=Unavailable(reason=NONE_HERE)) for letter in sorted(letters)
        }

    def now(self) -> PowerNow:
        """Return that there is nothing."""
        return no_power(NONE_HERE)


class PlayedPower(NoPower):
    """Gives out the energies it was told, at once or only when it must."""

    def __init__(self, uses: Mapping[str, EnergyUse], *, is_slow: bool = False) -> None:
        """Remember them.

        Args:
            uses: By letter; the others have none.
            is_slow: Whether energies become known only to who does not wait any longer.
        """
        super().__init__()
        self._uses = uses
        self._is_slow = is_slow
        self.shared: set[bool] = set()
        """What was said about answering together."""
        self.power = no_power(NONE_HERE)

    @property
    def idle(self) -> tuple[IdlePower, ...]:
        """Return one."""
        return (make_idle(),)

    def begin(self, letter: str, process_id: int, *, is_shared: bool) -> None:
        """Open a window."""
        assert process_id > 0
        self.shared.add(is_shared)
        super().begin(letter, process_id, is_shared=is_shared)

    def collect(self, *, must_end: bool = False) -> dict[str, EnergyUse]:
        """Return what was told."""
        if self._is_slow and not must_end:
            return {}
        return {
            letter: self._uses.get(letter, nothing) for letter, nothing in super().collect().items()
        }

    def now(self) -> PowerNow:
        """Return what was set."""
        return self.power


class CalmSurroundings:
    """A machine on which nothing else happens."""

    def conditions(self) -> PowerConditions:
        """Return the same conditions every time."""
        return CONDITIONS

    def throttling(self) -> ThrottleReading | Unavailable:
        """Return that nobody tells."""
        return Unavailable(reason="not told in tests")

    def swapped_out_bytes(self) -> Count:
        """Return that nothing was ever moved to disk."""
        return 0

    def gpu_memory_bytes(self, process_id: int) -> Count:
        """Return that there is no card."""
        return Unavailable(reason="no card in tests")


class TroubledSurroundings(CalmSurroundings):
    """A machine on its battery that gets hot and short of memory."""

    def __init__(self) -> None:
        self._looks = 0

    def conditions(self) -> PowerConditions:
        """Return that it runs on its battery."""
        return msgspec.structs.replace(CONDITIONS, on_battery=True)

    def throttling(self) -> ThrottleReading | Unavailable:
        """Return that the processor is held back."""
        return ThrottleReading(processor=True, card=NO_CARD_IN_USE)

    def swapped_out_bytes(self) -> Count:
        """Return more each time."""
        self._looks += 1
        return 100_000_000 * self._looks
