"""A ladder of models, down to where the floor gives way."""

import pytest
from tests.helpers.drawings import check_drawing, markers_of, text_primitives, texts_of
from tests.helpers.hostile_texts import HOSTILE_TEXTS

from large_enough.domain.interval import Limits
from large_enough.domain.pack_run import RUN_LETTERS
from large_enough.figures.ladder_chart import LadderRung, LadderWords, ladder_chart
from large_enough.figures.primitives import ColourRole, Drawing, Line, Polyline

WORDS = LadderWords(
    title="How large is large enough?",
    summary="In words.",
    margin="your margin: 10 points worse",
    equal="equal",
    within="within your margin",
)


def rung(
    letter: str,
    difference: float | None,
    *,
    is_tested: bool = True,
    holds: bool = True,
    is_knee: bool = False,
    name: str = "",
    state: str = "as it fared",
) -> LadderRung:
    limits = (
        None
        if difference is None
        else Limits(
            difference=difference,
            low=max(difference - 0.05, -1),
            high=min(difference + 0.05, 1),
            confidence=0.95,
        )
    )
    return LadderRung(
        letter=letter,
        name=name or f"Model {letter}",
        state=state,
        limits=limits,
        is_tested=is_tested,
        holds=holds,
        is_knee=is_knee,
    )


def chart(*rungs: LadderRung, width: float = 640.0) -> Drawing:
    return ladder_chart(rungs, 0.1, WORDS, width=width)


FOUR = (
    rung("D", None),
    rung("C", -0.01, is_knee=True),
    rung("B", -0.2, holds=False),
    rung("A", -0.6, is_tested=False, holds=False),
)


def test_rungs_stand_in_their_order_and_untested_ones_stand_back() -> None:
    drawing = chart(*FOUR)
    check_drawing(drawing)
    marks = markers_of(drawing)
    assert [mark.letter for mark in marks] == ["D", "C", "B", "A"]
    assert [mark.is_faded for mark in marks] == [False, False, False, True]
    assert [mark.middle.y for mark in marks] == sorted(mark.middle.y for mark in marks)


def test_the_rail_is_full_to_the_knee_and_broken_to_the_first_that_fails() -> None:
    drawing = chart(*FOUR)
    rail = [
        each
        for each in drawing.primitives
        if isinstance(each, Line) and each.start.x < 10 and each.role is ColourRole.INK
    ]
    broken = [
        each for each in drawing.primitives if isinstance(each, Polyline) and each.points[0].x < 10
    ]
    assert len(rail) == 1
    assert len(broken) == 1
    assert broken[0].dashes


def test_the_knee_is_strong_and_every_rung_says_how_it_fared() -> None:
    drawing = chart(*FOUR)
    assert [each.text for each in text_primitives(drawing) if each.is_strong] == [
        WORDS.title,
        "Model C",
    ]
    assert texts_of(drawing).count("as it fared") == 4


def test_how_it_fared_takes_two_lines_where_one_is_too_short() -> None:
    state = "measurably worse, perhaps within your margin"
    drawing = chart(rung("B", None), rung("A", -0.2, holds=False, state=state), width=580)
    check_drawing(drawing)
    assert state in " ".join(texts_of(drawing))


@pytest.mark.parametrize("width", [300.0, 640.0, 1200.0])
@pytest.mark.parametrize("difference", [-1.0, -0.1, 0.0, 1.0])
def test_twelve_rungs_at_any_difference(width: float, difference: float) -> None:
    rungs = [rung(letter, difference) for letter in RUN_LETTERS[1:]]
    drawing = chart(rung("A", None), *rungs, width=width)
    check_drawing(drawing)
    assert len(markers_of(drawing)) == 12


@pytest.mark.parametrize("text", [*HOSTILE_TEXTS[:-2], "long " * 300])
def test_names_are_harmless_and_cut(text: str) -> None:
    check_drawing(chart(rung("B", None), rung("A", -0.02, name=text, state=text), width=320))
