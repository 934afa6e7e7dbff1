"""Runs rounds of scripted contenders with real worker processes, for tests."""

import json
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.helpers.power_watchers import CalmSurroundings, NoPower

from large_enough.comparison.events import Listener, RoundEvent, StateChanged, TextAdded
from large_enough.comparison.instruments import Instruments, PowerWatcher, Surroundings
from large_enough.comparison.journal import Journal
from large_enough.comparison.plans import new_round
from large_enough.comparison.round_in_progress import run_round
from large_enough.domain.clock import SystemClock
from large_enough.domain.errors import FailureKind, ModelFileError
from large_enough.domain.model_card import BackendKind, MemoryEstimate, ModelCard
from large_enough.domain.quantity import Unavailable
from large_enough.domain.resource_use import MemorySample, MemoryUse
from large_enough.domain.round import Contender, Machine, Mode, RoundPlan, RoundRecord
from large_enough.engine.fleet import Fleet, StopWanted
from large_enough.engine.health import HealthLimits
from large_enough.engine.launcher import LaunchCommand, worker_command

NOT_KNOWN = Unavailable(reason="scripted")
PLENTY_BYTES = 10**12

MACHINE = Machine(
    operating_system="Test OS",
    cpu_name=NOT_KNOWN,
    physical_core_count=2,
    logical_core_count=2,
    usable_core_count=2,
    memory_bytes=PLENTY_BYTES,
    on_battery=NOT_KNOWN,
    python_version="3",
    program_version="0",
    source_revision=NOT_KNOWN,
)


def write_script(folder: Path, name: str, **content: Any) -> Path:
    """Write a script for the scripted backend; one quick answer unless `answers` says more."""
    content.setdefault("answers", [{"text": f"I am {name}."}])
    path = folder / f"{name}.echo.json"
    path.write_text(json.dumps({"name": name, **content}), encoding="utf-8")
    return path


def scripted_card(path: Path) -> ModelCard:
    """Return the card of a script."""
    return ModelCard(
        path=str(path),
        name=path.name.removesuffix(".echo.json"),
        size_bytes=1,
        backend=BackendKind.ECHO,
        architecture="echo",
        parameter_count=NOT_KNOWN,
        quantisation=NOT_KNOWN,
        context_length_tokens=NOT_KNOWN,
        has_chat_template=True,
        tokenizer=NOT_KNOWN,
        licence=NOT_KNOWN,
    )


class NoMemoryWatcher:
    """Stands in for the memory sampler where memory is not what is tested."""

    def watch(
        self,
        key: str,
        process_id: int,
        model_file_bytes: int,
        on_sample: Callable[[MemorySample], None],
    ) -> None:
        """Read once: the round hears of it like of any other reading."""
        on_sample(
            MemorySample(t_ns=0, resident_bytes=3, weights_bytes=1, working_bytes=2),
        )

    def begin(self, key: str) -> None:
        """Open a window."""

    def end(self, key: str) -> MemoryUse:
        """Return made-up figures."""
        return MemoryUse(
            needed_bytes=3,
            weights_bytes=1,
            working_bytes=2,
            peak_resident_bytes=3,
            method="made up",
            sample_count=1,
        )

    def unwatch(self, key: str) -> None:
        """Stop reading."""


@dataclass
class Recorder:
    """A listener that keeps every event, and may act on one."""

    events: list[RoundEvent] = field(default_factory=list)
    reaction: Callable[[RoundEvent], None] = lambda event: None

    def on_event(self, event: RoundEvent) -> None:
        """Keep the event, then react to it."""
        self.events.append(event)
        self.reaction(event)

    def letters_of_text(self) -> str:
        """Return the letters whose text came, in order, repeats folded."""
        letters = [event.letter for event in self.events if isinstance(event, TextAdded)]
        return "".join(
            letter for index, letter in enumerate(letters) if letters[index - 1 : index] != [letter]
        )

    def states(self, letter: str) -> list[str]:
        """Return the states a contender went through, repeats folded."""
        states = [
            event.state.value
            for event in self.events
            if isinstance(event, StateChanged) and event.letter == letter
        ]
        return [state for index, state in enumerate(states) if states[index - 1 : index] != [state]]


class Table:
    """Everything that rounds need, with scripted contenders; close it when done."""

    def __init__(
        self,
        folder: Path,
        *,
        available_bytes: int = PLENTY_BYTES,
        needs: dict[str, int] | None = None,
        limits: HealthLimits | None = None,
        worker_options: Sequence[str] = (),
        power: PowerWatcher | None = None,
        surroundings: Surroundings | None = None,
    ) -> None:
        self.folder = folder
        self.rounds_folder = folder / "rounds"
        self.needs = needs or {}
        self.available_bytes = available_bytes
        self._worker_options = tuple(worker_options)
        self.power: PowerWatcher = power or NoPower()
        self.surroundings: Surroundings = surroundings or CalmSurroundings()
        self.file_hash = "ab" * 32
        """SHA-256 that all files are said to have."""
        self.fleet = Fleet(self._command, SystemClock(), limits)

    def plan(
        self, scripts: Sequence[Path], prompt: str = "Hello?", mode: Mode = Mode.MEASURED
    ) -> RoundPlan:
        """Plan a round of these scripts."""
        return new_round([scripted_card(path) for path in scripts], prompt, mode=mode)

    def run(self, plan: RoundPlan, recorder: Recorder | None = None) -> RoundRecord:
        """Run a round."""
        return self.run_round(plan, recorder or Recorder())

    def run_round(self, plan: RoundPlan, listener: Listener) -> RoundRecord:
        """Run a round for a desk."""
        return run_round(
            plan,
            listener,
            fleet=self.fleet,
            instruments=self._instruments(),
            journal=Journal(self.rounds_folder, MACHINE, SystemClock()),
            clock=SystemClock(),
        )

    def stop(self, letter: str | None = None, round_id: str | None = None) -> None:
        """Ask for the end of one contender's turn, or of all."""
        self.fleet.inbox.put_first(StopWanted(letter, round_id))

    def close(self) -> None:
        """End all workers."""
        self.fleet.close()

    def _command(self, backend: BackendKind) -> LaunchCommand:
        command = worker_command(backend, os.environ)
        return LaunchCommand(
            arguments=(*command.arguments, *self._worker_options),
            environment=command.environment,
            creation_flags=command.creation_flags,
        )

    def _instruments(self) -> Instruments:
        return Instruments(
            machine=MACHINE,
            core_ids=(0, 1),
            memory=NoMemoryWatcher(),
            power=self.power,
            surroundings=self.surroundings,
            available_memory_bytes=lambda: self.available_bytes,
            system_load=lambda: 0.0,
            memory_need=self._need,
            sha256_of=self._sha256,
        )

    def _need(self, contender: Contender) -> MemoryEstimate | None:
        needed = self.needs.get(contender.card.name)
        if needed is None:
            return None
        return MemoryEstimate(
            weights_bytes=needed,
            repacked_bytes=0,
            kv_cache_bytes=0,
            compute_bytes=0,
            process_bytes=0,
        )

    def _sha256(
        self, path: str, on_progress: Callable[[float], None], is_cancelled: Callable[[], bool]
    ) -> str | None:
        on_progress(1.0)
        if is_cancelled():
            return None
        if not Path(path).exists():
            raise ModelFileError(FailureKind.FILE_MISSING, path)
        return self.file_hash
