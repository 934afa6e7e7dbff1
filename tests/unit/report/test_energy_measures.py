"""The rows about energy, power, money and CO2."""

import json
from collections.abc import Sequence

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.helpers.energy_uses import done_with, make_part, missing_part
from tests.helpers.power_sources import CONDITIONS
from tests.helpers.records import make_cancelled, make_done, make_failed, make_record

from large_enough.domain.costing import Costing
from large_enough.domain.energy import EnergyKind
from large_enough.domain.energy_use import PartUse
from large_enough.domain.power import Scope
from large_enough.domain.quantity import NumberQuality, Unavailable
from large_enough.domain.round import AnswerResult, Done
from large_enough.report.comparison_table import Cell, Row, comparison_rows
from large_enough.report.round_json import round_as_dict

A = done_with("A", make_part(net_j=41.0, split_kind=EnergyKind.NET))
B = done_with("B", make_part(net_j=82.0, split_kind=EnergyKind.NET))
COSTING = Costing(price_per_kwh=0.36, currency="EUR", grid_g_per_kwh=360.0)


def rows_of(*results: AnswerResult, costing: Costing | None = None) -> dict[str, Row]:
    return {row.key: row for row in comparison_rows(make_record(results), costing)}


def cell(rows: dict[str, Row], key: str, letter: str = "A") -> Cell:
    (found,) = [each for each in rows[key].cells if each.letter == letter]
    return found


def test_energy_stands_with_its_parts_its_power_and_its_basis() -> None:
    rows = rows_of(A, B)
    shown = {key: cell(rows, key).text for key in rows if "energy" in key or "power" in key}
    assert shown == {
        "energy_j": "41",
        "prompt_energy_j": "10",
        "generation_energy_j": "31",
        "energy_per_token_mj": "1,000",
        "mean_power_w": "4.1",
    }
    energy = cell(rows, "energy_j")
    assert energy.quality is NumberQuality.MEASURED
    assert "measured, processor chip, above idle" in energy.note
    assert "36 to 46 J" in energy.note
    assert rows["energy_j"].not_comparable == ""


def test_an_interval_in_joules_stands_at_joules_only() -> None:
    rows = rows_of(A, B, costing=COSTING)
    for key in ("mean_power_w", "energy_per_token_mj", "cost_of_1000_answers"):
        assert "measured, processor chip" in cell(rows, key).note
        assert " J" not in cell(rows, key).note


@pytest.mark.parametrize(
    ("quality", "text", "power_text"),
    [
        (NumberQuality.MEASURED, "47", "4.7"),
        (NumberQuality.ATTRIBUTED, "≈ 47", "≈ 4.7"),
        (NumberQuality.ESTIMATED, "~ 50", "~ 5"),
    ],
)
def test_each_quality_shows_at_a_glance(quality: NumberQuality, text: str, power_text: str) -> None:
    rows = rows_of(done_with("A", make_part(net_j=47.0, quality=quality)))
    assert cell(rows, "energy_j").text == text
    assert cell(rows, "energy_j").quality is quality
    assert cell(rows, "mean_power_w").text == power_text
    costs = rows_of(done_with("A", make_part(net_j=47.0, quality=quality)), costing=COSTING)
    mark = text.removesuffix("47").removesuffix("50")
    assert cell(costs, "cost_of_1000_answers").text.startswith(f"{mark}0.00")


def test_without_energies_only_two_rows_say_why() -> None:
    rows = rows_of(make_done("A"), make_done("B"), costing=COSTING)
    assert "prompt_energy_j" not in rows
    assert "energy_per_token_mj" not in rows
    for key in ("energy_j", "mean_power_w", "cost_of_1000_answers", "co2_of_1000_answers_g"):
        found = cell(rows, key)
        assert (found.value, found.text) == (Unavailable(reason="no instrument was read"), "—")


def test_too_short_an_answer_says_so_beside_the_other() -> None:
    rows = rows_of(A, done_with("B", missing_part("window too short")))
    assert cell(rows, "energy_j").text == "41"
    assert cell(rows, "energy_j", "B").note == "window too short"


def test_who_failed_or_was_stopped_has_no_energy() -> None:
    assert cell(rows_of(A, make_failed("B")), "energy_j", "B").note == "failed"
    assert cell(rows_of(A, make_cancelled("B")), "energy_j", "B").note == "stopped"
    assert cell(rows_of(A), "energy_j", "B").note == "the record ends before the answer"


