"""One contender's turn in a round: from waiting to its result."""

import dataclasses

import msgspec

from large_enough.comparison.circumstances import Circumstances
from large_enough.comparison.events import ContenderState, StateChanged
from large_enough.comparison.schedule import Phase
from large_enough.domain.errors import ErrorInfo
from large_enough.domain.generation import (
    Answer,
    FinishReason,
    GenerationRequest,
    Message,
    Placement,
    Role,
)
from large_enough.domain.quantity import Quantity, Unavailable
from large_enough.domain.resource_use import ResourceUse
from large_enough.domain.round import (
    AnswerContext,
    AnswerResult,
    Cancelled,
    Contender,
    Done,
    Failed,
    RoundPlan,
)
from large_enough.engine.fleet import Worker

_NO_PLACEMENT = Placement(thread_count=1)
_NOT_READ = Unavailable(reason="not read")


def request_of(plan: RoundPlan, letter: str, placement: Placement) -> GenerationRequest:
    """Return what a contender of a round is asked."""
    system = (Message(role=Role.SYSTEM, content=plan.system),) if plan.system else ()
    question = Message(role=Role.USER, content=plan.prompt)
    history = plan.history.get(letter, ())
    settings = plan.settings
    return GenerationRequest(
        messages=(*system, *history, question),
        style=settings.style,
        max_tokens=settings.max_tokens,
        stop=settings.stop,
        sampling=settings.sampling,
        placement=placement,
        reuse_prefix=settings.reuse_prefix and bool(history),
        thinking=settings.thinking,
    )


@dataclasses.dataclass(slots=True, kw_only=True)
class Turn:
    """What is known about one contender's turn so far. Only the round's thread touches it."""

    contender: Contender
    phase: Phase = Phase.WAITING
    worker: Worker | None = None
    request_id: int | None = None
    placement: Placement = _NO_PLACEMENT
    is_contended: bool = False
    system_load_before: Quantity = _NOT_READ
    before: Circumstances | None = None
    """What else the machine did when it was asked."""
    partial_text: list[str] = dataclasses.field(default_factory=list)
    stop_by_s: float | None = None
    """Set once the user wants it stopped: when patience ends and the worker is killed."""
    result: AnswerResult | None = None

    @property
    def letter(self) -> str:
        """The contender's letter."""
        return self.contender.letter

    @property
    def is_stopping(self) -> bool:
        """Whether the user has asked for the end of this turn."""
        return self.stop_by_s is not None

    def state(self, state: ContenderState, fraction: float | None = None) -> StateChanged:
        """Return the event that tells of a new state."""
        return StateChanged(letter=self.letter, state=state, fraction=fraction)

    def request(self, plan: RoundPlan) -> GenerationRequest:
        """Return what this contender is asked."""
        return request_of(plan, self.letter, self.placement)

    @property
    def is_on_gpu(self) -> bool:
        """Whether the model is on a graphics device."""
        loaded = None if self.worker is None else self.worker.loaded
        return loaded is not None and loaded.is_on_gpu

    def answered(
        self,
        answer: Answer,
        resources: ResourceUse,
        after: Circumstances,
        *,
        is_pinned: bool,
    ) -> AnswerResult:
        """Return the result for an answer that came to its end, or was stopped.

        Raises:
            RuntimeError: The worker has not told which engine it is (a fault of this program).
        """
        if answer.finish is FinishReason.CANCELLED:
            return Cancelled(letter=self.letter, answer=answer)
        worker = self.worker
        if worker is None or worker.engine is None or worker.loaded is None:
            message = "an answer came from a worker that has loaded nothing"
            raise RuntimeError(message)
        context = AnswerContext(
            engine=worker.engine,
            loaded=worker.loaded,
            placement=self.placement,
            is_contended=self.is_contended,
            is_pinned=is_pinned,
            system_load_before=self.system_load_before,
        )
        if self.before is not None:
            context = self.before.until(after, context)
        return Done(letter=self.letter, answer=answer, resources=resources, context=context)

    def stopped(self) -> AnswerResult:
        """Return the result for a turn that was stopped before there was an answer."""
        return Cancelled(letter=self.letter)

    def failed(self, error: ErrorInfo) -> AnswerResult:
        """Return the result for a failure; one that follows a wish to stop counts as stopped."""
        if self.is_stopping:
            return self.stopped()
        named = msgspec.structs.replace(error, subject=error.subject or self.contender.card.name)
        return Failed(letter=self.letter, error=named, partial_text="".join(self.partial_text))
