"""The pack of all kinds of answers: twenty questions for each, none of them at fault."""

from collections import Counter
from uuid import UUID

import pytest

from large_enough.comparison.pack_checks import check_pack
from large_enough.domain.pack import AnswerType, LabelKey, Pack
from large_enough.packs.health import health
from large_enough.packs.loading import load_pack
from large_enough.packs.writing import pack_json
from large_enough.resources.locate import asset_path

MOST_WORDS = 60
LARGEST_GROUP = 4
PATH = asset_path("packs", "machinery.pack.json")


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load_pack(PATH).pack


def test_it_loads_without_warnings_and_is_in_canonical_form(pack: Pack) -> None:
    assert load_pack(PATH).warnings == ()
    assert PATH.read_bytes() == pack_json(pack)
    assert (pack.id, pack.title, pack.licence) == (
        "machinery",
        "All kinds of answers",
        "CC-BY-4.0",
    )
    assert str(UUID(pack.canary)) == pack.canary


def test_it_has_twenty_of_each_kind_and_five_to_look_at(pack: Pack) -> None:
    counts = Counter(item.type for item in pack.graded_items)
    graded = [answer_type for answer_type in AnswerType if answer_type is not AnswerType.FREE]
    assert counts == dict.fromkeys(graded, 20)
    assert [item.type for item in pack.items if item.demo] == [AnswerType.FREE] * 5


def test_right_answers_pass_and_nearly_right_ones_fail(pack: Pack) -> None:
    assert check_pack(pack) == ()


def test_it_is_in_good_health(pack: Pack) -> None:
    state = health(pack)
    assert pack.chance == pytest.approx(state.chance, abs=0.00005)
    assert (state.duplicates, state.near_duplicates) == ((), ())
    assert not any(balance.is_skewed for balance in state.balances)
    assert state.largest_group_count <= LARGEST_GROUP
    assert state.sources_missing == 0


def test_small_models_get_a_fair_share(pack: Pack) -> None:
    levels = Counter(item.level for item in pack.graded_items)
    assert set(levels) == {1, 2, 3}
    assert levels[1] > len(pack.graded_items) / 2
    assert all(0 < len(item.context.split()) <= MOST_WORDS for item in pack.items)


def test_every_question_is_explained_and_has_its_place(pack: Pack) -> None:
    assert all(item.explain and item.group and item.family for item in pack.graded_items)
    families = {item.family for item in pack.graded_items}
    assert {"lookup", "rule", "arithmetic", "deadline", "routing"} <= families
    assert {"extraction", "selection", "clause", "silence", "format"} <= families


def test_labels_are_right_equally_often(pack: Pack) -> None:
    answers = Counter(item.key.answer for item in pack.items if isinstance(item.key, LabelKey))
    assert set(answers.values()) == {5}
