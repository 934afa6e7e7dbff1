"""What the worker's loop asks of whoever runs the model."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Protocol

from large_enough.domain.dry_run import DryRun
from large_enough.domain.errors import LargeEnoughError
from large_enough.domain.generation import (
    Answer,
    Choice,
    EngineBuild,
    FinishReason,
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


Outcome = Answer | Choice | FinishReason | LargeEnoughError
"""What became of one request among several: a choice that was stopped has a reason only."""


@dataclass(frozen=True, slots=True)
class Ended:
    """A request among several that has been answered."""

    request_id: int
    outcome: Outcome


class Batch(Protocol):
    """Several answers in the making. Called by the main thread only."""

    @property
    def request_ids(self) -> frozenset[int]:
        """The requests that are being answered."""
        ...

    @property
    def has_room(self) -> bool:
        """Whether another request can be started."""
        ...

    def start(
        self,
        request_id: int,
        request: GenerationRequest,
        labels: Sequence[str] | None,
        arrived_ns: int,
        output: Output,
    ) -> None:
        """Begin to answer a request; there must be room.

        Args:
            request_id: Whose answer it is.
            request: What is asked.
            labels: What to choose from; None if an answer is to be written.
            arrived_ns: When the request arrived, on the monotonic clock.
            output: Takes progress and text.

        Raises:
            LargeEnoughError: It cannot be answered.
        """
        ...

    def step(self, stopped: Collection[int]) -> Sequence[Ended]:
        """Go on with all answers for a moment.

        Args:
            stopped: Requests that are to end now.

        Returns:
            Those that have ended, also because their time is up.

        Raises:
            LargeEnoughError: The engine refused; all answers must be abandoned.
        """
        ...

    def abandon(self) -> frozenset[int]:
        """Give up all answers; return their requests."""
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

    def choose(
        self, request: GenerationRequest, labels: Sequence[str], arrived_ns: int, output: Output
    ) -> Choice | FinishReason:
        """Say how probable labels are as the beginning of an answer.

        Args:
            request: What is asked.
            labels: What to choose from.
            arrived_ns: When the request arrived, on the monotonic clock.
            output: Takes progress.

        Returns:
            The choice, or why there is none: it was cancelled or its time was up.

        Raises:
            LargeEnoughError: It cannot be done.
        """
        ...

    def count_tokens(self, request: GenerationRequest) -> int:
        """Return how many tokens the prompt of a request has.

        Raises:
            LargeEnoughError: The model's template refuses it.
        """
        ...

    @property
    def batch(self) -> Batch | None:
        """Where several answers are made at once; None if the loaded model makes one at a time."""
        ...

    def set_cancelled(self, is_cancelled: bool) -> None:
        """Raise or lower the flag that stops the computation in hand. Called by any thread."""
        ...
