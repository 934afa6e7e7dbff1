"""Drawings written as SVG."""

import re
import xml.etree.ElementTree as ET

import pytest
from tests.helpers.hostile_texts import HOSTILE_TEXTS, has_dangerous_characters

from large_enough.figures.primitives import (
    ColourRole,
    Drawing,
    Line,
    Marker,
    Point,
    Polyline,
    Rectangle,
    Text,
)
from large_enough.report.svg import DARK, LIGHT, VARIABLES, Palette, svg_text

NAMESPACE = "{http://www.w3.org/2000/svg}"


def drawing_of(text: str = "one & two", title: str = "A title") -> Drawing:
    return Drawing(
        width=100,
        height=50.5,
        title=title,
        summary="What <it> shows.",
        primitives=(
            Line(start=Point(0, 1), end=Point(2.25, 3), role=ColourRole.GRID),
            Polyline(
                points=(Point(0, 0), Point(1, 1)), role=ColourRole.CONTENDER_B, dashes=(7, 4.5)
            ),
            Rectangle(corner=Point(1, 2), width=3, height=4, role=ColourRole.CONTENDER_A, radius=2),
            Text(place=Point(5, 6), text=text, is_strong=True),
            *(Marker(middle=Point(8, 8), letter=letter) for letter in "ABCD"),
        ),
    )


def parsed(text: str) -> ET.Element:
    return ET.fromstring(text)


def test_every_primitive_is_written() -> None:
    root = parsed(svg_text(drawing_of()))
    tags = [element.tag.removeprefix(NAMESPACE) for element in root.iter()]
    assert tags.count("line") == 1
    assert tags.count("polyline") == 1
    assert tags.count("circle") == 1
    assert tags.count("polygon") == 2  # diamond and triangle
    assert tags.count("rect") == 3  # ground, rectangle, square
    assert tags.count("text") == 5
    assert root.attrib["viewBox"] == "0 0 100 50.5"


def test_screen_readers_find_title_and_summary() -> None:
    root = parsed(svg_text(drawing_of(), key="c1"))
    assert root.attrib["role"] == "img"
    names = root.attrib["aria-labelledby"].split()
    found = [element.text for name in names for element in root if element.attrib.get("id") == name]
    assert found == ["A title", "What <it> shows."]
    assert names[0].startswith("c1")


def test_later_letters_and_faded_ones_are_outlines() -> None:
    def shape(letter: str, *, is_faded: bool = False) -> str:
        marker = Marker(middle=Point(8, 8), letter=letter, is_faded=is_faded)
        drawing = Drawing(width=9, height=9, primitives=(marker,), title="", summary="")
        root = parsed(svg_text(drawing, with_ground=False))
        group = next(root.iter(f"{NAMESPACE}g"))
        assert "".join(group.itertext()) == letter
        return group[0].attrib["style"]

    styles = [shape(letter) for letter in "AEI"]
    assert len(set(styles)) == 3
    assert all(LIGHT[ColourRole.CONTENDER_A] in style for style in styles)
    assert LIGHT[ColourRole.SOFT_INK] in shape("A", is_faded=True)


@pytest.mark.parametrize("palette", [LIGHT, DARK, VARIABLES])
def test_palettes_have_every_role(palette: Palette) -> None:
    assert set(palette) == set(ColourRole)
    assert palette[ColourRole.CONTENDER_A] in svg_text(drawing_of(), palette)


def _luminance(colour: str) -> float:
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_colours_can_be_told_from_the_ground(palette: Palette) -> None:
    ground = palette[ColourRole.GROUND]
    for role in (ColourRole.INK, ColourRole.SOFT_INK):
        assert _contrast(palette[role], ground) >= 4.5
    for letter in "abcd":
        colour = palette[ColourRole(f"contender_{letter}")]
        assert _contrast(colour, ground) >= 3.0
        assert _contrast(palette[ColourRole.ON_CONTENDER], colour) >= 4.5
        assert _contrast(palette[ColourRole(f"tint_{letter}")], colour) >= 3.0
    for pale in (ground, palette[ColourRole.BAND]):
        for role in (ColourRole.INK, ColourRole.SOFT_INK, ColourRole.MARGIN):
            assert _contrast(palette[role], pale) >= 4.5


@pytest.mark.parametrize("text", HOSTILE_TEXTS)
def test_hostile_texts_stay_texts(text: str) -> None:
    written = svg_text(drawing_of(text, title=text))
    root = parsed(written)
    tags = {element.tag.removeprefix(NAMESPACE) for element in root.iter()}
    known = {"svg", "title", "desc", "rect", "line", "polyline", "polygon", "circle", "g", "text"}
    assert tags <= known
    assert not has_dangerous_characters(written)
    assert not re.search(r"<(script|img)", written)


@pytest.mark.parametrize("number", [float("nan"), float("inf")])
def test_impossible_coordinates_are_refused(number: float) -> None:
    line = Line(start=Point(number, 0), end=Point(0, 0), role=ColourRole.INK)
    bad = Drawing(width=1, height=1, primitives=(line,), title="", summary="")
    with pytest.raises(ValueError, match="no coordinate"):
        svg_text(bad)


def test_the_ground_can_be_left_out() -> None:
    assert "100%" not in svg_text(drawing_of(), with_ground=False)
