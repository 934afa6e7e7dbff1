"""Offers to fetch models, and shows how far that is."""

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from large_enough.catalog.catalogue import CatalogueEntry, known_bytes
from large_enough.domain.errors import ErrorInfo
from large_enough.domain.text import harmless_line
from large_enough.ui.fetch_words import fetch_line, fetch_title
from large_enough.ui.library import FetchStatus
from large_enough.ui.theme import Theme
from large_enough.ui.tokens import Type
from large_enough.ui.widgets.buttons import Button
from large_enough.ui.widgets.labels import Label
from large_enough.ui.widgets.progress_line import ProgressLine
from large_enough.wording.failures import explain
from large_enough.wording.numbers import bytes_text
from large_enough.wording.translate import _, ngettext


class FetchCard(QFrame):
    """What can be fetched, a button, and a line of progress.

    Signals:
        wanted: The user wants it fetched.
        cancelled: The user wants it stopped.
    """

    wanted = Signal()
    cancelled = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self._title = Label(theme, Type.STRONG, wraps=True)
        self._text = Label(theme, Type.SOFT, tone="soft", wraps=True)
        self.get_button = Button(theme, _("Get the starter pair"), kind="primary")
        self.cancel_button = Button(theme, _("Cancel"))
        self.progress = ProgressLine(theme, height_px=6)
        self._arrange()
        self.get_button.clicked.connect(self._on_get_clicked)
        self.cancel_button.clicked.connect(self._on_cancel_clicked)
        self._show_busy(is_busy=False)

    @property
    def words(self) -> str:
        """All that the card says."""
        return f"{self._title.text()} {self._text.text()}"

    def offer(self, entries: Sequence[CatalogueEntry], *, title: str) -> None:
        """Offer these models."""
        self._show_busy(is_busy=False)
        self._say(title, _offer_words(entries))
        self.get_button.setText(
            _("Get the starter pair") if len(entries) > 1 else _("Get this model")
        )

    def show_status(self, status: FetchStatus) -> None:
        """Show how far it is."""
        self._show_busy(is_busy=True)
        self._say(fetch_title(status), harmless_line(fetch_line(status.progress)))
        self.progress.show_fraction(status.fraction)

    def show_failure(self, error: ErrorInfo) -> None:
        """Say why it did not work, and what to do."""
        self._show_busy(is_busy=False)
        explanation = explain(error)
        self._say(harmless_line(explanation.happened), harmless_line(explanation.next_step))
        self.get_button.setText(_("Try again"))

    def _say(self, title: str, text: str) -> None:
        self._title.setText(title)
        self._text.setText(text)
        self.progress.setAccessibleName(title)

    def _show_busy(self, *, is_busy: bool) -> None:
        had_focus = self.cancel_button.hasFocus()
        self.get_button.setVisible(not is_busy)
        self.cancel_button.setVisible(is_busy)
        self.cancel_button.setEnabled(True)
        self.progress.setVisible(is_busy)
        if had_focus and not is_busy:
            self.get_button.setFocus()

    def _arrange(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(3)
        words.addWidget(self._title)
        words.addWidget(self._text)
        row = QHBoxLayout()
        row.setSpacing(24)
        row.addLayout(words, 1)
        row.addWidget(self.get_button)
        row.addWidget(self.cancel_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 17, 18, 17)
        column.setSpacing(12)
        column.addLayout(row)
        column.addWidget(self.progress)

    @Slot()
    def _on_get_clicked(self) -> None:
        self._show_busy(is_busy=True)
        self._say(_("Getting ready"), _("connecting"))
        self.progress.show_fraction(0.0)
        self.cancel_button.setFocus()
        self.wanted.emit()

    @Slot()
    def _on_cancel_clicked(self) -> None:
        self.cancel_button.setEnabled(False)
        self._text.setText(_("Stopping. What has arrived is kept for the next time."))
        self.cancelled.emit()


def _names(entries: Sequence[CatalogueEntry]) -> str:
    names = [harmless_line(entry.name) for entry in entries]
    if len(names) < 2:
        return "".join(names)
    return _("{most} and {last}").format(most=", ".join(names[:-1]), last=names[-1])


def _offer_words(entries: Sequence[CatalogueEntry]) -> str:
    """Return what would be fetched, how much that is if it is known, and on which terms."""
    names = _names(entries)
    if not all(isinstance(entry.size_bytes, int) for entry in entries):
        return _("{names}. Its publisher tells its size and checksum when it is fetched.").format(
            names=names
        )
    size = bytes_text(known_bytes(entries))
    if any(entry.licence_note for entry in entries):
        return _("{names}: {size}, on terms of its own. It is fetched once and checked.").format(
            names=names, size=size
        )
    return ngettext(
        "{names}: an open model, {size}. It is fetched once and checked.",
        "{names}: open models, {size} together. They are fetched once and checked.",
        len(entries),
    ).format(names=names, size=size)
