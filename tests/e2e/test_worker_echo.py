"""The worker process with the scripted backend, spoken to over its bare pipes."""

import itertools
import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest
from tests.helpers.raw_worker import ONE_THREAD, RawWorker, ask, raw_worker

from large_enough.domain.clock import SystemClock
from large_enough.domain.errors import FailureKind, ProtocolError
from large_enough.domain.generation import FinishReason, LoadSettings, Placement, PromptStyle
from large_enough.protocol.codec import decode_event
from large_enough.protocol.messages import (
    MAX_FRAME_BYTES,
    PROTOCOL_MAJOR,
    Failed,
    Generate,
    Generated,
    Heartbeat,
    Load,
    Loaded,
    Loading,
    Reading,
    Ready,
    Text,
)

MIB = 1 << 20


def script(folder: Path, *answers: dict[str, object], **fields: object) -> Path:
    path = folder / "parrot.echo.json"
    path.write_text(
        json.dumps({"name": "Parrot", "answers": answers or [{"text": "Hi."}], **fields})
    )
    return path


def echo(*options: str):
    return raw_worker("echo", *options)


def texts(worker: RawWorker) -> str:
    return "".join(event.text for event in worker.events if isinstance(event, Text))


def test_a_worker_greets_loads_answers_and_quits(tmp_path: Path) -> None:
    path = script(tmp_path, {"text": "You said: {prompt}"}, {"text": "Second."}, load_s=0.05)
    with echo() as worker:
        loaded = worker.load(path)
        first = worker.ask(1, ask("Hello, world"))
        again = worker.ask(2, ask("Once more"))
        third = worker.ask(3, ask("and again"))
        assert worker.quit() == 0
    ready = worker.events[0]
    assert isinstance(ready, Ready)
    assert ready.protocol_major == PROTOCOL_MAJOR
    assert ready.engine.name == "echo"
    assert ready.foreign_modules == ()
    assert abs(ready.monotonic_ns - SystemClock().monotonic_ns()) < 60e9  # one clock for both
    assert loaded.model.load_s >= 0.05
    assert any(isinstance(event, Loading) for event in worker.events)
    assert any(isinstance(event, Reading) for event in worker.events)
    assert first.answer.text == "You said: Hello, world"
    assert first.answer.finish is FinishReason.END_OF_TEXT
    assert again.answer.text == "Second."
    assert third.answer.text == "You said: and again"


def test_what_streams_is_what_the_answer_holds(tmp_path: Path) -> None:
    words = " ".join(f"word{number}" for number in range(60))
    path = script(tmp_path, {"text": words, "think": "Let me see.", "token_delay_s": 0.005})
    with echo() as worker:
        worker.load(path)
        answer = worker.ask(1, ask("Go")).answer
    events = [event for event in worker.events if isinstance(event, Text)]
    assert "".join(event.text for event in events if event.is_thought) == answer.thoughts
    assert "".join(event.text for event in events if not event.is_thought) == answer.text == words
    assert answer.thoughts == "Let me see."
    times = [event.t_s for event in events]
    assert times == [chunk.t_s for chunk in answer.timeline]
    gaps = [later - earlier for earlier, later in itertools.pairwise(times[1:])]
    # A change from thought to answer goes out at once; all other texts keep their distance.
    assert sum(gap < 0.033 for gap in gaps) <= 2
    assert answer.timing.generated_token_count == 5 + 60  # with both tags


def test_reading_and_tokens_take_their_scripted_time(tmp_path: Path) -> None:
    path = script(
        tmp_path,
        {"tokens": ["a", "b", "c"], "prompt_delay_s": 0.1, "token_delay_s": 0.05}
        | {"prompt_token_count": 50},
    )
    with echo() as worker:
        worker.load(path)
        timing = worker.ask(1, ask("Go")).answer.timing
    assert isinstance(timing.prompt_s, float)
    assert isinstance(timing.decode_s, float)
    assert timing.prompt_s >= 0.1
    assert timing.decode_s >= 0.1
    assert timing.prompt_token_count == 50
    assert timing.total_s >= timing.prompt_s + timing.decode_s


