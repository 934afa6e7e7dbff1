"""What to know before a verdict is believed."""

import math

import pytest
from tests.helpers.verdict_parts import make_verdict

from large_enough.domain.verdict import Remark, RemarkKind
from large_enough.wording.verdict_remarks import remark_text

FACTS = {
    RemarkKind.INCOMPLETE: {"missing": 3.0},
    RemarkKind.WAITING: {"count": 2.0},
    RemarkKind.SAMPLED: {"asked": 20.0, "all": 100.0},
    RemarkKind.FEW_GROUPS: {"groups": 5.0, "fewest": 10.0},
    RemarkKind.MOSTLY_FORMAT: {"share": 0.22},
    RemarkKind.CHANCE: {"chance": 0.25},
    RemarkKind.REGRADED: {"items": 1.0},
    RemarkKind.BY_HAND: {"count": 4.0},
    RemarkKind.DRIFT: {"ratio": 1.31},
    RemarkKind.DISTURBED: {"share": 0.1},
    RemarkKind.THROTTLED: {"share": 0.1},
    RemarkKind.SWAPPED: {"share": 0.1},
    RemarkKind.ON_BATTERY: {"share": 0.5},
    RemarkKind.UNREADABLE_LINES: {"count": 2.0},
    RemarkKind.REPEATS_DIFFER: {"share": 0.8},
}


def said(kind: RemarkKind, letters: tuple[str, ...] = ("A",), facts: object = None) -> str:
    remark = Remark(
        kind=kind, letters=letters, facts=FACTS.get(kind, {}) if facts is None else facts
    )
    return remark_text(make_verdict(), remark)


@pytest.mark.parametrize("kind", RemarkKind)
def test_every_remark_has_its_sentence_with_its_numbers(kind: RemarkKind) -> None:
    words = said(kind)
    assert words.endswith(".")
    assert "{" not in words
    assert "—" not in words


def test_all_remarks_differ() -> None:
    assert len({said(kind) for kind in RemarkKind}) == len(RemarkKind)


@pytest.mark.parametrize("kind", RemarkKind)
def test_a_fact_that_is_missing_or_no_number_breaks_nothing(kind: RemarkKind) -> None:
    assert said(kind, facts={})
    assert said(kind, facts=dict.fromkeys(FACTS.get(kind, {}), math.nan))


def test_numbers_and_names_are_in_the_sentence() -> None:
    assert said(RemarkKind.SAMPLED).startswith("Only 20 of the pack's 100 questions were asked.")
    assert said(RemarkKind.MOSTLY_FORMAT).startswith("Ant 0.5B: 22 % of the answers")
    assert said(RemarkKind.DRIFT, ("A", "B")).startswith("Ant 0.5B and Dinosaur 1.5B: the last")
    assert "took 1.31 times as long" in said(RemarkKind.DRIFT)
    assert said(RemarkKind.SCRIPTED, ("A", "B")).startswith("Ant 0.5B and Dinosaur 1.5B are scr")
    assert said(RemarkKind.SCRIPTED).startswith("Ant 0.5B is a script, not a model")
    assert said(RemarkKind.DISTURBED, ()).startswith("All models: other programs were busy")


def test_what_was_there_is_never_0_per_cent() -> None:
    assert "during less than 1 % of the" in said(RemarkKind.DISTURBED, facts={"share": 0.002})


def test_one_is_not_many() -> None:
    assert said(RemarkKind.INCOMPLETE, facts={"missing": 1.0}).startswith("1 answer is missing")
    assert said(RemarkKind.WAITING, facts={"count": 1.0}).startswith("1 answer waits")
