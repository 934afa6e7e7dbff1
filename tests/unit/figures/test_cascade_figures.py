"""Cascades, their signals, and evidence."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.helpers.drawings import check_drawing, markers_of, text_primitives, texts_of
from tests.helpers.hostile_texts import HOSTILE_TEXTS

from large_enough.domain.quantity import Quantity, Unavailable
from large_enough.figures.cascade_curve import (
    CascadeFigure,
    CascadeWords,
    CurvePoint,
    cascade_curve,
)
from large_enough.figures.evidence_dial import EvidenceWords, Gauge, evidence_dial
from large_enough.figures.primitives import ColourRole, Drawing, Polyline, Rectangle
from large_enough.figures.signal_bars import SignalBar, SignalWords, signal_bars

GAP = Unavailable(reason="each question was asked once")
SHARES = st.floats(0, 1)


def cascade_words(text: str = "") -> CascadeWords:
    return CascadeWords(
        title="Ant first, dinosaur when unsure",
        summary="In words.",
        sent=text or "of the questions are sent on",
        curve=text or "the least sure first",
        at_random=text or "sent at random",
        oracle=text or "nobody can do better",
        advised=text or "send 24 %: 83 % right",
        write_share="{:.0%}".format,
    )


def cascade(
    accuracies: list[float],
    oracle: float = 0.95,
    advised: CurvePoint | None = None,
    width: float = 640.0,
    text: str = "",
) -> Drawing:
    last = len(accuracies) - 1
    curve = tuple(CurvePoint(place / last, right) for place, right in enumerate(accuracies))
    figure = CascadeFigure(
        small="A", large="B", curve=curve, oracle=CurvePoint(0.1, oracle), advised=advised
    )
    return cascade_curve(figure, cascade_words(text), width=width)


@settings(deadline=None)
@given(
    st.lists(SHARES, min_size=2, max_size=40),
    SHARES,
    st.none() | st.builds(CurvePoint, SHARES, SHARES),
    st.sampled_from([260.0, 640.0]),
)
def test_a_cascade_of_any_shape_is_drawn_whole(
    accuracies: list[float], oracle: float, advised: CurvePoint | None, width: float
) -> None:
    drawing = cascade(accuracies, oracle, advised, width)
    check_drawing(drawing)
    assert "sent at random" in texts_of(drawing)
    assert any("nobody" in text for text in texts_of(drawing))
    assert [marker.letter for marker in markers_of(drawing)] == ["A", "B"]


def test_random_is_the_straight_dashed_line_between_the_two() -> None:
    drawing = cascade([0.8, 0.9, 0.84])
    straight, curve = [each for each in drawing.primitives if isinstance(each, Polyline)]
    assert straight.dashes
    assert not curve.dashes
    assert straight.points == (curve.points[0], curve.points[-1])


def test_the_advised_point_is_strong() -> None:
    drawing = cascade([0.8, 0.9, 0.84], advised=CurvePoint(0.24, 0.83))
    strong = [each.text for each in text_primitives(drawing) if each.is_strong]
    assert strong[1:] == ["send 24 %: 83 % right"]


def test_a_long_title_takes_two_lines_and_its_own_room() -> None:
    drawing = cascade([0.8, 0.9, 0.84], width=200.0)
    check_drawing(drawing)
    titles = [each.text for each in text_primitives(drawing) if each.is_strong]
    assert len(titles) == 2
    assert " ".join(titles) == cascade_words().title


def test_one_point_is_no_curve() -> None:
    with pytest.raises(ValueError, match="two points"):
        CascadeFigure(
            small="A",
            large="B",
            curve=(CurvePoint(0, 0.5),),
            oracle=CurvePoint(0, 0.5),
            advised=None,
        )
    with pytest.raises(ValueError, match="drawn"):
        cascade([0.5, math.nan])


def signals(*aurocs: Quantity, width: float = 640.0, text: str = "") -> Drawing:
    bars = [
        SignalBar(
            name=text or f"signal {number}",
            text=text or (auroc.reason if isinstance(auroc, Unavailable) else f"{auroc:.2f}"),
            auroc=auroc,
            low=GAP if isinstance(auroc, Unavailable) else max(auroc - 0.1, 0.0),
            high=GAP if isinstance(auroc, Unavailable) else min(auroc + 0.1, 1.0),
            is_used=number == 0,
        )
        for number, auroc in enumerate(aurocs)
    ]
    words = SignalWords(
        title="Does it know?", summary="In words.", chance="0.5 tells nothing", all="1 tells all"
    )
    return signal_bars(bars, "A", words, width=width)


@settings(deadline=None)
@given(st.lists(SHARES | st.just(GAP), max_size=7), st.sampled_from([240.0, 640.0]))
def test_signals_of_any_strength(aurocs: list[Quantity], width: float) -> None:
    drawing = signals(*aurocs, width=width)
    check_drawing(drawing)
    bars = [each for each in drawing.primitives if isinstance(each, Rectangle)]
    assert len(bars) == sum(not isinstance(auroc, Unavailable) for auroc in aurocs)


def test_reasons_stand_below_names_that_leave_no_room_beside() -> None:
    reason = "how probable each token was is not recorded"
    drawing = signals(0.7, Unavailable(reason=reason), width=300.0)
    check_drawing(drawing)
    lines = texts_of(drawing)
    assert lines[-2:] == ["signal 1", reason]


def test_bars_begin_at_the_line_of_chance() -> None:
    better, worse = [each for each in signals(0.75, 0.25).primitives if isinstance(each, Rectangle)]
    assert better.corner.x == pytest.approx(worse.corner.x + worse.width)
    assert better.width == pytest.approx(worse.width)
    assert better.role is ColourRole.CONTENDER_A
    assert worse.role is ColourRole.SOFT_INK


@pytest.mark.parametrize("auroc", [-0.1, 1.1, math.nan])
def test_impossible_signals_are_refused(auroc: float) -> None:
    with pytest.raises(ValueError, match=r"drawn|shares"):
        SignalBar(name="x", text="x", auroc=auroc, low=GAP, high=GAP)


def evidence(*tracks: list[float], width: float = 640.0, text: str = "") -> Drawing:
    gauges = [
        Gauge(
            claim=text or f"claim {number}",
            state=text or "4.2 of 20",
            letter="A" if number == 0 else "",
            values=tuple(values),
            is_dashed=number > 0,
        )
        for number, values in enumerate(tracks)
    ]
    words = EvidenceWords(
        title="Evidence so far",
        summary="In words.",
        wanted="20 allows the claim",
        numbers=("1", "2", "5", "10", "20"),
        last=f"question {max(map(len, tracks))}",
    )
    return evidence_dial(gauges, words, width=width)


TRACKS = st.lists(st.floats(0, 1e12), max_size=30)


@settings(deadline=None)
@given(TRACKS, TRACKS, st.sampled_from([260.0, 640.0]))
def test_evidence_of_any_strength(one: list[float], other: list[float], width: float) -> None:
    check_drawing(evidence(one, other, width=width))


def fill(drawing: Drawing) -> float:
    return next(
        (
            each.width
            for each in drawing.primitives
            if isinstance(each, Rectangle) and each.role is ColourRole.CONTENDER_A
        ),
        0.0,
    )


def test_the_gauge_goes_by_ratio_from_1_to_20() -> None:
    assert fill(evidence([0.5])) == fill(evidence([1.0])) == 0
    whole = fill(evidence([20.0]))
    assert whole == fill(evidence([1e9])) == pytest.approx(624)
    assert fill(evidence([math.sqrt(20)])) == pytest.approx(whole / 2)


def test_long_runs_are_thinned_to_what_can_be_seen() -> None:
    drawing = evidence([1.0 + number / 1000 for number in range(5000)])
    assert max(len(each.points) for each in drawing.primitives if isinstance(each, Polyline)) < 500


@pytest.mark.parametrize("value", [-1.0, math.nan])
def test_impossible_evidence_is_refused(value: float) -> None:
    with pytest.raises(ValueError, match=r"drawn|negative"):
        evidence([value])


def test_boundless_evidence_fills_the_gauge() -> None:
    assert fill(evidence([math.inf])) == pytest.approx(624)


@pytest.mark.parametrize("text", [*HOSTILE_TEXTS[:-2], "long " * 300])
def test_texts_are_harmless_and_cut(text: str) -> None:
    check_drawing(cascade([0.8, 0.9], advised=CurvePoint(0.2, 0.85), width=300, text=text))
    check_drawing(signals(0.7, GAP, width=300, text=text))
    check_drawing(evidence([1.0, 2.0], [1.0], width=300, text=text))
