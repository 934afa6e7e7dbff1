"""The figures of runs as CSV, safe to open in a spreadsheet."""

import csv
import io

import pytest
from tests.helpers.hostile_runs import hostile_run
from tests.helpers.hostile_texts import HOSTILE_TEXTS, has_dangerous_characters
from tests.helpers.verdicts import COSTING, example_record

from large_enough.comparison.verdict import verdict
from large_enough.domain.costing import Costing
from large_enough.domain.pack_run import PackRunRecord
from large_enough.report.verdict_csv import verdict_csv

FORMULA_SIGNS = set("=+-@\uff1d\uff0b\uff0d\uff20\t\r\n")


def read(record: PackRunRecord, costing: Costing | None = None) -> list[dict[str, str]]:
    text = verdict_csv(verdict(record, costing), costing)
    return list(csv.DictReader(io.StringIO(text, newline="")))


def only(lines: list[dict[str, str]], **wanted: str) -> dict[str, str]:
    (line,) = [one for one in lines if wanted.items() <= one.items()]
    return line


def test_each_figure_has_its_unit_and_its_interval() -> None:
    lines = read(example_record(group_size=5), COSTING)
    accuracy = only(lines, section="contender", letter="A", measure="accuracy")
    assert accuracy["model"] == "SmolLM2 135M Instruct"
    assert (accuracy["value"], accuracy["count"], accuracy["unit"]) == ("0.6", "100", "share")
    assert float(accuracy["low"]) < 0.6 < float(accuracy["high"])
    energy = only(lines, letter="B", measure="energy_per_answer")
    assert (float(energy["value"]), energy["unit"], energy["quality"]) == (36.0, "J", "measured")
    assert only(lines, letter="B", measure="money_per_answer")["unit"] == "EUR"
    pair = {"section": "pair", "letter": "A", "beside_letter": "C"}
    assert only(lines, **pair, measure="outcome")["value"] == "large_is_better"
    assert only(lines, **pair, measure="only_second_right")["value"] == "30.0"
    difference = only(lines, **pair, measure="difference")
    assert float(difference["value"]) == pytest.approx(-0.3)
    assert difference["confidence"] == "0.95"
    assert only(lines, section="ladder", letter="A")["value"] == "not tested"
    assert only(lines, section="level", of="1", letter="A")["count"] == "33"
    assert only(lines, section="evidence", of="different", measure="first_shown_at")["value"]


def test_a_missing_number_is_empty_and_says_why() -> None:
    lines = read(example_record("++-", "+++", joules=None))
    energy = only(lines, letter="A", measure="energy_per_answer")
    assert energy["value"] == ""
    assert energy["note"]


@pytest.mark.parametrize("text", HOSTILE_TEXTS)
def test_no_spreadsheet_computes_with_a_hostile_text(text: str) -> None:
    written = verdict_csv(verdict(hostile_run(text)))
    assert not has_dangerous_characters(written)
    for line in csv.DictReader(io.StringIO(written, newline="")):
        for key, content in line.items():
            is_number = key in {"value", "low", "high"}
            assert is_number or not content or content[0] not in FORMULA_SIGNS
