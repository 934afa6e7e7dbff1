"""A pack while it is edited."""

import msgspec
import pytest
from tests.ui.fake_packs import make_pack

from large_enough.domain.pack import AnswerType, NumberKey, Pack, PackItem
from large_enough.ui.pack_draft import (
    PackDraft,
    Unfinished,
    empty_pack,
    free_name,
    next_version,
    own_copy,
    types_in,
)
from large_enough.ui.pack_keys import Mistake


@pytest.fixture
def pack() -> Pack:
    return make_pack()


@pytest.fixture
def draft(pack: Pack) -> PackDraft:
    return PackDraft(pack, pack)


def with_key(item: PackItem, answer: float) -> PackItem:
    return msgspec.structs.replace(item, key=NumberKey(answer=answer))


def test_nothing_is_changed_at_first(draft: PackDraft, pack: Pack):
    assert not draft.is_changed
    assert draft.pack == pack


def test_another_key_makes_another_version(draft: PackDraft):
    draft.replace(0, with_key(draft.items[0], 7))
    assert draft.is_changed
    assert draft.pack.version == "1.1.0"


def test_going_back_to_the_old_key_changes_nothing(draft: PackDraft, pack: Pack):
    draft.replace(0, with_key(draft.items[0], 7))
    draft.replace(0, pack.items[0])
    assert draft.is_touched
    assert not draft.is_changed
    assert draft.pack.version == "1.0.0"


def test_another_title_or_explanation_is_the_same_version(draft: PackDraft):
    draft.change(title="Fees of a bank")
    draft.replace(0, msgspec.structs.replace(draft.items[0], explain="see row 2", level=3))
    assert draft.is_changed
    assert draft.pack.version == "1.0.0"


@pytest.mark.parametrize(
    ("before", "after"),
    [("1.0.0", "1.1.0"), ("2.9.4", "2.10.0"), ("2026", "2026.1"), ("", "1.0.0")],
)
def test_versions_count_up(pack: Pack, before: str, after: str):
    old = msgspec.structs.replace(pack, version=before)
    new = msgspec.structs.replace(old, items=old.items[1:])
    assert next_version(old, new) == after
    assert next_version(old, old) == before


def test_a_version_that_somebody_chose_stays(pack: Pack):
    new = msgspec.structs.replace(pack, version="5.0.0", items=pack.items[1:])
    assert next_version(pack, new) == "5.0.0"


def test_questions_are_added_copied_and_deleted(draft: PackDraft, pack: Pack):
    place = draft.add(0)
    assert place == 1
    assert draft.items[1].question == ""
    place = draft.duplicate(2)
    assert draft.items[3].question == draft.items[2].question == pack.items[1].question
    assert len({item.id for item in draft.items}) == len(draft.items) == len(pack.items) + 2
    assert draft.delete(1) == 1
    assert draft.items[1].id == pack.items[1].id
    assert draft.problems == {}


def test_the_last_question_can_be_deleted():
    draft = PackDraft(empty_pack("mine", "", "en"), None)
    draft.add(-1)
    assert draft.problems == {0: "Write the question."}
    assert draft.delete(0) == -1
    assert draft.items == ()
    assert draft.problems == {}


def test_what_is_not_finished_is_kept_beside_the_old_key(draft: PackDraft, pack: Pack):
    mistake = Mistake("answer", "“x” is no number.")
    unfinished = Unfinished(AnswerType.NUMBER, {"answer": "x"}, mistake)
    draft.replace(0, pack.items[0], unfinished)
    assert draft.is_changed
    assert draft.unfinished(0) == unfinished
    assert draft.problems == {0: "“x” is no number."}
    assert draft.duplicate(0) == 1
    assert draft.problems == {0: "“x” is no number.", 1: "“x” is no number."}
    draft.replace(0, pack.items[0])
    assert draft.problems == {1: "“x” is no number."}


def test_a_copy_is_a_pack_of_its_own(pack: Pack):
    copy = own_copy(pack, {"bank-fees", "bank-fees-copy-1"})
    assert copy.id == "bank-fees-copy-2"
    assert copy.title == "Bank fees (copy)"
    assert copy.version == "1.0.0"
    assert copy.items == pack.items
    assert PackDraft(copy, None).is_changed


def test_free_names_are_free():
    assert free_name("q", []) == "q-1"
    assert free_name("q", ["q-1", "q-2", "q-4"]) == "q-3"


def test_types_are_told_once_each(pack: Pack):
    assert types_in(pack.items)[:2] == (AnswerType.CHOICE, AnswerType.LABEL)
    assert types_in(()) == ()
