import pytest
from tests.helpers.records import (
    make_answer,
    make_cancelled,
    make_card,
    make_disturbed,
    make_done,
    make_failed,
    make_plan,
    make_record,
    make_timing,
)

from large_enough.domain.generation import FinishReason
from large_enough.domain.model_card import BackendKind
from large_enough.domain.quantity import NumberQuality, Unavailable
from large_enough.domain.round import Mode
from large_enough.report.comparison_table import Cell, Row, comparison_rows

KEYS = [
    "prompt_tokens_per_s",
    "generation_tokens_per_s",
    "characters_per_s",
    "first_token_s",
    "total_s",
    "generated_token_count",
    "load_s",
    "needed_bytes",
    "weights_bytes",
    "working_bytes",
    "peak_resident_bytes",
    "energy_j",
    "mean_power_w",
]
TIMED_KEYS = {
    "prompt_tokens_per_s",
    "generation_tokens_per_s",
    "characters_per_s",
    "first_token_s",
    "generated_token_count",
}


def rows_of(*results, plan=None) -> dict[str, Row]:
    return {row.key: row for row in comparison_rows(make_record(results, plan))}


def cell(row: Row, letter: str) -> Cell:
    (found,) = [cell for cell in row.cells if cell.letter == letter]
    return found


def test_all_rows_in_their_order() -> None:
    rows = comparison_rows(make_record([make_done("A"), make_done("B")]))
    assert [row.key for row in rows] == KEYS
    for row in rows:
        assert row.label
        assert [cell.letter for cell in row.cells] == ["A", "B"]


def test_numbers_come_in_the_units_of_their_rows() -> None:
    rows = rows_of(make_done("A"), make_done("B", needed_bytes=580_000_000))
    shown = {
        key: (cell(row, "A").value, cell(row, "A").text, row.unit) for key, row in rows.items()
    }
    assert shown["prompt_tokens_per_s"] == (400.0, "400", "tok/s")
    assert shown["generation_tokens_per_s"] == (50.0, "50.0", "tok/s")
    assert shown["characters_per_s"] == (250.0, "250", "characters/s")
    assert shown["first_token_s"] == (0.15, "0.15", "s")
    assert shown["total_s"] == (1.0, "1.00", "s")
    assert shown["generated_token_count"] == (41, "41", "")
    assert shown["load_s"] == (0.31, "0.31", "s")
    assert shown["needed_bytes"] == (210_000_000, "0.21", "GB")
    assert cell(rows["needed_bytes"], "B").text == "0.58"


@pytest.mark.parametrize("key", ["energy_j", "mean_power_w"])
def test_energy_says_why_it_is_missing(key: str) -> None:
    found = cell(rows_of(make_done("A"), make_done("B"))[key], "A")
    assert found == Cell(
        letter="A",
        value=Unavailable(reason="no instrument was read"),
        text="—",
        quality=NumberQuality.NOT_AVAILABLE,
        note="no instrument was read",
        remarks=("no instrument was read",),
    )


def test_a_failed_contender_has_dashes() -> None:
    for row in rows_of(make_done("A"), make_failed("B")).values():
        assert (cell(row, "B").text, cell(row, "B").note) == ("—", "failed")


def test_a_stopped_contender_keeps_what_was_timed() -> None:
    rows = rows_of(make_done("A"), make_cancelled("B", make_answer()))
    for key, row in rows.items():
        found = cell(row, "B")
        assert found.note == "stopped"
        assert (found.text != "—") is (key in TIMED_KEYS)


def test_a_contender_stopped_before_its_answer() -> None:
    for row in rows_of(make_done("A"), make_cancelled("B")).values():
        assert cell(row, "B").value == Unavailable(reason="stopped")


def test_a_contender_without_a_result() -> None:
    for row in rows_of(make_done("A")).values():
        assert cell(row, "B").note == "the record ends before the answer"


def test_a_cut_answer_says_so() -> None:
    rows = rows_of(make_done("A", make_answer(finish=FinishReason.LENGTH)), make_done("B"))
    for key in ("total_s", "generated_token_count"):
        assert cell(rows[key], "A").note == "cut at the token limit"
        assert cell(rows[key], "B").note == ""


def test_reused_tokens_are_told() -> None:
    rows = rows_of(make_done("A", make_answer(make_timing(reused_token_count=20))), make_done("B"))
    found = cell(rows["prompt_tokens_per_s"], "A")
    assert (found.value, found.note) == (240.0, "20 tokens were still in memory")


def test_memory_is_told_in_its_parts() -> None:
    rows = rows_of(make_done("A", peak_resident_bytes=263_000_000), make_done("B"))
    assert cell(rows["weights_bytes"], "A").text == "0.10"
    assert cell(rows["working_bytes"], "A").text == "0.11"
    assert cell(rows["peak_resident_bytes"], "A").text == "0.26"
    assert cell(rows["peak_resident_bytes"], "B").note == "not read"


def test_together_mode_marks_what_is_contended() -> None:
    plan = make_plan(mode=Mode.TOGETHER)
    rows = rows_of(make_done("A"), make_done("B"), plan=plan)
    assert cell(rows["generation_tokens_per_s"], "A").note == "contended"
    assert cell(rows["needed_bytes"], "A").note == ""


def test_scripted_numbers_are_marked() -> None:
    plan = make_plan(make_card("Ant", backend=BackendKind.ECHO), make_card("Large"))
    rows = rows_of(make_done("A"), make_done("B"), plan=plan)
    assert cell(rows["total_s"], "A").note == "scripted"
    assert cell(rows["total_s"], "B").note == ""


def test_figures_taken_while_other_programs_ran_say_so() -> None:
    rows = {row.key: row for row in comparison_rows(make_record([make_disturbed("A")]))}
    assert "disturbed" in rows["generation_tokens_per_s"].cells[0].note
    assert "disturbed" not in rows["needed_bytes"].cells[0].note
