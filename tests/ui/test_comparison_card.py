"""The sentence, the bars and the table."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot
from tests.helpers.records import (
    make_answer,
    make_card,
    make_done,
    make_failed,
    make_plan,
    make_record,
    make_timing,
)
from tests.ui.builders import state_event, text_event

from large_enough.comparison.events import AnswerFinished, ContenderState
from large_enough.report.comparison_table import comparison_rows
from large_enough.ui.round_progress import RoundProgress
from large_enough.ui.tables.comparison_model import ComparisonModel, small_print
from large_enough.ui.theme import Theme
from large_enough.ui.widgets.comparison_card import ComparisonCard


@pytest.fixture
def card(qtbot: QtBot, theme: Theme) -> ComparisonCard:
    made = ComparisonCard(theme)
    qtbot.addWidget(made)
    made.resize(1160, 140)
    made.show()
    return made


@pytest.fixture
def record():
    quick = make_answer(make_timing(total_s=0.5))
    return make_record([make_done("A", quick), make_done("B", needed_bytes=580_000_000)])


def test_before_the_first_round_there_is_an_invitation(card: ComparisonCard):
    assert "Ask" in card.sentence.text()
    assert not card.table_button.isVisible()
    assert [bar.number for bar in card.measures["total_s"].bars.values()] == ["—", "—"]


def test_a_running_round_is_told_live(card: ComparisonCard):
    progress = RoundProgress(make_plan())
    progress.take(AnswerFinished(result=make_done("A")))
    progress.take(state_event("B", ContenderState.ANSWERING))
    progress.take(text_event("B", "x", token_count=41, t_s=0.5))
    card.show_progress(progress)
    assert card.sentence.text() == "A is done. B is answering: 41 tokens so far."
    bars = card.measures["total_s"].bars
    assert bars["A"].value() == bars["A"].maximum()
    assert bars["B"].value() == bars["B"].maximum() // 2


def test_the_outcome_is_a_sentence_and_bars(card: ComparisonCard, record):
    card.show_record(record)
    assert "2.0 times faster" in card.sentence.text()
    bars = card.measures["total_s"].bars
    assert (bars["A"].value(), bars["B"].value()) == (500, 1000)
    assert bars["A"].accessibleName() == "Time for the answer, A: 0.50 s"


def test_bars_follow_the_number_of_contenders(card: ComparisonCard):
    plan = make_plan(*(make_card(name) for name in ("one", "two", "three")))
    card.show_record(make_record([make_done(letter) for letter in "ABC"], plan))
    assert list(card.measures["total_s"].bars) == ["A", "B", "C"]
    card.show_nothing(2)
    assert list(card.measures["total_s"].bars) == ["A", "B"]


def test_a_failure_has_no_bar(card: ComparisonCard):
    card.show_record(make_record([make_done("A"), make_failed("B")]))
    bar = card.measures["total_s"].bars["B"]
    assert bar.value() == 0
    assert bar.number == "—"
    assert bar.accessibleDescription() == "failed"


def test_all_figures_are_shown_on_demand(card: ComparisonCard, record):
    card.show_record(record)
    assert not card.table.isVisible()
    card.table_button.click()
    assert card.table.isVisible()
    assert card.table.model().rowCount() == len(comparison_rows(record))
    card.show_nothing(2)
    assert not card.table.isVisible()


def test_the_comparison_is_copied_as_text(card: ComparisonCard, record):
    card.show_record(record)
    card.copy_button.click()
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0] == card.sentence.text()
    assert "\t".join(["Time for the answer", "s", "0.50", "1.00"]) in lines


def test_a_long_sentence_is_said_smaller(card: ComparisonCard):
    names = [f"A model with a name that is far too long, number {n}" for n in range(3)]
    plan = make_plan(*(make_card(name) for name in names))
    large = card.sentence.font().pointSizeF()
    card.show_record(make_record([make_done(letter) for letter in "ABC"], plan))
    assert card.sentence.font().pointSizeF() < large


def test_the_model_of_the_table_is_sound(record):
    model = ComparisonModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    model.show(comparison_rows(record), ["A  One", "B  Two"])
    assert tester.model() is model
    horizontal, vertical = Qt.Orientation.Horizontal, Qt.Orientation.Vertical
    assert model.headerData(0, horizontal) == "A One"
    assert model.headerData(2, horizontal) == "Small print"
    assert model.headerData(0, vertical) == "Reading the prompt, tok/s"
    keys = [row.key for row in comparison_rows(record)]
    index = model.index(keys.index("total_s"), 0)
    assert index.data() == "0.50"
    spoken = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "A One, Time for the answer: 0.50 s"
    energy = model.index(keys.index("energy_j"), 1)
    assert energy.data(Qt.ItemDataRole.AccessibleTextRole) == "B Two, Energy: not available"
    assert model.index(keys.index("energy_j"), 2).data() == "no instrument yet"


def test_small_print_names_letters_where_it_differs():
    rows = {row.key: row for row in comparison_rows(make_record([make_done("A")]))}
    assert small_print(rows["total_s"]) == "B: the record ends before the answer"
