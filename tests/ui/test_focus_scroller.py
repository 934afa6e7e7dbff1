"""What gets the keyboard comes into view, unless it is already."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from large_enough.ui.widgets.focus_scroller import FocusScroller
from large_enough.ui.widgets.scrolling import Scrolling


class Tall(QWidget):
    """Two buttons far apart."""

    def __init__(self) -> None:
        super().__init__()
        self.first, self.last = QPushButton("first"), QPushButton("last")
        column = QVBoxLayout(self)
        column.addWidget(self.first)
        column.addSpacing(600)
        column.addWidget(self.last)


@pytest.fixture
def tall(qtbot: QtBot, qapp: QApplication) -> Iterator[Tall]:
    """A screen in a low window."""
    made = Tall()
    place = Scrolling(made)
    qtbot.addWidget(place)
    place.resize(200, 100)
    FocusScroller(qapp, place)
    place.show()
    with qtbot.waitActive(place):
        place.activateWindow()
    made.first.setFocus()
    yield made
    place.hide()


def test_it_scrolls_to_what_is_out_of_view_and_back(tall: Tall):
    assert tall.last.visibleRegion().isEmpty()
    tall.last.setFocus()
    assert not tall.last.visibleRegion().isEmpty()
    tall.first.setFocus()
    assert not tall.first.visibleRegion().isEmpty()


def test_it_stays_where_it_is_for_what_is_partly_in_view(tall: Tall):
    place = tall.parentWidget().parentWidget()
    assert isinstance(place, Scrolling)
    tall.last.setFocus()
    place.verticalScrollBar().setValue(place.verticalScrollBar().value() - 10)
    before = place.verticalScrollBar().value()
    tall.first.clearFocus()
    tall.last.setFocus()
    assert place.verticalScrollBar().value() == before


def test_nothing_is_scrolled_when_the_keyboard_goes_to_another_window(qtbot: QtBot, tall: Tall):
    other = QPushButton("elsewhere")
    qtbot.addWidget(other)
    other.show()
    other.setFocus()
    assert tall.last.visibleRegion().isEmpty()
