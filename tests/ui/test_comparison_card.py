"""The sentence, the bars and the table."""

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from tests.helpers.energy_uses import done_with, make_part
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
from large_enough.domain.power_now import PowerNow
from large_enough.domain.quantity import NumberQuality
from large_enough.domain.resource_use import MemorySample
from large_enough.report.comparison_table import comparison_rows
from large_enough.ui.bar_values import energy_headings
from large_enough.ui.round_progress import RoundProgress
from large_enough.ui.round_samples import PowerReading, Readings
from large_enough.ui.tables.comparison_model import ComparisonModel, small_print
from large_enough.ui.theme import Theme
from large_enough.ui.widgets.comparison_card import ComparisonCard
from large_enough.ui.widgets.copy_round_button import CopyForm
from large_enough.wording.summary import Finding


@pytest.fixture
def card(qtbot: QtBot, theme: Theme) -> ComparisonCard:
    made = ComparisonCard(theme, lambda _round_id: None)
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


def copied_as(card: ComparisonCard, form: CopyForm) -> QMimeData:
    (action,) = (each for each in card.copy_button.forms.actions() if each.data() is form)
    action.trigger()
    return QGuiApplication.clipboard().mimeData()


def test_the_comparison_is_copied_as_text(card: ComparisonCard, record):
    card.show_record(record)
    lines = copied_as(card, CopyForm.TEXT).text().splitlines()
    assert lines[0] == card.sentence.text()
    assert "Time for the answer: A 0.50 s, B 1.00 s; B took 2.0 times as long." in lines


def test_the_comparison_is_copied_as_a_table_for_sheets_and_for_word_processors(
    card: ComparisonCard, record
):
    card.show_record(record)
    data = copied_as(card, CopyForm.TABLE)
    assert "\t".join(["Time for the answer", "s", "0.50", "1.00"]) in data.text().splitlines()
    cells = ("Time for the answer", "s", "0.50", "1.00")
    assert "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>" in data.html()


def test_what_models_are_called_cannot_become_part_of_a_copied_page(card: ComparisonCard):
    plan = make_plan(make_card("<img src=x>\t\n"), make_card("B"))
    card.show_record(make_record([make_done("A"), make_done("B")], plan))
    data = copied_as(card, CopyForm.TABLE)
    assert "<img" not in data.html()
    (names,) = (line for line in data.text().splitlines() if line.startswith("\t\t"))
    assert names.count("\t") == 3


def test_the_comparison_is_copied_as_a_picture_and_the_button_says_so(
    qtbot: QtBot, card: ComparisonCard, record
):
    card.show_record(record)
    data = copied_as(card, CopyForm.PICTURE)
    assert data.hasImage()
    assert data.imageData().width() > 2000
    assert card.copy_button.text() == "Copied"
    qtbot.waitUntil(lambda: card.copy_button.text() == "Copy", timeout=5000)


def test_each_pair_of_bars_has_its_ratio_in_words(card: ComparisonCard, record):
    card.show_record(record)
    assert card.measures["total_s"].ratio.text() == "B took 2.0 times as long"
    assert card.measures["needed_bytes"].ratio.text() == "B needs 2.8 times as much"
    assert card.measures["energy_j"].ratio.text() == ""
    card.show_nothing(2)
    assert card.measures["total_s"].ratio.text() == ""


def test_three_bars_have_no_ratio(card: ComparisonCard):
    plan = make_plan(*(make_card(name) for name in ("one", "two", "three")))
    card.show_record(make_record([make_done(letter) for letter in "ABC"], plan))
    assert not card.measures["total_s"].ratio.isVisible()


def test_charts_take_the_place_of_bars_and_of_the_table(card: ComparisonCard, record):
    card.show_record(record)
    card.table_button.click()
    card.charts_button.click()
    assert card.charts.speed.isVisible()
    assert not card.table.isVisible()
    assert not card.measures["total_s"].isVisible()
    card.charts_button.click()
    assert card.measures["total_s"].isVisible()


