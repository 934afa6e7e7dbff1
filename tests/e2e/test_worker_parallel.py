"""Workers that give several answers at once: scripted ones, and the engine on tiny models."""

import json
import math
import re
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.helpers.raw_worker import ONE_THREAD, RawWorker, ask, raw_worker
from tests.helpers.tiny_model import END, write_tiny_model

from large_enough.domain.errors import ErrorInfo, FailureKind
from large_enough.domain.generation import (
    Choice,
    FinishReason,
    GenerationRequest,
    LoadSettings,
    PromptStyle,
)
from large_enough.protocol.messages import (
    Choose,
    Chosen,
    CountTokens,
    Event,
    Failed,
    Generate,
    Generated,
    Heartbeat,
    Inspect,
    Inspected,
    Load,
    Loaded,
    Quit,
    Reading,
    Ready,
    Text,
    TokensCounted,
)

FOUR = LoadSettings(context_tokens=256, batch_tokens=64, ubatch_tokens=32, parallel_sequences=4)


def script(folder: Path, *answers: dict[str, object], **fields: object) -> Path:
    path = folder / "choir.echo.json"
    path.write_text(json.dumps({"name": "Choir", "answers": answers, **fields}))
    return path


def ends(worker: RawWorker, count: int) -> dict[int, Event]:
    """Return how so many requests ended, in the order in which they did."""
    found: dict[int, Event] = {}
    while len(found) < count:
        event = worker.next_event()
        assert event is not None, worker.error_text
        if isinstance(event, Generated | Chosen | TokensCounted | Failed):
            assert event.request_id is not None
            assert event.request_id not in found
            found[event.request_id] = event
    return found


def answered(event: Event) -> tuple[str, FinishReason]:
    assert isinstance(event, Generated), event
    return event.answer.text, event.answer.finish


def send_all(worker: RawWorker, requests: dict[int, GenerationRequest]) -> None:
    for request_id, request in requests.items():
        worker.send(Generate(request_id=request_id, request=request))


# The scripted worker


def test_scripted_answers_go_by_what_is_asked(tmp_path: Path) -> None:
    path = script(
        tmp_path,
        {"when": "colour", "text": "Green, I think.", "token_delay_s": 0.01},
        {"when": "number", "text": "Four.", "prompt_delay_s": 0.05},
        {"text": "I do not know."},
    )
    requests = {
        1: ask("Which colour?"),
        2: ask("Which number?"),
        3: ask("Which animal?"),
        4: ask("Another colour?"),
        5: ask("Another number?"),
    }
    with raw_worker("echo") as worker:
        assert worker.load(path, FOUR).model.parallel_sequences == 4
        send_all(worker, requests)
        found = ends(worker, 5)
    texts = {number: answered(event)[0] for number, event in found.items()}
    assert texts == {
        1: "Green, I think.",
        2: "Four.",
        3: "I do not know.",
        4: "Green, I think.",
        5: "Four.",
    }
    assert next(iter(found)) == 3  # the quickest is first
    shown = "".join(
        event.text for event in worker.events if isinstance(event, Text) and event.request_id == 4
    )
    assert shown == texts[4]


def test_a_script_may_give_fewer_at_once(tmp_path: Path) -> None:
    path = script(tmp_path, {"text": "Hi."}, parallel_sequences=1)
    with raw_worker("echo") as worker:
        assert worker.load(path, FOUR).model.parallel_sequences == 1
        send_all(worker, {number: ask("Hello") for number in (1, 2, 3)})
        assert list(ends(worker, 3)) == [1, 2, 3]


