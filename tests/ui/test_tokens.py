"""Text and graphics must be told from what they stand on (WCAG 2.2, 1.4.3 and 1.4.11)."""

import pytest

from large_enough.domain.round import LETTERS
from large_enough.ui.tokens import (
    DARK,
    DARK_PROJECTOR,
    LIGHT,
    LIGHT_PROJECTOR,
    Shape,
    Tokens,
    shape_of,
)

TEXT_CONTRAST = 4.5
GRAPHICS_CONTRAST = 3.0
PROJECTOR_CONTRAST = 7.0
PROJECTOR = (LIGHT_PROJECTOR, DARK_PROJECTOR)
THEMES = pytest.mark.parametrize(
    "tokens",
    [LIGHT, DARK, *PROJECTOR],
    ids=["light", "dark", "light projector", "dark projector"],
)


def luminance(colour: str) -> float:
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (
        channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
        for channel in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    brighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def test_contrast_of_black_and_white_is_the_largest():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@THEMES
@pytest.mark.parametrize(
    ("text", "ground"),
    [
        ("ink", "background"),
        ("ink", "card"),
        ("ink", "chip"),
        ("ink", "code_ground"),
        ("ink", "warning_tint"),
        ("soft_ink", "background"),
        ("soft_ink", "card"),
        ("soft_ink", "rail"),
        ("soft_ink", "chip"),
        ("accent_ink", "accent"),
        ("accent", "card"),
        ("good", "card"),
        ("warning", "card"),
        ("warning", "warning_tint"),
    ],
)
def test_text_is_readable(tokens: Tokens, text: str, ground: str):
    least = PROJECTOR_CONTRAST if tokens in PROJECTOR else TEXT_CONTRAST
    assert contrast(getattr(tokens, text), getattr(tokens, ground)) >= least


@THEMES
@pytest.mark.parametrize("letter", LETTERS)
def test_contenders_are_visible(tokens: Tokens, letter: str):
    colour = tokens.contender(letter)
    assert contrast(colour, tokens.card) >= TEXT_CONTRAST  # their letters stand beside the bars
    assert contrast(colour, tokens.chip) >= GRAPHICS_CONTRAST  # bars lie on this
    assert contrast(colour, tokens.tint(letter)) >= GRAPHICS_CONTRAST
    assert contrast(tokens.accent_ink, colour) >= TEXT_CONTRAST  # the letter in the badge


@THEMES
def test_focus_ring_is_visible(tokens: Tokens):
    for ground in (tokens.background, tokens.card, tokens.rail):
        assert contrast(tokens.accent, ground) >= GRAPHICS_CONTRAST


def test_each_contender_has_a_shape_of_its_own():
    assert {shape_of(letter) for letter in LETTERS} == set(Shape)