def test_an_endless_answer_is_cut_and_stops_are_found(tmp_path: Path) -> None:
    path = script(tmp_path, {"tokens": ["tick ", "tock "], "end": "length"})
    with echo() as worker:
        worker.load(path)
        assert worker.ask(1, ask("Go", max_tokens=5)).answer.finish is FinishReason.LENGTH
        stopped = worker.ask(2, ask("Go", stop=("tock tick",))).answer
    assert (stopped.text, stopped.finish) == ("tick ", FinishReason.STOP_TEXT)


def test_a_cancel_in_the_middle_keeps_what_there_is(tmp_path: Path) -> None:
    path = script(tmp_path, {"tokens": ["a"], "token_delay_s": 30, "end": "length"}, {"text": "b"})
    with echo() as worker:
        worker.load(path)
        worker.send(Generate(request_id=1, request=ask("Go")))
        worker.wait_for(Text)
        worker.cancel(1)
        cancelled = worker.wait_for(Generated).answer
        assert (cancelled.text, cancelled.finish) == ("a", FinishReason.CANCELLED)
        assert cancelled.timing.total_s < 10
        assert worker.ask(2, ask("Go")).answer.text == "b"


def test_a_cancel_while_the_prompt_is_read_or_before_it_is_asked(tmp_path: Path) -> None:
    path = script(tmp_path, {"text": "a", "prompt_delay_s": 300})
    with echo() as worker:
        worker.load(path)
        worker.send(Generate(request_id=1, request=ask("Go")))
        worker.wait_for(Reading)
        worker.cancel(1)
        assert worker.wait_for(Generated).answer.finish is FinishReason.CANCELLED
        worker.cancel(2)
        assert worker.ask(2, ask("Go")).answer.finish is FinishReason.CANCELLED


@pytest.mark.parametrize(
    ("end", "exit_code", "words"),
    [
        ("crash_abort", -signal.SIGABRT, "GGML_ABORT .*GGML_ASSERT"),
        ("crash_segv", -signal.SIGSEGV, "Segmentation fault"),
        ("illegal_instruction", -signal.SIGILL, "Illegal instruction"),
        ("killed", -9, ""),
        ("exit:41", 41, ""),
    ],
)
@pytest.mark.parametrize("where", ["load", "answer"])
def test_ends_of_the_process(
    tmp_path: Path, end: str, exit_code: int, words: str, where: str
) -> None:
    if where == "load":
        path = script(tmp_path, load_end=end)
    else:
        path = script(tmp_path, {"tokens": ["Well"], "end": end})
    with echo() as worker:
        if where == "load":
            worker.wait_for(Ready)
            worker.send(Load(path=str(path), settings=LoadSettings(), placement=ONE_THREAD))
        else:
            worker.load(path)
            worker.send(Generate(request_id=1, request=ask("Go")))
        while worker.next_event() is not None:
            pass
        assert worker.end() == exit_code
    assert re.search(words, worker.error_text)
    assert texts(worker) == ("Well" if where == "answer" else "")


def test_failures_leave_the_worker_running(tmp_path: Path) -> None:
    path = script(tmp_path, {"text": "a", "end": "failed:engine_refused"}, {"text": "b"})
    with echo() as worker:
        worker.load(path)
        worker.send(Generate(request_id=1, request=ask("Go")))
        while not isinstance(event := worker.next_event(), Failed):
            pass
        assert (event.request_id, event.error.kind) == (1, FailureKind.ENGINE_REFUSED)
        assert worker.ask(2, ask("Go")).answer.text == "b"


