"""What the worker's loop asks of whoever runs the model."""

from collections.abc import Callable
from typing import Protocol

from large_enough.domain.dry_run import DryRun
from large_enough.domain.generation import (
    Answer,
    EngineBuild,
    GenerationRequest,
    LoadedModel,
    LoadSettings,
    Placement,
)
from large_enough.domain.model_card import Adapter


class Output(Protocol):
    """Where a backend tells how an answer gets on."""

    def reading(self, done_token_count: int, total_token_count: int) -> None:
        """Tell how much of the prompt has been read."""
        ...

    def text(self, text: str, is_thought: bool, token_count: int, t_s: float) -> None:
        """Give more of the answer.

        Args:
            text: What to add.
            is_thought: Whether it belongs to the model's thoughts.
            token_count: Tokens so far.
            t_s: Seconds since the request arrived.
        """
        ...


class Backend(Protocol):
    """Runs one model. All methods but `set_cancelled` are called by the main thread only."""

    @property
    def build(self) -> EngineBuild:
        """Which engine this is, exactly."""
        ...

    @property
    def is_pinned(self) -> bool:
        """Whether this process really stays on the processors it was given."""
        ...

    def load(
        self,
        path: str,
        settings: LoadSettings,
        placement: Placement,
        on_progress: Callable[[float], None],
        adapter: Adapter | None = None,
    ) -> LoadedModel:
        """Load a model.

        Args:
            path: Its file.
            settings: How to load it.
            placement: Threads and processors to use meanwhile.
            on_progress: Takes the fraction done, 0 to 1.
            adapter: What to add to it; None for nothing.

        Raises:
            LargeEnoughError: It cannot be loaded; another attempt is allowed.
        """
        ...

    def inspect(self, path: str, settings: LoadSettings) -> DryRun:
        """Find out what loading a model would take, without loading it.

        Args:
            path: Its file.
            settings: How it would be loaded.

        Raises:
            LargeEnoughError: It could not be loaded.
        """
        ...

    def generate(self, request: GenerationRequest, arrived_ns: int, output: Output) -> Answer:
        """Answer a prompt. Being cancelled is an end like others, not an error.

        Args:
            request: What is asked.
            arrived_ns: When the request arrived, on the monotonic clock.
            output: Takes progress and text.

        Raises:
            LargeEnoughError: It cannot be answered.
        """
        ...

    def set_cancelled(self, is_cancelled: bool) -> None:
        """Raise or lower the flag that stops the answer in hand. Called by any thread."""
        ...
