import msgspec
import pytest
from tests.helpers.doctor_reports import (
    BUILD,
    NO_ENGINE,
    make_absent,
    make_instrument,
    make_report,
)

from large_enough.domain.doctor import DoctorReport, engine_found
from large_enough.domain.quantity import Unavailable


def build_with(system_info: str):
    return engine_found(msgspec.structs.replace(BUILD, system_info=system_info))


def test_what_the_engine_says_of_itself() -> None:
    found = engine_found(BUILD)
    assert found.backends == ("CUDA", "CPU")
    assert found.instruction_sets == ("AVX2", "FMA")
    assert found.has_openmp is True
    assert found.build == BUILD


def test_features_of_the_engine_are_no_instruction_sets() -> None:
    found = build_with("CPU : NEON = 1 | SVE_CNT = 16 | AVX = 0 | LLAMAFILE = 1 | REPACK = 1 | ")
    assert found.instruction_sets == ("NEON",)
    assert found.has_openmp is False


def test_graphics_that_come_last_bring_no_instruction_sets() -> None:
    found = build_with("CPU : AVX = 1 | OPENMP = 1 | Metal : EMBED_LIBRARY = 1")
    assert found.backends == ("CPU", "Metal")
    assert found.instruction_sets == ("AVX",)
    assert found.has_openmp is True


@pytest.mark.parametrize(
    "text", ["", "|", "scripted: nothing is computed", "AVX = 1 | FMA = 1", "="]
)
def test_what_is_in_an_unknown_form_is_left_out(text: str) -> None:
    found = build_with(text)
    assert found.backends == found.instruction_sets == ()
    assert isinstance(found.has_openmp, Unavailable)


@pytest.mark.parametrize("changes", [{}, {"engine": NO_ENGINE}])
def test_a_report_survives_json(changes) -> None:
    report = make_report(make_instrument(), make_absent(), **changes)
    assert msgspec.json.decode(msgspec.json.encode(report), type=DoctorReport) == report
