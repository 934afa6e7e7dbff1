"""What people do with the program, told for `tests.helpers.person`; run in its process.

python -m tests.e2e.person_stories STORY FOLDER
"""

import os
import sys
from collections.abc import Callable
from pathlib import Path

from tests.e2e.person_models import models_by_mouse
from tests.e2e.person_tour import first_tour, tour
from tests.helpers.eyes import Doing, see, see_focus, see_that, see_value
from tests.helpers.keyboard import choose_by_keys, keys, press, tab_to, write
from tests.helpers.mouse import click, click_menu, close_window, drag, wheel_to
from tests.helpers.person import Person
from tests.helpers.sight import Control

from large_enough.ui.app import run

QUESTION = "Which of you is large enough?"
EXPORTED = "round.html"
QUIT_TOO_EARLY = 71
"""Exit code of a program that ends in the middle of a story."""

_PICKER = "Model of contender {letter}: {name}"
_BOX = "EditableText", "Question for all models"
_MOMENT = "Slider", "Moment of the race"
_GERMAN_BOX = "EditableText", "Frage an * Modelle"


# --- with the mouse; a question is typed, of course


def by_mouse(folder: Path) -> Doing:
    """Choose, ask, stop, ask, replay, export, change the language, quit."""
    for letter, name in (("A", "Hare"), ("B", "Tortoise")):
        yield from click_menu(_PICKER.format(letter=letter, name="*"), f"{name}*")
        yield from see("ButtonMenu", _PICKER.format(letter=letter, name=name))
    yield from click("RadioButton", "My own…")
    yield from see_focus(*_BOX)
    yield from write(QUESTION)
    yield from _ask_and_stop_by_mouse()
    yield from click("RadioButton", "Measured")
    yield from click("Button", "Ask both")
    yield from _see_both_done()
    yield from _replay_by_mouse()
    yield from _export_by_mouse(folder / EXPORTED)
    yield from _speak_german_by_mouse()
    yield from close_window()


def _ask_and_stop_by_mouse() -> Doing:
    yield from click("RadioButton", "Together")
    yield from click("Button", "Ask both")
    yield from _see_both_answer()
    yield from click("Button", "Stop all")
    yield from see("Button", "Ask both")


def _replay_by_mouse() -> Doing:
    yield from click("Button", "Replay")
    yield from see("StaticText", "Recorded, replayed")
    yield from click("Button", "Pause")
    yield from click(*_MOMENT, across=0.5)
    yield from see_that(*_MOMENT, _is_about(500), "is in the middle")
    yield from see_value("StaticText", "Recorded answer of contender A", "arrived")
    yield from drag(*_MOMENT, 0.5, 1.0)
    yield from see("Button", "Again")
    yield from click("RadioButton", "half as fast")
    yield from click("Button", "Again")
    yield from see_that(*_MOMENT, _is_about(500, 400), "moves")
    yield from see("Button", "Again")
    yield from click("Button", "Back")


def _export_by_mouse(path: Path) -> Doing:
    yield from click("CheckBox", "History")
    yield from click("ListItem", "*all at once*")
    yield from see("StaticText", "* · all at once")
    yield from click("ListItem", f"{QUESTION}*[0-9] · scripted)")
    yield from see("StaticText", "* · one after the other")
    yield from click_menu("Export", "A page to read and print (HTML)")
    yield from see_focus("EditableText", "File name:")
    yield from keys("Ctrl+A")
    yield from write(str(path))
    yield from click("Button", "Save")
    yield from see("StaticText", f"*{path.name}*")


def _speak_german_by_mouse() -> Doing:
    yield from click("CheckBox", "Settings")
    yield from wheel_to("RadioButton", "Deutsch", over=("StaticText", "What energy costs"))
    yield from click("RadioButton", "Deutsch")
    yield from see_focus("RadioButton", "Deutsch")
    yield from see("CheckBox", "Einstellungen")
    yield from click("CheckBox", "Arena")
    yield from see_value(*_GERMAN_BOX, QUESTION)


# --- with the keyboard, and no mouse at all


def by_keyboard(folder: Path) -> Doing:
    """Do the same again."""
    yield from see_focus(*_BOX)
    for letter, name in (("A", "Hare"), ("B", "Tortoise")):
        yield from tab_to("ButtonMenu", _PICKER.format(letter=letter, name="*"))
        yield from choose_by_keys(f"{name}*")
        yield from see_focus("ButtonMenu", _PICKER.format(letter=letter, name=name))
    yield from keys("Ctrl+L", "Ctrl+A")
    yield from write(QUESTION)
    yield from _ask_and_stop_by_keys()
    yield from _ask_again_by_keys()
    yield from _replay_by_keys()
    yield from _export_by_keys(folder / EXPORTED)
    yield from _speak_german_by_keys()
    yield from press("Ctrl+Q")


