"""Several answers at once with the real SmolLM2."""

import math
import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.helpers.raw_worker import RawWorker, ask, raw_worker

from large_enough.domain.clock import SystemClock
from large_enough.domain.errors import FailureKind
from large_enough.domain.generation import (
    Answer,
    Choice,
    FinishReason,
    GenerationRequest,
    LoadSettings,
    PromptStyle,
    SamplingSettings,
)
from large_enough.domain.quantity import Unavailable
from large_enough.protocol.messages import (
    Choose,
    Chosen,
    Event,
    Failed,
    Generate,
    Generated,
    Heartbeat,
    Reading,
    Text,
)

pytestmark = pytest.mark.model

SETTINGS = LoadSettings(context_tokens=1024, parallel_sequences=4)
PLACES = {"France": "Paris", "Italy": "Rome", "Japan": "Tokyo", "Spain": "Madrid"}
PROMPTS = (
    *(f"What is the capital of {country}? Answer in one sentence." for country in PLACES),
    "Name three fruits.",
    "Write one line about rain.",
)
LONG_PROMPT = "The quick brown fox jumps over the lazy dog near the river bank. " * 60
"""About 840 tokens."""


@pytest.fixture(scope="module")
def crowd(smollm2_path: Path) -> Iterator[RawWorker]:
    """A worker that answers four at once."""
    with raw_worker("llama") as worker:
        model = worker.load(smollm2_path, SETTINGS).model
        assert (model.parallel_sequences, model.context_tokens) == (4, 1024)
        yield worker


@pytest.fixture(scope="module")
def alone(smollm2_path: Path) -> Iterator[RawWorker]:
    """A worker that answers one at a time."""
    with raw_worker("llama") as worker:
        worker.load(smollm2_path, LoadSettings(context_tokens=1024))
        yield worker


@pytest.fixture
def first_id(crowd: RawWorker, alone: RawWorker) -> int:
    """An id that was not used before, with room for 99 more."""
    return 1000 + 100 * (len(crowd.events) + len(alone.events))


def send_all(worker: RawWorker, first_id: int, *requests: GenerationRequest) -> None:
    for number, request in enumerate(requests):
        worker.send(Generate(request_id=first_id + number, request=request))


def ends(worker: RawWorker, count: int) -> dict[int, Event]:
    found: dict[int, Event] = {}
    while len(found) < count:
        event = worker.next_event()
        assert event is not None, worker.error_text
        if isinstance(event, Generated | Chosen | Failed):
            assert event.request_id is not None
            found[event.request_id] = event
    return found


def answers(worker: RawWorker, first_id: int, *requests: GenerationRequest) -> list[Answer]:
    """Return the answers in the order of the requests."""
    send_all(worker, first_id, *requests)
    found = ends(worker, len(requests))
    events = [found[first_id + number] for number in range(len(requests))]
    assert all(isinstance(event, Generated) for event in events), events
    return [event.answer for event in events if isinstance(event, Generated)]


def test_greedy_answers_are_those_that_are_given_alone(
    crowd: RawWorker, alone: RawWorker, first_id: int
) -> None:
    requests = [ask(prompt, max_tokens=20, reuse_prefix=False) for prompt in PROMPTS]
    together = answers(crowd, first_id, *requests)
    one_by_one = answers(alone, first_id, *requests)
    for crowded, single in zip(together, one_by_one, strict=True):
        assert crowded.timing.prompt_token_count == single.timing.prompt_token_count
        assert crowded.rendered_prompt_sha256 == single.rendered_prompt_sha256
        assert isinstance(crowded.timing.generation_tokens_per_s, Unavailable)
    # Rounding may depend on how many rows a processor's routines work on at once.
    same = [a.text == b.text for a, b in zip(together, one_by_one, strict=True)]
    assert sum(same) >= len(same) - 1


