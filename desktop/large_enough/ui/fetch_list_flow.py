"""Shows the models that are being fetched, and does what is wished about them."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QMessageBox, QWidget

from large_enough.comparison.fetch_items import FetchState
from large_enough.domain.text import harmless_line
from large_enough.ui.fetches import Fetches
from large_enough.ui.library import ModelLibrary
from large_enough.ui.widgets.fetch_list_card import FetchListCard
from large_enough.wording.numbers import bytes_text
from large_enough.wording.translate import _

if TYPE_CHECKING:
    from large_enough.comparison.fetch_items import FetchItem


class FetchListFlow(QObject):
    """Between the list of fetches and its card."""

    def __init__(
        self, library: ModelLibrary, fetches: Fetches, card: FetchListCard, window: QWidget
    ) -> None:
        super().__init__(window)
        self._fetches = fetches
        self._window = window
        fetches.changed.connect(card.show_items)
        card.pause_wanted.connect(fetches.pause)
        card.resume_wanted.connect(fetches.resume)
        card.removal_wanted.connect(self._on_removal_wanted)
        for signal in (
            library.scanned,
            library.fetch_progressed,
            library.fetch_ended,
            library.fetch_failed,
        ):
            signal.connect(self._on_library_news)

    @Slot()
    def _on_library_news(self) -> None:
        """Look at the list: the starter pair is in it, and what was not over the last time."""
        self._fetches.look()

    @Slot(str)
    def _on_removal_wanted(self, item_id: str) -> None:
        item = self._fetches.item(item_id)
        if item is None:
            return
        arrived_bytes = _arrived_bytes(item)
        if item.state is FetchState.DONE or not arrived_bytes:
            self._fetches.remove(item_id)
        else:
            self._ask_before_removing(item, arrived_bytes)

    def _ask_before_removing(self, item: "FetchItem", arrived_bytes: int) -> None:
        box = QMessageBox(self._window)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setWindowTitle(_("Give up a download"))
        box.setText(_("Give {name} up?").format(name=harmless_line(item.name)))
        box.setInformativeText(
            _("What has arrived of it, {amount}, is removed.").format(
                amount=bytes_text(arrived_bytes)
            )
        )
        box.addButton(_("Give up and remove"), QMessageBox.ButtonRole.AcceptRole)
        keep = box.addButton(_("Keep it"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(keep)
        box.setEscapeButton(keep)
        box.setProperty("item", item.id)
        box.accepted.connect(self._on_removal_confirmed)
        box.open()

    @Slot()
    def _on_removal_confirmed(self) -> None:
        box = self.sender()
        if box is not None:
            self._fetches.remove(str(box.property("item")))


def _arrived_bytes(item: "FetchItem") -> int:
    return item.arrived_bytes if item.progress is None else item.progress.done_bytes
