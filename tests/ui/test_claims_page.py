"""About the idea: what the page shows, and how it is used without a mouse."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot
from tests.helpers.verdicts import example_verdict

from large_enough.comparison.claims import claims_view
from large_enough.domain.claim import CLAIMS
from large_enough.ui.theme import Theme
from large_enough.ui.widgets.claims_page import ClaimsPage
from large_enough.wording.claim_words import claim_name


@pytest.fixture
def page(qtbot: QtBot, theme: Theme) -> ClaimsPage:
    made = ClaimsPage(theme)
    qtbot.addWidget(made)
    made.resize(1196, 720)
    made.show_claims(claims_view())
    made.show()
    qtbot.waitExposed(made)
    return made


def words_of(page: ClaimsPage) -> str:
    """Return everything that can be read on it."""
    labels = page.findChildren(QLabel)
    return " | ".join(label.text() for label in labels if label.isVisibleTo(page))


def test_it_works_without_a_run(page: ClaimsPage):
    assert [row.accessibleName() for row in page.rows] == [claim_name(one.kind) for one in CLAIMS]
    assert words_of(page).count("Run a pack to see yours.") == 3
    assert "Your run: no run has been looked at yet" in words_of(page)


def show_run(qtbot: QtBot, page: ClaimsPage) -> None:
    """Show a run, and wait until Qt has laid it out."""
    page.show_claims(claims_view(example_verdict()))
    qtbot.waitUntil(lambda: all(row.isVisible() for row in page.rows))


def test_a_run_takes_the_place_of_the_hint(qtbot: QtBot, page: ClaimsPage):
    show_run(qtbot, page)
    words = words_of(page)
    assert "Run a pack" not in words
    assert "55 billion" in words
    assert "Your run: SmolLM2 135M Instruct beside Qwen2.5 1.5B Instruct" in words
    page.show_claims(claims_view())
    qtbot.waitUntil(lambda: "Run a pack" in words_of(page))
    assert "55 billion" not in words_of(page)
    assert len(page.rows) == len(CLAIMS)


def test_a_claim_is_read_aloud_with_what_sources_say(page: ClaimsPage):
    row = page.rows[1]
    assert "284,000 kWh" in row.accessibleDescription()
    assert "not supported" in row.accessibleDescription()
    assert "1,287,000 kWh" in row.accessibleDescription()


def test_addresses_are_copied_and_nothing_is_opened(qtbot: QtBot, page: ClaimsPage):
    assert page.sources is not None
    button = page.sources.copy_buttons[2]
    assert button.accessibleName().startswith("Copy the address of Patterson")
    qtbot.keyClick(button, Qt.Key.Key_Space)
    assert QGuiApplication.clipboard().text() == "https://arxiv.org/abs/2104.10350"
    assert not any(label.openExternalLinks() for label in page.findChildren(QLabel))


def test_every_address_can_be_copied(page: ClaimsPage):
    assert page.view is not None
    assert page.sources is not None
    for source, button in zip(page.view.sources, page.sources.copy_buttons, strict=True):
        button.click()
        assert QGuiApplication.clipboard().text() == source.address


def test_the_keyboard_reads_to_the_end_and_goes_back(qtbot: QtBot, page: ClaimsPage):
    page.focus_first()
    bar = page.verticalScrollBar()
    assert bar.maximum() > 0
    qtbot.keyClick(page.back_button, Qt.Key.Key_PageDown)
    assert bar.value() > 0
    with qtbot.waitSignal(page.back_wanted):
        qtbot.keyClick(page.back_button, Qt.Key.Key_Space)


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("is_on", [False, True])
def test_no_text_is_cut_in_a_small_window(
    qtbot: QtBot, theme: Theme, page: ClaimsPage, mode: str, is_on: bool
):
    theme.choose(mode)
    theme.use_projector(is_on=is_on)
    page.resize(900, 600)
    show_run(qtbot, page)
    qtbot.waitUntil(lambda: not cut_texts(page))


def cut_texts(page: ClaimsPage) -> list[str]:
    """Return what is not shown in full height."""
    labels = [label for label in page.findChildren(QLabel) if label.isVisibleTo(page)]
    return [
        label.text() for label in labels if label.height() < label.heightForWidth(label.width()) - 1
    ]
