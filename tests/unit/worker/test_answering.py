"""Making an answer token by token."""

import math

import pytest
from tests.helpers.fake_clock import FakeClock
from tests.helpers.fake_engine import FakeEngine, KeptOutput
from tests.helpers.raw_worker import ask

from large_enough.domain.generation import Answer, Choice, FinishReason, TokenProbability
from large_enough.domain.quantity import Unavailable
from large_enough.protocol.codec import encode
from large_enough.protocol.messages import Generated
from large_enough.worker.answering import Step, make_answer, make_choice
from large_enough.worker.growing_answer import PreparedPrompt
from large_enough.worker.stopwatch import Stopwatch
from large_enough.worker.thoughts import THINK

PROMPT = PreparedPrompt(tokens=range(100), text_sha256="f00", tags=THINK)


def answer(
    pieces: list[bytes | None],
    *,
    max_tokens: int = 100,
    stop: tuple[str, ...] = (),
    prompt: PreparedPrompt = PROMPT,
    output: KeptOutput | None = None,
    limits: dict[str, object] | None = None,
    **engine: object,
) -> Answer:
    clock = FakeClock()
    arrived_ns = clock.monotonic_ns()
    clock.advance(0.25)  # waiting for the main thread
    request = ask("Hi", max_tokens=max_tokens, stop=stop, **(limits or {}))
    watch = Stopwatch(clock, arrived_ns, longest_s=request.longest_s)
    with watch.preparing_prompt():
        clock.advance(0.125)
    fake = FakeEngine(pieces, clock, **engine)  # type: ignore[arg-type]
    return make_answer(fake, prompt, request, output or KeptOutput(), watch)


def test_times_and_counts_are_those_of_the_definitions() -> None:
    output = KeptOutput()
    timing = answer([b"One", b" two", b" three"], output=output, reused=40).timing
    assert (timing.prompt_token_count, timing.reused_token_count) == (100, 40)
    assert timing.generated_token_count == 3
    assert timing.character_count == len("One two three")
    assert timing.template_s == 0.125
    assert timing.prompt_s == 0.5
    assert timing.first_token_s == 0.875
    assert timing.first_answer_token_s == 0.875
    assert timing.decode_s == pytest.approx(0.2)
    assert timing.total_s == pytest.approx(1.175)  # one more step found the end
    assert timing.generation_tokens_per_s == pytest.approx(2 / 0.2)
    assert timing.prompt_tokens_per_s == pytest.approx(60 / 0.5)
    assert isinstance(timing.cpu_s, float)
    assert output.readings == [(40, 100), (100, 100)]


def test_the_model_ends_its_answer() -> None:
    result = answer([b"Yes", b"."])
    assert (result.text, result.finish) == ("Yes.", FinishReason.END_OF_TEXT)
    assert result.rendered_prompt_sha256 == "f00"


def test_the_last_token_of_a_cut_answer_is_not_computed_further() -> None:
    result = answer([b"a"] * 10, max_tokens=4)
    assert (result.text, result.finish) == ("aaaa", FinishReason.LENGTH)
    assert result.timing.decode_s == pytest.approx(0.3)
    assert result.timing.total_s == pytest.approx(1.175)


def test_a_stop_text_ends_the_answer() -> None:
    result = answer([b"Yes", b"\n\nQ"], stop=("\n",))
    assert (result.text, result.finish) == ("Yes", FinishReason.STOP_TEXT)


def test_the_context_may_be_full() -> None:
    result = answer([b"a"] * 10, steps=[Step.DONE, Step.CONTEXT_FULL])
    assert (result.text, result.finish) == ("aa", FinishReason.CONTEXT_FULL)


def test_a_cancel_keeps_what_there_is() -> None:
    result = answer([b"a"] * 10, steps=[Step.DONE, Step.DONE, Step.CANCELLED])
    assert (result.text, result.finish) == ("aaa", FinishReason.CANCELLED)


def test_a_cancel_while_the_prompt_is_read() -> None:
    result = answer([b"a"], is_read_cancelled=True, reused=7)
    assert (result.text, result.finish) == ("", FinishReason.CANCELLED)
    timing = result.timing
    assert (timing.generated_token_count, timing.reused_token_count) == (0, 7)
    for quantity in (timing.prompt_s, timing.first_token_s, timing.decode_s):
        assert isinstance(quantity, Unavailable)


def test_an_empty_answer_has_no_first_token() -> None:
    timing = answer([]).timing
    assert isinstance(timing.first_token_s, Unavailable)
    assert isinstance(timing.first_answer_token_s, Unavailable)
    assert isinstance(timing.decode_s, Unavailable)
    assert timing.prompt_s == 0.5


def test_one_token_has_no_generation_speed() -> None:
    timing = answer([b"Yes"]).timing
    assert isinstance(timing.decode_s, Unavailable)
    assert isinstance(timing.generation_tokens_per_s, Unavailable)


