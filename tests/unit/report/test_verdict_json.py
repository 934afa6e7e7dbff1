"""Reports of runs as JSON."""

import json

import msgspec
import pytest
from tests.helpers.hostile_runs import hostile_run
from tests.helpers.hostile_texts import HOSTILE_TEXTS
from tests.helpers.verdicts import COSTING, example_record

from large_enough.comparison.verdict import verdict
from large_enough.domain.verdict import RunVerdict
from large_enough.report.verdict_json import SCHEMA, verdict_as_dict


def test_it_has_a_name_a_version_and_units() -> None:
    record = example_record(group_size=5)
    document = verdict_as_dict(verdict(record, COSTING), record, COSTING)
    assert (document["schema"], document["schema_version"]) == (SCHEMA, 1)
    assert document["units"]["energy"] == "J"
    assert document["costing"]["currency"] == "EUR"
    assert document["repeat"].startswith("large-enough run retail-banking")
    assert document["document"]["headline"].startswith("The large one is worth it")
    assert document["verdict"]["headline"]["only_large"][0] == "fee-003"


def test_a_verdict_comes_back_as_it_was_but_for_the_folders() -> None:
    record = example_record(group_size=5)
    made = verdict(record)
    text = json.dumps(verdict_as_dict(made, record), allow_nan=False)
    back = msgspec.convert(json.loads(text)["verdict"], RunVerdict)
    assert back.pairs == made.pairs
    assert back.standings == made.standings
    assert back.contenders[0].card.path == "SmolLM2 135M Instruct.gguf"
    assert "/models/" not in text


@pytest.mark.parametrize("text", HOSTILE_TEXTS)
def test_hostile_texts_make_valid_json(text: str) -> None:
    record = hostile_run(text)
    document = verdict_as_dict(verdict(record), record)
    written = json.dumps(document, ensure_ascii=False, allow_nan=False)
    written.encode("utf-8", "backslashreplace")
