"""The worker's life, with a fake backend and real pipes, in this process."""

import os

import pytest
from tests.helpers.raw_worker import ask
from tests.helpers.running_loop import BUILD, LOAD, MODEL, FakeBackend, RunningLoop

from large_enough.domain.errors import EngineError, ErrorInfo, FailureKind
from large_enough.domain.generation import (
    FinishReason,
)
from large_enough.protocol.messages import (
    MAX_FRAME_BYTES,
    Cancel,
    Choose,
    Chosen,
    CountTokens,
    Failed,
    Generate,
    Loaded,
    Quit,
    Reading,
    Ready,
    Text,
    TokensCounted,
)
from large_enough.worker.loop import (
    EXIT_BAD_COMMAND,
    EXIT_DONE,
    EXIT_ENGINE_BROKEN,
    is_engine_fault,
)


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
