"""Plays back a script as if a model answered.

In everything the program can see it behaves like the real backend, since both are driven by the
same loop. Delays are waits that a cancel cuts short.
"""

import threading
from collections.abc import Callable, Sequence
from pathlib import Path

from large_enough import __version__
from large_enough.domain.clock import Clock
from large_enough.domain.dry_run import DryRun
from large_enough.domain.echo_script import LOADED, EchoScript, parse_end, read_script
from large_enough.domain.errors import EngineError, FailureKind
from large_enough.domain.generation import (
    Answer,
    Buffer,
    BufferKind,
    Choice,
    EngineBuild,
    FinishReason,
    GenerationRequest,
    LoadedModel,
    LoadSettings,
    Placement,
)
from large_enough.domain.model_card import Adapter
from large_enough.domain.quantity import Unavailable
from large_enough.worker.answer_batch import AnswerBatch
from large_enough.worker.answering import make_answer, make_choice
from large_enough.worker.backend import Output
from large_enough.worker.echo_answers import EchoAnswers, Said, pieces_of
from large_enough.worker.echo_engine import ScriptedEngine, ScriptedSeats
from large_enough.worker.echo_faults import Faults
from large_enough.worker.placement import ProcessorShare
from large_enough.worker.request_check import (
    check_labels,
    check_load,
    check_prompt_length,
    check_request,
)
from large_enough.worker.stopwatch import Stopwatch

PAGE_BYTES = 4096
"""One byte written for each of these makes memory really taken."""
STEPS = 10
"""Progress reports while a scripted model is loaded."""


class EchoBackend:
    """Runs a scripted model."""

    def __init__(self, clock: Clock, faults: Faults) -> None:
        self._clock = clock
        self._faults = faults
        self._cancelled = threading.Event()
        self._share = ProcessorShare()
        self._answers: EchoAnswers | None = None
        self._batch: AnswerBatch | None = None
        self._context_tokens = 0
        self._memory = bytearray()

    @property
    def build(self) -> EngineBuild:
        """This program itself."""
        return EngineBuild(
            name="echo",
            bindings_version=__version__,
            engine_version=__version__,
            system_info="scripted: nothing is computed",
        )

    @property
    def is_pinned(self) -> bool:
        """Whether this process stays on the processors it was given."""
        return self._share.is_pinned

    def set_cancelled(self, is_cancelled: bool) -> None:
        """Raise or lower the flag that stops the answer in hand."""
        if is_cancelled:
            self._cancelled.set()
        else:
            self._cancelled.clear()

    def load(
        self,
        path: str,
        settings: LoadSettings,
        placement: Placement,
        on_progress: Callable[[float], None],
        adapter: Adapter | None = None,
    ) -> LoadedModel:
        """Read the script and take the time and the memory it asks for; it takes no adapter.

        Raises:
            ModelFileError: There is no such script.
            LargeEnoughError: The script says so.
        """
        del adapter
        check_load(settings, placement.thread_count)
        self._share.apply(placement)
        started_ns = self._clock.monotonic_ns()
        script = read_script(Path(path))
        for step in range(STEPS):
            on_progress(step / STEPS)
            self._cancelled.wait(script.load_s / STEPS)
        self._memory = bytearray(script.allocate_bytes)
        self._memory[::PAGE_BYTES] = b"\x01" * len(self._memory[::PAGE_BYTES])
        if script.load_end != LOADED:
            self._faults.happen(parse_end(script.load_end))
        self._answers = EchoAnswers(script)
        self._context_tokens = settings.context_tokens
        seat_count = min(settings.parallel_sequences, script.parallel_sequences)
        if seat_count > 1:
            self._batch = self._open_batch(self._answers, seat_count)
        load_s = (self._clock.monotonic_ns() - started_ns) / 1e9
        return _loaded_model(script, Path(path), settings, load_s)

    def inspect(self, path: str, settings: LoadSettings) -> DryRun:
        """Return what the script sets aside.

        Raises:
            ModelFileError: There is no such script.
        """
        script = read_script(Path(path))
        taken = Buffer(kind=BufferKind.COMPUTE, device="CPU", size_bytes=script.allocate_bytes)
        return DryRun(
            context_tokens=settings.context_tokens,
            weights_bytes=0,
            kv_cache_bytes=0,
            buffers=(taken,),
        )

    def generate(self, request: GenerationRequest, arrived_ns: int, output: Output) -> Answer:
        """Play the next answer of the script.

        Raises:
            LargeEnoughError: The script says so, or the request is impossible.
        """
        watch = Stopwatch(self._clock, arrived_ns, longest_s=request.longest_s)
        said = self._prepare(request, watch)
        engine = ScriptedEngine(said, self._cancelled, self._faults)
        return make_answer(engine, said.prompt, request, output, watch)

    def choose(
        self, request: GenerationRequest, labels: Sequence[str], arrived_ns: int, output: Output
    ) -> Choice | FinishReason:
        """Weigh labels as the next answer of the script says.

        Raises:
            LargeEnoughError: The request is impossible.
        """
        watch = Stopwatch(self._clock, arrived_ns, longest_s=request.longest_s)
        check_labels(labels)
        said = self._prepare(request, watch)
        engine = ScriptedEngine(said, self._cancelled, self._faults)
        return make_choice(engine, said.prompt, request, labels, output, watch)

    def count_tokens(self, request: GenerationRequest) -> int:
        """Return how many tokens a prompt is said to have: as many as words, if nothing is said.

        Raises:
            LargeEnoughError: The request is impossible.
        """
        check_request(request)
        return self._loaded_answers().token_count(request)

    @property
    def batch(self) -> AnswerBatch | None:
        """Where several answers are given at once; None if the script gives one at a time."""
        return self._batch

    def _prepare(self, request: GenerationRequest, watch: Stopwatch) -> Said:
        check_request(request)
        self._share.apply(request.placement)
        with watch.preparing_prompt():
            said = self._loaded_answers().next(request)
        check_prompt_length(len(said.prompt.tokens), self._context_tokens)
        return said

    def _loaded_answers(self) -> EchoAnswers:
        if self._answers is None:
            raise EngineError(FailureKind.ENGINE_REFUSED, detail="no script is loaded")
        return self._answers

    def _open_batch(self, answers: EchoAnswers, seat_count: int) -> AnswerBatch:
        seats = ScriptedSeats(
            answers,
            seat_count,
            self._context_tokens,
            self._clock,
            self._cancelled,
            self._faults,
            self._share,
        )
        return AnswerBatch(seats, self._clock)


def _loaded_model(
    script: EchoScript, path: Path, settings: LoadSettings, load_s: float
) -> LoadedModel:
    size_bytes = path.stat().st_size if script.size_bytes is None else script.size_bytes
    buffers = [Buffer(kind=BufferKind.WEIGHTS, device="scripted", size_bytes=size_bytes)]
    if script.allocate_bytes:
        taken = Buffer(kind=BufferKind.COMPUTE, device="CPU", size_bytes=script.allocate_bytes)
        buffers.append(taken)
    return LoadedModel(
        description=f"scripted: {script.name}",
        parameter_count=script.parameter_count or 0,
        weights_bytes=size_bytes,
        context_tokens=settings.context_tokens,
        vocabulary_size=max(len(pieces_of(answer, "")) for answer in script.answers),
        chat_template_sha256=Unavailable(reason="a script has no chat template"),
        load_s=load_s,
        warm_up_s=0.0,
        buffers=tuple(buffers),
        parallel_sequences=min(settings.parallel_sequences, script.parallel_sequences),
    )