def test_each_scripted_answer_ends_in_its_own_way(tmp_path: Path) -> None:
    path = script(
        tmp_path,
        {"when": "loop", "text": "Again and again. ", "end": "length"},
        {"when": "endless", "text": "On and on. ", "end": "length", "token_delay_s": 0.005},
        {"when": "fail", "text": "Oh", "end": "failed:engine_refused"},
        {"when": "long", "text": "hi", "prompt_token_count": 1000},
        {"text": "Fine."},
    )
    requests = {
        1: ask("loop", stops_loops=True, max_tokens=10_000),
        2: ask("endless", max_tokens=10_000, longest_s=0.2),
        3: ask("fail"),
        4: ask("long"),
        5: ask("else"),
        6: ask("endless", longest_characters=12),
    }
    with raw_worker("echo") as worker:
        worker.load(path, FOUR)
        send_all(worker, requests)
        found = ends(worker, 6)
    assert answered(found[1])[1] is FinishReason.LOOPING
    assert answered(found[2])[1] is FinishReason.TIME_UP
    assert answered(found[5]) == ("Fine.", FinishReason.END_OF_TEXT)
    assert answered(found[6]) == ("On and on. O", FinishReason.LENGTH)
    for number, kind in ((3, FailureKind.ENGINE_REFUSED), (4, FailureKind.PROMPT_TOO_LONG)):
        failed = found[number]
        assert isinstance(failed, Failed)
        assert failed.error.kind is kind


def test_the_time_may_be_up_while_a_scripted_prompt_is_read(tmp_path: Path) -> None:
    path = script(tmp_path, {"text": "late", "prompt_delay_s": 60})
    for settings in (FOUR, LoadSettings()):
        with raw_worker("echo") as worker:
            worker.load(path, settings)
            worker.send(Generate(request_id=1, request=ask("Hi", longest_s=0.1)))
            assert answered(ends(worker, 1)[1]) == ("", FinishReason.TIME_UP)


def test_one_of_several_is_cancelled(tmp_path: Path) -> None:
    path = script(
        tmp_path, {"text": "one two three four five six seven eight", "token_delay_s": 0.03}
    )
    with raw_worker("echo") as worker:
        worker.load(path, FOUR)
        send_all(worker, {number: ask("Go") for number in (1, 2, 3)})
        worker.wait_for(Text)
        worker.cancel(2)
        found = ends(worker, 3)
    assert next(iter(found)) == 2
    assert answered(found[2])[1] is FinishReason.CANCELLED
    for number in (1, 3):
        text, finish = answered(found[number])
        assert (text.split()[-1], finish) == ("eight", FinishReason.END_OF_TEXT)


def test_scripted_choices_and_counts(tmp_path: Path) -> None:
    path = script(
        tmp_path,
        {"when": "Berlin", "text": "ANSWER: B"},
        {"when": "Rome", "label_weights": {"A": 3, "C": 4}, "token_probability": 0.5},
        {"text": "?", "prompt_token_count": 77},
    )
    for settings in (FOUR, LoadSettings()):
        with raw_worker("echo") as worker:
            worker.load(path, settings)
            for number, place in enumerate(("Berlin", "Rome"), start=1):
                worker.send(Choose(request_id=number, request=ask(place), labels=("A", "B", "C")))
            requests = (ask("Where is it"), ask("Berlin is where"))
            worker.send(CountTokens(request_id=3, requests=requests))
            found = ends(worker, 3)
        berlin, rome, counted = found[1], found[2], found[3]
        assert isinstance(berlin, Chosen)
        assert isinstance(rome, Chosen)
        assert [math.exp(value) for value in berlin.log_probabilities] == pytest.approx(
            [1 / 11, 9 / 11, 1 / 11]
        )
        assert [math.exp(value) for value in rome.log_probabilities] == pytest.approx(
            [3 / 8, 1 / 8, 4 / 8]
        )
        assert isinstance(rome.choice, Choice)
        assert rome.choice.share == 0.5
        assert counted == TokensCounted(request_id=3, counts=(77, 4))


@pytest.mark.parametrize(
    ("end", "exit_code"), [("exit:7", 7), ("crash_abort", -signal.SIGABRT), ("killed", -9)]
)
@pytest.mark.skipif(sys.platform == "win32", reason="exit codes of signals")
def test_a_crash_of_one_is_the_end_of_all(tmp_path: Path, end: str, exit_code: int) -> None:
    path = script(
        tmp_path,
        {"when": "crash", "text": "Oh", "end": end},
        {"text": "slow", "token_delay_s": 30},
    )
    with raw_worker("echo") as worker:
        worker.load(path, FOUR)
        send_all(worker, {1: ask("Go"), 2: ask("crash"), 3: ask("Go")})
        assert worker.end() == exit_code


