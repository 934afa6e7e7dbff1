"""The charts of a verdict."""

import xml.etree.ElementTree as ET

import msgspec
import pytest
from tests.helpers.drawings import check_drawing, markers_of, texts_of
from tests.helpers.hostile_texts import HOSTILE_TEXTS
from tests.helpers.verdict_parts import (
    make_cascade,
    make_decision,
    make_ladder,
    make_pair,
    make_standing,
    make_track,
    make_verdict,
)

from large_enough.domain.pack_run import RUN_LETTERS
from large_enough.domain.quantity import Unavailable
from large_enough.domain.verdict import CostMeasure, Method, PairVerdict, RunVerdict
from large_enough.figures.primitives import Drawing
from large_enough.report.svg import svg_text
from large_enough.report.verdict_charts import (
    cascade_drawing,
    cost_drawing,
    evidence_drawing,
    interval_drawing,
    ladder_drawing,
    signals_drawing,
)

WHY = Unavailable(reason="nobody answered the same question")


def pair_of(verdict: RunVerdict) -> PairVerdict:
    assert isinstance(verdict.headline, PairVerdict)
    return verdict.headline


def all_drawings(verdict: RunVerdict, width: float = 640.0) -> list[Drawing]:
    return [
        *(interval_drawing(verdict, pair, width) for pair in verdict.pairs),
        *(cost_drawing(verdict, measure, width, 360) for measure in CostMeasure),
        *(ladder_drawing(verdict, ladder, width) for ladder in verdict.ladders),
        cascade_drawing(verdict, width),
        signals_drawing(verdict, width),
        evidence_drawing(verdict.evidence, width),
    ]


def full_verdict(names: tuple[str, ...] = ("Ant 0.5B", "Dinosaur 1.5B")) -> RunVerdict:
    return make_verdict(
        names=names,
        ladders=[make_ladder("BA", holding=2)],
        dominated={CostMeasure.TIME: ("A",)},
        cascade=make_cascade(),
        evidence=make_track(),
    )


def test_the_interval_says_everything_with_its_numbers() -> None:
    verdict = make_verdict()
    drawing = interval_drawing(verdict, pair_of(verdict))
    assert set(texts_of(drawing)) == {
        "3 points worse",
        "10.5 points worse",
        "4.4 points better",
        "your margin: 10 points worse",
        "equal",
        "within your margin",
    }
    assert drawing.summary == (
        "Found: 3 points worse. The interval goes from 10.5 points worse to 4.4 points better. "
        "Your margin lies at 10 points worse."
    )


def test_a_limit_just_within_the_margin_is_not_shown_as_the_margin() -> None:
    pair = make_pair(decision=make_decision(-0.0996, 0.0))
    assert "9.96 points worse" in texts_of(interval_drawing(make_verdict(headline=pair), pair))


def test_costs_name_the_knee_who_is_beaten_and_who_is_missing() -> None:
    verdict = full_verdict()
    drawing = cost_drawing(verdict, CostMeasure.ENERGY, 640, 360)
    assert "Ant 0.5B: the knee" in texts_of(drawing)
    assert "Ant 0.5B: 81 % (72 % to 87 %) right at 26 J, the knee." in drawing.summary
    missing = cost_drawing(verdict, CostMeasure.MONEY, 640, 360)
    assert texts_of(missing)[1] == "There is nothing to draw."
    assert "Ant 0.5B is not shown: it was not measured." in texts_of(missing)
    beaten = make_verdict(dominated={CostMeasure.TIME: ("B",)})
    drawing = cost_drawing(beaten, CostMeasure.TIME, 640, 360)
    assert [mark.letter for mark in markers_of(drawing) if mark.is_faded] == ["B"]
    assert "Dinosaur 1.5B: beaten by another" in texts_of(drawing)
    assert any(text.startswith("Grey: ") for text in texts_of(drawing))


def test_memory_is_in_gigabytes() -> None:
    drawing = cost_drawing(make_verdict(), CostMeasure.MEMORY, 640, 360)
    assert "gigabytes of memory" in texts_of(drawing)
    assert "0.5" in texts_of(drawing)


def test_a_ladder_says_how_every_rung_fared() -> None:
    names = ("Ant 1B", "Bee 2B", "Cat 3B", "Dinosaur 8B")
    ladder = make_ladder("DCBA", holding=2)
    drawing = ladder_drawing(make_verdict(names=names, ladders=[ladder]), ladder)
    assert [
        text
        for text in texts_of(drawing)
        if text in {"the reference", "large enough: the knee", "not tested"}
    ] == ["the reference", "large enough: the knee", "not tested"]
    assert "Ant 1B: not tested." in drawing.summary


