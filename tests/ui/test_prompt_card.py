"""The card on which a question is put."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from large_enough.domain.prompt import Prompt
from large_enough.domain.round import Mode
from large_enough.ui.theme import Theme
from large_enough.ui.tokens import Type
from large_enough.ui.widgets.labels import FittingLabel
from large_enough.ui.widgets.prompt_box import LEAST_LINES, MOST_LINES
from large_enough.ui.widgets.prompt_card import PromptCard

PROMPTS = (
    Prompt(id="1", domain="Banking", text="What is the fee?", system="Be brief."),
    Prompt(id="2", domain="Banking", text="What is the rate?"),
    Prompt(id="3", domain="Telecom", text="What does roaming cost?"),
)


@pytest.fixture
def card(qtbot: QtBot, theme: Theme) -> PromptCard:
    made = PromptCard(theme, PROMPTS)
    qtbot.addWidget(made)
    made.resize(1000, 180)
    made.show()
    return made


def chip(card: PromptCard, text: str):
    return next(chip for chip in card.chips.chips if chip.text() == text)


def test_there_is_a_chip_for_each_domain_and_one_for_own_questions(card: PromptCard):
    assert [made.text() for made in card.chips.chips] == ["Banking", "Telecom", "My own…"]


def test_a_chip_brings_its_question_and_system_message(card: PromptCard):
    chip(card, "Banking").click()
    assert (card.prompt, card.system) == ("What is the fee?", "Be brief.")
    chip(card, "Telecom").click()
    assert (card.prompt, card.system) == ("What does roaming cost?", "")


def test_writing_makes_the_question_ones_own(qtbot: QtBot, card: PromptCard):
    chip(card, "Banking").click()
    qtbot.keyClicks(card.box, "!")
    assert chip(card, "My own…").isChecked()
    assert card.system == ""


def test_questions_of_a_domain_are_stepped_through(qtbot: QtBot, card: PromptCard):
    card.chips.choose_first()
    seen = [card.prompt]
    with qtbot.waitSignal(card.chips.prompt_chosen):
        card.chips.step_on.click()
    seen.append(card.prompt)
    card.chips.step_on.click()
    seen.append(card.prompt)
    card.chips.step_back.click()
    seen.append(card.prompt)
    first, second = "What is the fee?", "What is the rate?"
    assert seen == [first, second, first, second]
    chip(card, "Telecom").click()
    assert not card.chips.step_on.isVisible()


def test_questions_brought_from_elsewhere_get_a_chip_of_their_own(card: PromptCard):
    brought = [Prompt(id="d", domain="Loans", text=text) for text in ("Why save?", "Why lend?")]
    card.chips.offer("Loans", brought)
    assert card.prompt == "Why save?"
    card.chips.step_on.click()
    assert card.prompt == "Why lend?"
    card.chips.offer("Loans", brought[1:])
    assert card.prompt == "Why lend?"
    assert [made.text() for made in card.chips.chips].count("Loans") == 1


def test_the_button_is_named_after_how_many_answer(card: PromptCard):
    for count, words in ((1, "Ask"), (2, "Ask both"), (3, "Ask all three"), (4, "Ask all four")):
        card.show_contender_count(count, can_add=count < 4)
        assert card.ask_button.text() == words
    assert not card.add_button.isVisible()


def test_without_a_question_or_a_model_nothing_can_be_asked(card: PromptCard):
    assert not card.ask_button.isEnabled()
    card.write("  \n ")
    assert not card.ask_button.isEnabled()
    card.write("a question")
    assert card.ask_button.isEnabled()
    card.show_contender_count(0, can_add=False)
    assert not card.ask_button.isEnabled()


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_control_enter_asks_and_enter_alone_writes(qtbot: QtBot, card: PromptCard, key: Qt.Key):
    card.write("a question")
    with qtbot.waitSignal(card.asked):
        qtbot.keyClick(card.box, key, Qt.KeyboardModifier.ControlModifier)
    assert card.prompt == "a question"
    with qtbot.assertNotEmitted(card.asked):
        qtbot.keyClick(card.box, key)
    assert "\n" in card.prompt


def test_the_button_turns_into_stop(qtbot: QtBot, card: PromptCard):
    card.write("a question")
    card.show_running(is_running=True)
    assert card.ask_button.text() == "Stop all"
    assert card.box.isReadOnly()
    with qtbot.waitSignal(card.stopped), qtbot.assertNotEmitted(card.asked):
        card.ask_button.click()
    card.show_stopping()
    assert card.ask_button.text() == "Stopping"
    assert card.ask_button.isEnabled()  # so that the keyboard stays there
    with qtbot.assertNotEmitted(card.stopped):
        card.ask_button.click()
    card.show_running(is_running=False)
    assert card.ask_button.text() == "Ask both"
    assert card.ask_button.isEnabled()


def test_a_running_round_cannot_be_asked_again_by_key(qtbot: QtBot, card: PromptCard):
    card.write("a question")
    card.show_running(is_running=True)
    with qtbot.assertNotEmitted(card.asked):
        qtbot.keyClick(card.box, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def test_modes_are_explained(qtbot: QtBot, card: PromptCard):
    measured, together = card.switch.parts
    assert card.mode is Mode.MEASURED
    assert "one after the other" in card.explanation.text()
    with qtbot.waitSignal(card.mode_changed) as told:
        together.click()
    assert told.args == [Mode.TOGETHER]
    assert "all at once" in card.explanation.text()
    card.choose_mode(Mode.MEASURED)
    assert measured.isChecked()
    assert "one after the other" in card.explanation.text()


def test_the_box_grows_a_little(card: PromptCard):
    heights = []
    for line_count in (1, LEAST_LINES, LEAST_LINES + 1, MOST_LINES, MOST_LINES + 5):
        card.write("\n".join("line" for _number in range(line_count)))
        heights.append(card.box.height())
    assert heights == sorted(heights)
    assert heights[0] == heights[1] < heights[2] < heights[3] == heights[4]
    card.box.limit_lines(LEAST_LINES)
    assert card.box.height() == heights[0]


def test_chips_take_more_lines_where_it_is_narrow(qtbot: QtBot, theme: Theme):
    many = [Prompt(id=str(n), domain=f"Domain number {n}", text="x") for n in range(8)]
    card = PromptCard(theme, many)
    qtbot.addWidget(card)
    card.resize(500, 250)
    card.show()
    tops = {made.y() for made in card.chips.chips}
    assert len(tops) > 1
    right = max(made.geometry().right() for made in card.chips.chips)
    assert right <= card.width()


# --- measuring, and what hinders


def test_measuring_takes_two_models_one_after_the_other(qtbot: QtBot, card: PromptCard):
    card.write("a question")
    assert card.measure_button.isEnabled()
    assert "up to five minutes" in card.measure_button.toolTip()
    with qtbot.waitSignal(card.measuring_wanted):
        card.measure_button.click()
    card.switch.parts[1].click()
    assert not card.measure_button.isEnabled()
    assert "choose “Measured”" in card.measure_button.toolTip()
    card.show_contender_count(1, can_add=False)
    assert not card.measure_button.isVisible()


def test_a_hindrance_is_said_and_passes(card: PromptCard):
    card.write("a question")
    card.hinder("The doctor is looking.")
    assert card.is_hindered
    assert card.explanation.text() == "The doctor is looking."
    for button in (card.ask_button, card.measure_button):
        assert not button.isEnabled()
        assert button.toolTip() == "The doctor is looking."
    card.hinder("")
    assert card.ask_button.isEnabled()
    assert "one after the other" in card.explanation.text()


def test_the_explanation_is_shortened_and_then_left_out(qtbot: QtBot, theme: Theme):
    label = FittingLabel(theme, Type.SOFT)
    qtbot.addWidget(label)
    label.offer("a rather long explanation", "a short one", "")
    shown = []
    for width in (400, 90, 20):
        label.resize(width, 20)
        label.show()
        shown.append(label.shown)
    assert shown == ["a rather long explanation", "a short one", ""]
    assert "a rather long explanation" in label.toolTip()
    assert label.text() == "a rather long explanation"
