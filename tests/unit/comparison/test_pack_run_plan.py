"""Which items are asked, in which order."""

from collections import Counter

import msgspec
import pytest
from tests.helpers.pack_runs import small_pack
from tests.helpers.records import make_card

from large_enough.comparison.pack_run_pace import Pace, left_s
from large_enough.comparison.pack_run_plan import (
    plan_run,
    stratified,
    usual_settings,
    with_contenders,
)
from large_enough.comparison.pack_run_questions import question
from large_enough.domain.errors import RequestError
from large_enough.domain.pack import PackDefaults
from large_enough.domain.pack_run import AnswerWay, CellKey, PackRunSettings, RunLimits
from large_enough.domain.quantity import Unavailable
from large_enough.domain.round import Contender
from large_enough.packs.loading import load_pack
from large_enough.resources.locate import asset_path

PACK = small_pack(60)
ANT = Contender(letter="Z", card=make_card())


def test_the_order_is_drawn_by_the_seed_and_always_the_same() -> None:
    plans = [plan_run(PACK, [ANT]) for _ in range(2)]
    assert plans[0].item_ids == plans[1].item_ids
    other = msgspec.structs.replace(usual_settings(PACK), seed=2)
    assert plan_run(PACK, [ANT], other).item_ids != plans[0].item_ids
    assert sorted(plans[0].item_ids) == sorted(item.id for item in PACK.items)
    assert plans[0].item_ids != tuple(item.id for item in PACK.items)


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("count", [6, 12, 30])
def test_any_beginning_holds_all_kinds_evenly(seed: int, count: int) -> None:
    kinds = Counter(item.type for item in stratified(PACK.items, seed)[:count])
    assert all(abs(kinds[kind] - count / 3) <= 1 for kind in {item.type for item in PACK.items})


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("count", [3, 6, 8, 30])
def test_small_samples_of_a_shipped_pack_are_of_all_levels_alike(seed: int, count: int) -> None:
    pack = load_pack(asset_path("packs", "retail-banking.pack.json")).pack
    levels = Counter(item.level for item in stratified(pack.graded_items, seed)[:count])
    assert all(abs(levels[level] - count / 3) < 1 for level in (1, 2, 3))
    families = Counter(item.family for item in stratified(pack.graded_items, seed)[:60])
    whole = Counter(item.family for item in pack.graded_items)
    assert all(abs(families[family] - number / 2) <= 2 for family, number in whole.items())


def test_a_sample_is_a_beginning_of_the_whole_order() -> None:
    settings = msgspec.structs.replace(usual_settings(PACK), sample_count=12)
    sample = plan_run(PACK, [ANT], settings).item_ids
    assert sample == plan_run(PACK, [ANT]).item_ids[:12]


def test_what_is_only_to_look_at_is_not_asked() -> None:
    demo = msgspec.structs.replace(PACK.items[0], demo=True)
    pack = msgspec.structs.replace(PACK, items=(demo, *PACK.items[1:]))
    assert demo.id not in plan_run(pack, [ANT]).item_ids


def test_forced_choice_takes_only_questions_with_options() -> None:
    settings = msgspec.structs.replace(usual_settings(PACK), way=AnswerWay.FORCED_CHOICE)
    plan = plan_run(PACK, [ANT], settings)
    assert {item.type.value for item in plan.items} == {"choice"}
    without = msgspec.structs.replace(
        PACK, items=tuple(item for item in PACK.items if item.type.value != "choice")
    )
    with pytest.raises(RequestError):
        plan_run(without, [ANT], settings)


@pytest.mark.parametrize("way", AnswerWay)
def test_reasons_are_not_asked_for_where_only_a_letter_is_read(way: AnswerWay) -> None:
    pack = msgspec.structs.replace(PACK, reasons_first=True)
    settings = msgspec.structs.replace(usual_settings(pack), way=way)
    plan = plan_run(pack, [ANT], settings)
    key = CellKey(letter="Z", item_id=plan.item_ids[0], repeat=0)
    assert ("Reason" in question(plan, key).asked.prompt) == (way is AnswerWay.GENERATED)


def test_the_pack_says_how_it_is_usually_asked() -> None:
    defaults = PackDefaults(max_tokens=77, temperature=0.5, seed=9, repeats=3)
    pack = msgspec.structs.replace(PACK, defaults=defaults, margin=0.05)
    plan = plan_run(pack, [ANT])
    assert plan.settings.repeats == 3
    assert plan.settings.margin == 0.05
    assert plan.settings.answers.sampling.temperature == 0.5
    assert plan.max_tokens(pack.items[0]) == 77
    own = msgspec.structs.replace(pack.items[0], max_tokens=5)
    assert plan.max_tokens(own) == 5
    limits = RunLimits(max_tokens=3)
    plan = plan_run(pack, [ANT], msgspec.structs.replace(plan.settings, limits=limits))
    assert plan.max_tokens(own) == 3


def test_letters_follow_the_order_of_joining() -> None:
    plan = with_contenders(plan_run(PACK, [ANT, ANT]), [ANT])
    assert [contender.letter for contender in plan.contenders] == ["A", "B", "C"]
    assert plan.cell_count == 180
    with pytest.raises(RequestError):
        with_contenders(plan, [ANT] * 10)


@pytest.mark.parametrize(
    "change",
    [
        {"sample_count": 0},
        {"repeats": 0},
        {"repeats": 101},
        {"batch_size": 0},
        {"batch_size": 65},
        {"margin": 0.0},
        {"margin": 1.0},
        {"limits": RunLimits(max_tokens=0)},
        {"limits": RunLimits(longest_s=0.0)},
    ],
)
def test_settings_out_of_range_are_refused(change: dict[str, object]) -> None:
    settings: PackRunSettings = msgspec.structs.replace(usual_settings(PACK), **change)
    with pytest.raises(RequestError):
        plan_run(PACK, [ANT], settings)


@pytest.mark.parametrize("count", [0, 13])
def test_nobody_and_too_many_are_refused(count: int) -> None:
    with pytest.raises(RequestError):
        plan_run(PACK, [ANT] * count)


def test_the_pace_is_that_of_this_run_and_of_each_contender() -> None:
    slow, quick = Pace(), Pace()
    assert isinstance(left_s({"A": 3, "B": 1}, {"A": slow, "B": quick}), Unavailable)
    for _ in range(2):
        slow.add(4.0)
    assert isinstance(left_s({"A": 3, "B": 1}, {"A": slow, "B": quick}), Unavailable)
    assert left_s({"A": 3, "B": 0}, {"A": slow, "B": quick}) == 12.0
    for _ in range(2):
        quick.add(0.5)
    assert left_s({"A": 3, "B": 4}, {"A": slow, "B": quick}) == 14.0
    assert slow.items_per_s == 0.25
    for _ in range(40):
        slow.add(1.0)
    assert slow.items_per_s == 1.0
