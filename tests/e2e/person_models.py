"""What people do with the models on their disk, told for `tests.helpers.person`."""

from pathlib import Path

from tests.helpers.eyes import Doing, see, see_focus, see_no, see_value
from tests.helpers.keyboard import keys, tab_to
from tests.helpers.mouse import click, click_menu, close_window, wheel_to
from tests.helpers.notes import Notes

_PICKER = "Model of contender {letter}: {name}"
_OVER_CARD = "StaticText", "The file"


def models_by_mouse(_folder: Path) -> Doing:
    """Make a copy, look at it and remove it; see what is set apart; compare with an adapter."""
    notes = Notes()
    yield from see("Button", "Ask both")
    yield from click("CheckBox", "Models")
    yield from see("Cell", "Tiny 1M Instruct + *")
    yield from _give_a_role(notes)
    yield from _look_at_what_is_set_apart(notes)
    yield from _make_a_copy(notes)
    yield from _remove_it(notes)
    yield from _be_refused()
    yield from _compare_with_adapter()
    notes.hand_in()
    yield from close_window()


def _give_a_role(notes: Notes) -> Doing:
    yield from click("Cell", "Tiny 1M Instruct, *")
    yield from see("StaticText", "0.75 million parameters · F32 · *")
    yield from click("ButtonMenu", "Role: none")
    yield from see("MenuItem", "for a field")
    notes.take("Menu of roles")
    yield from click("MenuItem", "the small one")
    yield from see("ButtonMenu", "Role: the small one")
    yield from see("Cell", "Tiny 1M Instruct, the small one, *")


def _look_at_what_is_set_apart(notes: Notes) -> Doing:
    yield from tab_to("CheckBox", "Show them")
    yield from keys("Space")
    yield from see_focus("ListItem", "*")
    yield from see("ListItem", "broken.gguf: damaged. *")
    yield from see("ListItem", "lonely.gguf: an adapter. *not here: Mistral 7B*")
    yield from notes.take_with_tab("Files that are set apart")
    yield from click("CheckBox", "Hide them")


def _make_a_copy(notes: Notes) -> Doing:
    yield from click("Cell", "Tiny 1M Instruct, the small one, *")
    yield from click("Button", "Quantise…")
    yield from see("CheckBox", "Q8_0")
    yield from notes.take_with_tab("Which copies to make")
    yield from click("CheckBox", "Q8_0")
    yield from click("Button", "Make 1 copy")
    yield from see("StaticText", "Q8_0 of Tiny 1M Instruct is here: *")
    yield from see("StaticText", "Q8_0, made here from Tiny 1M Instruct (F32).")
    yield from notes.take_with_tab("Models with a copy")


def _remove_it(notes: Notes) -> Doing:
    yield from click("Button", "Remove…")
    yield from see_focus("Button", "Keep it")
    yield from notes.take_with_tab("Question before removing")
    yield from click("Button", "Remove")
    yield from see("StaticText", "* is removed; that frees *")
    yield from see_no("StaticText", "Q8_0, made here from *")


def _be_refused() -> Doing:
    yield from click("Cell", "Tiny 1M Instruct, the small one, *")
    yield from click("Button", "Remove…")
    yield from see("StaticText", "*it was neither fetched nor made by Large Enough*")


def _compare_with_adapter() -> Doing:
    yield from click("Cell", "Tiny 1M Instruct + *")
    yield from see("StaticText", "With an adapter that was made for Tiny 1M Instruct.")
    yield from wheel_to("Button", "Compute SHA-256", over=_OVER_CARD)
    yield from click("Button", "Compute SHA-256")
    yield from see_no("StaticText", "not known: not computed yet")
    yield from tab_to("ButtonMenu", "Compare")
    yield from click_menu("Compare", "In place of B")
    yield from see("ButtonMenu", _PICKER.format(letter="B", name="Tiny 1M Instruct + *"))
    yield from click_menu(_PICKER.format(letter="A", name="*"), "Tiny 1M Instruct\t*")
    yield from click("Button", "Ask both")
    yield from see_value("StaticText", "Answer of contender A", "Yes")
    yield from see_value("StaticText", "Answer of contender B", "No")
    yield from click("Button", "Replay")
    yield from see("StaticText", "Tiny 1M Instruct + *")
    yield from see("Button", "Again")
    yield from click("Button", "Back")