def test_one_that_hangs_holds_up_all_but_the_heart_beats(tmp_path: Path) -> None:
    path = script(tmp_path, {"when": "hang", "end": "hang"}, {"text": "a", "token_delay_s": 0.05})
    with raw_worker("echo") as worker:
        worker.load(path, FOUR)
        send_all(worker, {1: ask("hang"), 2: ask("Go")})
        worker.wait_for(Heartbeat)
        worker.cancel(1)
        worker.wait_for(Heartbeat)
        assert not any(isinstance(event, Generated) for event in worker.events)


# The real engine on tiny models


def continued(text: str, **fields: object) -> GenerationRequest:
    return ask(text, style=PromptStyle.COMPLETION, **fields)


@pytest.fixture
def tiny_path(tmp_path: Path) -> Iterator[Path]:
    return tmp_path / "tiny.gguf"


CHAIN = ("<0x61>", "<0x62>", "<0x63>", "<0x64>", "<0x65>", "<0x66>", "<0x67>", "<0x68>", END)
"""Says the alphabet onwards from whatever letter it is given."""


@pytest.mark.parametrize("architecture", ["llama", "cohere2"])
def test_each_sequence_goes_its_own_way(tiny_path: Path, architecture: str) -> None:
    write_tiny_model(tiny_path, CHAIN, architecture=architecture, template=None)
    starts = {number: "x" * (7 * number % 40) + "abcdefg"[number % 7] for number in range(1, 15)}
    with raw_worker("llama") as worker:
        model = worker.load(tiny_path, FOUR).model
        assert (model.parallel_sequences, model.context_tokens) == (4, 256)
        assert not any("training context" in warning for warning in model.warnings)
        send_all(worker, {number: continued(text) for number, text in starts.items()})
        found = ends(worker, len(starts))
    for number, text in starts.items():
        last = text[-1]
        expected = "abcdefgh"["abcdefgh".index(last) + 1 :]
        assert answered(found[number]) == (expected, FinishReason.END_OF_TEXT)
        event = found[number]
        assert isinstance(event, Generated)
        assert event.answer.timing.generated_token_count == len(expected)


def test_a_prompt_longer_than_a_step_is_read_while_others_write(tiny_path: Path) -> None:
    write_tiny_model(tiny_path, ("<0x61>", "<0x62>"), template=None)
    with raw_worker("llama") as worker:
        worker.load(tiny_path, FOUR)
        send_all(
            worker,
            {
                1: continued("a", max_tokens=30),
                2: continued("x" * 150 + "a", max_tokens=3),
                3: continued("b", max_tokens=30),
            },
        )
        found = ends(worker, 3)
    assert [answered(found[number])[0] for number in (1, 2, 3)] == ["ba" * 15, "bab", "ab" * 15]
    read = [event.done_token_count for event in worker.events if _is_reading(event, 2)]
    assert len(read) > 4
    assert read == sorted(read)


def _is_reading(event: Event, request_id: int) -> bool:
    return isinstance(event, Reading) and event.request_id == request_id


def test_the_context_of_one_is_full(tiny_path: Path) -> None:
    write_tiny_model(tiny_path, ("<0x61>", "<0x62>"), template=None)
    with raw_worker("llama") as worker:
        worker.load(tiny_path, FOUR)
        send_all(
            worker,
            {
                1: continued("x" * 240 + "a", max_tokens=100),
                2: continued("a", max_tokens=40),
                3: continued("x" * 400 + "a"),
                4: continued("b", max_tokens=40),
            },
        )
        found = ends(worker, 4)
    full = found[1]
    assert isinstance(full, Generated)
    assert full.answer.finish is FinishReason.CONTEXT_FULL
    timing = full.answer.timing
    assert timing.prompt_token_count + timing.generated_token_count == 257
    refused = found[3]
    assert isinstance(refused, Failed)
    assert refused.error.kind is FailureKind.PROMPT_TOO_LONG
    assert answered(found[2])[0] == "ba" * 20
    assert answered(found[4])[0] == "ab" * 20


