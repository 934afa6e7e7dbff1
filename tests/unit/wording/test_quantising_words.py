"""What is said before a copy is made."""

import msgspec
import pytest
from tests.helpers.records import make_card

from large_enough.domain.model_card import ModelCard
from large_enough.domain.quantising import QuantisingStage, SizeForecast
from large_enough.domain.quantity import Unavailable
from large_enough.gguf.mixtures import QUANTISE_TYPES
from large_enough.wording.quantising_words import forecast_remarks, purpose_text, stage_text

SMALLER = SizeForecast(
    type_name="Q4_K_M",
    size_bytes=50_000_000,
    bits_per_weight=4.8,
    twice_rounded_share=0.0,
    fallback_share=0.1,
)


def remarks(card: ModelCard | None = None, **changes: float) -> tuple[str, ...]:
    return forecast_remarks(card or make_card(), msgspec.structs.replace(SMALLER, **changes))


def test_nothing_speaks_against_a_smaller_copy_of_floats() -> None:
    assert remarks() == ()


def test_rounding_twice_is_said_with_the_first_type() -> None:
    (said,) = remarks(twice_rounded_share=0.8)
    assert "quantised already (Q4_1), so quality suffers twice" in said
    unknown = msgspec.structs.replace(make_card(), quantisation=Unavailable(reason="?"))
    (said,) = remarks(unknown, twice_rounded_share=0.8)
    assert "quantised already, so quality suffers twice" in said


def test_a_larger_copy_cannot_be_better() -> None:
    (said,) = remarks(size_bytes=200_000_000)
    assert said.startswith("Q4_K_M takes more room than the original (0.20 GB instead of 98 MB)")


def test_rows_that_do_not_fit_are_said_when_they_are_many() -> None:
    (said,) = remarks(fallback_share=0.59)
    assert said.startswith("59 % of this model's weights do not fit the blocks of Q4_K_M")


@pytest.mark.parametrize("stage", QuantisingStage)
def test_every_stage_has_words(stage: QuantisingStage) -> None:
    assert stage_text(stage)


def test_every_type_is_good_for_something() -> None:
    assert all(purpose_text(name) for name in QUANTISE_TYPES)
    assert purpose_text("Q4_K_M").startswith("the usual choice")
    assert purpose_text("Q4_0").startswith("an older format")
    assert purpose_text("BF16") == purpose_text("F16")
    assert purpose_text("XYZ") == ""
