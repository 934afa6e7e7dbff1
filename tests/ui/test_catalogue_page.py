"""Models that can be fetched: told, filtered, wanted, and found afterwards."""

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from pytestqt.qtbot import QtBot
from tests.helpers.records import make_card
from tests.ui.fake_fetcher import FakeFetcher
from tests.ui.fakes import FakeModels, make_entry
from tests.ui.program import Program

from large_enough.catalog.catalogue import NO_CHECKSUM, NOT_IN_CATALOGUE, CatalogueEntry
from large_enough.comparison.fetch_items import FetchState
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
    qtbot.mouseClick(page.filters.only_fitting, Qt.MouseButton.LeftButton)
    assert [row.name for row in page.table.rows] == ["Ant", "Dino"]


def shown(page: CataloguePage) -> list[str]:
    return [row.name for row in page.table.rows]


def make_kin(name: str, **more: str) -> CatalogueEntry:
    return msgspec.structs.replace(make_entry(name, 5_000_000), **more)


def open_varied(qtbot: QtBot, program: Program, models: FakeModels) -> CataloguePage:
    models.further = (
        make_kin("Coder", family="Beast", domain="coding", licence="MIT"),
        make_kin("Medic", family="Beast", domain="medical"),
    )
    return open_catalogue(qtbot, program)


def test_domains_of_the_catalogue_are_offered_and_leave_others_out(
    qtbot: QtBot, program: Program, models: FakeModels
) -> None:
    page = open_varied(qtbot, program, models)
    chips = [chip for chip in page.filters.domain_chips if chip.isVisible()]
    assert [chip.text() for chip in chips] == ["All domains", "General", "Coding", "Medical"]
    qtbot.mouseClick(chips[2], Qt.MouseButton.LeftButton)
    assert shown(page) == ["Coder"]
    qtbot.mouseClick(chips[0], Qt.MouseButton.LeftButton)
    assert len(shown(page)) == 5


def test_a_family_leaves_others_out(qtbot: QtBot, program: Program, models: FakeModels) -> None:
    page = open_varied(qtbot, program, models)
    family = page.filters.family
    assert family.text() == "Family: all"
    assert [action.text() for action in family.choices.actions()] == ["All", "Beast", "Made up"]
    family.choices.actions()[1].trigger()
    assert family.text() == "Family: Beast"
    assert shown(page) == ["Coder", "Medic"]


def test_words_are_looked_for_in_everything_that_is_told(
    qtbot: QtBot, program: Program, models: FakeModels
) -> None:
    page = open_varied(qtbot, program, models)
    qtbot.keyClicks(page.filters.search, "beast mit")
    assert shown(page) == ["Coder"]
    qtbot.keyClicks(page.filters.search, " nowhere")
    assert shown(page) == []
    assert page.nothing.isVisible()
    assert not page.offer.isVisible()
    qtbot.mouseClick(page.filters.all_button, Qt.MouseButton.LeftButton)
    assert len(shown(page)) == 5
    assert not page.nothing.isVisible()


def test_filters_add_up_and_are_kept_when_models_are_looked_for_again(
    qtbot: QtBot, program: Program, models: FakeModels
) -> None:
    page = open_varied(qtbot, program, models)
    page.filters.family.choices.actions()[2].trigger()
    qtbot.mouseClick(page.filters.only_fitting, Qt.MouseButton.LeftButton)
    assert shown(page) == ["Ant", "Dino"]
    with qtbot.waitSignal(program.library.scanned):
        program.library.scan()
    assert shown(page) == ["Ant", "Dino"]


def test_the_filters_can_be_used_by_keyboard(
    qtbot: QtBot, program: Program, models: FakeModels
) -> None:
    page = open_varied(qtbot, program, models)
    page.filters.domain_chips[0].setFocus()
    qtbot.keyClick(page.filters.domain_chips[0], Qt.Key.Key_Right)
    focused = page.window().focusWidget()
    assert focused is page.filters.domain_chips[1]
    qtbot.keyClick(focused, Qt.Key.Key_Space)
    assert "Coder" not in shown(page)


def test_a_model_is_fetched_and_is_here_afterwards(
    qtbot: QtBot, program: Program, models: FakeModels, fetcher: FakeFetcher
) -> None:
    page = open_catalogue(qtbot, program)
    page.table.go_to("dino")
    assert page.offer.name.text() == "Dino"
    qtbot.mouseClick(page.offer.get_button, Qt.MouseButton.LeftButton)
    assert [wanted.name for wanted in fetcher.wanted] == ["Dino"]
    assert not page.offer.get_button.isVisible()
    assert "On its way" in page.offer.state.text()
    assert page.table.hasFocus()
    models.cards += (msgspec.structs.replace(make_card("Dino"), catalog_id="dino"),)
    fetcher.put("dino", FetchState.DONE)
    qtbot.waitUntil(lambda: page.table.rows[1].speed == "here")
    assert "On this disk already" in page.offer.state.text()


def test_another_one_can_be_wanted_meanwhile(
    qtbot: QtBot, program: Program, fetcher: FakeFetcher
) -> None:
    page = open_catalogue(qtbot, program)
    qtbot.mouseClick(page.offer.get_button, Qt.MouseButton.LeftButton)
    page.table.go_to("dino")
    qtbot.mouseClick(page.offer.get_button, Qt.MouseButton.LeftButton)
    assert [wanted.name for wanted in fetcher.wanted] == ["Ant", "Dino"]
    assert len(page.fetch_list.rows) == 2


def test_what_a_model_is_checked_against_is_told(
    qtbot: QtBot, program: Program, models: FakeModels
) -> None:
    models.further = (msgspec.structs.replace(make_entry("Bear", 5), sha256=NO_CHECKSUM),)
    page = open_catalogue(qtbot, program)
    page.table.go_to("ant")
    assert "the checksum in the catalogue" in page.offer.checking.text()
    page.table.go_to("bear")
    assert "The catalogue has no checksum for it" in page.offer.checking.text()


def test_every_control_has_a_name(qtbot: QtBot, program: Program) -> None:
    page = open_catalogue(qtbot, program)
    filters = page.filters
    for widget in (
        page.table,
        page.finder.field,
        page.offer.get_button,
        filters.search,
        filters.only_fitting,
        *filters.domain_chips,
    ):
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
    page.table.go_to("bear")
    assert page.offer.terms.text() == "Some terms."
    page.table.go_to("ant")
    assert not page.offer.terms.isVisible()