def test_nothing_leaks_from_one_answer_into_another(crowd: RawWorker, first_id: int) -> None:
    # Each goes on with a word of its own, so whose answer it is shows.
    words = ["zebra", "violin", "harbour", "pepper", "glacier", "lantern", "saddle", "meadow"]
    requests = [
        ask(f"{word}," + f" {word}," * 8, style=PromptStyle.COMPLETION, max_tokens=12)
        for word in words
    ]
    given = answers(crowd, first_id, *requests)
    own = [word in answer.text.lower() for word, answer in zip(words, given, strict=True)]
    foreign = [
        other
        for word, answer in zip(words, given, strict=True)
        for other in words
        if other != word and other in answer.text.lower()
    ]
    assert foreign == []
    assert sum(own) >= 6, [answer.text for answer in given]


def test_seeded_draws_do_not_depend_on_the_company(
    crowd: RawWorker, alone: RawWorker, first_id: int
) -> None:
    sampling = SamplingSettings(temperature=1.0, repeat_penalty=1.1, seed=7)
    request = ask("Invent a name.", max_tokens=8, sampling=sampling, reuse_prefix=False)
    other = ask("Tell me about the sea.", max_tokens=8, reuse_prefix=False)
    twice = answers(crowd, first_id, request, other, request)
    assert twice[0].text == twice[2].text != twice[1].text
    single = answers(alone, first_id, request)[0]
    assert single.text == twice[0].text


def test_cancelling_one_leaves_the_others(crowd: RawWorker, first_id: int) -> None:
    endless = ask("Count from 1 to 500.", max_tokens=900)
    short = [ask(prompt, max_tokens=16, reuse_prefix=False) for prompt in PROMPTS[:2]]
    send_all(crowd, first_id, endless, *short)
    while crowd.wait_for(Text).request_id != first_id:
        pass
    crowd.cancel(first_id)
    found = ends_so_far(crowd, first_id, 3)
    cancelled = found[first_id]
    assert isinstance(cancelled, Generated)
    assert cancelled.answer.finish is FinishReason.CANCELLED
    for number in (1, 2):
        event = found[first_id + number]
        assert isinstance(event, Generated)
        assert event.answer.finish is not FinishReason.CANCELLED
        assert event.answer.text


def ends_so_far(worker: RawWorker, first_id: int, count: int) -> dict[int, Event]:
    """Return how so many requests ended, also if some had while other events were waited for."""
    found: dict[int, Event] = {}
    for event in worker.events:
        if isinstance(event, Generated) and event.request_id >= first_id:
            found[event.request_id] = event
    return found | ends(worker, count - len(found))


def test_a_long_prompt_is_cancelled_within_a_step_and_the_others_are_none_the_worse(
    crowd: RawWorker, first_id: int
) -> None:
    request = ask(PROMPTS[0], max_tokens=16, reuse_prefix=False)
    expected = answers(crowd, first_id, request)[0].text
    send_all(crowd, first_id + 10, request, ask(LONG_PROMPT, max_tokens=8), request)
    while crowd.wait_for(Reading).request_id != first_id + 11:
        pass
    clock = SystemClock()
    cancelled_at_s = clock.monotonic_s()
    crowd.cancel(first_id + 11)
    found = ends_so_far(crowd, first_id + 10, 1)
    assert list(found) == [first_id + 11]
    assert clock.monotonic_s() - cancelled_at_s < 1.0
    found |= ends(crowd, 2)
    texts = [found[first_id + 10 + number].answer.text for number in (0, 2)]  # type: ignore[attr-defined]
    assert texts == [expected, expected]


def test_the_time_of_one_is_up_while_its_prompt_is_read(crowd: RawWorker, first_id: int) -> None:
    request = ask(PROMPTS[1], max_tokens=16, reuse_prefix=False)
    late = ask(LONG_PROMPT, longest_s=0.05, reuse_prefix=False)
    given = answers(crowd, first_id, late, request)
    assert (given[0].text, given[0].finish) == ("", FinishReason.TIME_UP)
    assert given[0].timing.total_s < 2.0
    assert "Rome" in given[1].text


