"""The worker process with the real engine, on tiny models that say what a test wants."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.helpers.raw_worker import ONE_THREAD, RawWorker, ask, raw_worker
from tests.helpers.tiny_model import END, TEMPLATE, write_tiny_model

from large_enough.domain.errors import FailureKind
from large_enough.domain.generation import (
    Answer,
    BufferKind,
    FinishReason,
    GenerationRequest,
    LoadSettings,
    Message,
    PromptStyle,
    Role,
)
from large_enough.domain.quantity import Unavailable
from large_enough.protocol.messages import Failed, Generate, Text

SMALL = LoadSettings(context_tokens=512, batch_tokens=64, ubatch_tokens=32)


def answer_of(path: Path, request: GenerationRequest | None = None) -> Answer:
    with raw_worker("llama") as worker:
        worker.load(path, SMALL)
        return worker.ask(1, request or ask("Hi")).answer


def refusal(worker: RawWorker, request_id: int, request: GenerationRequest) -> Failed:
    worker.send(Generate(request_id=request_id, request=request))
    failed = worker.next_event()
    assert isinstance(failed, Failed)
    return failed


def continued(text: str, **fields: object) -> GenerationRequest:
    return ask(text, style=PromptStyle.COMPLETION, **fields)


@pytest.fixture
def tiny_path(tmp_path: Path) -> Iterator[Path]:
    return tmp_path / "tiny.gguf"


def test_characters_cut_into_tokens_come_out_whole(tiny_path: Path) -> None:
    write_tiny_model(tiny_path, ("▁It", "▁costs", "▁5", "<0xE2>", "<0x82>", "<0xAC>", END))
    with raw_worker("llama") as worker:
        worker.load(tiny_path, SMALL)
        whole = worker.ask(1, ask("Hi")).answer
        cut = worker.ask(2, ask("Hi", max_tokens=5)).answer
    assert (whole.text, whole.finish) == ("It costs 5€", FinishReason.END_OF_TEXT)
    assert (cut.text, cut.finish) == ("It costs 5", FinishReason.LENGTH)
    shown = "".join(event.text for event in worker.events if isinstance(event, Text))
    assert "\ufffd" not in shown


def test_thoughts_in_ordinary_tokens(tiny_path: Path) -> None:
    write_tiny_model(tiny_path, ("<", "think>", "Hm", ".", "</th", "ink", ">", "▁Yes", END))
    answer = answer_of(tiny_path)
    assert (answer.thoughts, answer.text) == ("Hm.", "Yes")
    assert isinstance(answer.timing.first_token_s, float)
    assert isinstance(answer.timing.first_answer_token_s, float)
    assert answer.timing.first_answer_token_s > answer.timing.first_token_s


def test_thoughts_between_control_tokens(tiny_path: Path) -> None:
    tags = ("[THINK]", "[/THINK]")
    write_tiny_model(
        tiny_path,
        ("[THINK]", "Hm", ".", "[/THINK]", "▁Yes", END),
        control=tags,
        template=TEMPLATE + "{# [THINK] #}",
    )
    answer = answer_of(tiny_path)
    assert (answer.thoughts, answer.text) == ("Hm.", "Yes")
    assert answer.timing.generated_token_count == 5


def test_thoughts_that_the_template_opens(tiny_path: Path) -> None:
    template = TEMPLATE.replace("{{ '<|im_start|>' }}", "{{ '<think>' }}")
    says = ("Hm", ".", "</think>", "▁Yes", END)
    write_tiny_model(tiny_path, says, template=template, after="<think>")
    answer = answer_of(tiny_path)
    assert (answer.thoughts, answer.text) == ("Hm.", "Yes")


def test_a_base_model_completes_but_does_not_chat(tiny_path: Path) -> None:
    write_tiny_model(tiny_path, ("<0x63>", "<0x41>", "<0x42>", END), template=None)
    with raw_worker("llama") as worker:
        loaded = worker.load(tiny_path, SMALL)
        failed = refusal(worker, 1, ask("abc"))
        answer = worker.ask(2, continued("abc")).answer
    assert isinstance(loaded.model.chat_template_sha256, Unavailable)
    assert failed.error.kind is FailureKind.NOT_A_CHAT_MODEL
    assert (answer.text, answer.finish) == ("AB", FinishReason.END_OF_TEXT)


def test_a_template_that_knows_no_system_role(tiny_path: Path) -> None:
    write_tiny_model(
        tiny_path,
        template="{% if messages[0].role == 'system' %}"
        "{{ raise_exception('System role not supported') }}{% endif %}" + TEMPLATE,
    )
    request = GenerationRequest(
        messages=(
            Message(role=Role.SYSTEM, content="Be brief."),
            Message(role=Role.USER, content="Hi"),
        ),
        placement=ONE_THREAD,
    )
    with raw_worker("llama") as worker:
        worker.load(tiny_path, SMALL)
        failed = refusal(worker, 1, request)
        assert worker.ask(2, ask("Hi")).answer.text == "Yes."
    assert failed.error.kind is FailureKind.TEMPLATE_REJECTED
    assert failed.error.facts == {
        "message": "System role not supported",
        "rejected_role": "system",
    }


def test_the_beginning_of_the_text_comes_once(tiny_path: Path) -> None:
    counts = []
    for template in (TEMPLATE, TEMPLATE.removeprefix("{{ bos_token }}")):
        write_tiny_model(tiny_path, template=template)
        counts.append(answer_of(tiny_path).timing.prompt_token_count)
    assert counts[0] == counts[1]


def test_a_prompt_longer_than_the_context_and_one_that_just_fits(tiny_path: Path) -> None:
    write_tiny_model(tiny_path, ("<0x61>",), template=None)  # says "a" for ever
    with raw_worker("llama") as worker:
        loaded = worker.load(tiny_path, SMALL)
        assert loaded.model.context_tokens == 512
        failed = refusal(worker, 1, continued("a" * 600))
        last = worker.ask(2, continued("a" * 509, max_tokens=50)).answer
    assert failed.error.kind is FailureKind.PROMPT_TOO_LONG
    assert failed.error.facts["context_tokens"] == 512
    assert last.timing.prompt_token_count == 511
    assert (last.text, last.finish) == ("aa", FinishReason.CONTEXT_FULL)


@pytest.mark.parametrize("architecture", ["llama", "cohere2", "mamba"])
def test_memory_of_every_kind_is_reused_where_it_can_be(tiny_path: Path, architecture: str) -> None:
    """Says AB after c: "abc" is continued to "abcAB", and that again after another c."""
    write_tiny_model(
        tiny_path, ("<0x63>", "<0x41>", "<0x42>", END), architecture=architecture, template=None
    )
    with raw_worker("llama") as worker:
        loaded = worker.load(tiny_path, SMALL)
        first = worker.ask(1, continued("abc")).answer
        onward = worker.ask(2, continued("abcABc")).answer
        again = worker.ask(3, continued("abcABc")).answer
        back = worker.ask(4, continued("abcAxc")).answer
        fresh = worker.ask(5, continued("abcAxc", reuse_prefix=False)).answer
    assert [a.text for a in (first, onward, again, back, fresh)] == ["AB"] * 5
    held = first.timing.prompt_token_count + 2  # with the answer
    assert onward.timing.reused_token_count == held
    is_recurrent = architecture == "mamba"
    assert again.timing.reused_token_count == (0 if is_recurrent else held)
    assert back.timing.reused_token_count == (0 if is_recurrent else held - 1)
    assert fresh.timing.reused_token_count == 0
    kinds = {buffer.kind for buffer in loaded.model.buffers}
    assert (BufferKind.RECURRENT in kinds) == is_recurrent
    assert (BufferKind.KV_CACHE in kinds) == (not is_recurrent)


def test_a_sliding_window_that_has_moved_on_is_read_again(tiny_path: Path) -> None:
    write_tiny_model(
        tiny_path, ("<0x63>", "<0x41>", "<0x42>", END), architecture="cohere2", template=None
    )
    beginning = "ab" * 20
    with raw_worker("llama") as worker:
        worker.load(tiny_path, SMALL)
        worker.ask(1, continued(beginning + "x" * 420 + "c"))
        # The window of 16 tokens holds the end of that; the beginning is out of its reach.
        other = worker.ask(2, continued(beginning + "c")).answer
    assert (other.text, other.timing.reused_token_count) == ("AB", 0)


def test_a_computation_in_many_blocks_tells_how_far_it_is(tiny_path: Path) -> None:
    write_tiny_model(tiny_path, ("<0x63>", "<0x41>", END), template=None)
    with raw_worker("llama") as worker:
        worker.load(tiny_path, SMALL)
        worker.ask(1, continued("x" * 98 + "c"))
        done = [
            event.done_token_count for event in worker.events if type(event).__name__ == "Reading"
        ]
    assert done == [0, 32, 64, 96, 101]


def test_the_smallest_settings(tiny_path: Path) -> None:
    write_tiny_model(tiny_path)
    smallest = LoadSettings(context_tokens=1, batch_tokens=1, ubatch_tokens=1)
    with raw_worker("llama") as worker:
        assert worker.load(tiny_path, smallest).model.context_tokens == 256
        assert worker.ask(1, ask("Hi")).answer.text == "Yes."


POOLED = """
import sys
from large_enough.domain.clock import SystemClock
from large_enough.domain.generation import *
from large_enough.worker.llama_backend import LlamaBackend
from large_enough.worker.thread_pool import ThreadPool
from tests.helpers.fake_engine import KeptOutput

