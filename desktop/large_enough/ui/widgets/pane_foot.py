"""The foot of a contender's pane: how the answer ended, and what can be done with its text."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from large_enough.ui.theme import Theme
from large_enough.ui.tokens import Type
from large_enough.ui.widgets.buttons import Button, IconButton
from large_enough.ui.widgets.labels import ElidedLabel
from large_enough.wording.translate import _


class PaneFoot(QWidget):
    """One soft line, and buttons for the text.

    Signals:
        plain_wanted: Show plain text (True) or Markdown (False).
        copy_wanted: Copy the whole answer.
    """

    plain_wanted = Signal(bool)
    copy_wanted = Signal()

    def __init__(self, theme: Theme, letter: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._line = ElidedLabel(theme, Type.SMALL, tone="soft")
        self._whole = Button(theme, _("Show all as plain text"), kind="small")
        self._whole.hide()
        self.plain = IconButton(
            theme,
            "plain-text",
            _("Show the answer of {letter} as plain text").format(letter=letter),
        )
        self.plain.setCheckable(True)
        self.copy = IconButton(
            theme, "copy", _("Copy the answer of {letter}").format(letter=letter)
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 8, 6)
        row.setSpacing(2)
        row.addWidget(self._line, 1)
        row.addWidget(self._whole)
        row.addWidget(self.plain)
        row.addWidget(self.copy)
        self._whole.clicked.connect(self._on_whole_clicked)
        self.plain.toggled.connect(self.plain_wanted)
        self.copy.clicked.connect(self.copy_wanted)

    @property
    def words(self) -> str:
        """What the line says."""
        return self._line.text()

    @property
    def whole(self) -> Button:
        """Appears when not all of an answer is shown."""
        return self._whole

    def say(self, words: str) -> None:
        """Say something about the answer."""
        self._line.setText(words)

    def offer_whole(self, *, is_offered: bool) -> None:
        """Offer to show all of an answer that is longer than what is shown."""
        self._whole.setVisible(is_offered)

    @Slot()
    def _on_whole_clicked(self) -> None:
        self.plain.setChecked(True)

    def mark_plain(self, *, is_plain: bool) -> None:
        """Show which view the answer is in."""
        self.plain.setChecked(is_plain)
        if is_plain:
            self._whole.hide()
