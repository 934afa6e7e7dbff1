"""The worker's life, with a fake backend and real pipes, in this process."""

import os
import threading
from collections.abc import Callable, Iterator, Sequence
from typing import IO

import pytest
from tests.helpers.fake_clock import FakeClock
from tests.helpers.fake_engine import FakeEngine
from tests.helpers.raw_worker import ONE_THREAD, ask

from large_enough.domain.clock import SystemClock
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
    MAX_FRAME_BYTES,
    Cancel,
    Command,
    Event,
    Failed,
    Generate,
    Generated,
    Heartbeat,
    Load,
    Loaded,
    Loading,
    Quit,
    Reading,
    Ready,
    Text,
)
from large_enough.worker.answering import Step, make_answer
from large_enough.worker.backend import Batch, Output
from large_enough.worker.channel import Channel
from large_enough.worker.growing_answer import PreparedPrompt
from large_enough.worker.loop import (
    EXIT_BAD_COMMAND,
    EXIT_DONE,
    EXIT_ENGINE_BROKEN,
    WorkerLoop,
    is_engine_fault,
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


@pytest.fixture
def backend() -> FakeBackend:
    return FakeBackend()


@pytest.fixture
def loop(backend: FakeBackend) -> Iterator[RunningLoop]:
    silence = threading.Event()
    silence.set()  # no heartbeat thread: these tests need none
    running = RunningLoop(backend, silence)
    yield running
    running.close()


def test_a_worker_greets_loads_and_answers(loop: RunningLoop) -> None:
    ready = loop.next()
    assert isinstance(ready, Ready)
    assert (ready.process_id, ready.engine) == (os.getpid(), BUILD)
    loop.send(LOAD)
    assert loop.next() == Loaded(model=MODEL)
    loop.send(Generate(request_id=5, request=ask("Hello")))
    assert loop.next() == Reading(request_id=5, done_token_count=0, total_token_count=3)
    assert loop.next() == Reading(request_id=5, done_token_count=3, total_token_count=3)
    assert isinstance(loop.next(), Text)
    generated = loop.answer()
    assert (generated.request_id, generated.answer.text) == (5, "Hi.")


def test_a_failed_load_leaves_it_running(loop: RunningLoop, backend: FakeBackend) -> None:
    loop.next()
    backend.error = EngineError(FailureKind.NOT_GGUF, "m.gguf", detail="no magic")
    loop.send(LOAD)
    failed = loop.next()
    assert isinstance(failed, Failed)
    assert (failed.request_id, failed.error.kind) == (None, FailureKind.NOT_GGUF)
    backend.error = None
    loop.send(LOAD)
    assert isinstance(loop.next(), Loaded)


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (EngineError(FailureKind.PROMPT_TOO_LONG), FailureKind.PROMPT_TOO_LONG),
        (MemoryError(), FailureKind.OUT_OF_MEMORY),
        (KeyError("a fault of ours"), FailureKind.INTERNAL),
        (OSError(5, "disk"), FailureKind.INTERNAL),
    ],
)
def test_whatever_goes_wrong_is_told_and_it_lives_on(
    loop: RunningLoop, backend: FakeBackend, error: Exception, kind: FailureKind
) -> None:
    loop.next()
    loop.send(LOAD)
    loop.next()
    backend.error = error
    loop.send(Generate(request_id=1, request=ask("Hello")))
    failed = loop.next()
    assert isinstance(failed, Failed)
    assert (failed.request_id, failed.error.kind) == (1, kind)
    if kind is FailureKind.INTERNAL:
        assert "_raise" in failed.error.detail
    backend.error = None
    loop.send(Generate(request_id=2, request=ask("Hello")))
    assert loop.answer().answer.text == "Hi."


def test_a_long_trace_is_shortened(loop: RunningLoop, backend: FakeBackend) -> None:
    loop.next()
    backend.error = EngineError(FailureKind.LOAD_REFUSED, detail="x" * 5_000_000 + "the cause")
    loop.send(LOAD)
    failed = loop.next()
    assert isinstance(failed, Failed)
    assert failed.error.detail.endswith("the cause")


def test_commands_out_of_turn_are_refused(loop: RunningLoop) -> None:
    loop.next()
    loop.send(Generate(request_id=1, request=ask("Hello")))
    early = loop.next()
    loop.send(LOAD, LOAD)
    assert isinstance(loop.next(), Loaded)
    again = loop.next()
    for event in (early, again):
        assert isinstance(event, Failed)
        assert event.error.kind is FailureKind.PROTOCOL_BROKEN


def test_a_cancel_reaches_the_backend_in_the_middle(
    loop: RunningLoop, backend: FakeBackend
) -> None:
    loop.next()
    loop.send(LOAD)
    loop.next()
    backend.waits_for_cancel = True
    loop.send(Generate(request_id=1, request=ask("Hello")))
    assert backend.started.wait(10)
    loop.send(Cancel(request_id=1))
    assert loop.answer().answer.finish is FinishReason.CANCELLED
    assert not backend.cancelled.is_set()


def test_a_cancel_that_comes_first_is_honoured(loop: RunningLoop) -> None:
    loop.next()
    loop.send(Cancel(request_id=1), LOAD, Generate(request_id=1, request=ask("Hello")))
    assert isinstance(loop.next(), Loaded)
    assert loop.answer().answer.finish is FinishReason.CANCELLED


def test_an_unknown_command_is_ignored(loop: RunningLoop) -> None:
    loop.next()
    loop.commands.write(b'{"type":"of_the_future","x":1}\n')
    loop.send(LOAD)
    assert isinstance(loop.next(), Loaded)


@pytest.mark.parametrize(
    "line",
    [
        b"hello\n",
        b'{"type":"load"}\n',
        b'{"type":"load","path":5,"settings":{},"placement":{"thread_count":1}}\n',
        b'{"type":"generate","request_id":1',  # cut off by the end of the pipe
        b"x" * (MAX_FRAME_BYTES + 1),
    ],
)
def test_a_bad_command_ends_it_with_a_plain_cause(
    loop: RunningLoop, line: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    loop.next()
    loop.commands.write(line)
    if not line.endswith(b"\n"):
        loop.commands.close()
    failed = loop.next()
    assert isinstance(failed, Failed)
    assert failed.error.kind is FailureKind.PROTOCOL_BROKEN
    assert loop.exit_code() == EXIT_BAD_COMMAND
    assert "bad command" in capsys.readouterr().err


def test_the_end_of_the_pipe_and_quit_are_the_end(loop: RunningLoop) -> None:
    loop.next()
    loop.send(Quit())
    assert loop.exit_code() == EXIT_DONE


def test_a_fault_of_the_engine_that_windows_turned_into_an_exception(
    loop: RunningLoop, backend: FakeBackend
) -> None:
    class WindowsFaultError(OSError):
        winerror = -1073741795  # 0xC000001D, an illegal instruction

    assert is_engine_fault(WindowsFaultError())
    assert is_engine_fault(OSError("exception: access violation reading 0x0000000000000000"))
    assert not is_engine_fault(OSError(2, "not found"))
    assert not is_engine_fault(ValueError())
    loop.next()
    backend.error = WindowsFaultError()
    loop.send(LOAD)
    assert isinstance(loop.next(), Failed)
    assert loop.exit_code() == EXIT_ENGINE_BROKEN
