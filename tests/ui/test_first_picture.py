"""The window opens with the Arena; the other screens come right after its first picture."""

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from large_enough.ui.first_picture import FirstPicture


def test_it_tells_once_when_the_widget_has_been_painted(qtbot: QtBot):
    widget = QWidget()
    qtbot.addWidget(widget)
    seen: list[bool] = []
    picture = FirstPicture(widget, widget)
    picture.seen.connect(lambda: seen.append(widget.isVisible()))
    with qtbot.waitSignal(picture.seen):
        widget.show()
    widget.repaint()
    qtbot.wait(0)
    assert seen == [True]


def test_a_window_that_nobody_can_see_is_taken_as_seen_after_a_while(qtbot: QtBot):
    widget = QWidget()
    qtbot.addWidget(widget)
    picture = FirstPicture(widget, widget)
    with qtbot.waitSignal(picture.seen, timeout=5_000):
        pass
    assert not widget.isVisible()
