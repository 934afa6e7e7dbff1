"""Why a model was as fast as it was, in words."""

from typing import Any

import msgspec
import pytest
from tests.helpers.records import make_answer, make_done, make_timing
from tests.unit.comparison.test_speed_bounds import BANDWIDTH, on

from large_enough.domain.quantity import Unavailable
from large_enough.domain.round import Done
from large_enough.domain.speed_bound import Bandwidth, SpeedBound, TokenReads
from large_enough.wording.why_speed import why_speed

UNKNOWN = Unavailable(reason="the model's file cannot be read")


def bound_of(*, bandwidth: Bandwidth | Unavailable = BANDWIDTH, **changes: Any) -> SpeedBound:
    reads = TokenReads(weights_bytes=480_000_000, cache_bytes=10_000_000, is_upper_bound=False)
    return SpeedBound(reads=msgspec.structs.replace(reads, **changes), bandwidth=bandwidth)


def answered(tokens_per_s: float, **context: Any) -> Done:
    done = on("CPU_Mapped")
    timing = make_timing(decode_s=40 / tokens_per_s, total_s=40 / tokens_per_s + 0.2)
    timing = msgspec.structs.replace(timing, cpu_s=2 * timing.total_s)
    return msgspec.structs.replace(
        done,
        answer=make_answer(timing),
        context=msgspec.structs.replace(done.context, **context),
    )


def test_the_usual_case() -> None:
    assert why_speed(answered(19.0), bound_of()) == (
        "Each token reads about 0.49 GB; this machine reads 11.0 GB/s from memory, so about 22.4 "
        "tokens a second is the most it can do; it reached 19.0. So memory sets the pace: a model "
        "that reads less is faster."
    )


def test_far_below_the_bound_computing_is_the_reason() -> None:
    words = why_speed(answered(5.0), bound_of())
    assert "it reached 5.00. That is 22 % of it, so computing takes longer than reading" in words


@pytest.mark.parametrize(
    ("context", "reason"),
    [
        ({"is_contended": True}, "Other models read from memory at the same time."),
        ({"swapped_out_bytes": 1 << 30}, "Memory was short"),
        ({"was_throttled": True}, "Heat or a power limit"),
        ({"system_load_before": 0.9}, "Other programs were using the processor."),
    ],
)
def test_other_reasons_for_being_slow(context: dict[str, Any], reason: str) -> None:
    words = why_speed(answered(5.0, **context), bound_of())
    assert reason in words
    assert "computing takes longer" not in words


def test_faster_than_the_bound() -> None:
    words = why_speed(answered(40.0), bound_of())
    assert "stays in the processor's cache" in words
    assert "sets the pace" not in words
    rough = why_speed(answered(40.0), bound_of(is_upper_bound=True, cache_bytes=UNKNOWN))
    assert rough.startswith("Each token reads at most 0.48 GB")
    assert "not all of the model is read for each token" in rough


def test_just_above_the_bound_is_the_bound() -> None:
    assert "sets the pace" in why_speed(answered(23.0), bound_of())


def test_an_unknown_bandwidth() -> None:
    words = why_speed(answered(19.0), bound_of(bandwidth=Unavailable(reason="models are at work")))
    assert words == (
        "Each token reads about 0.49 GB; how fast this machine reads from memory is not known: "
        "models are at work."
    )


def test_no_bound_at_all() -> None:
    words = why_speed(make_done("A"), Unavailable(reason="the answer is scripted"))
    assert words == "What limits its speed is not known: the answer is scripted."


def test_too_short_an_answer() -> None:
    timing = make_timing(generated_token_count=1)
    done = msgspec.structs.replace(on("CPU"), answer=make_answer(timing))
    assert "what it reached is not known (fewer than two tokens)." in why_speed(done, bound_of())


def test_a_long_prompt_is_said() -> None:
    timing = msgspec.structs.replace(make_timing(total_s=10.0), prompt_s=8.0)
    done = msgspec.structs.replace(on("CPU"), answer=make_answer(timing))
    words = why_speed(done, bound_of())
    assert "Most of the time, 8.00 s of 10.0 s, went into reading the prompt" in words
    unknown = msgspec.structs.replace(timing, prompt_s=Unavailable(reason="not read"))
    done = msgspec.structs.replace(done, answer=make_answer(unknown))
    assert "Most of the time" not in why_speed(done, bound_of())


def test_experts() -> None:
    words = why_speed(answered(19.0), bound_of(has_experts=True))
    assert words.endswith("Of its experts, only those that a token uses are counted.")


def test_nothing_to_read() -> None:
    words = why_speed(answered(19.0), bound_of(weights_bytes=0, cache_bytes=0))
    assert words.startswith("Each token reads about 0 bytes; how fast")
