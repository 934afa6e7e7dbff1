"""Brings packs to the screen, and takes them to the shelf and to files; all the work is beside."""

import functools
import threading
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal

from large_enough.domain.errors import ErrorInfo
from large_enough.domain.pack import Key, Pack
from large_enough.domain.text import harmless_line
from large_enough.ui.background import Background
from large_enough.ui.pack_forms import Examination, PackDocument, PackForm
from large_enough.ui.services import PackKeeper
from large_enough.wording.translate import _, ngettext

MOST_NOTES = 3
"""More do not fit a line."""


class Examined(NamedTuple):
    """What was found out about which pack."""

    pack: Pack
    examination: Examination


class PackJobs(QObject):
    """Has things done. Of several wishes of a kind, only the last is answered.

    Signals:
        listed: All packs: a tuple of `ShelvedPack`.
        examined: How fit a pack is: `Examined`.
        understood: What was found in a text or a file: `Understanding`.
        kept: A pack is on the shelf: `ShelvedPack`.
        deleted: A pack is gone.
        graded: What an answer would get: `Grade`.
        written: A file was written; a sentence that says so, or why it could not be.
        failed: Something did not work: `ErrorInfo`.
    """

    listed = Signal(object)
    examined = Signal(object)
    understood = Signal(object)
    kept = Signal(object)
    deleted = Signal()
    graded = Signal(object)
    written = Signal(str)
    failed = Signal(object)

    def __init__(
        self, keeper: PackKeeper, background: Background, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._keeper = keeper
        self._background = background
        self._numbers: dict[str, int] = {}
        self._present = threading.Event()  # is set when nobody needs the last examination

    def find(self) -> None:
        """Read all packs."""
        self._run("packs", self._keeper.find, self.listed.emit)

    def examine(self, pack: Pack) -> None:
        """Look how fit a pack is; an examination that is still running is given up."""
        self._present.set()
        over = self._present = threading.Event()

        def on_done(examination: object) -> None:
            if isinstance(examination, Examination):
                self.examined.emit(Examined(pack, examination))

        work = functools.partial(self._keeper.examine, pack, over.is_set)
        self._run("pack health", work, on_done)

    def close(self) -> None:
        """Let a running examination end soon."""
        self._present.set()

    def understand_text(self, text: str) -> None:
        """Find questions in pasted text."""
        work = functools.partial(self._keeper.understand_text, text)
        self._run("questions", work, self.understood.emit)

    def understand_file(self, path: str) -> None:
        """Find questions in a file."""
        work = functools.partial(self._keeper.understand_file, path)
        self._run("questions", work, self.understood.emit)

    def save(self, pack: Pack, *, is_new: bool) -> None:
        """Keep a pack among the user's."""
        work = functools.partial(self._keeper.save, pack, is_new=is_new)
        self._run("save pack", work, self.kept.emit)

    def delete(self, pack_id: str) -> None:
        """Delete one of the user's packs."""
        work = functools.partial(self._keeper.delete, pack_id)
        self._run("delete pack", work, self._on_deleted)

    def grade(self, key: Key, text: str, language: str) -> None:
        """Grade an answer."""
        work = functools.partial(self._keeper.grade, key, text, language)
        self._run("grade", work, self.graded.emit)

    def export(self, pack: Pack, form: PackForm, path: str) -> None:
        """Write a pack into a file, or into several side by side."""
        work = functools.partial(self._export, pack, form, path)
        self._run("export pack", work, self.written.emit)

    # --- beside the window

    def _export(self, pack: Pack, form: PackForm, path: str) -> str:
        target = Path(path)
        document = self._keeper.document(pack, form, target.name)
        for name, data in reversed(document.files.items()):  # the one that was asked for last
            place = target.with_name(name)
            try:
                self._keeper.write(str(place), data)
            except OSError as error:
                return _not_saved(str(place), error)
        return _saved(path, document)

    # --- on the main thread

    def _on_deleted(self, _outcome: object) -> None:
        self.deleted.emit()

    def _run(
        self, name: str, work: Callable[[], object], on_done: Callable[[object], object]
    ) -> None:
        number = self._numbers[name] = self._numbers.get(name, 0) + 1
        self._background.run(
            name,
            work,
            functools.partial(self._on_done, name, number, on_done),
            functools.partial(self._on_failed, name, number),
        )

    def _on_done(
        self, name: str, number: int, on_done: Callable[[object], object], outcome: object
    ) -> None:
        if number == self._numbers[name]:
            on_done(outcome)

    def _on_failed(self, name: str, number: int, error: ErrorInfo) -> None:
        if number == self._numbers[name]:
            self.failed.emit(error)


def _saved(path: str, document: PackDocument) -> str:
    words = [_("Saved as {file}.").format(file=harmless_line(path))]
    if document.notes:
        told = "; ".join(map(harmless_line, document.notes[:MOST_NOTES]))
        words.append(
            ngettext(
                "{count} thing could not be said in this format: {notes}.",
                "{count} things could not be said in this format: {notes}.",
                len(document.notes),
            ).format(count=len(document.notes), notes=told)
        )
    return " ".join(words)


def _not_saved(path: str, error: OSError) -> str:
    words = _(
        "{file} could not be saved: {reason}. Choose another folder, or make room on the disk."
    )
    return words.format(file=harmless_line(path), reason=error.strerror or error)
