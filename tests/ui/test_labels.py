"""Lines that are cut off say all of it elsewhere."""

from PySide6.QtGui import QAccessible
from pytestqt.qtbot import QtBot

from large_enough.ui.theme import Theme
from large_enough.ui.tokens import Type
from large_enough.ui.widgets.labels import ElidedLabel

WORDS = "a <long> line & more of it"


def test_a_line_that_is_cut_off_is_read_without_html(qtbot: QtBot, theme: Theme):
    label = ElidedLabel(theme, Type.BASE, WORDS)
    qtbot.addWidget(label)
    label.resize(40, 20)
    label.show()
    assert label.toolTip() == "<p>a &lt;long&gt; line &amp; more of it</p>"
    interface = QAccessible.queryAccessibleInterface(label)
    assert interface.text(QAccessible.Text.Name) == WORDS
    assert interface.text(QAccessible.Text.Description) == WORDS


def test_a_line_that_fits_says_nothing_twice(qtbot: QtBot, theme: Theme):
    label = ElidedLabel(theme, Type.BASE, WORDS)
    qtbot.addWidget(label)
    label.resize(400, 20)
    label.show()
    assert label.toolTip() == label.accessibleDescription() == ""
