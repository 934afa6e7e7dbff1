"""The published JSON Schema and the loader agree on what a pack is."""

import json
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from jsonschema import Draft202012Validator
from tests.helpers.pack_files import TYPES, item_file, pack_file
from tests.helpers.pack_strategies import packs

from large_enough.domain.pack import Pack
from large_enough.packs.loading import load_pack, read_pack
from large_enough.packs.writing import pack_document
from large_enough.resources.locate import asset_path

SCHEMA = json.loads(asset_path("packs", "pack.schema.json").read_text(encoding="utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA)
SHIPPED = sorted(asset_path("packs").glob("*.pack.json"))

FAULTY_FIELDS: list[tuple[str, Any]] = [
    ("schema", "pack/2"),
    ("schema", None),
    ("id", " "),
    ("id", 7),
    ("version", None),
    ("title", ""),
    ("items", []),
    ("items", {}),
    ("items", ["x"]),
    ("language", 3),
    ("authors", "me"),
    ("authors", [""]),
    ("margin", 2),
    ("margin", True),
    ("chance", -0.1),
    ("instructions", {"choice": 1}),
    ("defaults", {"max_tokens": 0}),
    ("defaults", {"repeats": 1.5}),
    ("defaults", []),
    ("extra", []),
]
FAULTY_ITEMS: list[tuple[str, dict[str, Any]]] = [
    ("choice", {"type": "chocie"}),
    ("choice", {"type": None}),
    ("choice", {"type": ...}),
    ("choice", {"id": ...}),
    ("choice", {"id": 3}),
    ("choice", {"question": "  "}),
    ("choice", {"question": ...}),
    ("choice", {"choices": ...}),
    ("choice", {"choices": ["Fraud"]}),
    ("choice", {"choices": ["Fraud", "Fraud"]}),
    ("choice", {"choices": ["Fraud", ""]}),
    ("choice", {"choices": [f"Option {number}" for number in range(27)], "answer": "Option 3"}),
    ("choice", {"choices": "Fraud|Cards"}),
    ("choice", {"answer": ...}),
    ("choice", {"answer": ["Fraud"]}),
    ("choice", {"shuffle": "yes"}),
    ("choice", {"level": 4}),
    ("choice", {"level": "1"}),
    ("choice", {"tags": "a"}),
    ("choice", {"tags": [3]}),
    ("choice", {"demo": 1}),
    ("choice", {"max_tokens": 0}),
    ("choice", {"group": 3}),
    ("choice", {"extra": "x"}),
    ("choice", {"id": "x" * 1001}),
    ("multi_choice", {"answer": []}),
    ("label", {"labels": ["fee"]}),
    ("number", {"answer": "27.5"}),
    ("number", {"answer": True}),
    ("number", {"answer": 1e16}),
    ("number", {"unit": 3}),
    ("number", {"units": {"ct": 0}}),
    ("number", {"tolerance": {"abs": -1}}),
    ("number", {"tolerance": {"rel": 2}}),
    ("number", {"tolerance": 0.5}),
    ("number", {"rounding": 2.5}),
    ("text", {"answer": ...}),
    ("text", {"answer": ["Paris", " "]}),
    ("text", {"answer": 3}),
    ("text", {"normalise": {"case": "no"}}),
    ("contains", {"answer": {}}),
    ("contains", {"answer": {"all": []}}),
    ("contains", {"answer": {"all": "fee"}}),
    ("contains", {"answer": "fee"}),
    ("regex", {"answer": ""}),
    ("regex", {"answer": "x" * 2001}),
    ("list", {"answer": []}),
    ("list", {"answer": ["red", []]}),
    ("list", {"answer": ["red", 3]}),
    ("date", {"answer": "01.03.2026"}),
    ("date", {"answer": "2026-13-01"}),
    ("json", {"answer": ..., "json_schema": ...}),
    ("json", {"answer": [1]}),
    ("json", {"compare": "roughly"}),
    ("unanswerable", {"answer": 3}),
    ("unanswerable", {"asked_as": "json"}),
    ("free", {"keywords": "polite"}),
]


def faults_of(content: dict[str, Any]) -> list[str]:
    return [f"{fault.field}: {fault.problem}" for fault in read_pack(content).faults]


def test_packs_that_come_with_the_program_agree_with_both() -> None:
    for path in SHIPPED:
        VALIDATOR.validate(json.loads(path.read_text(encoding="utf-8")))
        assert load_pack(path).warnings == (), path.name


def test_the_schema_itself_is_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("answer_type", TYPES)
def test_a_sound_item_of_each_type_agrees_with_both(answer_type: str) -> None:
    content = pack_file(answer_type)
    VALIDATOR.validate(content)
    assert faults_of(content) == []


@settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
)
@given(pack=packs())
def test_whatever_is_written_agrees_with_the_schema(pack: Pack) -> None:
    VALIDATOR.validate(json.loads(json.dumps(pack_document(pack))))


@pytest.mark.parametrize(("name", "value"), FAULTY_FIELDS)
def test_a_faulty_pack_agrees_with_neither(name: str, value: Any) -> None:
    content = pack_file("choice") | {name: value}
    assert not VALIDATOR.is_valid(content)
    assert any(fault.startswith((name, ":")) for fault in faults_of(content)), faults_of(content)


@pytest.mark.parametrize(("answer_type", "fields"), FAULTY_ITEMS)
def test_a_faulty_item_agrees_with_neither(answer_type: str, fields: dict[str, Any]) -> None:
    content = pack_file("label") | {"items": [item_file(answer_type, **fields)]}
    assert not VALIDATOR.is_valid(content)
    reading = read_pack(content)
    assert [fault.row for fault in reading.faults if fault.row] == [1] * len(reading.faults)
    assert reading.pack is None
    assert any(fault.field.startswith(tuple(fields)) for fault in reading.faults), reading.faults