def other_conditions(part: PartUse) -> PartUse:
    conditions = msgspec.structs.replace(CONDITIONS, power_plan="saver")
    return msgspec.structs.replace(
        part, net=msgspec.structs.replace(part.net, conditions=conditions)
    )


@pytest.mark.parametrize(
    ("part", "reason"),
    [
        (other_conditions(make_part(net_j=82.0)), "power states"),
        (make_part(net_j=82.0, quality=NumberQuality.ESTIMATED), "firmer"),
    ],
)
def test_what_may_not_be_compared_says_so_in_every_row(part: PartUse, reason: str) -> None:
    rows = rows_of(A, done_with("B", part), costing=COSTING)
    for key in ("energy_j", "energy_per_token_mj", "mean_power_w", "cost_of_1000_answers"):
        assert reason in rows[key].not_comparable
        assert reason in cell(rows, key).note


def test_different_parts_of_the_machine_are_not_shown_side_by_side() -> None:
    rows = rows_of(A, done_with("B", make_part(Scope.GPU_BOARD)))
    assert {each.text for each in rows["energy_j"].cells} == {"—"}


def test_money_and_co2_are_there_once_they_are_set() -> None:
    rows = rows_of(A, B, costing=COSTING)
    assert rows["cost_of_1000_answers"].unit == "EUR"
    assert cell(rows, "cost_of_1000_answers").value == pytest.approx(0.0041)
    assert cell(rows, "co2_of_1000_answers_g").value == pytest.approx(4.1)
    assert "cost_of_1000_answers" not in rows_of(A, B)
    only_grid = rows_of(A, B, costing=Costing(grid_g_per_kwh=1.0))
    assert "cost_of_1000_answers" not in only_grid
    assert "co2_of_1000_answers_g" in only_grid


def test_graphics_memory_has_a_row_once_a_model_is_on_a_card() -> None:
    assert "gpu_memory_bytes" not in rows_of(A, B)
    on_card = msgspec.structs.replace(
        A,
        context=msgspec.structs.replace(
            A.context,
            loaded=msgspec.convert(
                msgspec.to_builtins(A.context.loaded)
                | {"buffers": [{"kind": "weights", "device": "CUDA0", "size_bytes": 1}]},
                type(A.context.loaded),
            ),
        ),
        resources=msgspec.structs.replace(A.resources, gpu_memory_bytes=3_000_000_000),
    )
    rows = rows_of(on_card, B)
    assert cell(rows, "gpu_memory_bytes").text == "3.00"
    assert "does not run on a graphics card" in cell(rows, "gpu_memory_bytes", "B").note


def test_the_export_has_the_same_rows_and_facts() -> None:
    content = json.loads(json.dumps(round_as_dict(make_record([A, B]), COSTING), allow_nan=False))
    energy = next(row for row in content["rows"] if row["key"] == "energy_j")
    assert energy["cells"][0]["text"] == "41"
    assert energy["cells"][0]["quality"] == "measured"
    part = content["record"]["results"][0]["resources"]["energy"]["parts"][0]
    assert part["scope"] == "cpu_package"
    assert part["net"]["energy_j"] == 41.0
    assert any("360" in fact for fact in content["facts"])


PARTS = st.lists(
    st.builds(
        make_part,
        st.sampled_from([Scope.CPU_PACKAGE, Scope.GPU_BOARD, Scope.WHOLE_MACHINE]),
        st.none() | st.floats(0.01, 90.0),
        quality=st.sampled_from(list(NumberQuality)[:3]),
        split_kind=st.sampled_from([None, *EnergyKind]),
    ),
    max_size=3,
    unique_by=lambda part: part.scope,
)


@given(PARTS, PARTS)
def test_no_number_is_ever_a_0_that_stands_for_nothing(
    first: Sequence[PartUse], second: Sequence[PartUse]
) -> None:
    results: list[Done] = [done_with("A", *first), done_with("B", *second)]
    for row in comparison_rows(make_record(results), COSTING):
        for found in row.cells:
            is_missing = isinstance(found.value, Unavailable)
            assert (found.text == "—") is is_missing
            assert (found.quality is NumberQuality.NOT_AVAILABLE) is is_missing
            assert found.note or not is_missing
            if "energy" in row.key and not is_missing:
                assert isinstance(found.value, float)
                assert found.value > 0
