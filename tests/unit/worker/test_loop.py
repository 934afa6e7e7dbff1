"""The worker's life, with a fake backend and real pipes, in this process."""

import os
import threading
from collections.abc import Callable, Iterator, Sequence
from typing import IO

import pytest
from tests.helpers.fake_clock import FakeClock
from tests.helpers.fake_engine import FakeEngine
from tests.helpers.fake_seats import FakeSeats
from tests.helpers.raw_worker import ONE_THREAD, ask

from large_enough.domain.clock import SystemClock
from large_enough.domain.errors import EngineError, ErrorInfo, FailureKind
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
    Choose,
    Chosen,
    Command,
    CountTokens,
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
    TokensCounted,
)
from large_enough.worker.answer_batch import AnswerBatch
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


def test_labels_are_weighed(loop: RunningLoop) -> None:
    loop.next()
    loop.send(LOAD, Choose(request_id=4, request=ask("Which?"), labels=("A", "B")))
    loop.next()
    chosen = loop.next()
    assert isinstance(chosen, Chosen)
    assert (chosen.request_id, chosen.log_probabilities) == (4, (-0.5, -0.5))
    loop.send(Choose(request_id=5, request=ask("Which?", max_tokens=1), labels=("A", "B")))
    stopped = loop.next()
    assert stopped == Chosen(request_id=5, choice=FinishReason.TIME_UP)
    assert stopped.log_probabilities == ()


def test_tokens_are_counted_and_one_refusal_is_its_own(loop: RunningLoop) -> None:
    loop.next()
    loop.send(LOAD, CountTokens(request_id=4, requests=(ask("abc"), ask("refused"), ask("a"))))
    loop.next()
    counted = loop.next()
    assert isinstance(counted, TokensCounted)
    first, refused, third = counted.counts
    assert (counted.request_id, first, third) == (4, 3, 1)
    assert isinstance(refused, ErrorInfo)
    assert refused.kind is FailureKind.TEMPLATE_REJECTED


def test_the_time_is_up_in_the_middle(loop: RunningLoop, backend: FakeBackend) -> None:
    loop.next()
    loop.send(LOAD)
    loop.next()
    backend.waits_for_cancel = True
    loop.send(Generate(request_id=1, request=ask("Hello", longest_s=0.01)))
    loop.answer()
    assert not backend.cancelled.is_set()


class Held:
    """Holds a batch's steps until it is told to let them go."""

    def __init__(self) -> None:
        self.is_open = threading.Event()
        self.entered = threading.Event()

    def __call__(self) -> bool:
        self.entered.set()
        return self.is_open.wait(10)


@pytest.fixture
def seats(backend: FakeBackend) -> FakeSeats:
    """Give the backend three seats."""
    clock = FakeClock()
    seats = FakeSeats(clock)
    backend.batch = AnswerBatch(seats, clock)
    return seats


def ends(loop: RunningLoop, count: int) -> dict[int | None, Event]:
    """Return how so many requests ended."""
    found: dict[int | None, Event] = {}
    while len(found) < count:
        event = loop.next()
        if isinstance(event, Generated | Chosen | Failed | TokensCounted):
            assert event.request_id not in found
            found[event.request_id] = event
    return found


def text_of(event: Event) -> str:
    assert isinstance(event, Generated)
    return event.answer.text.strip()


def test_several_at_once_and_more_in_line(loop: RunningLoop, seats: FakeSeats) -> None:
    loop.next()
    words = {number: f"this is {number}" for number in range(1, 8)}
    loop.send(LOAD, *(Generate(request_id=n, request=ask(text)) for n, text in words.items()))
    found = ends(loop, 7)
    assert {number: text_of(event) for number, event in found.items()} == words
    assert set(seats.closed) == {0, 1, 2}


def test_counting_does_not_wait_for_answers(loop: RunningLoop, seats: FakeSeats) -> None:
    seats.before_step = held = Held()
    loop.next()
    loop.send(LOAD, Generate(request_id=1, request=ask("one")))
    loop.next()
    assert held.entered.wait(10)
    loop.send(CountTokens(request_id=2, requests=(ask("abc"),)))
    held.is_open.set()
    assert list(ends(loop, 2)) == [2, 1]


def test_a_cancel_of_one_among_several(
    loop: RunningLoop, seats: FakeSeats, backend: FakeBackend
) -> None:
    seats.before_step = held = Held()
    loop.next()
    loop.send(LOAD, *(Generate(request_id=n, request=ask(f"this is {n}")) for n in (1, 2)))
    loop.next()
    assert held.entered.wait(10)
    loop.send(Cancel(request_id=1), Cancel(request_id=3))
    assert backend.cancelled.wait(10)
    loop.send(*(Generate(request_id=n, request=ask(f"this is {n}")) for n in (3, 4)))
    held.is_open.set()
    found = ends(loop, 4)
    for number, event in found.items():
        assert isinstance(event, Generated)
        wanted = FinishReason.CANCELLED if number in (1, 3) else FinishReason.END_OF_TEXT
        assert event.answer.finish is wanted
    assert not backend.cancelled.is_set()


def test_one_that_cannot_be_answered_leaves_the_others(loop: RunningLoop, seats: FakeSeats) -> None:
    del seats
    loop.next()
    prompts = {1: "one", 2: "!refused", 3: "x !broken", 4: "four"}
    loop.send(LOAD, *(Generate(request_id=n, request=ask(text)) for n, text in prompts.items()))
    loop.send(Choose(request_id=5, request=ask("five"), labels=("A", "A")))
    found = ends(loop, 5)
    assert (text_of(found[1]), text_of(found[4])) == ("one", "four")
    kinds = {}
    for number in (2, 3, 5):
        event = found[number]
        assert isinstance(event, Failed)
        kinds[number] = event.error.kind
    assert kinds == {
        2: FailureKind.PROMPT_TOO_LONG,
        3: FailureKind.ENGINE_REFUSED,
        5: FailureKind.BAD_SETTING,
    }


def test_a_fault_fails_those_at_work_and_it_lives_on(
    loop: RunningLoop, seats: FakeSeats, backend: FakeBackend
) -> None:
    held = Held()

    def fail() -> bool:
        held()
        raise KeyError("a fault of ours")

    seats.before_step = fail
    loop.next()
    loop.send(LOAD, *(Generate(request_id=n, request=ask("x")) for n in (1, 2, 3, 4)))
    loop.next()
    assert held.entered.wait(10)
    seats.before_step = lambda: True
    held.is_open.set()
    found = ends(loop, 4)
    failed = [number for number, event in found.items() if isinstance(event, Failed)]
    answered = [number for number, event in found.items() if isinstance(event, Generated)]
    assert len(failed) + len(answered) == 4
    assert 1 in failed
    assert 4 in answered
    assert not backend.cancelled.is_set()
