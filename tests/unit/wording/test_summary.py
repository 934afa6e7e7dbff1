import msgspec
import pytest
from tests.helpers.records import (
    make_answer,
    make_cancelled,
    make_card,
    make_disturbed,
    make_done,
    make_failed,
    make_plan,
    make_record,
    make_timing,
)

from large_enough.domain.generation import FinishReason
from large_enough.domain.model_card import BackendKind
from large_enough.domain.quantity import Unavailable
from large_enough.domain.round import Done, Mode
from large_enough.wording.summary import display_names, round_sentence

UNKNOWN = Unavailable(reason="not read")


def done(
    letter: str,
    total_s: float,
    needed_bytes=210_000_000,
    *,
    characters: int = 200,
    finish: FinishReason = FinishReason.END_OF_TEXT,
    decode_s=None,
) -> Done:
    timing = make_timing(
        total_s=total_s,
        character_count=characters,
        decode_s=total_s if decode_s is None else decode_s,
    )
    return make_done(letter, make_answer(timing, finish=finish), needed_bytes=needed_bytes)


def sentence(*results, plan=None) -> str:
    return round_sentence(make_record(results, plan))


THREE = (make_card("Small"), make_card("Middle"), make_card("Large"))


def test_faster_and_smaller() -> None:
    assert sentence(done("A", 1.0), done("B", 3.1, 580_000_000)) == (
        "SmolLM2 135M Instruct answered 3.1 times faster and needs 0.21 GB instead of 0.58 GB."
    )


def test_the_order_of_results_does_not_matter() -> None:
    one, other = done("A", 1.0), done("B", 3.1, 580_000_000)
    assert sentence(one, other) == sentence(other, one)


def test_faster_but_larger() -> None:
    assert sentence(done("A", 3.1), done("B", 1.0, 580_000_000)) == (
        "Qwen2.5 Coder 0.5B answered 3.1 times faster but needs 0.58 GB instead of 0.21 GB."
    )


def test_faster_with_the_same_memory() -> None:
    assert sentence(done("A", 1.0), done("B", 2.0, 212_000_000)) == (
        "SmolLM2 135M Instruct answered 2.0 times faster; both need about 0.21 GB."
    )


@pytest.mark.parametrize(("mine", "other"), [(UNKNOWN, 1), (1, UNKNOWN), (UNKNOWN, UNKNOWN)])
def test_unknown_memory_is_left_out(mine, other) -> None:
    assert sentence(done("A", 1.0, mine), done("B", 2.0, other)) == (
        "SmolLM2 135M Instruct answered 2.0 times faster."
    )
    assert sentence(done("A", 1.0, mine), done("B", 1.0, other)) == (
        "SmolLM2 135M Instruct and Qwen2.5 Coder 0.5B answered equally fast."
    )


def test_equal_within_five_per_cent() -> None:
    assert sentence(done("A", 1.04), done("B", 1.0, 580_000_000)) == (
        "Qwen2.5 Coder 0.5B and SmolLM2 135M Instruct answered equally fast; "
        "Qwen2.5 Coder 0.5B needs 0.58 GB, SmolLM2 135M Instruct 0.21 GB."
    )
    assert sentence(done("A", 1.0), done("B", 1.0)) == (
        "SmolLM2 135M Instruct and Qwen2.5 Coder 0.5B answered equally fast; "
        "both need about 0.21 GB."
    )
    assert "1.1 times faster" in sentence(done("A", 1.0), done("B", 1.051))


def test_very_different_lengths_are_compared_by_characters() -> None:
    assert sentence(
        done("A", 1.0, characters=100), done("B", 6.0, 580_000_000, characters=201)
    ) == (
        "SmolLM2 135M Instruct wrote 3.0 times as many characters per second and needs 0.21 GB "
        "instead of 0.58 GB. Their answers differ in length (100 and 201 characters)."
    )


def test_twice_as_long_is_still_compared_by_time() -> None:
    assert "times faster" in sentence(
        done("A", 1.0, characters=100), done("B", 6.0, characters=200)
    )


def test_one_cut_answer() -> None:
    assert sentence(done("A", 1.0, finish=FinishReason.LENGTH), done("B", 1.0, UNKNOWN)) == (
        "SmolLM2 135M Instruct and Qwen2.5 Coder 0.5B wrote equally many characters per second. "
        "The answer of SmolLM2 135M Instruct was cut at its limit, so the lengths differ."
    )


def test_all_answers_cut() -> None:
    cut = FinishReason.CONTEXT_FULL
    said = sentence(done("A", 1.0, finish=cut), done("B", 2.0, UNKNOWN, finish=cut))
    assert said.endswith("All answers were cut at their limit, so their total times say nothing.")


def test_unequal_lengths_without_a_speed() -> None:
    brief = done("A", 0.1, characters=3, decode_s=UNKNOWN)
    assert sentence(brief, done("B", 2.0)) == (
        "The answers are too unequal in length to compare their speed."
    )


