"""Removes models, after asking; says why where that is not for this program to do."""

import functools
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QMessageBox, QWidget

from large_enough.domain.errors import ErrorInfo
from large_enough.domain.text import harmless_line
from large_enough.ui.background import Background
from large_enough.ui.on_disk.shelf import Shelf
from large_enough.ui.screens.arena import ArenaScreen
from large_enough.ui.services import ModelMaker
from large_enough.ui.settings_keeper import SettingsKeeper
from large_enough.wording.numbers import bytes_text
from large_enough.wording.translate import _

if TYPE_CHECKING:
    from large_enough.catalog.remove import Removal


class Removals(QObject):
    """Files that were fetched or made here are removed; of added ones, the path alone is dropped.

    Signals:
        removed: Models have gone from the disk or from the list.
        noticed: What came of it, in words.
        failed: It could not be done: `ErrorInfo`.
    """

    removed = Signal()
    noticed = Signal(str)
    failed = Signal(object)

    def __init__(
        self,
        shelf: Shelf,
        maker: ModelMaker,
        keeper: SettingsKeeper,
        background: Background,
        arena: ArenaScreen,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._shelf = shelf
        self._maker = maker
        self._keeper = keeper
        self._background = background
        self._arena = arena
        self._window = window

    @Slot(str)
    def ask(self, key: str) -> None:
        """Find out what removing a model would take away, and ask."""
        found = self._shelf.models.get(key)
        if found is None or self._is_hindered():
            return
        card = found.card
        if card.path in self._keeper.settings.added_models:
            self._ask_before_dropping(card.path)
            return
        work = functools.partial(self._maker.removal_of, card)
        self._background.run("removal", work, self._ask_before_removing, self._on_failed)

    def _is_hindered(self) -> bool:
        if self._arena.round_view.is_running:
            self.noticed.emit(_("A round is running. Remove models once it has ended."))
        elif self._arena.is_making:
            self.noticed.emit(_("A copy is being made. Remove models once it is here."))
        elif self._arena.prompt_card.is_hindered:  # by a run of a pack, or the doctor
            self.noticed.emit(_("The models are in use. Remove them once that is over."))
        else:
            return False
        return True

    def _ask_before_removing(self, removal: "Removal") -> None:
        question = _("Remove {name} from this disk?").format(name=harmless_line(removal.name))
        frees = _("That frees {size}. It cannot be undone.").format(
            size=bytes_text(removal.freed_bytes)
        )
        paths = "\n".join(harmless_line(path) for path in removal.paths)
        box = self._question(question, f"{frees}\n\n{paths}", _("Remove"))
        box.accepted.connect(functools.partial(self._remove, removal))
        box.open()

    def _ask_before_dropping(self, path: str) -> None:
        question = _("Take this file off the list?")
        text = _("{path} stays where it is.").format(path=harmless_line(path))
        box = self._question(question, text, _("Take off the list"))
        box.accepted.connect(functools.partial(self._drop, path))
        box.open()

    def _question(self, question: str, text: str, word: str) -> QMessageBox:
        box = QMessageBox(self._window)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setWindowTitle(_("Remove a model"))
        box.setText(question)
        box.setInformativeText(text)
        box.addButton(word, QMessageBox.ButtonRole.AcceptRole)
        keep = box.addButton(_("Keep it"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(keep)
        box.setEscapeButton(keep)
        return box

    def _remove(self, removal: "Removal") -> None:
        if self._is_hindered():  # a round has begun while the question stood there
            return
        work = functools.partial(self._maker.remove, removal)
        done = functools.partial(self._on_removed, removal)
        self._background.run("remove", work, done, self._on_failed)

    def _on_removed(self, removal: "Removal", _nothing: None) -> None:
        self.noticed.emit(
            _("{name} is removed; that frees {size}.").format(
                name=harmless_line(removal.name), size=bytes_text(removal.freed_bytes)
            )
        )
        self.removed.emit()

    def _drop(self, path: str) -> None:
        kept = tuple(known for known in self._keeper.settings.added_models if known != path)
        self._keeper.change(added_models=kept)
        words = _("{path} is no longer listed; it stays where it is.")
        self.noticed.emit(words.format(path=harmless_line(path)))
        self.removed.emit()

    def _on_failed(self, error: ErrorInfo) -> None:
        self.failed.emit(error)
