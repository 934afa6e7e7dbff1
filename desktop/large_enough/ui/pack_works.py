"""Keeps packs, reads questions and writes files, beside the window.

Everything that stands behind is imported when it is first needed: the window's start must not wait
for it. All methods may be called from any thread.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from large_enough.domain.grade import Grade, Reply
from large_enough.domain.pack import Key, Pack, PackItem
from large_enough.domain.pack_fault import Fault
from large_enough.ui.pack_draft import free_name
from large_enough.ui.pack_forms import Examination, PackDocument, PackForm
from large_enough.ui.pack_understanding import Understanding, understanding_of
from large_enough.wording.item_words import options_of
from large_enough.wording.pack_words import fault_text

if TYPE_CHECKING:
    from large_enough.packs.shelf import Shelf, ShelvedPack

_STEP = 50
"""So many questions are checked before it is asked whether anybody still wants to know."""


class PackWorks:
    """The packs of one user, and those that come with the program."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._environ = environ

    def find(self) -> "tuple[ShelvedPack, ...]":
        """Read all packs, those that come with the program first."""
        return self._shelf().packs()

    def examine(self, pack: Pack, is_cancelled: Callable[[], bool]) -> Examination | None:
        """Look how fit a pack is, some questions at a time; None if it was cancelled."""
        from large_enough.comparison.pack_checks import check_pack
        from large_enough.packs.health import health

        faults: list[Fault] = []
        for start in range(0, len(pack.items), _STEP):
            if is_cancelled():
                return None
            some = pack.items[start : start + _STEP]
            faults.extend(check_pack(msgspec.structs.replace(pack, items=some)))
        return Examination(health(pack), tuple(faults))

    def understand_text(self, text: str) -> Understanding:
        """Find questions in pasted text."""
        from large_enough.packs.importing import read_questions

        return understanding_of(read_questions(text), is_text=True)

    def understand_file(self, path: str) -> Understanding:
        """Find questions in a file."""
        from large_enough.packs.importing import read_questions

        return understanding_of(read_questions(Path(path)))

    def save(self, pack: Pack, *, is_new: bool) -> "ShelvedPack":
        """Keep a pack among the user's; a new one never replaces another.

        Raises:
            LargeEnoughError: It cannot be kept.
        """
        from large_enough.packs.chance import chance_level
        from large_enough.packs.shelf import ShelvedPack, pack_id

        shelf = self._shelf()
        if is_new:
            taken = {one.name for one in shelf.packs()}
            name = pack_id(pack.title)
            pack = msgspec.structs.replace(
                pack, id=name if name not in taken else free_name(name, taken)
            )
        kept = msgspec.structs.replace(pack, chance=chance_level(pack))
        return ShelvedPack(path=str(shelf.save(kept)), is_shipped=False, pack=kept)

    def delete(self, pack_id: str) -> None:
        """Delete one of the user's packs.

        Raises:
            LargeEnoughError: It cannot be deleted.
        """
        self._shelf().delete(pack_id)

    def document(self, pack: Pack, form: PackForm, name: str) -> PackDocument:
        """Return a pack as the files of a format; the chief one has that name."""
        from large_enough.packs.exporting import ExportForm, export_pack

        exported = export_pack(pack, ExportForm[form.name], name)
        return PackDocument(exported.files, tuple(map(fault_text, exported.notes)))

    def write(self, path: str, data: bytes) -> None:
        """Write a file in one step.

        Raises:
            OSError: It cannot be written.
        """
        from large_enough.resources.files import replace_file

        target = Path(path)
        replace_file(target.parent, target.name, data)

    def grade(self, key: Key, text: str, language: str) -> Grade:
        """Grade an answer to a question whose options are shown in the order of the pack."""
        from large_enough.scoring.grading import grade

        reply = Reply(text=text, shown_choices=options_of(key), language=language)
        return grade(key, reply)

    def faults_of(self, item: PackItem) -> tuple[Fault, ...]:
        """Return what makes a question unusable; at once."""
        from large_enough.packs.checking import item_faults

        return item_faults(item)

    def _shelf(self) -> "Shelf":
        from large_enough.packs.shelf import Shelf
        from large_enough.resources.paths import user_folders

        return Shelf.for_user(user_folders(self._environ).data)
