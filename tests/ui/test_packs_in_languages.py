"""The packs in other languages, on a projector, and from right to left."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot
from tests.helpers.catalogues import PSEUDO, write_pseudo_catalogue
from tests.ui.fake_packs import FakePacks, make_pack
from tests.ui.program import Program
from tests.ui.test_languages import untranslated

from large_enough.domain.pack import AnswerType
from large_enough.ui.theme import Theme
from large_enough.ui.widgets.pack_page import ABOUT, HEALTH
from large_enough.wording.translate import LANGUAGE_NAMES, use_language

FROM_THE_PACK = {
    *("Bank fees", "Banking", "CC-BY-4.0", "The Large Enough authors", "bank-fees", "en"),
    *("1 EUR ± 0.005", "row “Comfort”, column “Transfer abroad”", "transfer", "1.0.0"),
}


@pytest.fixture
def pseudo(tmp_path: Path) -> Iterator[None]:
    write_pseudo_catalogue(tmp_path)
    assert use_language([PSEUDO], tmp_path) == PSEUDO
    yield
    use_language(["en"])


@pytest.fixture
def english_afterwards() -> Iterator[None]:
    yield
    use_language(["en"])


@pytest.fixture
def right_to_left(qapp: QApplication) -> Iterator[None]:
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    yield
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def show(qtbot: QtBot, program: Program, packs: FakePacks) -> None:
    packs.put(make_pack())
    program.start(qtbot)
    program.window.rail.packs.click()
    qtbot.waitUntil(lambda: program.packs.list.count == 1)
    program.packs.page.switch.parts[HEALTH].click()
    qtbot.waitUntil(lambda: bool(program.packs.page.health.rows))


def edit(program: Program) -> None:
    program.packs.page.edit_button.click()
    program.packs.editor.facts_button.click()


def said(program: Program) -> list[str]:
    return [
        text
        for text in untranslated(program.packs)
        if text not in FROM_THE_PACK and not text.startswith("en, de")
    ]


@pytest.mark.usefixtures("pseudo")
def test_everything_about_packs_is_translated(qtbot: QtBot, program: Program, packs: FakePacks):
    show(qtbot, program, packs)
    program.packs.page.switch.parts[ABOUT].click()
    assert said(program) == []
    edit(program)
    form = program.packs.editor.desk.form.key_form
    for kind in AnswerType:
        next(action for action in form.types.actions() if action.data() == kind.value).trigger()
        assert said(program) == []


def fits(program: Program) -> bool:
    QApplication.sendPostedEvents()
    width = program.window.width()
    buttons = [
        button
        for button in program.packs.findChildren(QAbstractButton)
        if button.isVisible() and button.text()
    ]
    assert buttons
    for button in buttons:
        left = button.mapTo(program.window, button.rect().topLeft()).x()
        is_inside = left >= 0 and left + button.width() <= width
        if not is_inside or button.width() < button.minimumSizeHint().width():
            return False
    return True


@pytest.mark.usefixtures("english_afterwards")
@pytest.mark.parametrize("code", LANGUAGE_NAMES)
def test_the_smallest_window_cuts_no_button(
    theme: Theme, code: str, request: pytest.FixtureRequest
):
    del theme
    use_language([code])  # before the window is built
    qtbot: QtBot = request.getfixturevalue("qtbot")
    program: Program = request.getfixturevalue("program")
    show(qtbot, program, request.getfixturevalue("packs"))
    program.window.resize(1000, 650)
    qtbot.waitUntil(lambda: fits(program))
    edit(program)
    qtbot.waitUntil(lambda: fits(program))


def test_a_projector_cuts_no_button(qtbot: QtBot, program: Program, packs: FakePacks, theme: Theme):
    show(qtbot, program, packs)
    program.window.resize(1280, 800)
    theme.use_projector(is_on=True)
    qtbot.waitUntil(lambda: fits(program))
    edit(program)
    qtbot.waitUntil(lambda: fits(program))


@pytest.mark.usefixtures("right_to_left")
def test_from_right_to_left_the_library_stands_at_the_right(
    qtbot: QtBot, program: Program, packs: FakePacks
):
    show(qtbot, program, packs)
    program.window.grab()
    page, library = program.packs.page, program.packs.list
    corner = library.mapTo(program.packs, library.rect().topLeft()).x()
    assert corner > page.mapTo(program.packs, page.rect().topLeft()).x()
    assert page.run_button.x() < page.title.x()