def test_the_cascade_says_what_is_advised() -> None:
    drawing = cascade_drawing(full_verdict())
    assert "send 24 %: 83 % right, 55 % of the energy" in texts_of(drawing)
    assert "The small one alone reaches 81 %, the large one alone 84 %" in drawing.summary
    silent = make_verdict(cascade=make_cascade(with_advice=False))
    assert not any(text.startswith("send") for text in texts_of(cascade_drawing(silent)))


def test_signals_have_their_numbers_or_the_reason() -> None:
    drawing = signals_drawing(full_verdict())
    assert "0.74 (0.66 to 0.82)" in texts_of(drawing)
    assert "each question was asked once" in texts_of(drawing)
    assert "least probable token: 0.74 (0.66 to 0.82)." in drawing.summary


def test_evidence_says_since_when() -> None:
    track = make_track((1.0, 25.0, 3.0), (1.0, 0.5, 0.4), first_enough=2)
    assert {"shown since question 2", "0.40 of 20"} <= set(texts_of(evidence_drawing(track)))
    assert texts_of(evidence_drawing(WHY)) == [
        "Evidence so far",
        "There is no evidence to show: nobody answered the same question.",
    ]


@pytest.mark.parametrize("width", [260.0, 420.0, 640.0, 1100.0])
def test_all_drawings_fit_any_width(width: float) -> None:
    for drawing in all_drawings(full_verdict(), width):
        check_drawing(drawing)


def test_what_is_not_known_is_said_in_every_drawing() -> None:
    pair = make_pair(decision=WHY)
    nothing = msgspec.structs.replace(
        make_verdict(headline=pair, cascade=WHY, evidence=WHY), standings={}
    )
    for drawing in all_drawings(nothing):
        check_drawing(drawing)
        assert len(texts_of(drawing)) >= 2


@pytest.mark.parametrize("margin", [0.0, -0.1, 1.0, 7.0])
def test_a_margin_that_makes_no_sense_breaks_no_drawing(margin: float) -> None:
    pair = make_pair(decision=WHY)
    verdict = make_verdict(headline=pair, ladders=[make_ladder("BA", holding=1)], margin=margin)
    for drawing in all_drawings(verdict):
        check_drawing(drawing)


def test_twelve_contenders_and_their_ladder() -> None:
    names = tuple(f"Model number {number}" for number in range(12))
    standings = {
        letter: make_standing(letter, 40 + 5 * place, time_s=1.5**place)
        for place, letter in enumerate(RUN_LETTERS)
    }
    ladder = make_ladder(RUN_LETTERS[::-1], holding=5)
    verdict = make_verdict(names=names, standings=standings, ladders=[ladder])
    for drawing in (
        cost_drawing(verdict, CostMeasure.TIME, 640, 400),
        ladder_drawing(verdict, ladder),
    ):
        check_drawing(drawing)
        assert {mark.letter for mark in markers_of(drawing)} == set(RUN_LETTERS)


def test_numbers_that_are_none_are_left_out_with_the_reason() -> None:
    standing = make_standing("A", 81)
    cost = standing.costs[CostMeasure.TIME]
    odd = msgspec.structs.replace(cost, per_answer=float("nan"))
    bad = msgspec.structs.replace(standing, costs={CostMeasure.TIME: odd})
    verdict = make_verdict(standings={"A": bad, "B": make_standing("B", 84)})
    drawing = cost_drawing(verdict, CostMeasure.TIME, 640, 360)
    assert {mark.letter for mark in markers_of(drawing)} == {"B"}
    assert any("no possible number" in text for text in texts_of(drawing))


@pytest.mark.parametrize("method", Method)
def test_every_method_can_be_drawn(method: Method) -> None:
    pair = make_pair(method=method, groups=20, effective=43)
    check_drawing(interval_drawing(make_verdict(headline=pair), pair))


@pytest.mark.parametrize("name", [*HOSTILE_TEXTS, "long " * 300])
def test_hostile_names_stay_names(name: str) -> None:
    for number, drawing in enumerate(all_drawings(full_verdict((name, name)))):
        check_drawing(drawing)
        assert ET.fromstring(svg_text(drawing, key=f"v{number}")) is not None