def test_a_failed_load_leaves_the_worker_running(tmp_path: Path) -> None:
    with echo() as worker:
        worker.wait_for(Ready)
        for path, kind in (
            (script(tmp_path, load_end="failed:out_of_memory"), FailureKind.OUT_OF_MEMORY),
            (tmp_path / "none.echo.json", FailureKind.FILE_MISSING),
        ):
            worker.send(Load(path=str(path), settings=LoadSettings(), placement=ONE_THREAD))
            while not isinstance(event := worker.next_event(), Failed):
                pass
            assert event.error.kind is kind
        worker.send(Load(path=str(script(tmp_path)), settings=LoadSettings(), placement=ONE_THREAD))
        worker.wait_for(Loaded)


def test_what_cannot_be_asked_is_refused(tmp_path: Path) -> None:
    path = script(tmp_path, has_chat_template=False)
    with echo() as worker:
        worker.load(path, LoadSettings(context_tokens=20, ubatch_tokens=8, batch_tokens=8))
        for number, (request, kind) in enumerate(
            (
                (ask("Go"), FailureKind.NOT_A_CHAT_MODEL),
                (ask("word " * 30, style=PromptStyle.COMPLETION), FailureKind.PROMPT_TOO_LONG),
                (ask("Go", max_tokens=0), FailureKind.BAD_SETTING),
            )
        ):
            worker.send(Generate(request_id=number, request=request))
            event = worker.next_event()
            assert isinstance(event, Failed)
            assert event.error.kind is kind
        assert worker.ask(9, ask("Go", style=PromptStyle.COMPLETION)).answer.text == "Hi."


@pytest.mark.parametrize("end", ["garbage", "huge_frame"])
def test_a_broken_channel(tmp_path: Path, end: str) -> None:
    with echo() as worker:
        worker.load(script(tmp_path, {"text": "Well", "end": end}))
        worker.ask(1, ask("Go"))
    broken = [line for line in worker.lines if not is_message(line)]
    assert len(broken) == 1
    assert (len(broken[0]) > MAX_FRAME_BYTES) == (end == "huge_frame")


def is_message(line: bytes) -> bool:
    try:
        return decode_event(line) is not None
    except ProtocolError:
        return False


def test_hanging_with_and_without_a_heartbeat(tmp_path: Path) -> None:
    with echo() as worker:
        worker.load(script(tmp_path, {"text": "Well", "end": "hang"}))
        worker.send(Generate(request_id=1, request=ask("Go")))
        worker.wait_for(Text)
        worker.cancel(1)
        for _ in range(2):
            worker.wait_for(Heartbeat)
    assert not any(isinstance(event, Generated) for event in worker.events)
    with echo() as worker:
        worker.load(script(tmp_path, {"text": "Well", "end": "hang_silent"}))
        worker.send(Generate(request_id=1, request=ask("Go")))
        worker.wait_for(Text)
        assert worker.falls_silent(2.5)


@pytest.mark.parametrize("start", ["normal", "wrong_protocol_version", "garbage"])
def test_unusual_greetings(tmp_path: Path, start: str) -> None:
    with echo("--script", str(script(tmp_path, start=start))) as worker:
        ready = worker.wait_for(Ready)
    assert (ready.protocol_major == PROTOCOL_MAJOR) == (start != "wrong_protocol_version")
    assert is_message(worker.lines[0]) == (start != "garbage")


def test_a_worker_that_never_greets(tmp_path: Path) -> None:
    with echo("--script", str(script(tmp_path, start="silent"))) as worker:
        assert worker.falls_silent(1.0)
    assert worker.lines == []


def test_memory_is_really_taken(tmp_path: Path) -> None:
    with echo() as worker:
        ready = worker.wait_for(Ready)
        before = psutil.Process(ready.process_id).memory_info().rss
        path = script(tmp_path, allocate_bytes=100 * MIB)
        worker.send(Load(path=str(path), settings=LoadSettings(), placement=ONE_THREAD))
        worker.wait_for(Loaded)
        after = psutil.Process(ready.process_id).memory_info().rss
    assert 95 * MIB < after - before < 120 * MIB


