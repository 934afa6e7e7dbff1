"""The packs that come with the program: what they promise, and that they can be built again."""

import pytest

from large_enough.comparison.pack_checks import check_pack
from large_enough.domain.pack import (
    AnswerType,
    DateKey,
    JsonKey,
    NumberKey,
    Pack,
    PackItem,
    TextKey,
)
from large_enough.packs.generators.build import MOST_WORDS, build
from large_enough.packs.generators.registry import DOMAINS
from large_enough.packs.generators.template import Domain
from large_enough.packs.loading import load_pack
from large_enough.packs.writing import pack_json
from large_enough.resources.locate import asset_path

WRITTEN = [(domain, language) for domain in DOMAINS for language in domain.languages]
NAMES = [f"{domain.id}-{language}" for domain, language in WRITTEN]

each_pack = pytest.mark.parametrize(("domain", "language"), WRITTEN, ids=NAMES)
each_domain = pytest.mark.parametrize("domain", DOMAINS, ids=[domain.id for domain in DOMAINS])


@each_pack
def test_a_shipped_pack_is_built_again_byte_for_byte(domain: Domain, language: str):
    pack = build(domain, language=language)
    path = asset_path("packs", f"{pack.id}.pack.json")
    assert path.read_bytes() == pack_json(pack)
    assert load_pack(path).pack == pack


@each_pack
def test_keys_pass_their_graders_and_near_misses_fail(domain: Domain, language: str):
    assert check_pack(build(domain, language=language)) == ()


@each_domain
def test_a_fresh_variant_is_as_good_and_asks_other_questions(domain: Domain):
    shipped, fresh = build(domain), build(domain, seed=20_261)
    assert check_pack(fresh) == ()
    assert fresh.id != shipped.id
    assert fresh.canary != shipped.canary
    known = {(item.context, item.question) for item in shipped.graded_items}
    asked = {(item.context, item.question) for item in fresh.graded_items}
    assert len(known & asked) <= len(asked) // 10  # routing draws from few sentences


@each_pack
def test_a_pack_is_large_enough_and_of_all_kinds(domain: Domain, language: str):
    pack = build(domain, language=language)
    items = pack.graded_items
    groups = {item.group for item in items}
    silent = [item for item in items if item.type is AnswerType.UNANSWERABLE]
    assert len(items) >= 100
    assert len(groups) >= 20
    assert 0.08 <= len(silent) / len(items) <= 0.12
    assert {item.level for item in items} == {1, 2, 3}
    assert len({item.family for item in items}) >= 8
    assert sum(item.demo for item in pack.items) == 5
    assert max(len(item.context.split()) for item in items) <= MOST_WORDS
    assert pack.licence == "CC-BY-4.0"
    assert all(item.explain for item in items)


@each_pack
def test_no_answer_is_right_too_often(domain: Domain, language: str):
    pack = build(domain, language=language)
    for group in {item.group for item in pack.graded_items}:
        answers = [str(key_of(item)) for item in pack.graded_items if item.group == group]
        assert all(answers.count(answer) < len(answers) for answer in answers) or is_silent(
            pack, group
        ), group


@pytest.mark.parametrize(
    "domain",
    [domain for domain in DOMAINS if len(domain.languages) > 1],
    ids=[domain.id for domain in DOMAINS if len(domain.languages) > 1],
)
def test_languages_share_their_items_and_keys(domain: Domain):
    first, *others = (build(domain, language=language) for language in domain.languages)
    for other in others:
        assert [item.id for item in first.graded_items] == [i.id for i in other.graded_items]
        for one, same in zip(first.graded_items, other.graded_items, strict=True):
            if isinstance(one.key, NumberKey | DateKey | JsonKey | TextKey):
                assert one.key == same.key, one.id


@each_domain
def test_an_unknown_language_is_refused(domain: Domain):
    with pytest.raises(ValueError, match="not written"):
        build(domain, language="tlh")


def key_of(item: PackItem) -> object:
    return getattr(item.key, "answer", None) or getattr(item.key, "answers", item.key)


def is_silent(pack: Pack, group: str) -> bool:
    kinds = {item.type for item in pack.graded_items if item.group == group}
    return kinds == {AnswerType.UNANSWERABLE}
