"""What is asked before a link is opened."""

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from large_enough.ui.widgets.link_question import LinkQuestion


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.mark.parametrize(
    ("address", "can_open"),
    [
        ("https://example.org", True),
        ("http://example.org", True),
        ("mailto:a@example.org", True),
        ("HTTPS://example.org", True),
        ("file:///etc/hostname", False),
        ("javascript:alert(1)", False),
        ("ssh://example.org", False),
        ("data:text/html,x", False),
        ("relative/path", False),
    ],
)
def test_only_web_and_mail_can_be_opened(parent: QWidget, address: str, can_open: bool):
    assert LinkQuestion(QUrl(address), parent).can_open is can_open


def test_it_shows_plain_text_and_copies_by_default(parent: QWidget):
    question = LinkQuestion(QUrl("https://example.org/<b>x</b>"), parent)
    assert question.textFormat() is Qt.TextFormat.PlainText
    assert question.informativeText().startswith("https://example.org/")
    default = question.defaultButton()
    assert isinstance(default, QPushButton)
    question.open()
    default.click()
    assert QGuiApplication.clipboard().text() == QUrl("https://example.org/<b>x</b>").toString()


def test_cancelling_copies_nothing(parent: QWidget):
    QGuiApplication.clipboard().setText("mine")
    question = LinkQuestion(QUrl("https://example.org"), parent)
    question.open()
    question.escapeButton().click()
    assert QGuiApplication.clipboard().text() == "mine"
