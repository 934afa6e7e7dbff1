"""Packs for spreadsheets and for other programs."""

import csv
import io
import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.helpers.hostile_texts import HOSTILE_TEXTS
from tests.helpers.pack_files import pack_file
from tests.helpers.packs import make_item, make_pack

from large_enough.domain.pack import Pack
from large_enough.packs.cells import is_formula, safe_cell, unsafe_cell
from large_enough.packs.exporting import ExportForm, export_pack
from large_enough.packs.lm_eval_writing import yaml_text
from large_enough.packs.loading import read_pack


@pytest.fixture
def pack() -> Pack:
    found = read_pack(pack_file()).pack
    assert found is not None
    return found


def rows_of(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_a_table_has_a_row_for_each_item_and_no_empty_columns(pack: Pack) -> None:
    rows = rows_of(export_pack(pack, ExportForm.CSV).files["bank.csv"])
    assert [row["id"] for row in rows] == [item.id for item in pack.items]
    assert rows[0]["choices"] == "Billing | Fraud | Cards"
    assert rows[0]["answer"] == "Fraud"
    assert rows[0]["pack.title"] == "Bank"
    assert "explain" not in rows[0]


FORMULAS = ["=1+1", "+a", "-2+3", "@SUM(1)", "\t=1", "\rx", " =1+1", "\uff1d1+1", "-x", "'=1"]


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_of_a_table_is_a_formula(text: str) -> None:
    pack = make_pack(make_item("text", id=text, question=text, answer=text, tags=[text]))
    for form in (ExportForm.CSV, ExportForm.PROMPTFOO):
        (content,) = export_pack(pack, form).files.values()
        for row in rows_of(content):
            assert not any(is_formula(cell) for cell in row.values())


@pytest.mark.parametrize("text", ["-5", "+3.25", "-1,234.5", "12", "-5 %", "1e-3", "'tis", ""])
def test_plain_numbers_and_words_stay_as_they_are(text: str) -> None:
    assert safe_cell(text) == text


@given(st.one_of(st.text(), st.sampled_from([*FORMULAS, *HOSTILE_TEXTS])))
def test_what_is_prefixed_comes_back(text: str) -> None:
    assert unsafe_cell(safe_cell(text)) == text
    assert not is_formula(safe_cell(text))


def test_samples_for_inspect(pack: Pack) -> None:
    (content,) = export_pack(pack, ExportForm.INSPECT).files.values()
    samples = {one["id"]: one for one in map(json.loads, content.decode().splitlines())}
    assert samples["choice"]["choices"] == ["Billing", "Fraud", "Cards"]
    assert samples["choice"]["target"] == "B"
    assert samples["choice"]["input"] == "What is the choice?"
    assert samples["multi_choice"]["target"] == ["A", "C"]
    assert samples["number"]["target"] == "27.5"
    assert samples["text"]["target"] == ["Paris", "City of Paris"]
    assert samples["unanswerable"]["target"] == "not stated"


@pytest.mark.parametrize(
    ("answer_type", "right", "wrong"),
    [
        ("number", "It is\nANSWER: 27.50 EUR", "ANSWER: 127.5"),
        ("number", "**ANSWER: 27.5**", "ANSWER: 27.51"),
        ("label", "ANSWER: fee", "ANSWER: card"),
        ("multi_choice", "ANSWER: A, C", "ANSWER: A, B, C"),
    ],
)
def test_assertions_for_promptfoo_judge_alike(answer_type: str, right: str, wrong: str) -> None:
    pack = make_pack(make_item(answer_type))
    tests = json.loads(export_pack(pack, ExportForm.PROMPTFOO, "x.json").files["x.json"])
    (one,) = tests[0]["assert"]
    assert one["type"] == "regex"
    assert re.search(one["value"], right)
    assert not re.search(one["value"], wrong)


def test_promptfoo_finds_no_templates_in_questions() -> None:
    pack = make_pack(make_item("text", question="What is {{ env.SECRET }}?"))
    tests = json.loads(export_pack(pack, ExportForm.PROMPTFOO, "x.json").files["x.json"])
    assert tests[0]["vars"]["question"].startswith("{% raw %}What is {{ env.SECRET }}?")


def test_what_promptfoo_cannot_say_is_told(pack: Pack) -> None:
    notes = {note.item: note.problem for note in export_pack(pack, ExportForm.PROMPTFOO).notes}
    assert "without any tolerance" in notes["number"]
    assert "nothing judges" in notes["free"]
    assert "json" in notes


def test_a_task_for_the_harness(pack: Pack) -> None:
    exported = export_pack(pack, ExportForm.LM_EVAL, "bank.yaml")
    assert list(exported.files) == ["bank.yaml", "bank.jsonl"]
    yaml = exported.files["bank.yaml"].decode()
    assert 'task: "bank"' in yaml
    assert 'test: "bank.jsonl"' in yaml
    documents = [json.loads(line) for line in exported.files["bank.jsonl"].decode().splitlines()]
    targets = {one["id"]: one["target"] for one in documents}
    assert set(targets) == {
        *("choice", "multi_choice", "label", "number", "text", "list", "date", "unanswerable")
    }
    left_out = {note.item for note in exported.notes if "left out" in note.problem}
    assert left_out == {"contains", "regex", "json", "free"}
    shown = next(one["prompt"] for one in documents if one["id"] == "choice")
    assert f"{targets['choice']}) Fraud" in shown


def test_the_harness_finds_answers_by_its_pattern(pack: Pack) -> None:
    yaml = export_pack(pack, ExportForm.LM_EVAL, "b.yaml").files["b.yaml"].decode()
    (quoted,) = re.findall(r"regex_pattern: (.*)", yaml)
    pattern = json.loads(quoted)
    for reply in ("I think\nANSWER: B", "**ANSWER: B**", "answer: (B)", "ANSWER: $B$.\n"):
        assert re.findall(pattern, reply)[-1] == "B"


@pytest.mark.parametrize("text", [*HOSTILE_TEXTS, 'a"b\\c', "yes", "\x85", "\ufeff", "😀", "#x: y"])
def test_texts_in_yaml_are_quoted_on_one_line(text: str) -> None:
    quoted = yaml_text(text)
    assert json.loads(quoted) == text  # escapes are those that JSON has, too
    assert len(quoted.splitlines()) == 1