def test_charts_can_be_watched_while_a_round_runs(qtbot: QtBot, theme: Theme):
    readings = Readings(start_ns=0)
    card = ComparisonCard(theme, lambda _round_id: readings)
    qtbot.addWidget(card)
    card.show()
    progress = RoundProgress(make_plan())
    card.show_progress(progress)
    card.charts_button.click()
    assert card.charts.speed.isVisible()
    assert not card.charts.memory.isVisible()
    assert not card.charts.power.isVisible()
    before = card.charts.speed.accessibleDescription()
    for number in range(1, 40):
        progress.take(text_event("A", "word ", token_count=number, t_s=0.1 * number))
    readings.memory["A"] = [
        MemorySample(t_ns=n * 10**9, resident_bytes=9, weights_bytes=5, working_bytes=n)
        for n in range(5)
    ]
    power = PowerNow(power_w=12.0, quality=NumberQuality.MEASURED)
    readings.power.append(PowerReading(1.0, ("A",), power))
    for _turn in range(3):
        card.show_progress(progress)
    assert card.charts.speed.accessibleDescription() != before
    assert card.charts.memory.isVisible()
    assert card.charts.power.isVisible()


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
    assert model.index(keys.index("energy_j"), 2).data() == "no instrument was read"


def test_small_print_names_letters_where_it_differs():
    rows = {row.key: row for row in comparison_rows(make_record([make_done("A")]))}
    assert small_print(rows["total_s"]) == "B: the record ends before the answer"


# --- energy


def record_with(quality: NumberQuality):
    """Return a round whose energies are of that quality."""
    parts = {letter: make_part(net_j=j, quality=quality) for letter, j in (("A", 12), ("B", 36))}
    return make_record([done_with(letter, part) for letter, part in parts.items()])


@pytest.mark.parametrize(
    ("quality", "word", "number"),
    [
        (NumberQuality.MEASURED, "measured", "12 J"),
        (NumberQuality.ATTRIBUTED, "attributed", "≈ 12 J"),
        (NumberQuality.ESTIMATED, "estimated", "~ 10 J"),
    ],
)
def test_energy_says_at_a_glance_what_kind_of_number_it_is(
    card: ComparisonCard, quality: NumberQuality, word: str, number: str
):
    card.show_record(record_with(quality))
    measure = card.measures["energy_j"]
    whole = f"Energy for the answer, {word} · processor chip, above idle"
    assert measure.heading.text() == whole
    assert word in measure.heading.shown
    assert whole in measure.heading.toolTip()
    bar = measure.bars["A"]
    assert bar.accessibleName() == f"Energy for the answer, A: {number}"
    assert bar.accessibleDescription().startswith(f"{word}, processor chip, above idle")
    assert word in bar.toolTip()
    card.show_nothing(2)
    assert measure.heading.text() == "Energy for the answer"


def test_bars_of_different_qualities_look_different(card: ComparisonCard):
    pictures = []
    for quality in (NumberQuality.MEASURED, NumberQuality.ATTRIBUTED, NumberQuality.ESTIMATED):
        card.show_record(record_with(quality))
        bar = card.measures["energy_j"].bars["B"]
        area = bar.rect().adjusted(24, 0, -90, 0)  # without letter and number
        pictures.append(bar.grab(area).toImage())
    assert len({bytes(picture.constBits()) for picture in pictures}) == 3


def test_energies_that_may_not_be_compared_are_called_so():
    parts = {"A": make_part(), "B": make_part(quality=NumberQuality.ESTIMATED)}
    record = make_record([done_with(letter, part) for letter, part in parts.items()])
    wordings = ("Energy for the answer, not comparable", "Energy, not comparable")
    assert energy_headings(record) == wordings


def test_without_energies_the_heading_says_no_more_than_its_name():
    assert energy_headings(make_record([make_done("A"), make_done("B")])) == ()


# --- many words


def test_remarks_stand_in_soft_ink_below_the_result(card: ComparisonCard):
    finding = Finding("One is faster.", "Ended after 6 passes.")
    card.show_record(make_record([make_done("A"), make_done("B")]), finding)
    assert card.sentence.text() == "One is faster."
    assert card.remarks.isVisible()
    assert card.remarks.property("tone") == "soft"
    assert copied_as(card, CopyForm.TEXT).text().startswith("One is faster. Ended after 6 passes.")
    card.show_nothing(2)
    assert not card.remarks.isVisible()


@pytest.mark.parametrize("width", [844, 1160])
@pytest.mark.parametrize("count", [1, 5, 20])
def test_long_findings_are_never_cut(card: ComparisonCard, width: int, count: int):
    card.resize(width, 400)
    finding = Finding(
        "; ".join(["Small One answered 3.1 times faster than Large One (2.9 to 3.3)"] * count),
        "Medians of 6 pairs; intervals hold the true median in 97 % of cases. " * count,
    )
    card.show_record(make_record([make_done("A"), make_done("B")]), finding)
    QApplication.sendPostedEvents()
    for label in (card.sentence, card.remarks):
        assert label.height() >= label.heightForWidth(label.width())
        assert label.geometry().right() <= width
