import math
import re

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.helpers.power_sources import make_energy

from large_enough.domain.energy import EnergyFlag, EnergyKind
from large_enough.domain.power import Scope
from large_enough.domain.power_now import PowerNow, no_power
from large_enough.domain.quantity import NumberQuality
from large_enough.wording.energy_words import (
    basis_text,
    digits_text,
    energy_remarks,
    energy_text,
    flag_text,
    instruments_text,
    interval_text,
    kind_text,
    marked_text,
    power_note,
    power_text,
    quality_text,
    scope_text,
    scopes_text,
)

MEASURED, ATTRIBUTED, ESTIMATED = (
    NumberQuality.MEASURED,
    NumberQuality.ATTRIBUTED,
    NumberQuality.ESTIMATED,
)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (0.012345, "0.012"),
        (0.0996, "0.10"),
        (0.996, "1.0"),
        (1.234, "1.2"),
        (9.94, "9.9"),
        (9.96, "10"),
        (12.5, "12"),
        (99.7, "100"),
        (251.0, "250"),
        (12_345.0, "12,000"),
        (996_000.0, "1,000,000"),
        (-4.56, "-4.6"),
        (math.nan, "—"),
        (math.inf, "—"),
    ],
)
def test_two_digits(value: float, text: str) -> None:
    assert digits_text(value) == text


@pytest.mark.parametrize(
    ("value", "text"), [(0.96, "1"), (0.94, "0.9"), (1.4, "1"), (26.0, "30"), (96.0, "100")]
)
def test_one_digit(value: float, text: str) -> None:
    assert digits_text(value, 1) == text


@given(st.floats(1e-9, 1e12), st.sampled_from([1, 2, 3]))
def test_never_more_digits_than_wanted_and_never_far_off(value: float, digits: int) -> None:
    text = digits_text(value, digits)
    significant = re.sub(r"[.,]", "", text).lstrip("0")
    whole_zeros = len(text.replace(",", "")) - len(text.replace(",", "").rstrip("0"))
    count = len(significant) if "." in text else len(significant) - whole_zeros
    assert count <= digits
    assert float(text.replace(",", "")) == pytest.approx(value, rel=0.51 * 10 ** (1 - digits))


def test_each_quality_has_its_sign() -> None:
    assert marked_text(251.0, MEASURED) == "250"
    assert marked_text(251.0, ATTRIBUTED) == "≈ 250"
    assert marked_text(251.0, ESTIMATED) == "~ 300"
    assert energy_text(make_energy(251.0, quality=ATTRIBUTED)) == "≈ 250 J"


def test_an_interval_has_both_ends() -> None:
    assert interval_text(make_energy(100.0)) == "90 to 110 J"


def test_the_basis_says_quality_parts_and_kind() -> None:
    assert basis_text(make_energy()) == "measured, processor chip, above idle"
    gross = make_energy(kind=EnergyKind.GROSS, scope=Scope.WHOLE_MACHINE, quality=ESTIMATED)
    assert basis_text(gross) == "estimated, whole machine, idle power included"


def test_the_remarks_say_everything_to_know() -> None:
    energy = msgspec.structs.replace(make_energy(100.0), is_vendor_model=True)
    flagged = energy.with_flags([EnergyFlag.THROTTLED, EnergyFlag.ON_BATTERY])
    assert energy_remarks(flagged, with_interval=True) == (
        "measured, processor chip, above idle",
        "90 to 110 J",
        "by the vendor's model",
        "on battery",
        "slowed down by heat or a power limit",
    )


def test_the_interval_is_left_out_where_it_is_of_another_unit() -> None:
    assert energy_remarks(make_energy(), with_interval=False) == (
        "measured, processor chip, above idle",
    )


def test_everything_has_words_of_its_own() -> None:
    for words in (
        [scope_text(scope) for scope in Scope],
        [flag_text(flag) for flag in EnergyFlag],
        [quality_text(quality) for quality in NumberQuality],
        [kind_text(kind) for kind in EnergyKind],
    ):
        assert all(words)
        assert len(set(words)) == len(words)


def test_several_parts_are_joined() -> None:
    assert scopes_text([Scope.CPU_PACKAGE, Scope.GPU_BOARD]) == "processor chip + graphics card"
    twice = msgspec.structs.replace(make_energy(), instruments=("RAPL", "RAPL", "NVML"))
    assert instruments_text(twice) == "RAPL; NVML"


def test_power_of_the_moment() -> None:
    power = PowerNow(
        power_w=23.4, quality=ESTIMATED, scopes=(Scope.CPU_PACKAGE,), instruments=("Estimate",)
    )
    assert power_text(power) == "~ 20"
    assert power_note(power) == "estimated, processor chip, Estimate"


def test_no_power_is_a_dash_with_its_reason() -> None:
    assert power_text(no_power("no rights")) == "—"
    assert power_note(no_power("no rights")) == "Not available: no rights."
