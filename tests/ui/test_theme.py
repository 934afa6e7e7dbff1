"""Colours, type and pictures."""

import re
import xml.etree.ElementTree as ElementTree

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontDatabase, QFontInfo, QFontMetrics, QImage, QPainter, QPalette
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from large_enough.resources.locate import asset_path
from large_enough.ui import icons
from large_enough.ui.fonts import FAMILY
from large_enough.ui.style_sheet import style_sheet
from large_enough.ui.theme import Theme
from large_enough.ui.tokens import (
    DARK,
    DARK_PROJECTOR,
    LIGHT,
    LIGHT_PROJECTOR,
    PROJECTOR_SCALE,
    Type,
)

PICTURES = sorted(path.stem for path in asset_path("icons").glob("*.svg"))


def test_choosing_colours_changes_all_at_once(qtbot: QtBot, theme: Theme, qapp: QApplication):
    with qtbot.waitSignal(theme.changed):
        theme.choose("dark")
    assert theme.tokens is DARK
    assert qapp.palette().color(QPalette.ColorRole.Window) == QColor(DARK.background)
    assert DARK.card in qapp.styleSheet()
    with qtbot.assertNotEmitted(theme.changed):
        theme.choose("dark")
    theme.choose("light")
    assert qapp.palette().color(QPalette.ColorRole.Window) == QColor(LIGHT.background)


def test_without_a_word_from_the_system_it_is_light(theme: Theme, qapp: QApplication):
    theme.choose("dark")
    theme.choose("system")
    is_dark = qapp.styleHints().colorScheme() is Qt.ColorScheme.Dark
    assert theme.tokens is (DARK if is_dark else LIGHT)
    assert theme.choice == "system"


def test_a_projector_gets_large_type_and_high_contrast(qtbot: QtBot, theme: Theme):
    usual = theme.font(Type.BASE).pointSizeF()
    with qtbot.waitSignal(theme.changed):
        theme.use_projector(is_on=True)
    try:
        assert theme.tokens is LIGHT_PROJECTOR
        assert theme.font(Type.BASE).pointSizeF() == pytest.approx(PROJECTOR_SCALE * usual)
        theme.choose("dark")
        assert theme.tokens is DARK_PROJECTOR
        with qtbot.assertNotEmitted(theme.changed):
            theme.use_projector(is_on=True)
    finally:
        theme.use_projector(is_on=False)
    assert (theme.tokens, theme.scale) == (DARK, 1.0)


@pytest.mark.parametrize("tokens", [LIGHT, DARK])
def test_the_style_sheet_has_no_gaps(tokens):
    assert "$" not in style_sheet(tokens)


def test_all_weights_come_with_the_program(theme: Theme):
    assert set(QFontDatabase.styles(FAMILY)) >= {"Regular", "Semi Bold", "Italic"}
    for kind in Type:
        assert QFontInfo(theme.font(kind)).family() == FAMILY


@pytest.mark.parametrize("kind", [kind for kind in Type if kind.is_tabular])
def test_digits_of_counters_are_equally_wide(theme: Theme, kind: Type):
    metrics = QFontMetrics(theme.font(kind))
    assert len({metrics.horizontalAdvance(digit * 4) for digit in "0123456789"}) == 1


def test_everything_grows_alike(theme: Theme):
    usual = theme.font(Type.BASE).pointSizeF()
    theme.scale = 1.6
    try:
        assert theme.font(Type.BASE).pointSizeF() == pytest.approx(1.6 * usual)
    finally:
        theme.scale = 1.0


def colours_of(image: QImage) -> set[str]:
    return {
        image.pixelColor(x, y).name()
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).alpha() == 255
    }


@pytest.mark.parametrize("name", PICTURES)
def test_pictures_are_sound_and_take_the_colour(qapp: QApplication, name: str):
    source = asset_path("icons", f"{name}.svg").read_text("utf-8")
    assert ElementTree.fromstring(source).tag.endswith("svg")
    assert not re.search(r"<(script|image|use|style)|href|url\(", source)
    image = QImage(96, 96, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    if name == "logo":
        icons.paint_logo(painter, QRectF(0, 0, 96, 96), DARK)
        wanted = {DARK.contender("A"), DARK.contender("B")}
    else:
        icons.paint_picture(painter, name, QRectF(0, 0, 96, 96), "#12ab34", "#fedcba")
        wanted = {"#12ab34"}
    painter.end()
    assert wanted <= colours_of(image)


def test_icons_are_sharp_on_every_screen(qapp: QApplication):
    sizes = icons.icon("play", "#000000", size_px=20).availableSizes()
    assert {size.width() for size in sizes} >= {20, 40, 60}
    assert not icons.logo_icon().isNull()
