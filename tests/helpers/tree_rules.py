"""What a screen reader needs of everything that can be used, and where a window lacks it."""

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence

from PySide6.QtCore import Qt
from tests.helpers.sight import Control

_ROLES = frozenset(
    {
        *("Button", "ButtonMenu", "CheckBox", "RadioButton", "ComboBox", "Slider", "MenuItem"),
        *("EditableText", "StaticText", "List", "ListItem", "Table", "Cell", "Tree", "TreeItem"),
    }
)
"""What something that can be used may say it is."""
_TAG = re.compile(r"</?[a-z]+>")
_BUTTONS = frozenset({"Button", "ButtonMenu", "CheckBox", "RadioButton"})
_ENTRIES = frozenset({"Cell", "ListItem", "MenuItem", "TreeItem"})
"""Arrows lead to them, within what Tab leads to."""
_MAY_BE_EMPTY = frozenset({"Cell", "TreeItem"})
"""A field of a table says what stands in it, if anything does."""
_ALWAYS_NAMED = frozenset({"ProgressBar", "Dialog", "Window"})


def faults_of(controls: Sequence[Control]) -> list[str]:
    """Return what is wrong with these controls, each with its path in the tree."""
    return [
        *_nameless(controls),
        *_of_no_kind(controls),
        *_marked_up(controls),
        *_ambiguous(controls),
    ]


def faults_of_tabbing(met: Sequence[Control], controls: Iterable[Control]) -> list[str]:
    """Return what is wrong with the way that Tab took, by what it met, through all there is."""
    unmet = [each for each in controls if _wants_tab(each) and not _was_met(each, met)]
    return [
        *(f"Tab goes out of view: {control}" for control in met if not control.is_in_view),
        *(f"Tab does not go there: {control}" for control in unmet),
    ]


def _was_met(control: Control, met: Iterable[Control]) -> bool:
    """Return whether the keyboard was there, at an entry of it or in the same group of choices."""
    if "checkable" in control.flags:
        return any(control.place == each.place and "checkable" in each.flags for each in met)
    return any(f"{each.position}.".startswith(f"{control.position}.") for each in met)


def _wants_tab(control: Control) -> bool:
    if control.role == "StaticText":
        # A label whose text the mouse can select; screen readers read it without the keyboard.
        return bool(control.surface.focusPolicy() & Qt.FocusPolicy.TabFocus)
    is_usable = "focusable" in control.flags and "disabled" not in control.flags
    return is_usable and control.role not in _ENTRIES


def _is_usable(control: Control) -> bool:
    return "focusable" in control.flags or bool(control.actions)


def _nameless(controls: Iterable[Control]) -> Iterator[str]:
    for control in controls:
        must_have = _is_usable(control) or control.role in _ALWAYS_NAMED
        if must_have and control.role not in _MAY_BE_EMPTY and not _is_word(control.name):
            yield f"no name: {control} {control.rect.getRect()}"


def _is_word(name: str) -> bool:
    return any(character.isalnum() for character in name)


def _of_no_kind(controls: Iterable[Control]) -> Iterator[str]:
    for control in controls:
        if _is_usable(control) and control.role not in _ROLES:
            yield f"can be used, but says it is a {control.role}: {control}"


def _marked_up(controls: Iterable[Control]) -> Iterator[str]:
    for control in controls:
        if _TAG.search(control.name + control.description):
            yield f"would be read with its HTML: {control} “{control.description}”"


def _ambiguous(controls: Iterable[Control]) -> Iterator[str]:
    buttons = [control for control in controls if control.role in _BUTTONS]
    for first, second in itertools.combinations(buttons, 2):
        if (first.place, first.name) == (second.place, second.name):
            yield f"two of the same name side by side: {first}"
