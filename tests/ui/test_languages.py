"""The window in other languages: chosen, complete, longer than English, and from right to left."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFontMetrics
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot
from tests.helpers.catalogues import MARK, PSEUDO, write_pseudo_catalogue
from tests.helpers.doctor_reports import make_absent, make_report
from tests.helpers.records import make_done
from tests.ui.builders import round_events
from tests.ui.fakes import FakeExaminer
from tests.ui.program import Program

from large_enough.resources.settings import load_settings
from large_enough.ui.theme import Theme
from large_enough.ui.tokens import Type
from large_enough.ui.widgets.bars import Bar, BarValue
from large_enough.ui.widgets.rail import Rail
from large_enough.wording.translate import LANGUAGE_NAMES, use_language

SAID_AS_IT_IS = {"Large Enough", "A", "B", "EUR", *LANGUAGE_NAMES.values()}
"""Names, which no language translates."""
TECHNICAL = re.compile(r"[0-9.]+x|[0-9]+ bit|Top-k|Top-p|Min-p")
FROM_OUTSIDE = (
    *("Question about", "Banking", "Telecom", "Ant", "Dinosaur", "sudo"),
    *("Small One", "Large One", "/models", "llama", "abab"),
)
"""How texts begin that models, prompts and systems bring along."""


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


def texts_of(widget: QWidget) -> Iterator[str]:
    """Yield what a widget says by itself, on the screen and to a screen reader."""
    if isinstance(widget, QLabel | QAbstractButton):
        yield widget.text()
    if isinstance(widget, QLineEdit | QPlainTextEdit):
        yield widget.placeholderText()
    yield widget.toolTip()
    yield widget.accessibleName()
    yield widget.accessibleDescription()


def untranslated(window: QWidget) -> list[str]:
    said = {text for widget in window.findChildren(QWidget) for text in texts_of(widget)}
    return sorted(
        text
        for text in said
        if any(character.isalpha() for character in text)
        and MARK not in text
        and text not in SAID_AS_IT_IS
        and not TECHNICAL.fullmatch(text)
        and not text.startswith(FROM_OUTSIDE)
    )


def after_a_round(qtbot: QtBot, program: Program, examiner: FakeExaminer) -> None:
    examiner.report = make_report(make_absent("no card", unlock="sudo something"))
    program.start(qtbot)
    program.arena.ask()
    for event in round_events(program.runner.plans[0], [make_done("A"), make_done("B")]):
        program.arena.round_view.take(event)
    program.arena.comparison.table_button.click()


@pytest.mark.usefixtures("pseudo")
def test_everything_the_window_says_is_translated(
    qtbot: QtBot, program: Program, examiner: FakeExaminer
) -> None:
    after_a_round(qtbot, program, examiner)
    for button in program.window.rail.buttons:
        button.click()
        assert untranslated(program.window) == []


@pytest.mark.usefixtures("english_afterwards")
@pytest.mark.parametrize("code", LANGUAGE_NAMES)
def test_no_name_of_a_screen_is_cut_off(theme: Theme, qtbot: QtBot, code: str) -> None:
    use_language([code])
    rail = Rail(theme)
    qtbot.addWidget(rail)
    rail.show()
    buttons = (*rail.buttons, rail.theme_button)
    metrics = QFontMetrics(theme.font(Type.SMALL_STRONG))
    for button in buttons:
        assert metrics.horizontalAdvance(button.text()) < button.width() <= rail.width()
    assert len({button.width() for button in buttons}) == 1


def show_settings(qtbot: QtBot, program: Program) -> None:
    program.start(qtbot)
    program.window.rail.settings.click()


@pytest.mark.parametrize(("index", "code"), [(1, "en"), (2, "de"), (3, "es")])
def test_a_chosen_language_is_kept_and_the_window_asks_to_be_built_again(
    qtbot: QtBot, program: Program, folder: Path, index: int, code: str
) -> None:
    show_settings(qtbot, program)
    with qtbot.waitSignal(program.settings_flow.language_changed):
        program.settings.language.switch.parts[index].click()
    assert load_settings(folder)[0].language == code


def test_the_systems_language_is_chosen_by_keeping_none(
    qtbot: QtBot, program: Program, folder: Path
) -> None:
    show_settings(qtbot, program)
    program.settings.language.switch.parts[2].click()
    program.settings.language.switch.parts[0].click()
    assert load_settings(folder)[0].language is None


def test_while_a_round_runs_the_language_waits_for_the_next_start(
    qtbot: QtBot, program: Program, folder: Path
) -> None:
    program.start(qtbot)
    program.arena.ask()
    program.window.rail.settings.click()
    with qtbot.assertNotEmitted(program.settings_flow.language_changed):
        program.settings.language.switch.parts[2].click()
    assert load_settings(folder)[0].language == "de"
    assert "next start" in program.settings.language.note.text()


def test_nothing_is_said_of_the_next_start_once_nothing_runs(
    qtbot: QtBot, program: Program
) -> None:
    show_settings(qtbot, program)
    program.settings.language.say_later()
    program.settings.language.switch.parts[1].click()
    assert program.settings.language.note.isHidden()


@pytest.mark.usefixtures("right_to_left")
def test_from_right_to_left_the_rail_changes_sides_but_a_stays_left_of_b(
    qtbot: QtBot, program: Program, examiner: FakeExaminer
) -> None:
    after_a_round(qtbot, program, examiner)
    first, second = (program.arena.pane_row.panes[letter] for letter in "AB")
    assert (
        first.mapToGlobal(first.rect().topLeft()).x()
        < second.mapToGlobal(second.rect().topLeft()).x()
    )
    assert first.layoutDirection() is Qt.LayoutDirection.RightToLeft
    rail = program.window.rail
    assert rail.geometry().left() > first.width()


@pytest.mark.usefixtures("right_to_left")
def test_from_right_to_left_bars_grow_to_the_left_and_letters_stand_apart_from_numbers(
    qtbot: QtBot, theme: Theme
) -> None:
    bar = Bar(theme, "A")
    qtbot.addWidget(bar)
    bar.resize(200, bar.sizeHint().height())
    bar.show_value("Speed", BarValue("A", 10.0, "10 s"), longest=20.0)
    bar.show()
    colour = QColor(theme.tokens.contender("A"))
    picture = bar.grab().toImage()
    middle = picture.height() // 2
    filled = [x for x in range(picture.width()) if picture.pixelColor(x, middle) == colour]
    assert filled
    assert min(filled) > picture.width() // 2


@pytest.mark.usefixtures("right_to_left")
def test_from_right_to_left_a_flow_begins_at_the_right(qtbot: QtBot, program: Program) -> None:
    program.start(qtbot)
    first, second = program.arena.prompt_card.chips.chips[:2]
    assert first.x() > second.x()