def test_empty_answers_are_told() -> None:
    assert sentence(done("A", 0.1, characters=0), done("B", 2.0)) == (
        "The answers are too unequal in length to compare their speed. "
        "Empty answer: SmolLM2 135M Instruct."
    )


def test_no_time_at_all() -> None:
    assert sentence(done("A", 0.0), done("B", 2.0)) == (
        "The answers came too fast to compare their speed."
    )


def test_three_contenders() -> None:
    results = (done("C", 5.8, 1_320_000_000), done("A", 1.0), done("B", 1.03, 580_000_000))
    assert sentence(*results, plan=make_plan(*THREE)) == (
        "Small answered about as fast as Middle and 5.8 times faster than Large; "
        "they need 0.21 GB, 0.58 GB and 1.32 GB in this order."
    )


def test_three_contenders_with_unequal_answers_and_unknown_memory() -> None:
    results = (
        done("A", 1.0, characters=100),
        done("B", 10.0, UNKNOWN, characters=1000),
        done("C", 10.0, characters=500),
    )
    assert sentence(*results, plan=make_plan(*THREE)) == (
        "Small wrote about as many characters per second as Middle and 2.0 times as many "
        "characters per second as Large. "
        "Their answers differ in length (100, 1,000 and 500 characters)."
    )


def test_four_contenders() -> None:
    plan = make_plan(*THREE, make_card("Huge"))
    results = [done(letter, total_s) for letter, total_s in zip("ABCD", (1, 2, 3, 4), strict=True)]
    assert sentence(*results, plan=plan).startswith(
        "Small answered 2.0 times faster than Middle, 3.0 times faster than Large and "
        "4.0 times faster than Huge; they need"
    )


def test_one_failed() -> None:
    assert sentence(done("A", 0.52), make_failed("B")) == (
        "SmolLM2 135M Instruct answered in 0.52 s and needs 0.21 GB. Failed: Qwen2.5 Coder 0.5B."
    )


def test_one_stopped() -> None:
    assert sentence(done("A", 0.52, UNKNOWN), make_cancelled("B")) == (
        "SmolLM2 135M Instruct answered in 0.52 s. Stopped: Qwen2.5 Coder 0.5B."
    )


def test_one_missing() -> None:
    assert sentence(done("A", 0.52, UNKNOWN)).endswith(
        "The record ends before an answer of: Qwen2.5 Coder 0.5B."
    )


def test_nobody_answered() -> None:
    assert sentence(make_failed("A"), make_failed("B")) == "No model gave an answer."
    assert sentence(make_failed("A"), make_cancelled("B")) == "No model gave an answer."
    assert sentence() == "No model gave an answer."
    assert sentence(make_cancelled("A"), make_cancelled("B")) == (
        "Stopped before any model had finished its answer."
    )


def test_together_mode_is_contended() -> None:
    plan = make_plan(mode=Mode.TOGETHER)
    assert sentence(done("A", 1.0), done("B", 2.0), plan=plan).endswith(
        "The models ran at the same time, so the numbers are contended."
    )
    assert "contended" not in sentence(make_failed("A"), make_failed("B"), plan=plan)


def test_other_programs_are_told_of() -> None:
    assert sentence(make_disturbed("A"), done("B", 1.0)).endswith(
        "Other programs were using the processor: repeat it on a quiet machine."
    )


def test_scripted_contenders_are_no_measurement() -> None:
    plan = make_plan(make_card("Ant", backend=BackendKind.ECHO), make_card("Large"))
    assert sentence(done("A", 1.0), done("B", 2.0), plan=plan).endswith(
        "Scripted, not a measurement: Ant."
    )
    assert "Scripted" not in sentence(make_failed("A"), plan=plan)


def test_models_of_the_same_name_get_their_letters() -> None:
    plan = make_plan(make_card("Qwen"), make_card("Qwen"), make_card("Ant"))
    assert display_names(plan.contenders) == {"A": "Qwen (A)", "B": "Qwen (B)", "C": "Ant"}


def test_the_speed_of_a_few_tokens_is_not_compared() -> None:
    short = make_timing(total_s=0.3, character_count=4, generated_token_count=2)
    long = done("B", 2.0, characters=200)
    text = sentence(make_done("A", make_answer(short)), long)
    assert "times" not in text
    assert "too short to compare" in text


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"was_throttled": True}, "let it cool"),
        ({"swapped_out_bytes": 10**9}, "Memory was short"),
    ],
)
def test_what_slowed_the_machine_down_is_said_once(changes: dict[str, object], words: str) -> None:
    results = [
        msgspec.structs.replace(each, context=msgspec.structs.replace(each.context, **changes))
        for each in (done("A", 1.0), done("B", 3.1))
    ]
    assert sentence(*results).count(words) == 1
    assert sentence(results[0], done("B", 3.1)).count(words) == 1
    assert words not in sentence(done("A", 1.0), done("B", 3.1))
