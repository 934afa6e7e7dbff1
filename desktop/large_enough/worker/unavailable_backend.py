"""Stands in for an engine that could not be started."""

from collections.abc import Callable, Sequence

from large_enough.domain.dry_run import DryRun
from large_enough.domain.errors import EngineError
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
from large_enough.worker.backend import Output


class UnavailableBackend:
    """Greets like any worker, then answers every request with the reason why there is no engine.

    So the reason reaches the user by the same way as every other failure.
    """

    def __init__(self, error: EngineError) -> None:
        self._error = error

    @property
    def build(self) -> EngineBuild:
        """An engine of which nothing is known."""
        unknown = "not available"
        return EngineBuild(
            name="llama.cpp", bindings_version=unknown, engine_version=unknown, system_info=unknown
        )

    @property
    def is_pinned(self) -> bool:
        """Whether this process stays on the processors it was given: none were."""
        return False

    def load(
        self,
        path: str,
        settings: LoadSettings,
        placement: Placement,
        on_progress: Callable[[float], None],
        adapter: Adapter | None = None,
    ) -> LoadedModel:
        """Refuse.

        Raises:
            EngineError: Always.
        """
        del path, settings, placement, on_progress, adapter
        raise self._error.with_traceback(None)

    def inspect(self, path: str, settings: LoadSettings) -> DryRun:
        """Refuse.

        Raises:
            EngineError: Always.
        """
        del path, settings
        raise self._error.with_traceback(None)

    def generate(self, request: GenerationRequest, arrived_ns: int, output: Output) -> Answer:
        """Refuse.

        Raises:
            EngineError: Always.
        """
        del request, arrived_ns, output
        raise self._error.with_traceback(None)

    def choose(
        self, request: GenerationRequest, labels: Sequence[str], arrived_ns: int, output: Output
    ) -> Choice | FinishReason:
        """Refuse.

        Raises:
            EngineError: Always.
        """
        del request, labels, arrived_ns, output
        raise self._error.with_traceback(None)

    def count_tokens(self, request: GenerationRequest) -> int:
        """Refuse.

        Raises:
            EngineError: Always.
        """
        del request
        raise self._error.with_traceback(None)

    @property
    def batch(self) -> None:
        """Nothing is ever computed."""
        return

    def set_cancelled(self, is_cancelled: bool) -> None:
        """Do nothing: nothing ever runs."""
