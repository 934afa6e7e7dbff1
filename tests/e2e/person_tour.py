"""A walk through everything the program shows, with an ear for what a screen reader would say."""

from pathlib import Path

from tests.helpers.eyes import Doing, see, see_focus, see_no, see_that, see_value
from tests.helpers.keyboard import keys, tab_to, write
from tests.helpers.mouse import click, click_menu, close_window
from tests.helpers.notes import Notes
from tests.helpers.sight import Control

_PICKER = "Model of contender {letter}: *"
_ADD = "Add a model"
_OPEN = "Open a model file…"


def tour(_folder: Path) -> Doing:
    """Look at every screen, menu and dialog of somebody who has models."""
    notes = Notes()
    yield from see("Button", "Ask both")
    yield from notes.take_with_tab("Arena, empty")
    yield from _visit_menus(notes)
    yield from _visit_drawer(notes)
    yield from _visit_round(notes)
    yield from _visit_answers(notes)
    yield from _visit_replay(notes)
    yield from _visit_history(notes)
    yield from _visit_packs(notes)
    yield from _visit_verdict(notes)
    yield from _visit_others(notes)
    notes.hand_in()
    yield from close_window()


def first_tour(_folder: Path) -> Doing:
    """Look at what somebody sees who has no models yet."""
    notes = Notes()
    yield from see("Button", "Get the starter pair")
    yield from notes.take_with_tab("First run")
    yield from click("Button", "Watch a recorded race")
    yield from see("StaticText", "Recorded, replayed")
    notes.take("Replay of the example")
    yield from click("Button", "Back")
    yield from click("CheckBox", "History")
    yield from see("StaticText", "No round is recorded yet.")
    notes.take("History, empty")
    yield from click("CheckBox", "Verdict")
    yield from see("StaticText", "No verdict yet.")
    yield from notes.take_with_tab("Verdict, none yet")
    notes.hand_in()
    yield from close_window()


def _visit_menus(notes: Notes) -> Doing:
    picker = _PICKER.format(letter="A")
    for button, entry in ((picker, _OPEN), (_ADD, _OPEN), ("Colours", "As the system")):
        yield from click("ButtonMenu", button)
        yield from see("MenuItem", entry)
        notes.take(f"Menu of {button}")
        yield from keys("Esc")
    yield from click_menu(picker, _OPEN)
    yield from see_focus("EditableText", "File name:")
    notes.take("Opening a model file")
    yield from click("Button", "Cancel")


def _visit_drawer(notes: Notes) -> Doing:
    yield from click("CheckBox", "How the models are asked*")
    yield from see("EditableText", "Longest answer")
    notes.take("Drawer")
    yield from click("EditableText", "Longest answer")
    yield from write("x")
    yield from keys("Tab")
    yield from see("StaticText", "*“x”*")
    yield from notes.take_with_tab("Drawer with a mistake in it")
    yield from click("Button", "Close these settings (Esc)")


def _visit_round(notes: Notes) -> Doing:
    """Ask a model that thinks, one that takes its time and one that breaks."""
    yield from click_menu(_PICKER.format(letter="A"), "Owl*")
    yield from click_menu(_PICKER.format(letter="B"), "Snail*")
    yield from click_menu(_ADD, "Mole*")
    yield from click("Button", "Ask all three")
    yield from see_value("StaticText", "Answer of contender B", "slowly")
    notes.take("Arena, running")
    yield from close_window()
    yield from see_focus("Button", "Keep running")
    yield from notes.take_with_tab("Question before closing")
    yield from click("Button", "Keep running")
    yield from see("Button", "Replay")
    yield from notes.take_with_tab("Arena, finished")


def _visit_answers(notes: Notes) -> Doing:
    yield from click("CheckBox", "Details")
    yield from see("EditableText", "Technical details")
    yield from notes.take_with_tab("Failure with details")
    yield from click("CheckBox", "Thoughts, *")
    yield from see("StaticText", "Thoughts of contender A")
    notes.take("Thoughts")
    yield from click("CheckBox", "All figures")
    yield from see("Table", "All figures of this round")
    notes.take("Table of all figures")
    yield from click("CheckBox", "How the models are asked*")
    yield from notes.take_with_tab("Table and drawer")
    yield from click("CheckBox", "How the models are asked*")
    yield from tab_to("StaticText", "Answer of contender A")
    yield from keys("Tab", "Return")
    yield from see("Button", "Open in the browser")
    notes.take("Question before opening a link")
    yield from click("Button", "Cancel")


def _visit_replay(notes: Notes) -> Doing:
    yield from click("Button", "Replay")
    yield from see("StaticText", "Recorded, replayed")
    yield from notes.take_with_tab("Replay")
    yield from click("Button", "Back")


def _visit_history(notes: Notes) -> Doing:
    yield from click("CheckBox", "History")
    yield from see("ListItem", "*")
    yield from click("RadioButton", "Charts")
    yield from click("CheckBox", "Speed over time, in words")
    notes.take("History, a chart in words")
    yield from click("ButtonMenu", "Save the chart: Speed over time")
    yield from see("MenuItem", "To print (PDF)")
    notes.take("Menu of a chart")
    yield from keys("Esc")
    for view in ("Answers", "All figures", "Charts", "Differences"):
        yield from click("RadioButton", view)
        yield from see_no("StaticText", "Comparing…")
        yield from notes.take_with_tab(f"History, {view}")
    yield from click("ButtonMenu", "Export")
    yield from see("MenuItem", "Everything, for programs (JSON)")
    notes.take("Menu of the export")
    yield from click("MenuItem", "Everything, for programs (JSON)")
    yield from see_focus("EditableText", "File name:")
    yield from notes.take_with_tab("Saving a round")
    yield from click("Button", "Cancel")


