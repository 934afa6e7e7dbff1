"""Where a verdict must hold back, or say less than its figures seem to."""

import msgspec
import numpy as np
import pytest
from tests.helpers.verdicts import example_record, example_verdict, patterns, sized_card

from large_enough.comparison.verdict import verdict
from large_enough.comparison.verdict_pairs import A_CONTROL
from large_enough.domain.model_card import BackendKind
from large_enough.domain.pack_run import LimitRise, PackRunSettings, Variant
from large_enough.domain.quantity import Unavailable
from large_enough.domain.verdict import PairVerdict, RemarkKind
from large_enough.report.verdict_command import repeat_command
from large_enough.report.verdict_tables import share_interval_text
from large_enough.stats.clusters import clustered_limits
from large_enough.stats.wilson import wilson_interval
from large_enough.wording.verdict_words import (
    cost_sentence,
    disagreement_sentence,
    pair_sentence,
)

MARGIN = 0.10
RUNS = 400


def test_one_large_group_among_single_questions_makes_no_false_claims() -> None:
    """At the margin itself, all questions of the large group alike: 7 % at most may be false."""
    random = np.random.default_rng(5)
    false = 0
    for _run in range(RUNS):
        drawn = random.choice([-1, 0, 1], size=41, p=[0.2, 0.7, 0.1])
        groups = {str(place): [int(value)] for place, value in enumerate(drawn[:40])}
        groups["large"] = [int(drawn[40])] * 40
        false += clustered_limits(groups).limits.low > -MARGIN
    assert false / RUNS <= 0.07


def test_few_groups_are_remarked_where_one_of_them_is_most_of_the_pack() -> None:
    record = example_record("+-" * 30, "++" * 30)
    items = tuple(
        msgspec.structs.replace(item, group="table" if place < 30 else "")
        for place, item in enumerate(record.plan.pack.items)
    )
    pack = msgspec.structs.replace(record.plan.pack, items=items)
    plan = msgspec.structs.replace(record.plan, pack=pack)
    kinds = {one.kind for one in verdict(msgspec.structs.replace(record, plan=plan)).remarks}
    assert RemarkKind.FEW_GROUPS in kinds


def test_parts_of_points_of_few_kinds_are_told_as_points() -> None:
    found = example_verdict("-" * 30 + "+" * 10, "h" * 30 + "+" * 10, group_size=4)
    assert isinstance(found.headline, PairVerdict)
    told = pair_sentence(found, found.headline)
    assert "points" in told
    assert "right on" not in told
    assert disagreement_sentence(found.headline) == ""


def test_a_control_without_documents_claims_nothing_anywhere() -> None:
    settings = PackRunSettings(variant=Variant.NO_CONTEXT)
    found = example_verdict("-" * 60, "-" * 60, "-" * 60, settings=settings)
    assert found.headline == A_CONTROL
    assert [pair.decision for pair in found.pairs] == [A_CONTROL] * 3
    assert found.ladders == ()
    assert found.evidence == A_CONTROL


def test_a_script_stands_on_no_ladder_of_models() -> None:
    cards = (
        sized_card("small", 500_000_000),
        sized_card("large", 1_500_000_000),
        sized_card("script", 7_000_000_000, backend=BackendKind.ECHO),
    )
    found = example_verdict("+" * 40, "+" * 40, "+" * 40, cards=cards)
    assert [[rung.letter for rung in ladder.rungs] for ladder in found.ladders] == [["B", "A"]]
    scripts = tuple(msgspec.structs.replace(card, backend=BackendKind.ECHO) for card in cards)
    found = example_verdict("+" * 40, "+" * 40, "+" * 40, cards=scripts)
    assert [len(ladder.rungs) for ladder in found.ladders] == [3]


def test_energies_under_unknown_conditions_are_not_compared() -> None:
    lost = Unavailable(reason="the record of how it was loaded is lost")
    record = example_record(
        "+" * 40,
        "+" * 40,
        change=lambda cell: (
            msgspec.structs.replace(cell, context=lost) if cell.key.letter == "A" else cell
        ),
    )
    found = verdict(record).pairs[0]
    assert found.energy_ratio == lost
    assert found.time_ratio == lost


def test_what_a_right_answer_took_is_told_of_the_same_questions_only() -> None:
    both = example_verdict(*patterns(both=30, only_small=3, only_large=5, neither=2))
    assert isinstance(both.headline, PairVerdict)
    assert "Each right answer took" in cost_sentence(both, both.headline)
    some = example_verdict("+" * 25 + "." * 15, "+" * 40)
    assert "Each right answer took" not in cost_sentence(some, some.pairs[0])


@pytest.mark.parametrize(("points", "shown"), [(499, "99.8 %"), (500, "100 %"), (1, "0.2 %")])
def test_all_is_right_only_where_all_is(points: int, shown: str) -> None:
    assert share_interval_text(wilson_interval(points, 500)).startswith(shown)


def test_raised_limits_are_part_of_how_to_repeat_a_run() -> None:
    plan = example_record("++-", "+++").plan
    assert "\n" not in repeat_command(plan)
    rise = LimitRise(utc="2026-11-27T14:00", max_tokens=400, keys=())
    told = repeat_command(msgspec.structs.replace(plan, rises=(rise,))).splitlines()
    assert told[1] == "large-enough run --resume last --raise-limits --max-tokens 400"