def test_thoughts_delay_the_first_answer_token() -> None:
    result = answer([b"<think>", b"Hm", b"</think>", b"\n\n", b"Yes"])
    assert (result.thoughts, result.text) == ("Hm", "Yes")
    assert result.timing.first_token_s == 0.875
    assert result.timing.first_answer_token_s == pytest.approx(1.275)


def test_an_answer_may_end_within_thoughts() -> None:
    result = answer([b"<think>", b"Hm"])
    assert isinstance(result.timing.first_answer_token_s, Unavailable)
    assert result.timing.first_token_s == 0.875


def test_the_template_may_have_opened_the_thoughts() -> None:
    prompt = PreparedPrompt(
        tokens=range(100), text_sha256="f00", tags=THINK, starts_in_thought=True
    )
    result = answer([b"Hm", b"</think>", b"Yes"], prompt=prompt)
    assert (result.thoughts, result.text) == ("Hm", "Yes")


def test_tags_hidden_by_the_vocabulary_are_seen() -> None:
    result = answer([b"", b"Hm", b"", b"Yes"], hidden_tags={0: "<think>", 2: "</think>"})
    assert (result.thoughts, result.text) == ("Hm", "Yes")


def test_text_that_is_only_continued_has_no_thoughts() -> None:
    prompt = PreparedPrompt(tokens=range(100), text_sha256="f00", tags=None)
    result = answer([b"<think>", b"Hm"], prompt=prompt)
    assert (result.thoughts, result.text) == ("", "<think>Hm")


def test_an_answer_ends_when_its_time_is_up() -> None:
    result = answer([b"a"] * 100, limits={"longest_s": 1.0})
    # 0.125 s for the template, 0.5 s for the prompt, then a token each 0.1 s
    assert (result.text, result.finish) == ("aaaaa", FinishReason.TIME_UP)


def test_the_time_may_be_up_while_the_prompt_is_read() -> None:
    result = answer([b"a"], limits={"longest_s": 0.5}, is_read_cancelled=True)
    assert (result.text, result.finish) == ("", FinishReason.TIME_UP)


def test_the_time_may_be_up_within_a_computation() -> None:
    result = answer([b"a"] * 9, limits={"longest_s": 0.7}, token_s=5.0, steps=[Step.CANCELLED])
    assert (result.text, result.finish) == ("a", FinishReason.TIME_UP)


def test_an_answer_that_only_repeats_itself_ends() -> None:
    pieces: list[bytes | None] = [b" again"] * 5000
    looping = answer(pieces, max_tokens=5000, limits={"stops_loops": True})
    assert looping.finish is FinishReason.LOOPING
    assert 1200 <= len(looping.text) < 1400
    unguarded = answer(pieces, max_tokens=5000)
    assert unguarded.finish is FinishReason.LENGTH


def test_an_answer_is_cut_at_its_longest() -> None:
    result = answer([b"abc"] * 9, limits={"longest_characters": 7})
    assert (result.text, result.finish) == ("abcabca", FinishReason.LENGTH)


def test_probabilities_of_tokens_are_recorded_when_they_are_wanted() -> None:
    result = answer([b"One", b" two", None], limits={"wants_token_probabilities": True})
    assert result.token_probabilities == (
        TokenProbability("One", 0.0),
        TokenProbability(" two", -0.125),
    )
    assert answer([b"One"]).token_probabilities == ()


def test_so_many_probabilities_are_recorded_as_fit_into_a_frame() -> None:
    pieces: list[bytes | None] = [b"\x01" * 200] * 3000
    result = answer(pieces, max_tokens=3000, limits={"wants_token_probabilities": True})
    assert 100 < len(result.token_probabilities) < 1000
    encode(Generated(request_id=1, answer=result, is_pinned=False))


def choice(**options: object) -> Choice | FinishReason:
    clock = FakeClock()
    watch = Stopwatch(clock, clock.monotonic_ns(), longest_s=0.25)
    engine = FakeEngine([b"A"], clock, **options)  # type: ignore[arg-type]
    return make_choice(engine, PROMPT, ask("Hi"), ("A", "B"), KeptOutput(), watch)


def test_a_choice_is_made_behind_the_prompt() -> None:
    made = choice()
    assert isinstance(made, Choice)
    assert made.log_probabilities == (math.log(0.5),) * 2
    assert (made.share, made.prompt_token_count, made.rendered_prompt_sha256) == (0.5, 100, "f00")
    assert made.total_s == 0.5


def test_a_choice_may_be_stopped() -> None:
    assert choice(is_read_cancelled=True) is FinishReason.TIME_UP
    assert choice(is_read_cancelled=True, read_s=0.1) is FinishReason.CANCELLED