def test_the_worker_stays_on_its_processor(tmp_path: Path) -> None:
    with echo() as worker:
        worker.load(script(tmp_path))
        on_one = Placement(thread_count=1, cpu_ids=(0,))
        assert worker.ask(1, ask("Go", placement=on_one)).is_pinned is (sys.platform != "darwin")
        assert not worker.ask(2, ask("Go")).is_pinned


def test_a_huge_answer_fits_its_frame(tmp_path: Path) -> None:
    path = script(tmp_path, {"tokens": ["\u0001" * 5000], "end": "length"})
    with echo() as worker:
        worker.load(path)
        answer = worker.ask(1, ask("Go", max_tokens=10_000)).answer
    assert answer.finish is FinishReason.LENGTH
    assert answer.text == texts(worker)
    assert len(answer.text) > 100_000


def test_a_bad_command_ends_it_with_a_plain_cause() -> None:
    with echo() as worker:
        worker.wait_for(Ready)
        worker.send_raw(b"are you there?\n")
        failed = worker.next_event()
        assert isinstance(failed, Failed)
        assert failed.error.kind is FailureKind.PROTOCOL_BROKEN
        assert worker.end() == 3
    assert "bad command" in worker.error_text
    assert "are you there?" in worker.error_text


def test_the_end_of_the_pipe_ends_it_in_the_middle_of_an_answer(tmp_path: Path) -> None:
    with echo() as worker:
        worker.load(script(tmp_path, {"tokens": ["a"], "token_delay_s": 300, "end": "length"}))
        worker.send(Generate(request_id=1, request=ask("Go")))
        worker.wait_for(Text)
        worker.close_stdin()
        assert worker.end() == 0


PARENT = """
import subprocess, sys
worker = subprocess.Popen(
    [sys.executable, "-m", "large_enough.worker", "--backend", "echo"],
    stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True,
)
print(worker.stdout.readline().decode(), flush=True)
sys.stdin.read()
"""


def test_a_killed_parent_takes_its_worker_along() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", PARENT], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as parent:
        assert parent.stdout is not None
        ready = decode_event(parent.stdout.readline())
        assert isinstance(ready, Ready)
        worker = psutil.Process(ready.process_id)
        parent.kill()
    psutil.wait_procs([worker], timeout=10)
    assert not worker.is_running() or worker.status() == psutil.STATUS_ZOMBIE


NOISE = """
import ctypes, os, sys
from large_enough.worker import process_setup

claim = process_setup.claim_channel

def claim_and_shout():
    streams = claim()
    print("python print")
    os.write(1, b"raw write\\n")
    library = ctypes.CDLL(None)
    library.puts(b"native puts")
    library.fflush(None)
    os.system("echo from a child")
    assert sys.stdin is None or os.read(0, 10) == b""
    return streams

import large_enough.worker.__main__ as worker
worker.claim_channel = claim_and_shout
worker.main(sys.argv[1:])
"""


def test_nothing_else_reaches_the_channel() -> None:
    with raw_worker("echo", program=(sys.executable, "-c", NOISE)) as worker:
        worker.wait_for(Ready)
        assert worker.quit() == 0
    assert all(is_message(line) for line in worker.lines)
    for words in ("python print", "raw write", "native puts", "from a child"):
        assert words in worker.error_text


def test_ctrl_c_is_left_to_the_program() -> None:
    with echo() as worker:
        ready = worker.wait_for(Ready)
        os.kill(ready.process_id, signal.SIGINT)
        worker.wait_for(Heartbeat)
        assert worker.quit() == 0


def test_a_wrong_command_line_says_so() -> None:
    with echo("--script", "none.echo.json") as worker:
        assert worker.end() == 1
        assert "cannot be read" in worker.error_text
    with raw_worker("abacus") as worker:
        assert worker.end() == 2


def test_the_scripted_worker_never_loads_the_engine() -> None:
    check = (
        "import sys; import large_enough.worker.__main__;"
        "print([name for name in ('llama_cpp', 'PySide6', 'numpy') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", check], capture_output=True, check=True)
    assert done.stdout.strip() == b"[]"
