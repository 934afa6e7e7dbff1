"""Looking: steps of a story that wait until something is to be seen."""

from collections.abc import Callable, Generator
from typing import Any

from tests.helpers.person import Act, Wait
from tests.helpers.sight import Control, find, focused, told

Steps = Generator[Act | Wait, Any, Control]
"""Leads to a control."""
Doing = Generator[Act | Wait, Any, None]
"""Leads to something done."""


def see(role: str, name: str) -> Steps:
    """Wait for the one control of this role and name, and return it."""

    def look() -> Control | None:
        found = find(role, name)
        return found[0] if len(found) == 1 else None

    def explain() -> str:
        alike = [control for control in find(role, "*") if control.name]
        return f"There are{told(find(role, name) or alike)}"

    found: Control = yield Wait(look, f"there is one {role} “{name}”", explain)
    return found


def see_that(role: str, name: str, holds: Callable[[Control], bool], words: str) -> Steps:
    """Wait until this holds for the one control of this role and name; `words` say what."""

    def look() -> Control | None:
        found = find(role, name)
        return found[0] if len(found) == 1 and holds(found[0]) else None

    def explain() -> str:
        return f"There are {[(str(control), control.value) for control in find(role, name)]}"

    found: Control = yield Wait(look, f"{role} “{name}” {words}", explain)
    return found


def see_value(role: str, name: str, value: str) -> Steps:
    """Wait until a control has a value with this text in it."""
    return (yield from see_that(role, name, lambda it: value in it.value, f"has “{value}”"))


def see_no(role: str, name: str) -> Doing:
    """Wait until no such control is in view."""
    yield Wait(lambda: not find(role, name), f"no {role} “{name}” is there")


def see_focus(role: str, name: str) -> Steps:
    """Wait until such a control has the keyboard."""

    def look() -> Control | None:
        control = focused()
        return control if control is not None and control.is_like(role, name) else None

    found: Control = yield Wait(
        look, f"{role} “{name}” has the keyboard", lambda: f"It is at {focused()}"
    )
    return found


def reach(role: str, name: str) -> Steps:
    """Wait until a person could press this control, and return it: it is free and stands still."""
    before: list[Control] = []

    def look() -> Control | None:
        found = find(role, name)
        is_still = [each.rect for each in found] == [each.rect for each in before]
        before[:] = found
        return found[0] if is_still and len(found) == 1 and not found[0].hindrance() else None

    def explain() -> str:
        found = find(role, name)
        reasons = [f"{control}: {control.hindrance()}" for control in found]
        return "; ".join(reasons) or f"There are{told(find(role, '*'))}"

    found: Control = yield Wait(look, f"one can press {role} “{name}”", explain)
    return found
