"""A pack while somebody edits it: its questions, what has changed, which version it will be."""

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

import msgspec

from large_enough.domain.pack import AnswerType, Pack, PackItem, TextKey
from large_enough.ui.pack_field_values import Values, values_of
from large_enough.ui.pack_keys import Mistake
from large_enough.wording.translate import _

FIRST_VERSION = "1.0.0"
NEW_ID = "my-questions"
"""Of a pack that has no name yet; its file is called by its name."""
_VERSION = re.compile(r"(\d{1,6})\.(\d{1,6})\.(\d{1,6})", re.ASCII)
_END_NUMBER = re.compile(r"-\d+$", re.ASCII)


class Unfinished(NamedTuple):
    """What somebody has written that is no question yet."""

    kind: AnswerType
    values: Values
    mistake: Mistake


class PackDraft:
    """The pack as it was and as it is now. Questions are told by their place, from 0."""

    def __init__(
        self,
        pack: Pack,
        before: Pack | None,
        unfinished: Mapping[str, Unfinished] | None = None,
    ) -> None:
        """Begin.

        Args:
            pack: What is edited.
            before: The same as it is kept; None for a pack that nobody has kept yet.
            unfinished: Questions of it, by id, that are not written to their end.
        """
        self._before = before
        self._pack = pack
        self._items = list(pack.items)
        self._unfinished = dict(unfinished or {})
        self._is_touched = before is None
        self._deleted: list[tuple[int, PackItem, Unfinished | None]] = []

    @property
    def items(self) -> tuple[PackItem, ...]:
        """The questions as they are now."""
        return tuple(self._items)

    @property
    def title(self) -> str:
        """What the pack is called now."""
        return self._pack.title

    @property
    def pack_language(self) -> str:
        """BCP 47 code of the questions' language."""
        return self._pack.language

    @property
    def pack(self) -> Pack:
        """The pack as it would be kept: with a higher version if it asks or grades otherwise."""
        now = msgspec.structs.replace(self._pack, items=self.items)
        if self._before is None:
            return now
        return msgspec.structs.replace(now, version=next_version(self._before, now))

    @property
    def is_changed(self) -> bool:
        """Whether anything would be lost."""
        if not self._is_touched:
            return False
        return self._before is None or bool(self._unfinished) or self.pack != self._before

    @property
    def is_touched(self) -> bool:
        """Whether somebody has changed anything, even if it is as before again."""
        return self._is_touched

    @property
    def problems(self) -> dict[int, str]:
        """What is wrong with questions that are not written to their end, by place."""
        if not self._unfinished:
            return {}
        return {
            place: self._unfinished[item.id].mistake.problem
            for place, item in enumerate(self._items)
            if item.id in self._unfinished
        }

    @property
    def kinds(self) -> dict[int, AnswerType]:
        """The types that were chosen for questions that are not written to their end, by place."""
        if not self._unfinished:
            return {}
        return {
            place: self._unfinished[item.id].kind
            for place, item in enumerate(self._items)
            if item.id in self._unfinished
        }

    def unfinished(self, row: int) -> Unfinished | None:
        """Return what is written in place of a question's key, if it has a mistake."""
        return self._unfinished.get(self._items[row].id)

    def take_kept(self, kept: Pack) -> None:
        """Take note of how the pack is kept, while somebody goes on writing."""
        self._before = kept
        self._pack = msgspec.structs.replace(
            self._pack, id=kept.id, version=kept.version, chance=kept.chance
        )

    def change(self, **fields: object) -> None:
        """Change fields of the pack itself, such as its title."""
        self._pack = msgspec.structs.replace(self._pack, **fields)
        self._is_touched = True

    def replace(self, row: int, item: PackItem, unfinished: Unfinished | None = None) -> None:
        """Put a question in the place of another, or as much of it as is written."""
        self._is_touched = True
        self._items[row] = item
        if unfinished is None:
            self._unfinished.pop(item.id, None)
        else:
            self._unfinished[item.id] = unfinished

    def add(self, row: int) -> int:
        """Add an empty question after a place; return its place."""
        self._is_touched = True
        item = PackItem(id=self._free_id("q"), question="", key=TextKey(answers=()))
        self._items.insert(row + 1, item)
        mistake = Mistake("question", _("Write the question."))
        self._unfinished[item.id] = Unfinished(AnswerType.TEXT, values_of(item.key), mistake)
        return row + 1

    def duplicate(self, row: int) -> int:
        """Copy a question; return the place of the copy, which is the next one."""
        self._is_touched = True
        item = self._items[row]
        copy = msgspec.structs.replace(item, id=self._free_id(_END_NUMBER.sub("", item.id)))
        self._items.insert(row + 1, copy)
        if item.id in self._unfinished:
            self._unfinished[copy.id] = self._unfinished[item.id]
        return row + 1

    def delete(self, row: int) -> int:
        """Delete a question; return the place of what is next to it, -1 if none is left."""
        self._is_touched = True
        item = self._items.pop(row)
        self._deleted.append((row, item, self._unfinished.pop(item.id, None)))
        return min(row, len(self._items) - 1)

    @property
    def can_restore(self) -> bool:
        """Whether there is a deleted question to bring back."""
        return bool(self._deleted)

    def restore(self) -> int:
        """Bring back the question that was deleted last; return its place."""
        row, item, unfinished = self._deleted.pop()
        place = min(row, len(self._items))
        self._items.insert(place, item)
        if unfinished is not None:
            self._unfinished[item.id] = unfinished
        return place

    def _free_id(self, start: str) -> str:
        gone = (item.id for _row, item, _unfinished in self._deleted)
        return free_name(start, (*(item.id for item in self._items), *gone))


def free_name(start: str, taken: Iterable[str]) -> str:
    """Return a name that is not taken yet: the start with a number behind it."""
    known = set(taken)
    number = 1
    while f"{start}-{number}" in known:
        number += 1
    return f"{start}-{number}"


def own_copy(pack: Pack, taken: Iterable[str]) -> Pack:
    """Return a pack of the user's own with the same questions, under an id that is free."""
    return msgspec.structs.replace(
        pack,
        id=free_name(f"{pack.id}-copy", taken),
        title=_("{title} (copy)").format(title=pack.title),
        version=FIRST_VERSION,
    )


def next_version(before: Pack, now: Pack) -> str:
    """Return the version of a changed pack.

    The second number counts up if the same answers would be graded otherwise, or the models would
    be asked otherwise: results of the two versions do not compare. Other changes leave it.
    """
    if _asked_and_graded(before) == _asked_and_graded(now) or now.version != before.version:
        return now.version
    match = _VERSION.fullmatch(before.version)
    if match is None:
        return FIRST_VERSION if not before.version else f"{before.version}.1"
    return f"{match[1]}.{int(match[2]) + 1}.0"


def _asked_and_graded(pack: Pack) -> object:
    items = {
        item.id: (item.question, item.context, item.key, item.extract, item.demo)
        for item in pack.items
    }
    return items, pack.language, pack.system_prompt, pack.instructions, pack.reasons_first


def empty_pack(pack_id: str, title: str, language: str) -> Pack:
    """Return a pack without questions."""
    return Pack(id=pack_id, version=FIRST_VERSION, title=title, language=language, items=())


def types_in(items: Iterable[PackItem]) -> tuple[AnswerType, ...]:
    """Return the types of answers that occur, in the order of `AnswerType`."""
    there = {item.type for item in items}
    return tuple(kind for kind in AnswerType if kind in there)
