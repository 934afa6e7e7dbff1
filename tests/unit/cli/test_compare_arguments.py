"""The options of `compare`."""

import argparse
from pathlib import Path

import pytest

from large_enough.cli.compare_arguments import CompareRequest, add_parser, read_request
from large_enough.domain.costing import Costing
from large_enough.domain.errors import FailureKind, RequestError
from large_enough.domain.generation import CacheType, PromptStyle
from large_enough.domain.round import Mode
from large_enough.domain.thorough import ThoroughSettings

TWO = ["-m", "small", "-m", "large"]


def read(*arguments: str) -> CompareRequest:
    parser = argparse.ArgumentParser()
    add_parser(parser.add_subparsers())
    return read_request(parser.parse_args(["compare", *arguments]))


def test_defaults_are_measured_greedy_and_chat() -> None:
    request = read(*TWO, "-p", "Why?")
    assert request.models == ("small", "large")
    assert [prompt.text for prompt in request.prompts] == ["Why?"]
    assert request.mode is Mode.MEASURED
    assert request.settings.style is PromptStyle.CHAT
    assert request.settings.sampling.temperature == 0
    assert request.settings.thread_count is None
    assert not request.as_json


def test_every_option_arrives() -> None:
    request = read(
        *TWO, "-p", "Why?", "-p", "How?", "--system", "Be brief.", "--mode", "together",
        "--max-tokens", "7", "--stop", "END", "--completion", "--no-thinking", "--json",
        "--temperature", "0.7", "--top-k", "3", "--top-p", "0.5", "--min-p", "0.1",
        "--repeat-penalty", "1.2", "--seed", "9", "--n-ctx", "512", "--threads", "3",
        "--gpu-layers", "-1", "--cache-type", "q8_0",
    )  # fmt: skip
    assert [prompt.text for prompt in request.prompts] == ["Why?", "How?"]
    assert request.system == "Be brief."
    assert request.mode is Mode.TOGETHER
    settings = request.settings
    assert (settings.max_tokens, settings.stop, settings.thinking) == (7, ("END",), False)
    assert settings.style is PromptStyle.COMPLETION
    assert settings.thread_count == 3
    sampling = settings.sampling
    assert (sampling.temperature, sampling.top_k, sampling.top_p) == (0.7, 3, 0.5)
    assert (sampling.min_p, sampling.repeat_penalty, sampling.seed) == (0.1, 1.2, 9)
    load = request.load
    assert (load.context_tokens, load.gpu_layers) == (512, -1)
    assert load.cache_type is CacheType.Q8_0
    assert request.as_json


def test_prompts_come_from_a_file_and_from_the_samples(tmp_path: Path) -> None:
    file = tmp_path / "prompts.txt"
    file.write_text("First?\n\nSecond?\n", encoding="utf-8")
    request = read("--prompts", str(file), "--samples")
    assert [prompt.text for prompt in request.prompts[:2]] == ["First?", "Second?"]
    assert len(request.prompts) == 5


@pytest.mark.parametrize(
    ("arguments", "subject"),
    [
        (["-m", "one", "-p", "Why?"], "--model"),
        (["-m", "a", "-m", "b", "-m", "c", "-m", "d", "-m", "e", "-p", "Why?"], "--model"),
        ([], "--prompt"),
        (["-p", "  "], "--prompt"),
        (["-p", "Why?", "--max-tokens", "0"], "--max-tokens"),
        (["-p", "Why?", "--threads", "0"], "--threads"),
        (["-p", "Why?", "--temperature", "-1"], "--temperature"),
        (["-p", "Why?", "--temperature", "nan"], "--temperature"),
        (["-p", "Why?", "--top-p", "1.5"], "--top-p"),
        (["-p", "Why?", "--seed", "-1"], "--seed"),
        (["-p", "Why?", "--seed", "4294967295"], "--seed"),
        (["-p", "Why?", "--n-ctx", "1"], "--n-ctx"),
        (["-p", "Why?", "--gpu-layers", "-2"], "--gpu-layers"),
    ],
)
def test_senseless_options_are_refused_by_name(arguments: list[str], subject: str) -> None:
    with pytest.raises(RequestError) as caught:
        read(*arguments)
    assert caught.value.info.kind is FailureKind.BAD_SETTING
    assert caught.value.info.subject == subject


def test_without_a_wish_nothing_is_measured_thoroughly_or_estimated() -> None:
    request = read(*TWO, "-p", "Why?")
    assert request.thorough is None
    assert not request.estimates_energy
    assert request.costing == Costing()


def test_measuring_options_arrive() -> None:
    request = read(
        *TWO, "-p", "Why?", "--protocol", "--protocol-minutes", "2.5", "--estimate-energy",
        "--price", "0.31", "--currency", "EUR", "--grid", "380",
    )  # fmt: skip
    assert request.thorough == ThoroughSettings(longest_s=150.0)
    assert request.estimates_energy
    assert request.costing == Costing(
        price_per_kwh=0.31,
        currency="EUR",
        price_source="given with --price",
        grid_g_per_kwh=380.0,
        grid_source="given with --grid",
    )


def test_a_price_of_nothing_is_a_price() -> None:
    costing = read(*TWO, "-p", "Why?", "--price", "0", "--currency", "EUR").costing
    assert (costing.price_per_kwh, costing.currency) == (0.0, "EUR")


def test_a_price_needs_its_money() -> None:
    with pytest.raises(RequestError):
        read(*TWO, "-p", "Why?", "--price", "0.3")


def test_amounts_may_have_a_decimal_comma() -> None:
    costing = read(
        *TWO, "-p", "?", "--price", "0,30", "--currency", "EUR", "--grid", "380,5"
    ).costing
    assert (costing.price_per_kwh, costing.grid_g_per_kwh) == (0.3, 380.5)


@pytest.mark.parametrize(
    ("option", "value"),
    [
        (option, value)
        for option in ("--price", "--grid", "--protocol-minutes")
        for value in ("-1", "nan", "inf", "1e9")
    ],
)
def test_figures_that_make_no_sense_are_refused(option: str, value: str) -> None:
    with pytest.raises(RequestError) as caught:
        read(*TWO, "-p", "Why?", f"{option}={value}")
    assert caught.value.info.kind is FailureKind.BAD_SETTING
    assert caught.value.info.subject == option


@pytest.mark.parametrize("option", ["--price", "--grid", "--protocol-minutes"])
def test_figures_must_be_numbers(option: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        read(*TWO, "-p", "Why?", option, "cheap")
    assert option in capsys.readouterr().err


def test_the_protocol_is_for_one_model_at_a_time() -> None:
    with pytest.raises(RequestError) as caught:
        read(*TWO, "-p", "Why?", "--protocol", "--mode", "together")
    assert caught.value.info.subject == "--protocol"
