"""The recorded race that comes with the program."""

import re
from pathlib import Path

import msgspec
import pytest
from tests.helpers.example_race import log_of, why_unfit, without_folders
from tests.helpers.records import (
    make_card,
    make_disturbed,
    make_done,
    make_failed,
    make_plan,
    make_record,
)

from large_enough.domain.model_card import BackendKind
from large_enough.domain.round import Done, RoundRecord
from large_enough.domain.timeline import tidy_timeline
from large_enough.store.example_race import example_race, example_race_path
from large_enough.store.log_reading import read_round

PATHS = re.compile(r"/(?:home|root|tmp|work|Users|var|mnt|opt|media)\b|[A-Za-z]:\\\\|\\\\\\\\")


@pytest.fixture(scope="module")
def race() -> RoundRecord:
    return example_race()


def test_it_is_complete_and_real(race: RoundRecord) -> None:
    assert race.is_complete
    assert [each.card.catalog_id for each in race.plan.contenders] == [
        "smollm2-135m-instruct",
        "qwen2.5-coder-0.5b-instruct",
    ]
    for contender in race.plan.contenders:
        assert contender.card.backend is BackendKind.LLAMA
        assert isinstance(race.result_of(contender.letter), Done)


def test_both_answers_can_be_replayed(race: RoundRecord) -> None:
    for result in race.results:
        assert isinstance(result, Done)
        assert 100 <= result.answer.timing.generated_token_count <= 300
        assert len(result.answer.timeline) > 20
        assert tidy_timeline(result.answer) == result.answer.timeline


def test_it_names_no_folder_of_anybody() -> None:
    text = example_race_path().read_text(encoding="utf-8")
    assert not PATHS.search(text)
    for contender in example_race().plan.contenders:
        assert "/" not in contender.card.path


def test_it_is_as_the_maker_writes_it(race: RoundRecord) -> None:
    assert log_of(without_folders(race)) == example_race_path().read_bytes()


def test_the_maker_takes_out_folders_and_nothing_else(tmp_path: Path) -> None:
    record = make_record([make_done("A"), make_done("B")])
    bare = without_folders(record)
    assert [each.card.path for each in bare.plan.contenders] == [
        "SmolLM2 135M Instruct.gguf",
        "Qwen2.5 Coder 0.5B.gguf",
    ]
    assert msgspec.structs.replace(bare, plan=record.plan) == record
    path = tmp_path / "race.jsonl"
    path.write_bytes(log_of(bare))
    assert read_round(path) == bare


def test_the_maker_refuses_what_is_no_race() -> None:
    fit = make_record([make_done("A"), make_done("B")])
    assert why_unfit(fit) == ""
    scripted = make_plan(make_card(backend=BackendKind.ECHO), make_card("B"))
    assert why_unfit(make_record([make_done("A"), make_done("B")], scripted))
    assert why_unfit(make_record([make_done("A"), make_failed("B")]))
    assert why_unfit(make_record([make_disturbed("A"), make_done("B")]))
    assert why_unfit(msgspec.structs.replace(fit, is_complete=False))
