"""Whether our tests see a window as a person does: what cannot be pressed, and what has no name."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QLabel, QProgressBar, QPushButton, QScrollArea, QToolButton, QWidget
from pytestqt.qtbot import QtBot
from tests.helpers.sight import find, focused, look_around
from tests.helpers.tree_rules import faults_of, faults_of_tabbing

AREA = QRect(20, 20, 90, 30)
ASK = 'Client "A window" > Button "Ask"'


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[QWidget]:
    """A window with one button."""
    made = QWidget()
    qtbot.addWidget(made)
    made.setWindowTitle("A window")
    made.setGeometry(50, 50, 300, 200)
    button = QPushButton("Ask", made)
    button.setGeometry(AREA)
    yield made
    made.hide()


def show(qtbot: QtBot, window: QWidget) -> None:
    window.show()
    qtbot.waitUntil(lambda: find("Button", "Ask") != [])


def only_hindrance() -> str:
    (control,) = find("Button", "Ask")
    return control.hindrance()


def test_what_is_free_can_be_pressed(qtbot: QtBot, window: QWidget):
    show(qtbot, window)
    assert only_hindrance() == ""


def test_what_is_disabled_cannot(qtbot: QtBot, window: QWidget):
    window.findChild(QPushButton).setEnabled(False)
    show(qtbot, window)
    assert only_hindrance() == "it is disabled"


def test_what_lies_below_something_cannot(qtbot: QtBot, window: QWidget):
    cover = QLabel("Something", window)
    cover.setGeometry(AREA)
    show(qtbot, window)
    assert "lies over it" in only_hindrance()


def test_what_lies_below_something_that_lets_the_mouse_through_can(qtbot: QtBot, window: QWidget):
    cover = QLabel("A ring", window)
    cover.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    cover.setGeometry(AREA)
    show(qtbot, window)
    assert only_hindrance() == ""


@pytest.mark.parametrize("place", [(400, 20), (-90, 20), (20, 199)])
def test_what_the_window_cuts_off_cannot(qtbot: QtBot, window: QWidget, place: tuple[int, int]):
    window.findChild(QPushButton).move(*place)
    show(qtbot, window)
    assert "nothing of it is in view" in only_hindrance()


def test_what_has_scrolled_away_cannot_until_it_is_back(qtbot: QtBot, window: QWidget):
    long = QWidget()
    long.setFixedSize(200, 900)
    window.findChild(QPushButton).setParent(long)
    area = QScrollArea(window)
    area.setGeometry(window.rect())
    area.setWidget(long)
    show(qtbot, window)
    assert only_hindrance() == ""
    area.verticalScrollBar().setValue(500)
    assert "nothing of it is in view" in only_hindrance()


def test_what_has_the_keyboard_is_known(qtbot: QtBot, window: QWidget):
    show(qtbot, window)
    with qtbot.waitActive(window):
        window.activateWindow()
    window.findChild(QPushButton).setFocus()
    assert str(focused()) == ASK


def faults(qtbot: QtBot, window: QWidget) -> list[str]:
    show(qtbot, window)
    return faults_of(look_around())


def test_a_window_without_faults(qtbot: QtBot, window: QWidget):
    assert faults(qtbot, window) == []


@pytest.mark.parametrize("name", ["", "…", " "])
def test_a_button_that_says_nothing(qtbot: QtBot, window: QWidget, name: str):
    QToolButton(window).setAccessibleName(name)
    (fault,) = faults(qtbot, window)
    assert fault.startswith('no name: Client "A window" > Button')


def test_progress_of_nothing(qtbot: QtBot, window: QWidget):
    QProgressBar(window)
    (fault,) = faults(qtbot, window)
    assert 'Client "A window" > ProgressBar' in fault


def test_two_buttons_of_one_name(qtbot: QtBot, window: QWidget):
    QPushButton("Ask", window).move(150, 20)
    assert faults(qtbot, window) == [f"two of the same name side by side: {ASK}"]


def test_the_same_name_in_another_group(qtbot: QtBot, window: QWidget):
    group = QWidget(window)
    group.setGeometry(0, 100, 300, 100)
    QPushButton("Ask", group)
    assert faults(qtbot, window) == []


def test_something_to_press_that_says_it_is_a_surface(qtbot: QtBot, window: QWidget):
    surface = QWidget(window)
    surface.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    surface.setAccessibleName("Somewhere")
    (fault,) = faults(qtbot, window)
    assert fault.startswith("can be used, but says it is a Client")


def test_html_that_would_be_read(qtbot: QtBot, window: QWidget):
    window.findChild(QPushButton).setToolTip("<p>Ask all</p>")
    (fault,) = faults(qtbot, window)
    assert fault.startswith("would be read with its HTML")


def test_a_button_that_tab_passes_by(qtbot: QtBot, window: QWidget):
    passed = QPushButton("Stop", window)
    passed.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
    show(qtbot, window)
    met = find("Button", "Ask")
    assert faults_of_tabbing(met, look_around()) == [
        'Tab does not go there: Client "A window" > Button "Stop"'
    ]
