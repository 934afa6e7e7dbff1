"""A worker's loop in this process, with a fake backend and real pipes."""

import os
import threading
from collections.abc import Callable, Sequence
from typing import IO

from tests.helpers.fake_clock import FakeClock
from tests.helpers.fake_engine import FakeEngine
from tests.helpers.raw_worker import ONE_THREAD

from large_enough.domain.clock import SystemClock
from large_enough.domain.dry_run import DryRun
from large_enough.domain.errors import EngineError, FailureKind
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
from large_enough.domain.quantity import Unavailable
from large_enough.protocol.codec import decode_event, encode
from large_enough.protocol.messages import (
    Command,
    Event,
    Generated,
    Heartbeat,
    Load,
    Loading,
    Reading,
    Text,
)
from large_enough.worker.answering import Step, make_answer
from large_enough.worker.backend import Batch, Output
from large_enough.worker.channel import Channel
from large_enough.worker.growing_answer import PreparedPrompt
from large_enough.worker.loop import (
    WorkerLoop,
)
from large_enough.worker.stopwatch import Stopwatch

UNKNOWN = Unavailable(reason="fake")
BUILD = EngineBuild(name="fake", bindings_version="0", engine_version="0", system_info="")
MODEL = LoadedModel(
    description="fake",
    parameter_count=1,
    weights_bytes=1,
    context_tokens=1,
    vocabulary_size=1,
    chat_template_sha256=UNKNOWN,
    load_s=0.0,
    warm_up_s=0.0,
)


class FakeBackend:
    """Answers "Hi", or raises what it was told to raise."""

    build = BUILD
    is_pinned = False
    batch: Batch | None = None

    def __init__(self) -> None:
        self.error: Exception | None = None
        self.cancelled = threading.Event()
        self.waits_for_cancel = False
        self.started = threading.Event()

    def load(
        self,
        path: str,
        settings: LoadSettings,
        placement: Placement,
        on_progress: Callable[[float], None],
        adapter: Adapter | None = None,
    ) -> LoadedModel:
        self._raise()
        self.adapter = adapter
        for percent in range(101):
            on_progress(percent / 100)
        return MODEL

    def inspect(self, path: str, settings: LoadSettings) -> DryRun:
        raise EngineError(FailureKind.ENGINE_REFUSED, path)

    def generate(self, request: GenerationRequest, arrived_ns: int, output: Output) -> Answer:
        self._raise()
        self.started.set()
        if self.waits_for_cancel:
            assert self.cancelled.wait(10)
        steps = [Step.CANCELLED] if self.cancelled.is_set() else []
        engine = FakeEngine([b"Hi", b"."], FakeClock(), steps=steps)
        prompt = PreparedPrompt(tokens=range(3), text_sha256="0", tags=None)
        return make_answer(engine, prompt, request, output, Stopwatch(FakeClock(), 0))

    def choose(
        self, request: GenerationRequest, labels: Sequence[str], arrived_ns: int, output: Output
    ) -> Choice | FinishReason:
        del output
        self._raise()
        if request.max_tokens == 1:
            return FinishReason.TIME_UP
        return Choice(
            log_probabilities=(-0.5,) * len(labels),
            share=1.0,
            prompt_token_count=3,
            rendered_prompt_sha256="0",
            total_s=arrived_ns / 1e30,
        )

    def count_tokens(self, request: GenerationRequest) -> int:
        if request.messages[0].content == "refused":
            raise EngineError(FailureKind.TEMPLATE_REJECTED)
        return len(request.messages[0].content)

    def set_cancelled(self, is_cancelled: bool) -> None:
        self.cancelled.set() if is_cancelled else self.cancelled.clear()

    def _raise(self) -> None:
        if self.error is not None:
            raise self.error


class RunningLoop:
    """A loop in a thread, with the ends of its pipes that the program would hold."""

    def __init__(self, backend: FakeBackend, silence: threading.Event) -> None:
        commands_out, commands_in = os.pipe()
        events_out, events_in = os.pipe()
        self.commands: IO[bytes] = os.fdopen(commands_in, "wb", 0)
        self.events: IO[bytes] = os.fdopen(events_out, "rb")
        self._inner = (os.fdopen(commands_out, "rb"), os.fdopen(events_in, "wb"))
        self.exit_codes: list[int] = []
        self._left = threading.Event()
        channel = Channel(self._inner[1], on_lost=self._left.set)
        self._loop = WorkerLoop(
            backend, channel, self._inner[0], SystemClock(), silence=silence, leave=self._leave
        )
        self._thread = threading.Thread(target=self._loop.run)
        self._thread.start()

    def send(self, *commands: Command) -> None:
        for command in commands:
            self.commands.write(encode(command))

    def next(self) -> Event:
        while True:
            event = decode_event(self.events.readline())
            assert event is not None
            if not isinstance(event, Heartbeat | Loading):
                return event

    def answer(self) -> Generated:
        """Return the end of an answer, whatever text comes before it."""
        while True:
            event = self.next()
            if isinstance(event, Generated):
                return event
            assert isinstance(event, Reading | Text)

    def exit_code(self) -> int:
        assert self._left.wait(10)
        return self.exit_codes[0]

    def close(self) -> None:
        self.commands.close()
        assert self._left.wait(10)
        self._thread.join(10)
        for stream in (self.events, *self._inner):
            stream.close()

    def _leave(self, exit_code: int) -> None:
        self.exit_codes.append(exit_code)
        self._left.set()


LOAD = Load(path="m.gguf", settings=LoadSettings(), placement=ONE_THREAD)