def test_the_time_is_up_while_a_prompt_is_read_alone(alone: RawWorker, first_id: int) -> None:
    late = ask(LONG_PROMPT, longest_s=0.05, reuse_prefix=False)
    given = answers(alone, first_id, late, ask(PROMPTS[1], max_tokens=16))
    assert (given[0].text, given[0].finish) == ("", FinishReason.TIME_UP)
    assert given[0].timing.total_s < 1.0
    assert "Rome" in given[1].text


def test_the_context_of_one_is_full(smollm2_path: Path) -> None:
    settings = LoadSettings(context_tokens=256, parallel_sequences=3)
    with raw_worker("llama") as worker:
        worker.load(smollm2_path, settings)
        full = ask("word " * 190, max_tokens=200, reuse_prefix=False)
        send_all(worker, 1, full, ask(PROMPTS[0], max_tokens=16), ask(LONG_PROMPT))
        found = ends(worker, 3)
    first, second, third = (found[number] for number in (1, 2, 3))
    assert isinstance(first, Generated)
    timing = first.answer.timing
    if first.answer.finish is not FinishReason.END_OF_TEXT:
        assert first.answer.finish is FinishReason.CONTEXT_FULL
        assert timing.prompt_token_count + timing.generated_token_count == 257
    assert isinstance(second, Generated)
    assert "Paris" in second.answer.text
    assert isinstance(third, Failed)
    assert third.error.kind is FailureKind.PROMPT_TOO_LONG


def test_choices_beside_answers_and_alone_agree(
    crowd: RawWorker, alone: RawWorker, first_id: int
) -> None:
    question = ask(
        "Which one is a colour?\nA. table\nB. red\nC. seven\nAnswer with the letter only.",
        reuse_prefix=False,
    )
    labels = ("A", "B", "C")
    made = []
    for worker in (crowd, alone):
        if worker is crowd:
            send_all(worker, first_id, ask(PROMPTS[0], max_tokens=8))
        worker.send(Choose(request_id=first_id + 1, request=question, labels=labels))
        chosen = ends(worker, 2 if worker is crowd else 1)[first_id + 1]
        assert isinstance(chosen, Chosen)
        assert isinstance(chosen.choice, Choice)
        assert math.fsum(map(math.exp, chosen.log_probabilities)) == pytest.approx(1.0)
        assert 0 < chosen.choice.share <= 1
        made.append(chosen.choice)
    assert made[0].log_probabilities == pytest.approx(made[1].log_probabilities, abs=0.3)
    assert made[0].prompt_token_count == made[1].prompt_token_count


def test_a_grammar_that_nothing_fulfils_fails_alone(crowd: RawWorker, first_id: int) -> None:
    nothing = r"root ::= [^\x00-\U0010FFFF]"
    send_all(crowd, first_id, ask("Hi", grammar=nothing), ask(PROMPTS[0], max_tokens=16))
    found = ends(crowd, 2)
    stuck, other = found[first_id], found[first_id + 1]
    assert isinstance(stuck, Failed)
    assert stuck.error.kind is FailureKind.ENGINE_REFUSED
    assert isinstance(other, Generated)
    assert "Paris" in other.answer.text


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such signal")
def test_killed_in_the_middle_of_several(smollm2_path: Path) -> None:
    with raw_worker("llama") as worker:
        worker.load(smollm2_path, SETTINGS)
        send_all(worker, 1, *(ask("Count to 500.", max_tokens=900) for _ in range(4)))
        worker.wait_for(Text)
        os.kill(worker.process.pid, signal.SIGKILL)
        assert worker.end() == -signal.SIGKILL
        assert all(isinstance(event, Text | Reading | Heartbeat) for event in worker.events[-1:])


def test_the_end_of_the_pipe_ends_it_in_the_middle_of_several(smollm2_path: Path) -> None:
    with raw_worker("llama") as worker:
        worker.load(smollm2_path, SETTINGS)
        send_all(worker, 1, *(ask("Count to 500.", max_tokens=900) for _ in range(3)))
        worker.wait_for(Text)
        worker.close_stdin()
        assert worker.end() == 0