def test_a_beginning_that_a_seat_still_holds_is_kept(tiny_path: Path) -> None:
    write_tiny_model(tiny_path, CHAIN, template=None)
    with raw_worker("llama") as worker:
        worker.load(tiny_path, FOUR)
        first = worker.ask(1, continued("xyz" * 20 + "f")).answer
        second = worker.ask(2, continued("xyz" * 20 + "d")).answer
        fresh = worker.ask(3, continued("xyz" * 20 + "d", reuse_prefix=False)).answer
    assert [answer.text for answer in (first, second, fresh)] == ["gh", "efgh", "efgh"]
    reused = [answer.timing.reused_token_count for answer in (first, second, fresh)]
    assert reused == [0, first.timing.prompt_token_count - 1, 0]


def test_a_running_state_goes_one_by_one(tiny_path: Path) -> None:
    write_tiny_model(tiny_path, CHAIN, architecture="mamba", template=None)
    with raw_worker("llama") as worker:
        model = worker.load(tiny_path, FOUR).model
        assert model.parallel_sequences == 1
        assert any("one at a time" in warning for warning in model.warnings)
        send_all(worker, {number: continued(letter) for number, letter in enumerate("abcdef")})
        found = ends(worker, 6)
    assert list(found) == list(range(6))
    assert [answered(event)[0] for event in found.values()] == [
        "bcdefgh"[number:] for number in range(6)
    ]


def test_more_at_once_than_a_step_was_to_hold(tiny_path: Path) -> None:
    write_tiny_model(tiny_path, CHAIN, template=None)
    smallest = LoadSettings(context_tokens=1, batch_tokens=1, ubatch_tokens=1, parallel_sequences=5)
    with raw_worker("llama") as worker:
        model = worker.load(tiny_path, smallest).model
        assert (model.parallel_sequences, model.context_tokens) == (5, 256)
        send_all(worker, {number: continued("xxd") for number in range(12)})
        found = ends(worker, 12)
    assert {answered(event)[0] for event in found.values()} == {"efgh"}


def test_a_dry_run_knows_of_them(tiny_path: Path) -> None:
    write_tiny_model(tiny_path)
    one = LoadSettings(context_tokens=512)
    eight = LoadSettings(context_tokens=512, parallel_sequences=8)
    with raw_worker("llama") as worker:
        worker.wait_for(Ready)
        runs = []
        for settings in (one, eight):
            worker.send(Inspect(path=str(tiny_path), settings=settings))
            runs.append(worker.wait_for(Inspected).dry_run)
        worker.send(Load(path=str(tiny_path), settings=eight, placement=ONE_THREAD))
        loaded = worker.wait_for(Loaded)
    assert runs[1].kv_cache_bytes == pytest.approx(8 * runs[0].kv_cache_bytes, rel=0.05)
    assert [run.context_tokens for run in runs] == [512, 512]
    assert loaded.model.context_tokens == 512


def test_choices_are_those_of_the_plain_formula(tiny_path: Path) -> None:
    """After its last token a tiny model is sure of the next one, and of no other more than another.

    The last token is the only number in its state that is not 0. Normalised, it is 1 divided by the
    root of the mean square, and that is what the next token gets; all others get 0.
    """
    write_tiny_model(tiny_path, ("<0x63>", "A", "B", "C", "▁A", "▁B", END), template=None)
    for settings in (FOUR, LoadSettings(context_tokens=256)):
        with raw_worker("llama") as worker:
            size = worker.load(tiny_path, settings).model.vocabulary_size
            worker.send(Choose(request_id=1, request=continued("c"), labels=("A", "B", "C")))
            worker.send(Choose(request_id=2, request=continued("c"), labels=("A", "Yes")))
            found = ends(worker, 2)
        chosen, refused = found[1], found[2]
        assert isinstance(chosen, Chosen)
        assert isinstance(chosen.choice, Choice)
        sure = math.exp(1 / math.sqrt(1 / size + 1e-5))
        together = (sure + 1) + 2 + 1  # A and B are tokens with a space before them, too
        assert chosen.log_probabilities == pytest.approx(
            [math.log(weight / together) for weight in (sure + 1, 2, 1)], abs=1e-5
        )
        assert chosen.choice.share == pytest.approx(together / (sure + size - 1), abs=1e-9)
        assert chosen.choice.prompt_token_count == 3
        assert isinstance(refused, Failed)
        assert refused.error.subject == "labels"


