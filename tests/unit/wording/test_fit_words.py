"""What is said about models that fit, and above all about those that do not."""

import msgspec
import pytest
from tests.helpers.records import make_card

from large_enough.domain.errors import ErrorInfo, FailureKind
from large_enough.domain.expected_speed import ExpectedSpeed, SpeedBasis
from large_enough.domain.fit import CardFit, MemoryNeed, ModelFit, NeedMethod, Room, Unjudged
from large_enough.domain.generation import LoadSettings
from large_enough.domain.model_card import MemoryEstimate
from large_enough.domain.quantity import Unavailable
from large_enough.wording.fit_words import fit_sentences, largest_context_text, verdict_text
from large_enough.wording.speed_forecast_words import speed_forecast_sentence, speed_range_text

GB = 1_000_000_000
NO_CARD = Unavailable(reason="the engine sees no graphics card")
NONE_FITS = Unavailable(reason="not even the smallest context fits")


def made(available_bytes: int = 16 * GB, **fields: object) -> ModelFit:
    estimate = MemoryEstimate(
        weights_bytes=2 * GB,
        repacked_bytes=0,
        kv_cache_bytes=GB,
        compute_bytes=0,
        process_bytes=0,
    )
    need = MemoryNeed(estimate=estimate, context_tokens=8192, method=NeedMethod.DRY_RUN)
    usual = {
        "card": make_card(),
        "settings": LoadSettings(context_tokens=8192),
        "need": need,
        "room": Room(available_bytes=available_bytes, reserve_bytes=300_000_000),
        "largest_context_tokens": 8192,
        "smaller_cache_tokens": 8192,
        "graphics": NO_CARD,
        "speed": NO_CARD,
        **fields,
    }
    return ModelFit(**usual)  # type: ignore[arg-type]


def words(fit: ModelFit | Unjudged) -> str:
    return " ".join(fit_sentences(fit))


def test_what_fits_is_told_with_its_room() -> None:
    assert verdict_text(made()) == "fits"
    assert largest_context_text(made()) == "8,192"
    assert words(made()).startswith(
        "With a context of 8,192 tokens it needs 3.00 GB of 15.7 GB. "
        "16.0 GB are free, of which 0.30 GB are left to the system."
    )
    assert "without loading the weights" in words(made())


def test_tight_says_why_and_what_would_be_better() -> None:
    tight = made(3_400_000_000, largest_context_tokens=6144, smaller_cache_tokens=8192)
    assert verdict_text(tight) == "tight"
    assert "less than 10 % of its need is left over" in words(tight)
    assert "A context of up to 6,144 tokens would fit." in words(tight)


def test_a_no_comes_with_what_is_missing_and_what_would_fit() -> None:
    too_large = made(2_800_000_000, largest_context_tokens=4096, smaller_cache_tokens=7680)
    assert verdict_text(too_large) == "does not fit"
    said = words(too_large)
    assert "there are 2.50 GB for it: 0.50 GB are missing." in said
    assert "A context of up to 4,096 tokens would fit." in said
    assert "With a cache of 8 bits (q8_0), up to 7,680 tokens would." in said


def test_where_no_context_helps_something_else_is_proposed() -> None:
    hopeless = made(GB, largest_context_tokens=NONE_FITS, smaller_cache_tokens=NONE_FITS)
    assert largest_context_text(hopeless) == "—"
    assert "its weights alone take 2.00 GB. Close other programs" in words(hopeless)


def test_who_takes_the_room_is_told() -> None:
    together = Room(
        available_bytes=8 * GB,
        released_bytes=2 * GB,
        others_bytes=4 * GB,
        reserve_bytes=300_000_000,
    )
    assert "Of 10.0 GB that are free, 0.30 GB are left to the system, and 4.00 GB go" in words(
        made(room=together)
    )
    alone = msgspec.structs.replace(together, others_bytes=0)
    assert "2.00 GB more when the models that are loaded now make room" in words(made(room=alone))


def test_a_context_beyond_the_training_is_told() -> None:
    asked = LoadSettings(context_tokens=100_000)
    assert "It was trained for 8,192 tokens, and gets no more." in words(made(settings=asked))


def test_a_computed_need_says_so_and_why() -> None:
    missing = ErrorInfo(kind=FailureKind.BINDINGS_MISSING, subject="llama.cpp")
    need = msgspec.structs.replace(made().need, method=NeedMethod.FORMULA, why_formula=missing)
    assert "since the engine could not be asked: llama-cpp-python" in words(made(need=need))


def test_layers_on_a_card() -> None:
    card = CardFit(
        device="Card",
        free_bytes=4 * GB,
        reserve_bytes=GB,
        layer_count=29,
        proposed_layers=12,
        wanted_layers=29,
        wanted_bytes=7 * GB,
    )
    full = made(graphics=card)
    assert verdict_text(full) == "does not fit"
    assert "12 of 29 layers fit on Card, where 4.00 GB are free." in words(full)
    assert "The 29 that are asked for take 7.00 GB, and 1.00 GB must stay free." in words(full)
    assert "the engine sees no graphics card" in words(made())


def test_what_cannot_be_judged() -> None:
    assert verdict_text(Unjudged(card=make_card())) == "—"
    broken = ErrorInfo(kind=FailureKind.UNSUPPORTED_ARCHITECTURE, subject="m.gguf")
    unknown = Unjudged(card=make_card(), error=broken)
    assert verdict_text(unknown) == "cannot be loaded"
    assert words(unknown)


class TestSpeed:
    """What is said about how fast a model will be."""

    SPEED = ExpectedSpeed(
        low_tokens_per_s=40.0,
        high_tokens_per_s=60.0,
        basis=SpeedBasis.THIS_MODEL,
        read_bytes=400_000_000,
        run_count=3,
        last_tokens_per_s=52.0,
    )

    def test_a_model_that_has_run(self) -> None:
        assert speed_range_text(self.SPEED) == "40.0 to 60.0"
        assert speed_forecast_sentence(self.SPEED) == (
            "Expected: 40.0 to 60.0 tokens per second; the last run reached 52.0."
        )
        assert speed_forecast_sentence(self.SPEED, together=True).endswith(
            "reached 52.0. That is while no other model generates."
        )

    @pytest.mark.parametrize(
        ("basis", "run_count", "end"),
        [
            (SpeedBasis.BANDWIDTH, 0, "Nothing has run here yet to check that against"),
            (SpeedBasis.THIS_MACHINE, 1, "what 1 run of other models reached here."),
            (SpeedBasis.THIS_MACHINE, 4, "what 4 runs of other models reached here."),
        ],
    )
    def test_a_model_that_has_not(self, basis: SpeedBasis, run_count: int, end: str) -> None:
        speed = msgspec.structs.replace(
            self.SPEED,
            basis=basis,
            run_count=run_count,
            last_tokens_per_s=NO_CARD,
            bandwidth_bytes_per_s=11e9,
        )
        said = speed_forecast_sentence(speed)
        assert "Each token reads about 0.40 GB, and this machine reads 11.0 GB/s." in said
        assert end in said

    def test_a_missing_range_has_a_reason(self) -> None:
        missing = Unavailable(reason="other programs use the processor")
        assert speed_range_text(missing) == "—"
        assert speed_forecast_sentence(missing) == (
            "How fast it will be is not known: other programs use the processor."
        )
