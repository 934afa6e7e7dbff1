"""Watches the whole machine while a round goes on: its power, its memory, energies to collect."""

from large_enough.comparison.events import PowerSampled
from large_enough.comparison.round_state import RoundState
from large_enough.domain.quantity import Count, Unavailable
from large_enough.domain.round import MachineUse
from large_enough.measure.swapping import swapped_between

PERIOD_S = 0.25
"""Between two looks."""


class RoundWatch:
    """One round's watch. Only the round's thread touches it."""

    def __init__(self, state: RoundState) -> None:
        self._state = state
        self._swapped_before = state.instruments.surroundings.swapped_out_bytes()
        self._lowest_bytes = state.instruments.available_memory_bytes()
        self._next_s = 0.0
        self._told: PowerSampled | None = None

    def look(self) -> None:
        """Collect energies that have become known; four times a second look at the machine."""
        state = self._state
        state.instruments.power.tick()
        for letter, energy in state.instruments.power.collect(must_end=state.must_end).items():
            state.take_energy(letter, energy)
        now_s = state.clock.monotonic_s()
        if now_s >= self._next_s:
            self._next_s = now_s + PERIOD_S
            self._look_at_memory()
            self._tell_power()

    def machine_use(self) -> MachineUse:
        """Return what the round took of the machine."""
        self._look_at_memory()
        instruments = self._state.instruments
        swapped_bytes = swapped_between(
            self._swapped_before, instruments.surroundings.swapped_out_bytes()
        )
        return MachineUse(
            models_bytes=self._models_bytes(swapped_bytes),
            swapped_out_bytes=swapped_bytes,
            idle=instruments.power.idle,
        )

    def _look_at_memory(self) -> None:
        available_bytes = self._state.instruments.available_memory_bytes()
        self._lowest_bytes = min(self._lowest_bytes, available_bytes)

    def _models_bytes(self, swapped_bytes: Count) -> Count:
        before_bytes = self._state.journal.available_before_bytes
        if isinstance(before_bytes, Unavailable):
            return before_bytes
        swapped = 0 if isinstance(swapped_bytes, Unavailable) else swapped_bytes
        return max(0, before_bytes - self._lowest_bytes) + swapped

    def _tell_power(self) -> None:
        """Tell what is drawn while somebody answers; a reason is told once."""
        letters = tuple(turn.letter for turn in self._state.answering())
        if not letters:
            return
        sampled = PowerSampled(letters=letters, power=self._state.instruments.power.now())
        if sampled != self._told:
            self._told = sampled
            self._state.announce(sampled)
