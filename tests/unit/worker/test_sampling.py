"""Building the chain of samplers."""

import pytest

from large_enough.domain.generation import SamplingSettings
from large_enough.worker.sampling import sampler_chain


class FakeBindings:
    """Writes down which samplers were made, accepted and freed."""

    def __init__(self) -> None:
        self.chain: list[str] = []
        self.accepted: list[int] = []
        self.is_freed = False

    def llama_sampler_chain_default_params(self) -> None:
        return None

    def llama_sampler_chain_init(self, params: None) -> list[str]:
        return self.chain

    def llama_sampler_chain_add(self, chain: list[str], sampler: str) -> None:
        chain.append(sampler)

    def llama_sampler_accept(self, chain: list[str], token: int) -> None:
        self.accepted.append(token)

    def llama_sampler_free(self, chain: list[str]) -> None:
        self.is_freed = True

    def __getattr__(self, name: str) -> object:
        kind = name.removeprefix("llama_sampler_init_")
        return lambda *arguments: " ".join([kind, *map(str, arguments)])


def chain_of(settings: SamplingSettings) -> FakeBindings:
    bindings = FakeBindings()
    with sampler_chain(bindings, settings, range(100, 200), 49152):
        assert not bindings.is_freed
    assert bindings.is_freed
    return bindings


def test_without_a_temperature_the_most_probable_token_is_taken() -> None:
    bindings = chain_of(SamplingSettings())
    assert (bindings.chain, bindings.accepted) == (["greedy"], [])


def test_all_samplers_in_the_engines_order() -> None:
    bindings = chain_of(SamplingSettings(temperature=0.8, repeat_penalty=1.1, seed=7))
    assert bindings.chain == [
        "penalties 49152 64 1.1 0.0 0.0",
        "top_k 40",
        "top_p 0.95 1",
        "min_p 0.05 1",
        "temp 0.8",
        "dist 7",
    ]
    assert bindings.accepted == list(range(136, 200))


def test_neutral_samplers_are_left_out() -> None:
    bindings = chain_of(SamplingSettings(temperature=1.0, top_k=0, top_p=1.0, min_p=0.0))
    assert bindings.chain == ["temp 1.0", "dist 1"]


def test_penalties_also_without_a_temperature() -> None:
    bindings = chain_of(SamplingSettings(repeat_penalty=1.2, repeat_last_tokens=3))
    assert bindings.chain == ["penalties 49152 3 1.2 0.0 0.0", "greedy"]
    assert bindings.accepted == [197, 198, 199]


def test_a_penalty_that_looks_nowhere_is_none() -> None:
    bindings = chain_of(SamplingSettings(repeat_penalty=1.2, repeat_last_tokens=0))
    assert (bindings.chain, bindings.accepted) == (["greedy"], [])


def test_the_chain_is_freed_when_the_answer_fails() -> None:
    bindings = FakeBindings()
    with (
        pytest.raises(ValueError, match="broken"),
        sampler_chain(bindings, SamplingSettings(), [], 10),
    ):
        raise ValueError("broken")
    assert bindings.is_freed
