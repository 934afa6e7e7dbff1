import json

import msgspec
from tests.helpers.records import (
    make_answer,
    make_cancelled,
    make_done,
    make_failed,
    make_record,
    make_timing,
)

from large_enough.domain.round import RoundRecord
from large_enough.report.round_json import EXPORT_SCHEMA_VERSION, round_as_dict


def test_every_field_of_the_record_is_there_and_comes_back() -> None:
    record = make_record([make_failed("B"), make_done("A")])
    content = json.loads(json.dumps(round_as_dict(record), allow_nan=False))
    assert msgspec.convert(content["record"], RoundRecord) == record
    assert content["schema_version"] == EXPORT_SCHEMA_VERSION


def test_keys_keep_their_order() -> None:
    one = json.dumps(round_as_dict(make_record([make_done("A"), make_done("B")])))
    assert one == json.dumps(round_as_dict(make_record([make_done("A"), make_done("B")])))
    assert list(json.loads(one)) == [
        "schema_version",
        "record",
        "derived",
        "failures",
        "rows",
        "facts",
        "sentence",
    ]


def test_speeds_are_derived() -> None:
    content = round_as_dict(make_record([make_done("A"), make_done("B")]))
    assert content["derived"]["A"] == {
        "prompt_tokens_per_s": 400.0,
        "generation_tokens_per_s": 50.0,
        "characters_per_s": 250.0,
    }


def test_what_is_missing_keeps_its_reason() -> None:
    brief = make_answer(make_timing(generated_token_count=1))
    content = round_as_dict(make_record([make_done("A", brief), make_done("B")]))
    assert content["derived"]["A"]["generation_tokens_per_s"] == {
        "type": "unavailable",
        "reason": "fewer than two tokens",
    }
    energy = content["record"]["results"][0]["resources"]["energy"]
    assert energy["missing"] == {"type": "unavailable", "reason": "no instrument was read"}


def test_failures_come_with_their_words() -> None:
    content = round_as_dict(make_record([make_done("A"), make_failed("B")]))
    assert list(content["derived"]) == ["A"]
    assert "B.gguf" in content["failures"]["B"]["happened"]
    assert content["failures"]["B"]["next_step"]


def test_stopped_answers_have_speeds_if_they_began() -> None:
    begun = round_as_dict(make_record([make_cancelled("A", make_answer())]))
    assert list(begun["derived"]) == ["A"]
    assert round_as_dict(make_record([make_cancelled("A")]))["derived"] == {}


def test_rows_and_the_sentence_are_those_of_the_screen() -> None:
    content = round_as_dict(make_record([make_done("A"), make_done("B")]))
    assert content["rows"][0]["key"] == "prompt_tokens_per_s"
    assert content["rows"][0]["cells"][0]["text"] == "400"
    assert "answered equally fast" in content["sentence"]
