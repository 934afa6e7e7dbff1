"""Refusing the impossible before it reaches native code."""

import pytest
from tests.helpers.raw_worker import ask

from large_enough.domain.errors import EngineError, FailureKind, RequestError
from large_enough.domain.generation import LoadSettings, Placement, SamplingSettings
from large_enough.worker.request_check import (
    check_labels,
    check_load,
    check_prompt_length,
    check_request,
)


def test_ordinary_requests_pass() -> None:
    check_load(LoadSettings(), 4)
    check_load(LoadSettings(gpu_layers=-1, context_tokens=1, ubatch_tokens=1), 1)
    check_request(ask("Hi"))
    check_request(ask("Hi", stop=("\n",), sampling=SamplingSettings(temperature=1.5, top_k=0)))
    check_prompt_length(4095, 4096)


@pytest.mark.parametrize(
    ("settings", "threads", "name"),
    [
        (LoadSettings(context_tokens=0), 1, "context_tokens"),
        (LoadSettings(context_tokens=1 << 40), 1, "context_tokens"),
        (LoadSettings(batch_tokens=-1), 1, "batch_tokens"),
        (LoadSettings(batch_tokens=256), 1, "ubatch_tokens"),
        (LoadSettings(gpu_layers=-2), 1, "gpu_layers"),
        (LoadSettings(parallel_sequences=0), 1, "parallel_sequences"),
        (LoadSettings(parallel_sequences=65), 1, "parallel_sequences"),
        (LoadSettings(), 0, "thread_count"),
        (LoadSettings(), 513, "thread_count"),
    ],
)
def test_impossible_settings_are_named(settings: LoadSettings, threads: int, name: str) -> None:
    with pytest.raises(RequestError) as caught:
        check_load(settings, threads)
    assert (caught.value.info.kind, caught.value.info.subject) == (FailureKind.BAD_SETTING, name)


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"messages": ()}, "messages"),
        ({"max_tokens": 0}, "max_tokens"),
        ({"placement": Placement(thread_count=0)}, "thread_count"),
        ({"stop": ("",)}, "stop"),
        ({"stop": ("x" * 1001,)}, "stop"),
        ({"stop": ("x",) * 33}, "stop"),
        ({"sampling": SamplingSettings(temperature=float("nan"))}, "temperature"),
        ({"sampling": SamplingSettings(temperature=-1.0)}, "temperature"),
        ({"sampling": SamplingSettings(temperature=float("inf"))}, "temperature"),
        ({"sampling": SamplingSettings(top_k=-1)}, "top_k"),
        ({"sampling": SamplingSettings(top_p=1.1)}, "top_p"),
        ({"sampling": SamplingSettings(min_p=-0.1)}, "min_p"),
        ({"sampling": SamplingSettings(repeat_penalty=0.0)}, "repeat_penalty"),
        ({"sampling": SamplingSettings(repeat_last_tokens=-1)}, "repeat_last_tokens"),
        ({"sampling": SamplingSettings(seed=1 << 32)}, "seed"),
        ({"sampling": SamplingSettings(seed=(1 << 32) - 1)}, "seed"),
        ({"sampling": SamplingSettings(seed=-1)}, "seed"),
        ({"longest_s": -1.0}, "longest_s"),
        ({"longest_s": float("inf")}, "longest_s"),
        ({"longest_characters": 0}, "longest_characters"),
        ({"grammar": "x" * 20_001}, "grammar"),
        ({"grammar": "root ::= " + "(" * 201 + ")" * 201}, "grammar"),
    ],
)
def test_impossible_requests_are_named(fields: dict[str, object], name: str) -> None:
    import msgspec

    with pytest.raises(RequestError) as caught:
        check_request(msgspec.structs.replace(ask("Hi"), **fields))
    assert (caught.value.info.kind, caught.value.info.subject) == (FailureKind.BAD_SETTING, name)


def test_a_prompt_must_leave_room_for_an_answer() -> None:
    with pytest.raises(EngineError) as caught:
        check_prompt_length(4096, 4096)
    assert caught.value.info.kind is FailureKind.PROMPT_TOO_LONG
    assert caught.value.info.facts == {"prompt_tokens": 4096, "context_tokens": 4096}


def test_an_empty_prompt_is_refused() -> None:
    with pytest.raises(RequestError):
        check_prompt_length(0, 4096)
    with pytest.raises(RequestError):
        check_request(ask(""))


@pytest.mark.parametrize(
    "labels", [(), ("A",), ("A", "A"), ("A", ""), ("A", " B"), ("A", "x" * 17), ("A",) * 65]
)
def test_labels_without_a_choice_are_refused(labels: tuple[str, ...]) -> None:
    with pytest.raises(RequestError) as caught:
        check_labels(labels)
    assert caught.value.info.subject == "labels"


def test_labels_and_limits_pass() -> None:
    check_labels(("A", "B"))
    check_request(ask("Hi", longest_s=0.0, longest_characters=1, grammar='root ::= "(" | ("a")'))
