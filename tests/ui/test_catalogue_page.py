"""Models that can be fetched: told, filtered, fetched, cancelled, and found afterwards."""

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from pytestqt.qtbot import QtBot
from tests.helpers.records import make_card
from tests.ui.fakes import FakeModels, make_entry
from tests.ui.program import Program

from large_enough.catalog.catalogue import NOT_IN_CATALOGUE
from large_enough.domain.errors import FailureKind, FetchError
from large_enough.ui.model_rows import Room
from large_enough.ui.widgets.catalogue_page import CataloguePage


def open_catalogue(qtbot: QtBot, program: Program) -> CataloguePage:
    program.start(qtbot)
    program.window.activateWindow()
    program.window.rail.models.click()
    qtbot.mouseClick(program.models.switch.parts[1], Qt.MouseButton.LeftButton)
    return program.models.catalogue


def test_every_model_says_what_it_is_and_whether_it_should_fit(
    qtbot: QtBot, program: Program
) -> None:
    page = open_catalogue(qtbot, program)
    assert page.isVisible()
    ant, dino, whale = page.table.rows
    assert (ant.name, ant.room, ant.memory) == ("Ant", Room.FITS, "98 MB, should fit")
    assert ant.place == "model"
    assert dino.room is Room.FITS
    assert (whale.room, whale.memory) == (
        Room.TOO_LARGE,
        "40.0 GB, too large for the free memory",
    )


def test_what_is_too_large_can_be_left_out(qtbot: QtBot, program: Program) -> None:
    page = open_catalogue(qtbot, program)
    qtbot.mouseClick(page.only_fitting, Qt.MouseButton.LeftButton)
    assert [row.name for row in page.table.rows] == ["Ant", "Dino"]


def test_a_model_is_fetched_with_progress_and_is_here_afterwards(
    qtbot: QtBot, program: Program, models: FakeModels
) -> None:
    page = open_catalogue(qtbot, program)
    page.table.go_to("dino")
    assert page.name.text() == "Dino"
    models.may_finish.clear()
    qtbot.mouseClick(page.fetch_card.get_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "Getting Dino" in page.fetch_card.words)
    models.fetched_cards = (msgspec.structs.replace(make_card("Dino"), catalog_id="dino"),)
    models.may_finish.set()
    qtbot.waitUntil(lambda: page.table.rows[1].speed == "here")
    assert not page.fetch_card.isVisible()


def test_a_fetch_can_be_cancelled(qtbot: QtBot, program: Program, models: FakeModels) -> None:
    page = open_catalogue(qtbot, program)
    models.may_finish.clear()
    qtbot.mouseClick(page.fetch_card.get_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(page.fetch_card.cancel_button.isVisible)
    qtbot.mouseClick(page.fetch_card.cancel_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(page.fetch_card.get_button.isVisible)
    assert "Not on this disk yet" in page.fetch_card.words


def test_a_fetch_that_fails_says_why(qtbot: QtBot, program: Program, models: FakeModels) -> None:
    models.fetch_failure = FetchError(FailureKind.NO_NETWORK, "Ant")
    page = open_catalogue(qtbot, program)
    qtbot.mouseClick(page.fetch_card.get_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.fetch_card.get_button.text() == "Try again")
    assert "no network connection" in page.fetch_card.words


def test_every_control_has_a_name(qtbot: QtBot, program: Program) -> None:
    page = open_catalogue(qtbot, program)
    for widget in (page.table, page.only_fitting, page.fetch_card.get_button):
        interface = QAccessible.queryAccessibleInterface(widget)
        assert interface.text(QAccessible.Text.Name)


def test_a_model_of_unknown_size_stands_last_and_says_so(
    qtbot: QtBot, program: Program, models: FakeModels
) -> None:
    unknown = msgspec.structs.replace(
        make_entry("Aardvark", 1), size_bytes=NOT_IN_CATALOGUE, licence_note="x"
    )
    restricted = msgspec.structs.replace(make_entry("Bear", 5), licence_note="Some terms.")
    models.further = (unknown, restricted)
    page = open_catalogue(qtbot, program)
    assert page.table.rows[-1].name == "Aardvark"
    assert page.table.rows[-1].memory == "not known yet"
    page.table.go_to("aardvark")
    assert "size and checksum" in page.fetch_card.words
    page.table.go_to("bear")
    assert "terms of its own" in page.fetch_card.words
    assert page.note.text() == "Some terms."