backend = LlamaBackend(SystemClock())
placement = Placement(thread_count=2)
backend.load(sys.argv[1], LoadSettings(context_tokens=512), placement, lambda fraction: None)
pool = ThreadPool(backend._bindings, backend._loaded.context, is_needed=True)
message = Message(role=Role.USER, content="Hi")
for threads in (2, 1, 1, 2):
    pool.resize(threads)
    request = GenerationRequest(messages=(message,), placement=Placement(thread_count=threads))
    print(backend.generate(request, 0, KeptOutput()).text)
"""
"""As on a build without OpenMP."""


def test_threads_of_our_own(tiny_path: Path) -> None:
    write_tiny_model(tiny_path)
    done = subprocess.run(
        [sys.executable, "-c", POOLED, tiny_path], capture_output=True, check=True, text=True
    )
    assert done.stdout.splitlines() == ["Yes."] * 4


ASSERTING = """
import ctypes, sys
from large_enough.domain.clock import SystemClock
from large_enough.domain.generation import *
from large_enough.worker.llama_backend import LlamaBackend
from large_enough.worker.process_setup import prepare_process

prepare_process()
backend = LlamaBackend(SystemClock())
settings = LoadSettings(context_tokens=512, batch_tokens=32, ubatch_tokens=32)
backend.load(sys.argv[1], settings, Placement(thread_count=1), lambda fraction: None)
bindings, context = backend._bindings, backend._loaded.context
tokens = (bindings.llama_token * 64)()
bindings.llama_decode(context, bindings.llama_batch_get_one(tokens, 64))
"""
"""Gives the engine more tokens at once than it was set up for, past all our checks."""


def test_last_words_of_an_engine_that_aborts(tiny_path: Path) -> None:
    write_tiny_model(tiny_path)
    done = subprocess.run(
        [sys.executable, "-c", ASSERTING, tiny_path], capture_output=True, check=False, text=True
    )
    assert done.returncode == -signal.SIGABRT
    assert "GGML_ABORT " in done.stderr
    assert "GGML_ASSERT(n_tokens_all <= cparams.n_batch)" in done.stderr
