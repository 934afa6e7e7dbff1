"""Packs from files of strangers: every fault is told, and nothing does harm."""

import json
from pathlib import Path
from typing import Any

import pytest
from tests.helpers.hostile_texts import HOSTILE_TEXTS
from tests.helpers.pack_files import item_file, pack_file

from large_enough.domain.errors import FailureKind, RequestError
from large_enough.domain.pack_fault import BadPackError
from large_enough.domain.text import harmless_line
from large_enough.packs.loading import load_pack, read_pack, read_pack_text
from large_enough.packs.writing import pack_document, pack_json
from large_enough.wording.failures import explain
from large_enough.wording.pack_words import fault_text


@pytest.fixture
def write(tmp_path: Path):
    def write_file(content: object) -> Path:
        path = tmp_path / "bank.pack.json"
        is_raw = isinstance(content, bytes)
        path.write_bytes(content if is_raw else json.dumps(content).encode())
        return path

    return write_file


def refused(path: Path) -> BadPackError:
    with pytest.raises(BadPackError) as caught:
        load_pack(path)
    error = caught.value
    assert isinstance(error, RequestError)
    assert error.info.kind is FailureKind.BAD_PACK
    assert error.faults
    assert path.name in explain(error.info).happened
    return error


def test_a_sound_pack(write) -> None:
    loaded = load_pack(write(pack_file()))
    assert loaded.warnings == ()
    assert [item.type.value for item in loaded.pack.items] == [
        *("choice", "multi_choice", "label", "number", "text", "contains", "regex", "list"),
        *("date", "json", "unanswerable", "free"),
    ]


def test_all_faults_are_told_together_with_row_item_and_field(write) -> None:
    items = [
        item_file("choice", answer="Loans", question=...),
        item_file("number", answer="twelve", tolerance={"abs": -1}),
        item_file("text"),
        item_file("text"),
        "no item",
    ]
    faults = refused(write(pack_file(title=7, items=items))).faults
    places = {(fault.row, fault.item, fault.field) for fault in faults}
    assert places == {
        (None, "", "title"),
        (1, "choice", "question"),
        (1, "choice", "answer"),
        (2, "number", "answer"),
        (2, "number", "tolerance.abs"),
        (4, "text", "id"),
        (5, "", ""),
    }


def test_only_numbers_have_units(write) -> None:
    items = [
        item_file("unanswerable", asked_as="number", unit="EUR"),
        item_file("unanswerable", id="day", asked_as="date", unit="EUR"),
    ]
    (fault,) = refused(write(pack_file(items=items))).faults
    assert (fault.row, fault.item, fault.field) == (2, "day", "unit")


def test_good_items_of_a_faulty_pack_are_at_hand() -> None:
    items = [item_file("text"), item_file("date", answer="soon"), item_file("text")]
    reading = read_pack(pack_file(items=items))
    assert reading.pack is not None
    assert [item.id for item in reading.pack.items] == ["text"]
    assert [fault.row for fault in reading.faults] == [2, 3]


def test_what_is_not_known_is_kept_and_told() -> None:
    content = pack_file("number", colour="red")
    content["items"][0] |= {"mood": [1], "tolerance": {"abs": 1, "kind": "soft"}}
    reading = read_pack(content)
    assert reading.pack is not None
    assert [(fault.row, fault.field) for fault in reading.warnings] == [
        (None, "colour"),
        (1, "mood"),
        (1, "tolerance.kind"),
    ]
    again = pack_document(reading.pack)
    assert again["colour"] == "red"
    assert again["items"][0]["mood"] == [1]
    assert again["items"][0]["tolerance"] == {"abs": 1, "kind": "soft"}


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('{"answer": NaN}', "NaN is not a number"),
        ('{"answer": -Infinity}', "-Infinity is not a number"),
        ('{"answer": 1e999}', "too large"),
        ('{"answer": 9223372036854775808}', "too many digits"),
        ('{"answer": ' + "9" * 5000 + "}", "too many digits"),
        ('{"answer": 1, "answer": 2}', "it stands twice"),
        (r'{"answer": "\u0000"}', "a zero character"),
        (r'{"answer": "\ud800"}', "half of a character"),
        (r'{"\udc00": 1}', "half of a character"),
        ('{"extra": ' + "[" * 60 + "]" * 60 + "}", "deeper in each other"),
    ],
)
def test_hostile_json_is_told_with_its_item(text: str, problem: str) -> None:
    content = json.dumps(pack_file("text", items=["HERE"])).replace('"HERE"', text)
    reading = read_pack_text(content)
    assert reading.pack is None
    assert any(fault.row == 1 and problem in fault.problem for fault in reading.faults)


@pytest.mark.parametrize("text", ["[" * 200_000, '{"a":' * 200_000, "", "nul", "3", '"x"', "[]"])
def test_what_is_no_pack_at_all(text: str) -> None:
    reading = read_pack_text(text)
    assert reading.pack is None
    assert len(reading.faults) == 1


@pytest.mark.parametrize(
    "content", [b"\xff\xfe{", b"\xe4", b"\0" * 9, b'{"a": 1', b"", b"{" * 17_000_000]
)
def test_files_that_are_no_text_or_too_large(write, content: bytes) -> None:
    refused(write(content))


def test_a_file_that_is_not_there_and_a_folder(tmp_path: Path) -> None:
    refused(tmp_path / "none.pack.json")
    refused(tmp_path)


@pytest.mark.parametrize(
    ("answer_type", "fields", "field"),
    [
        ("regex", {"answer": "(a"}, "answer"),
        ("regex", {"answer": "(" * 2000}, "answer"),
        ("text", {"extract": "[a"}, "extract"),
        ("text", {"extract": "no group"}, "extract"),
        ("json", {"json_schema": {"type": "wrong"}}, "json_schema"),
        ("json", {"json_schema": {"$ref": "file:///etc/passwd"}}, "json_schema"),
        ("json", {"json_schema": {"pattern": "(a"}}, "json_schema"),
        ("json", {"json_schema": {"patternProperties": {"(a": {}}}}, "json_schema"),
        ("choice", {"choices": ["Fraud", "FRAUD "], "answer": "Fraud"}, "choices"),
        ("choice", {"answer": "B"}, "answer"),
        ("multi_choice", {"answer": ["a", "a"]}, "answer"),
        ("date", {"answer": "2026-02-30"}, "answer"),
    ],
)
def test_what_the_schema_cannot_say(answer_type: str, fields: dict[str, Any], field: str) -> None:
    reading = read_pack(pack_file(items=[item_file(answer_type, **fields)]))
    assert reading.pack is None
    assert {fault.field for fault in reading.faults} == {field}


def test_a_pattern_is_never_run_while_loading() -> None:
    evil = item_file("regex", answer="(a|aa)+$" * 20)
    assert read_pack(pack_file(items=[evil])).faults == ()


def test_hostile_texts_are_kept_and_harmless_when_told() -> None:
    texts = [text for text in HOSTILE_TEXTS if "\0" not in text and "\ud800" not in text]
    items = [
        item_file("text", id=f"{place}{text}", question=f"?{text}", answer=3)
        for place, text in enumerate(texts)
    ]
    for fault in read_pack(pack_file(items=items)).faults:
        line = harmless_line(fault_text(fault))
        assert line.isprintable()
    kept = [
        item_file("text", id=str(place), question=f"?{text}") for place, text in enumerate(texts)
    ]
    pack = read_pack(pack_file(items=kept)).pack
    assert pack is not None
    assert [item.question[1:] for item in pack.items] == texts
    assert read_pack_text(pack_json(pack).decode()).pack == pack
