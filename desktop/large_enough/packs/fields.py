"""Takes the fields of one object of a pack's file, and notes every fault on the way."""

import math
from collections.abc import Mapping
from typing import Any

from large_enough.domain.pack_fault import Fault
from large_enough.packs.limits import (
    LARGEST_NUMBER,
    MOST_ANSWER_CHARACTERS,
    MOST_ENTRIES,
    MOST_SHORT_CHARACTERS,
)
from large_enough.wording.numbers import count_text, plain_text
from large_enough.wording.translate import _


class Fields:
    """The fields of one object. What is asked for and not there has a default, and no fault."""

    def __init__(
        self,
        content: Mapping[str, object],
        faults: list[Fault],
        *,
        row: int | None = None,
        item: str = "",
        within: str = "",
    ) -> None:
        """Begin to read.

        Args:
            content: Plain JSON values.
            faults: Where to note what is wrong.
            row: Place of the item that this belongs to.
            item: Its id.
            within: Name of the field that holds this object; empty for the item or pack itself.
        """
        self._content = content
        self._faults = faults
        self._row = row
        self._item = item
        self._within = within
        self._taken: set[str] = set()

    def has(self, name: str) -> bool:
        """Return whether a field is there and not null."""
        return self._content.get(name) is not None

    def rest(self) -> dict[str, Any]:
        """Return the fields that were never asked for."""
        return {name: value for name, value in self._content.items() if name not in self._taken}

    def blame(self, name: str, problem: str) -> None:
        """Note a fault of a field; of the object itself if the name is empty."""
        path = ".".join(part for part in (self._within, name) if part)
        self._faults.append(Fault(row=self._row, item=self._item, field=path, problem=problem))

    def raw(self, name: str) -> Any:  # noqa: ANN401 - whatever the file says
        """Return a field as it is; None if it is missing or null."""
        self._taken.add(name)
        return self._content.get(name)

    def require(self, name: str) -> None:
        """Note a fault if a field is missing, null, or an empty text or list."""
        value = self._content.get(name)
        if value is None or value in ("", []) or (isinstance(value, str) and not value.strip()):
            self.blame(name, _("it is missing"))

    def text(self, name: str, longest: int = MOST_SHORT_CHARACTERS) -> str:
        """Return a text; empty if it is missing."""
        value = self.raw(name)
        if value is None:
            return ""
        return self.as_text(name, value, longest)

    def as_text(self, name: str, value: object, longest: int) -> str:
        """Return a value that must be a text, as the field of that name."""
        if not isinstance(value, str):
            self.blame(name, _("it is not a text"))
            return ""
        if len(value) > longest:
            limit = count_text(longest)
            self.blame(name, _("it is longer than {limit} characters").format(limit=limit))
            return ""
        return value

    def texts(self, name: str, longest: int = MOST_ANSWER_CHARACTERS) -> tuple[str, ...]:
        """Return a list of texts that are not empty; an empty one if it is missing."""
        return tuple(
            self._filled(f"{name}[{place}]", value, longest)
            for place, value in enumerate(self.listed(name), 1)
        )

    def text_or_texts(self, name: str, longest: int = MOST_ANSWER_CHARACTERS) -> tuple[str, ...]:
        """Return one text or a list of them, as a list."""
        value = self.raw(name)
        if isinstance(value, str):
            return (self._filled(name, value, longest),)
        return self.texts(name, longest)

    def listed(self, name: str) -> list[object]:
        """Return a list of bearable length; an empty one if it is missing."""
        value = self.raw(name)
        if value is None:
            return []
        if not isinstance(value, list):
            self.blame(name, _("it is not a list"))
            return []
        if len(value) > MOST_ENTRIES:
            limit = count_text(MOST_ENTRIES)
            self.blame(name, _("it has more than {limit} entries").format(limit=limit))
            return []
        return value

    def _filled(self, name: str, value: object, longest: int) -> str:
        text = self.as_text(name, value, longest)
        if isinstance(value, str) and not value.strip():
            self.blame(name, _("it is empty"))
        return text

    def flag(self, name: str, *, default: bool = False) -> bool:
        """Return a yes or no."""
        value = self.raw(name)
        if value is None:
            return default
        if not isinstance(value, bool):
            self.blame(name, _("it is neither true nor false"))
            return default
        return value

    def number(
        self,
        name: str,
        default: float = 0.0,
        *,
        least: float = -LARGEST_NUMBER,
        most: float = LARGEST_NUMBER,
    ) -> float:
        """Return a number within limits."""
        value = self.raw(name)
        if value is None:
            return default
        if (
            isinstance(value, bool)
            or not isinstance(value, int | float)
            or not math.isfinite(value)
        ):
            self.blame(name, _("it is not a number"))
            return default
        if not least <= value <= most:
            limits = {"lowest": plain_text(least), "highest": plain_text(most)}
            self.blame(name, _("it is not between {lowest} and {highest}").format(**limits))
            return default
        return float(value)

    def whole(self, name: str, default: int | None, *, least: int, most: int) -> int | None:
        """Return a whole number within limits."""
        value = self.raw(name)
        if value is None:
            return default
        if isinstance(value, float) and value.is_integer() and abs(value) < LARGEST_NUMBER:
            value = int(value)
        if isinstance(value, bool) or not isinstance(value, int):
            self.blame(name, _("it is not a whole number"))
            return default
        if not least <= value <= most:
            limits = {"lowest": count_text(least), "highest": count_text(most)}
            self.blame(name, _("it is not between {lowest} and {highest}").format(**limits))
            return default
        return value

    def object(self, name: str) -> "Fields":
        """Return the fields of an object inside this one; of an empty one if it is missing."""
        value = self.raw(name)
        if value is not None and not isinstance(value, dict):
            self.blame(name, _("it is not an object in braces"))
        path = ".".join(part for part in (self._within, name) if part)
        content = value if isinstance(value, dict) else {}
        return Fields(content, self._faults, row=self._row, item=self._item, within=path)

    def free_object(self, name: str) -> dict[str, Any]:
        """Return an object that may hold anything; an empty one if it is missing."""
        value = self.raw(name)
        if value is None:
            return {}
        if not isinstance(value, dict):
            self.blame(name, _("it is not an object in braces"))
            return {}
        return value

    def one_of(self, name: str, allowed: tuple[str, ...], default: str) -> str:
        """Return one of a few words."""
        value = self.raw(name)
        if value is None:
            return default
        if value not in allowed:
            choices = ", ".join(f"“{word}”" for word in allowed)
            self.blame(name, _("it is none of {choices}").format(choices=choices))
            return default
        return str(value)
