"""Rounds as CSV, safe to open in a spreadsheet."""

import csv
import io

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.helpers.energy_uses import done_with, make_part
from tests.helpers.hostile_rounds import hostile_round
from tests.helpers.hostile_texts import HOSTILE_TEXTS, has_dangerous_characters
from tests.helpers.records import (
    make_answer,
    make_cancelled,
    make_done,
    make_failed,
    make_plan,
    make_record,
    make_timing,
)

from large_enough.domain.round import RoundRecord
from large_enough.report.round_csv import ENCODING, round_csv, safe_cell

FORMULA_SIGNS = set("=+-@\uff1d\uff0b\uff0d\uff20")


def read(record: RoundRecord) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(round_csv(record), newline="")))


def test_a_line_for_each_contender_with_units_in_the_names() -> None:
    first, second = read(make_record([make_done("A"), make_done("B")]))
    assert (first["letter"], second["letter"]) == ("A", "B")
    assert first["model"] == "SmolLM2 135M Instruct"
    assert first["file"] == "SmolLM2 135M Instruct.gguf"
    assert first["generation_tokens_per_s"] == "50.0"
    assert first["total_s"] == "1.0"
    assert first["needed_bytes"] == "210000000"
    assert first["needed_bytes_quality"] == "measured"
    assert first["answer"] == "The fee is 1.00 EUR."
    assert first["question"] == "What is the fee?"
    assert first["state"] == "end_of_text"
    assert first["sha256"] == "ab" * 32
    assert first["processor"] == "Imaginary 5000"


def test_a_missing_number_is_empty_with_its_reason() -> None:
    first, second = read(make_record([make_done("A"), make_failed("B")]))
    assert first["energy_j"] == ""
    assert first["energy_j_quality"] == "not_available"
    assert "energy_j: no instrument was read" in first["remarks"]
    assert second["total_s"] == ""
    assert second["state"] == "failed: out_of_memory"
    assert second["problem"]


def test_energy_with_its_quality() -> None:
    first, _second = read(make_record([done_with("A", make_part()), done_with("B", make_part())]))
    assert first["energy_j"] == "80.0"
    assert first["energy_j_quality"] == "measured"


def test_other_ends() -> None:
    record = make_record([make_cancelled("A", make_answer())], is_complete=False)
    first, second = read(record)
    assert (first["state"], second["state"]) == ("cancelled", "missing")


def test_impossible_numbers_are_empty() -> None:
    timing = make_timing(decode_s=1e-308, generated_token_count=1 << 62)
    first, _second = read(make_record([make_done("A", make_answer(timing)), make_done("B")]))
    assert first["generation_tokens_per_s"] == ""


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1",
        "-1",
        "@x",
        "\t=1",
        " =1",
        "\n=1",
        "\uff1d1",
        "\uff0b1",
        "\uff0d1",
        "\uff20x",
        "\r=1",
        "\x00=1",
    ],
)
def test_formulas_are_put_out_of_action(text: str) -> None:
    cell = safe_cell(text)
    assert isinstance(cell, str)
    assert cell.startswith("'")


@pytest.mark.parametrize("content", ["plain", "a = b", "", "1.5", -3.5, 4, "l'eau"])
def test_the_rest_stays(content: str | float) -> None:
    assert safe_cell(content) == content


@given(st.text())
def test_no_text_cell_begins_as_a_formula(text: str) -> None:
    cell = str(safe_cell(text))
    assert cell.lstrip()[:1] not in FORMULA_SIGNS
    assert not has_dangerous_characters(cell)


@pytest.mark.parametrize("text", HOSTILE_TEXTS)
def test_hostile_texts(text: str) -> None:
    lines = read(hostile_round(text))
    assert [line["letter"] for line in lines] == ["A", "B"]
    for line in lines:
        assert None not in line
        for key, cell in line.items():
            is_number = cell.replace(".", "").replace("-", "").isdigit()
            assert is_number or cell.lstrip()[:1] not in FORMULA_SIGNS, key
            assert not has_dangerous_characters(cell)
    round_csv(hostile_round(text)).encode(ENCODING)


def test_four_contenders() -> None:
    cards = [contender.card for contender in make_plan().contenders] * 2
    record = make_record([make_done(letter) for letter in "ABCD"], make_plan(*cards))
    assert len(read(record)) == 4
    assert len(read(msgspec.structs.replace(record, results=()))) == 4