def _visit_packs(notes: Notes) -> Doing:
    """Look at the packs, paste three questions, try an answer to one, and keep them."""
    yield from click("CheckBox", "Packs")
    yield from see("Button", "Run this pack")
    yield from notes.take_with_tab("Packs")
    yield from click("Button", "Paste questions")
    yield from see_focus("EditableText", "Questions as text")
    for line in ("question,answer", "What is 1 + 1?,2", "What is 2 + 2?,4", "Who are you?,"):
        yield from write(line)
        yield from keys("Return")
    yield from notes.take_with_tab("Questions as text")
    yield from click("Button", "Read these questions")
    yield from see_focus("EditableText", "Name of the pack")
    yield from write("Three questions")
    yield from notes.take_with_tab("Pasted questions, one of them with a fault")
    yield from click("ButtonMenu", "Type of answer: *")
    yield from click("MenuItem", "not in the document")
    yield from click("Cell", "What is 1 + 1?")
    yield from click("EditableText", "Try it: what a model might say")
    yield from write("It is 2.")
    yield from see("StaticText", "right")
    yield from click("Button", "Save")
    yield from see("StaticText", "everything is saved")
    yield from click("Button", "Close")
    yield from see("Button", "Run this pack")
    for view in ("Questions", "Health", "About"):
        yield from click("RadioButton", view)
        yield from see_no("StaticText", "Looking at the questions…")
        yield from notes.take_with_tab(f"Pack, {view}")
    yield from click("Button", "Delete this pack")
    yield from see_focus("Button", "Keep")
    yield from notes.take_with_tab("Question before deleting a pack")
    yield from click("Button", "Keep")


def _visit_verdict(notes: Notes) -> Doing:
    """Run the pack that is open, and look at what the run comes to."""
    yield from click("Button", "Run this pack")
    yield from click_menu(_PICKER.format(letter="B"), "Snail*")
    yield from see_that("Button", "Run", _is_enabled, "can be pressed")
    yield from click("Button", "Run")
    yield from see("StaticText", "Complete: measure everything")
    yield from click("Button", "Verdict")
    yield from see("StaticText", "What one correct answer costs")
    yield from click("CheckBox", "3 neither")
    yield from notes.take_with_tab("Verdict")
    yield from click("ButtonMenu", "Export report")
    yield from see("MenuItem", "To print (PDF)")
    notes.take("Menu of the report")
    yield from keys("Esc")
    yield from click("Button", "Other runs")
    yield from see_focus("ListItem", "Three questions*")
    yield from notes.take_with_tab("Runs with verdicts")
    yield from click("Button", "Back to the verdict")
    yield from click("Button", "About the idea")
    yield from see_focus("Button", "Back")
    yield from notes.take_with_tab("About the idea")
    yield from keys("Esc")
    yield from see_focus("Button", "About the idea")


def _is_enabled(control: Control) -> bool:
    return "disabled" not in control.flags


def _visit_downloads(notes: Notes) -> Doing:
    """Look for models, and want one without a network."""
    yield from click("ButtonMenu", "Family: all")
    yield from see("MenuItem", "Qwen3")
    notes.take("Menu of families")
    yield from keys("Esc")
    yield from click("EditableText", "Search the catalogue")
    yield from write("nothing is called that")
    yield from see("StaticText", "No model of the catalogue is like that.")
    yield from notes.take_with_tab("Catalogue, nothing found")
    yield from click("Button", "Show all")
    yield from click("Button", "Get this model")
    yield from see("Button", "Try * again")
    yield from notes.take_with_tab("Download that failed")
    yield from click("RadioButton", "Any from Hugging Face")
    yield from see_focus("EditableText", "Repository on Hugging Face")
    yield from write("no name of a repository")
    yield from keys("Return")
    yield from see("StaticText", "Write it as owner/name*")
    yield from notes.take_with_tab("Repository with a mistake in its name")


def _visit_others(notes: Notes) -> Doing:
    yield from click("CheckBox", "Models")
    yield from see("StaticText", "Models on this laptop")
    yield from see("Button", "Compute SHA-256")
    yield from notes.take_with_tab("Models")
    yield from click("Button", "Quantise…")
    yield from see("StaticText", "*a scripted model has no weights to quantise*")
    yield from click("Button", "Remove…")
    yield from see("StaticText", "*it is a script, not a model*")
    yield from notes.take_with_tab("Models, refused")
    yield from click("RadioButton", "Get more")
    yield from see("Table", "Models that can be fetched")
    yield from notes.take_with_tab("Models to fetch")
    yield from _visit_downloads(notes)
    yield from click("CheckBox", "Doctor")
    yield from see("StaticText", "Instruments")
    yield from notes.take_with_tab("Doctor")
    yield from click("CheckBox", "Settings")
    yield from see("StaticText", "This program")
    yield from notes.take_with_tab("Settings")
    yield from keys("Ctrl+Shift+P")
    yield from see("Button", "Leave the projector mode (Ctrl+Shift+P)")
    yield from notes.take_with_tab("Projector")
    yield from click("Button", "Leave the projector mode (Ctrl+Shift+P)")
