"""What the verdict's cards show, and what they do where something is missing."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QListWidget, QWidget
from pytestqt.qtbot import QtBot
from tests.helpers.verdicts import COSTING, example_verdict, patterns, sized_card

from large_enough.domain.verdict import CostMeasure, LadderKind, RunVerdict
from large_enough.ui.screens.verdict import VerdictScreen
from large_enough.ui.theme import Theme
from large_enough.ui.widgets.drawing_view import DrawingView
from large_enough.ui.widgets.scrolling import Scrolling

CLOSE = patterns(both=73, only_small=8, only_large=11, neither=8)
HOSTILE = "<img src='file:///etc/passwd'>\u202e & <b>bold</b>"
EDGES = (1196, 800)
SMALLEST = (916, 650)
"""What is left for a screen in the smallest window."""


@pytest.fixture
def show(qtbot: QtBot, theme: Theme) -> Callable[..., VerdictScreen]:
    """Shows a verdict on the screen."""
    kept: list[QWidget] = []

    def shown(verdict: RunVerdict, size: tuple[int, int] = EDGES) -> VerdictScreen:
        screen = VerdictScreen(theme)
        place = Scrolling(screen)
        kept.append(place)
        qtbot.addWidget(place)
        place.resize(*size)
        screen.show_verdict(verdict)
        place.show()
        qtbot.waitExposed(place)
        return screen

    return shown


def texts(widget: QWidget) -> str:
    return " | ".join(
        label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget)
    )


def test_the_sentence_stands_above_the_interval_and_how_it_came_about(
    show: Callable[..., VerdictScreen],
):
    card = show(example_verdict(*CLOSE)).page.sentence
    assert card.headline.text().startswith("Not settled yet")
    assert "81" in card.detail.text()
    assert "84" in card.detail.text()
    assert card.interval.isVisible()
    assert card.interval.accessibleName()
    assert "worse" in card.interval.accessibleDescription()
    assert "95 %" in card.method.text()


def test_a_run_of_one_contender_says_why_there_is_no_verdict(show: Callable[..., VerdictScreen]):
    screen = show(example_verdict("+-" * 20))
    assert screen.page.sentence.headline.text().startswith("No verdict")
    assert not screen.page.sentence.interval.isVisible()
    assert not screen.page.differences.isVisible()
    assert not screen.page.cascade.isVisible()
    assert not screen.pair_menu.isVisible()
    assert screen.page.costs.isVisible()


def test_each_cost_can_be_chosen(show: Callable[..., VerdictScreen]):
    chart = show(example_verdict(*CLOSE, costing=COSTING)).page.chart
    titles = []
    for part in chart.switch.parts:
        assert part.isVisible()
        part.click()
        titles.append(chart.view.accessibleName())
    assert len(set(titles)) == 5
    assert chart.switch.measure is CostMeasure.CO2


def test_a_cost_that_nobody_measured_is_grey_and_says_why(show: Callable[..., VerdictScreen]):
    chart = show(example_verdict(*CLOSE, joules=None)).page.chart
    energy, time, _memory, money, co2 = chart.switch.parts
    assert not energy.isEnabled()
    assert energy.accessibleDescription()
    assert energy.accessibleDescription() in chart.missing.text()
    assert time.isChecked()
    assert not money.isVisible()
    assert not co2.isVisible()


def test_what_was_chosen_is_shown_again_where_it_is_known(show: Callable[..., VerdictScreen]):
    screen = show(example_verdict(*CLOSE))
    screen.page.chart.switch.parts[0].click()
    screen.show_verdict(example_verdict(*CLOSE, joules=None))
    assert screen.page.chart.switch.measure is CostMeasure.TIME
    screen.show_verdict(example_verdict(*CLOSE))
    assert screen.page.chart.switch.measure is CostMeasure.ENERGY


def test_costs_stand_in_a_table_with_words_for_those_who_hear_it(
    show: Callable[..., VerdictScreen],
):
    card = show(example_verdict(*CLOSE, joules=None)).page.costs
    time = card.cells["A", CostMeasure.TIME]
    assert time.text().endswith("s")
    assert time.accessibleName() == f"SmolLM2 135M Instruct, time: {time.text()}"
    energy = card.cells["A", CostMeasure.ENERGY]
    assert energy.text() == "—"
    assert len(energy.accessibleName()) > len("SmolLM2 135M Instruct, energy: —")
    assert ("A", CostMeasure.MONEY) not in card.cells
    assert "faster" in card.sentence.text()


def test_money_and_co2_are_in_it_where_the_user_has_set_what_they_rest_on(
    show: Callable[..., VerdictScreen],
):
    card = show(example_verdict(*CLOSE, costing=COSTING)).page.costs
    assert card.cells["B", CostMeasure.MONEY].text() != "—"
    assert card.cells["B", CostMeasure.CO2].text() != "—"


def test_remarks_are_there_in_short_and_unfold(show: Callable[..., VerdictScreen]):
    marked = ("+n" * 20, "+t" * 20, "++" * 20)
    card = show(example_verdict(*marked)).page.remarks
    assert card.isVisible()
    assert len(card.texts) > 1
    assert "Read them" in card.more_button.text()
    card.more_button.click()
    assert all(text in texts(card) for text in card.texts)
    assert card.more_button.text() == "Show less"


def test_a_run_with_nothing_to_remark_has_no_such_card(show: Callable[..., VerdictScreen]):
    verdict = example_verdict(*patterns(both=60, only_small=20, only_large=20, neither=20))
    card = show(verdict).page.remarks
    assert card.isVisible() == bool(verdict.remarks)


def test_ladders_of_sizes_and_of_quantisations_have_a_card_each(
    show: Callable[..., VerdictScreen],
):
    cards = (
        sized_card("Qwen", 500_000_000, 250_000_000, quantisation="Q2_K"),
        sized_card("Qwen", 500_000_000, 500_000_000, quantisation="Q8_0"),
        sized_card("Qwen", 1_500_000_000, quantisation="Q8_0"),
    )
    verdict = example_verdict("+-" * 30, "++-+" * 15, "++++-+" * 10, cards=cards)
    ladders = show(verdict).page.ladders
    kinds = [card.ladder.kind for card in ladders.cards]
    assert kinds == [LadderKind.SIZE, LadderKind.QUANTISATION]
    assert ladders.cards[1].title.text() == "The quantisation ladder of Qwen"
    assert all(card.sentence.text() and card.view.isVisible() for card in ladders.cards)


def test_shares_of_levels_and_kinds_are_listed_with_their_intervals(
    show: Callable[..., VerdictScreen],
):
    card = show(example_verdict()).page.kinds
    cell = card.cells["Level 1", "A"]
    assert cell.text().endswith("%")
    assert "(" in cell.accessibleName()
    assert ("Rounding", "B") in card.cells


def test_what_so_many_questions_can_show_is_marked(show: Callable[..., VerdictScreen]):
    power = show(example_verdict(*CLOSE)).page.power
    assert "question" in power.sentence.text()
    assert power.table.selectionModel().selectedRows()


def test_another_pair_is_chosen_from_a_menu(show: Callable[..., VerdictScreen]):
    screen = show(example_verdict())
    names = [action.text() for action in screen.pair_menu.pairs.actions()]
    assert len(names) == 3
    assert [action.isChecked() for action in screen.pair_menu.pairs.actions()].count(True) == 1
    before = screen.page.sentence.headline.text()
    other = next(one for one in screen.pair_menu.pairs.actions() if not one.isChecked())
    other.trigger()
    assert screen.page.sentence.headline.text() != before


def test_twelve_contenders_are_shown(show: Callable[..., VerdictScreen]):
    rows = tuple("+" * (30 + 5 * number) + "-" * (70 - 5 * number) for number in range(12))
    screen = show(example_verdict(*rows))
    assert len(screen.page.costs.cells) == 12 * 3
    assert len(screen.pair_menu.pairs.actions()) == 66
    assert screen.page.chart.view.drawing is not None


def test_names_from_outside_stay_what_they_are(show: Callable[..., VerdictScreen]):
    cards = (sized_card(HOSTILE, 10**8), sized_card(f"{HOSTILE} two", 10**9))
    screen = show(example_verdict("+-" * 20, "+" * 40, cards=cards))
    for label in screen.findChildren(QLabel):
        assert "\u202e" not in label.text()
        if "<img" in label.text():
            assert label.textFormat() is Qt.TextFormat.PlainText or isinstance(label, DrawingView)


# --- room and keys


@pytest.mark.parametrize("is_projector", [False, True])
def test_nothing_is_wider_than_the_smallest_window(
    qtbot: QtBot, theme: Theme, show: Callable[..., VerdictScreen], is_projector: bool
):
    theme.use_projector(is_on=is_projector)
    screen = show(example_verdict(costing=COSTING), SMALLEST)
    assert screen.width() <= SMALLEST[0]
    content = screen.page.widget()
    qtbot.waitUntil(lambda: content.width() <= screen.page.viewport().width())
    for button in screen.findChildren(QAbstractButton):
        if button.isVisible():
            right = button.mapTo(screen, button.rect().topRight()).x()
            assert 0 <= right <= screen.width(), button.text()


def test_labels_have_the_height_that_their_words_need(
    qtbot: QtBot, show: Callable[..., VerdictScreen]
):
    screen = show(example_verdict(), SMALLEST)
    wrapped = [
        label
        for label in screen.page.findChildren(QLabel)
        if label.wordWrap() and label.isVisible()
    ]
    assert wrapped
    qtbot.waitUntil(
        lambda: all(label.height() >= label.heightForWidth(label.width()) for label in wrapped)
    )


def test_everything_that_takes_the_keyboard_has_a_name_and_is_reached(
    qtbot: QtBot, show: Callable[..., VerdictScreen]
):
    screen = show(example_verdict())
    screen.page.differences.open_group(0)
    screen.window().activateWindow()
    screen.focus_first()
    qtbot.waitUntil(screen.report_button.hasFocus)
    seen: list[QWidget] = []
    for _step in range(60):
        now = QApplication.focusWidget()
        if now in seen:
            break
        seen.append(now)
        qtbot.keyClick(now, Qt.Key.Key_Tab)
    for widget in seen:
        assert widget.accessibleName() or getattr(widget, "text", str)(), widget
    page = screen.page
    for wanted in (page.sentence.interval, page.chart.view, page.power.table):
        assert wanted in seen
    assert any(isinstance(widget, QListWidget) for widget in seen)
    assert seen.index(page.sentence.interval) < seen.index(page.chart.view)


# --- about the idea


def test_about_the_idea_is_shown_beside_the_own_figures_and_escape_leads_back(
    show: Callable[..., VerdictScreen],
):
    screen = show(example_verdict())
    screen.idea_button.click()
    assert screen.claims.isVisible()
    assert screen.claims.view is not None
    assert screen.step_back()
    assert screen.page.isVisible()
    assert not screen.step_back()