def _ask_and_stop_by_keys() -> Doing:
    yield from tab_to("RadioButton", "Measured")
    yield from keys("Right")
    yield from see_focus("RadioButton", "Together")
    yield from tab_to("Button", "Ask both")
    yield from keys("Space")
    yield from _see_both_answer()
    yield from see_focus("Button", "Stop all")
    yield from keys("Esc")
    yield from see_focus("Button", "Ask both")


def _ask_again_by_keys() -> Doing:
    yield from tab_to("RadioButton", "Together", "Shift+Tab")
    yield from keys("Left", "Ctrl+L", "Ctrl+Return")
    yield from _see_both_done()
    yield from see_focus(*_BOX)
    yield from keys("F6")
    yield from see_focus("StaticText", "Answer of contender A")
    yield from keys("F6")
    yield from see_focus("StaticText", "Answer of contender B")


def _replay_by_keys() -> Doing:
    yield from tab_to("Button", "Replay")
    yield from keys("Space")
    yield from see_focus("Button", "Pause")
    yield from keys("Space", "Right")
    yield from see_focus("Button", "Play")
    yield from tab_to(*_MOMENT)
    yield from keys("End")
    yield from see_that(*_MOMENT, _is_about(1000), "is at the end")
    yield from keys("Home")
    yield from see_that(*_MOMENT, _is_about(0), "is at the beginning")
    yield from tab_to("RadioButton", "true speed")
    yield from keys("Left")
    yield from see_focus("RadioButton", "half as fast")
    yield from tab_to("Button", "Play", "Shift+Tab")
    yield from keys("Space")
    yield from see_that(*_MOMENT, _is_about(500, 400), "moves")
    yield from keys("Esc")
    yield from see_focus("Button", "Replay")


def _export_by_keys(path: Path) -> Doing:
    yield from keys("Ctrl+5")
    yield from see_focus("EditableText", "Search questions and models")
    yield from tab_to("ListItem", f"{QUESTION}*[0-9] · scripted)")
    yield from keys("Down")
    yield from see("StaticText", "* · all at once")
    yield from keys("Up")
    yield from see("StaticText", "* · one after the other")
    yield from tab_to("ButtonMenu", "Export")
    yield from choose_by_keys("A page to read and print (HTML)")
    yield from see_focus("EditableText", "File name:")
    yield from keys("Ctrl+A")
    yield from write(str(path))
    yield from keys("Return")
    yield from see("StaticText", f"*{path.name}*")
    yield from see_focus("ButtonMenu", "Export")


def _speak_german_by_keys() -> Doing:
    yield from keys("Ctrl+7")
    yield from tab_to("RadioButton", "As the system")
    yield from keys("Right")
    yield from see_focus("RadioButton", "English")
    yield from keys("Right")
    yield from see_focus("RadioButton", "Deutsch")
    yield from see("CheckBox", "Einstellungen")
    yield from keys("Ctrl+1")
    yield from see_value(*_GERMAN_BOX, QUESTION)
    yield from see_focus(*_GERMAN_BOX)


# --- with a real model


def with_real_model(_folder: Path) -> Doing:
    """Have the real model answer in a few tokens beside a scripted one."""
    yield from click_menu(_PICKER.format(letter="A", name="*"), "Hare*")
    yield from click_menu(_PICKER.format(letter="B", name="*"), "SmolLM2*")
    yield from click("CheckBox", "How the models are asked (Ctrl+,)")
    yield from click("EditableText", "Longest answer")
    yield from write("12")
    yield from click("Button", "Close these settings (Esc)")
    yield from click("RadioButton", "My own…")
    yield from write(QUESTION)
    yield from click("Button", "Ask both")
    yield from see_value("StaticText", "Answer of contender A", "hop")
    yield from see_that("StaticText", "Answer of contender B", _says_something, "says something")
    yield from click("Button", "Replay")
    yield from see("Button", "Again")
    yield from close_window()


def _says_something(control: Control) -> bool:
    return bool(control.value.strip())


def _see_both_answer() -> Doing:
    yield from see_value("StaticText", "Answer of contender A", "hop")
    yield from see_value("StaticText", "Answer of contender B", "step")


def _see_both_done() -> Doing:
    yield from see_value("StaticText", "Answer of contender A", "arrived")
    yield from see_value("StaticText", "Answer of contender B", "arrived")
    yield from see("Button", "Replay")


def _is_about(number: float, leeway: float = 10) -> Callable[[Control], bool]:
    return lambda control: abs(float(control.value) - number) <= leeway


def main() -> int:
    """Live through a story while the program runs."""
    stories = (by_mouse, by_keyboard, with_real_model, models_by_mouse, tour, first_tour)
    story = {story.__name__: story for story in stories}[sys.argv[1]]
    folder = Path(sys.argv[2])
    person = Person(folder)
    person.begin(story(folder))
    exit_code = run(os.environ, [])
    return exit_code if person.has_come_to_an_end() else QUIT_TOO_EARLY


if __name__ == "__main__":
    sys.exit(main())