YES_OR_NO = 'root ::= "Yes" | "No"'


def test_a_grammar_allows_only_what_it_says(tiny_path: Path) -> None:
    write_tiny_model(tiny_path, ("<0x63>", "A", "B", "Y", "e", "s", END), template=None)
    requests = {
        1: continued("c"),
        2: continued("c", grammar=YES_OR_NO),
        3: continued("c", grammar='root ::= "A" [0-9]{3}'),
        4: continued("c", grammar="root :: =("),
        5: continued("c", grammar='answer ::= "A"'),
        6: continued("c", grammar="root ::= root"),
        7: continued("c", grammar="root ::= " + "(" * 19_000),
    }
    for settings in (FOUR, LoadSettings(context_tokens=256)):
        with raw_worker("llama") as worker:
            worker.load(tiny_path, settings)
            send_all(worker, requests)
            found = ends(worker, len(requests))
            worker.send(Quit())
            assert worker.end() == 0
        assert answered(found[1])[0] == "ABYes"
        assert answered(found[2])[0] in {"Yes", "No"}
        assert re.fullmatch("A[0-9]{3}", answered(found[3])[0])
        for number in (4, 5, 6, 7):
            refused = found[number]
            assert isinstance(refused, Failed)
            assert (refused.error.kind, refused.error.subject) == (
                FailureKind.BAD_SETTING,
                "grammar",
            )


def test_probabilities_of_tokens(tiny_path: Path) -> None:
    write_tiny_model(tiny_path, CHAIN, template=None)
    for settings in (FOUR, LoadSettings(context_tokens=256)):
        with raw_worker("llama") as worker:
            size = worker.load(tiny_path, settings).model.vocabulary_size
            answer = worker.ask(1, continued("f", wants_token_probabilities=True)).answer
        sure = math.exp(1 / math.sqrt(1 / size + 1e-5))
        assert [note.text for note in answer.token_probabilities] == ["g", "h"]
        for note in answer.token_probabilities:
            assert note.log_probability == pytest.approx(
                math.log(sure / (sure + size - 1)), abs=1e-5
            )


def test_tokens_are_counted_as_they_are_read(tiny_path: Path) -> None:
    write_tiny_model(tiny_path)
    requests = (ask("Hi"), ask("Hi there"), ask("x" * 500), ask(""))
    with raw_worker("llama") as worker:
        worker.load(tiny_path, FOUR)
        worker.send(CountTokens(request_id=1, requests=requests))
        counts = worker.wait_for(TokensCounted).counts
        read = worker.ask(2, requests[0]).answer.timing.prompt_token_count
    assert counts[0] == read
    assert isinstance(counts[2], int)
    assert counts[2] > 500  # more than fits
    assert isinstance(counts[3], ErrorInfo)


def test_loops_and_limits_end_real_answers(tiny_path: Path) -> None:
    write_tiny_model(tiny_path, ("<0x61>", "▁again"), template=None)
    requests = {
        1: continued("a", stops_loops=True, max_tokens=2000),
        2: continued("a", longest_characters=10, max_tokens=2000),
        3: continued("a", longest_s=0.0, max_tokens=2000),
    }
    for count in (4, 1):
        settings = LoadSettings(context_tokens=2048, parallel_sequences=count)
        with raw_worker("llama") as worker:
            worker.load(tiny_path, settings)
            send_all(worker, requests)
            found = ends(worker, 3)
        assert answered(found[1])[1] is FinishReason.LOOPING
        assert len(answered(found[2])[0]) == 10
        assert answered(found[2])[1] is FinishReason.LENGTH
        assert answered(found[3])[1] is FinishReason.TIME_UP
