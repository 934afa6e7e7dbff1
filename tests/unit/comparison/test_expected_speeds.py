"""The range of speeds to expect."""

import msgspec
import pytest
from tests.unit.comparison.test_speed_bounds import BANDWIDTH
from tests.unit.store.test_speed_runs import RUN, run

from large_enough.comparison.expected_speeds import (
    GENERAL_HIGH,
    GENERAL_LOW,
    NOT_RUN_YET,
    expected_speed,
)
from large_enough.comparison.speed_bounds import NO_WEIGHTS, NOT_ON_PROCESSOR
from large_enough.domain.expected_speed import ExpectedSpeed, SpeedBasis, SpeedRun
from large_enough.domain.quantity import Unavailable
from large_enough.domain.speed_bound import Bandwidth, TokenReads

READS = TokenReads(weights_bytes=100_000_000, cache_bytes=10_000_000, is_upper_bound=False)
BOUND = 100.0
"""Of these reads at 11 GB/s."""
NOT_MEASURED = Unavailable(reason="not measured yet")
OWN = RUN.model


def expect(
    *runs: SpeedRun,
    bandwidth: Bandwidth | Unavailable = BANDWIDTH,
    reads: TokenReads = READS,
    model: str = OWN,
    gpu_layers: int = 0,
) -> ExpectedSpeed:
    found = expected_speed(reads, bandwidth, runs, model=model, gpu_layers=gpu_layers)
    assert isinstance(found, ExpectedSpeed), found
    return found


def test_before_any_run_there_is_memory_s_speed() -> None:
    found = expect()
    assert found.low_tokens_per_s == pytest.approx(GENERAL_LOW * BOUND)
    assert found.high_tokens_per_s == pytest.approx(GENERAL_HIGH * BOUND)
    assert found.basis is SpeedBasis.BANDWIDTH
    assert found.last_tokens_per_s == NOT_RUN_YET


def test_runs_of_other_models_narrow_the_range() -> None:
    others = [run(60.0, model="other", read_bytes=110_000_000)]
    found = expect(*others)
    assert found.basis is SpeedBasis.THIS_MACHINE
    assert found.low_tokens_per_s < 60 < found.high_tokens_per_s
    wide, narrow = expect(), found
    assert narrow.high_tokens_per_s - narrow.low_tokens_per_s < (
        wide.high_tokens_per_s - wide.low_tokens_per_s
    )


def test_runs_of_the_model_itself_need_no_other_measure() -> None:
    own = [run(40.0, read_bytes=110_000_000), run(52.0, read_bytes=110_000_000)]
    found = expect(*own, run(9.0, model="other"), bandwidth=NOT_MEASURED)
    assert found.basis is SpeedBasis.THIS_MODEL
    assert found.run_count == 2
    assert found.last_tokens_per_s == 52.0
    assert found.low_tokens_per_s < 40 < 52 < found.high_tokens_per_s


def test_a_longer_text_reads_more_and_is_slower() -> None:
    own = run(52.0, read_bytes=110_000_000)
    longer = msgspec.structs.replace(READS, cache_bytes=120_000_000)
    assert expect(own, reads=longer).high_tokens_per_s == pytest.approx(
        expect(own).high_tokens_per_s / 2
    )


def test_of_a_mixture_only_the_experts_in_use_count() -> None:
    few = msgspec.structs.replace(READS, weights_bytes=40_000_000, has_experts=True)
    assert expect(reads=few).low_tokens_per_s > 2 * expect().low_tokens_per_s


def test_reasons_why_there_is_no_range() -> None:
    def reason(**other: object) -> object:
        usual = {"reads": READS, "bandwidth": BANDWIDTH, "runs": (), "model": OWN, **other}
        return expected_speed(**usual)  # type: ignore[arg-type]

    nothing = msgspec.structs.replace(READS, weights_bytes=0, cache_bytes=0)
    assert reason(bandwidth=NOT_MEASURED) == NOT_MEASURED
    assert reason(gpu_layers=-1) == NOT_ON_PROCESSOR
    assert reason(reads=nothing) == NO_WEIGHTS


def test_runs_on_a_card_say_nothing_about_the_processor() -> None:
    on_card = run(500.0, gpu_layers=-1, read_bytes=110_000_000)
    assert expect(on_card).basis is SpeedBasis.BANDWIDTH
    assert expect(on_card, gpu_layers=-1).last_tokens_per_s == 500.0
