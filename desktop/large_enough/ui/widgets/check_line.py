"""Has a checksum computed: a button, then progress and a way to give it up."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from large_enough.ui.theme import Theme
from large_enough.ui.tokens import Type
from large_enough.ui.widgets.buttons import Button
from large_enough.ui.widgets.labels import Label
from large_enough.ui.widgets.progress_line import ProgressLine
from large_enough.wording.numbers import share_text
from large_enough.wording.translate import _


class CheckLine(QWidget):
    """One button that begins or gives up, so that the keyboard keeps its place.

    Signals:
        wanted: The user wants the checksum.
        cancelled: The user does not want to wait for it.
    """

    wanted = Signal()
    cancelled = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._share: float | None = None
        self.button = Button(theme, "")
        self.words = Label(theme, Type.SOFT, tone="soft")
        self.progress = ProgressLine(theme, height_px=6)
        self.progress.setAccessibleName(_("Computing SHA-256"))
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self.button)
        row.addWidget(self.words, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(row)
        column.addWidget(self.progress)
        self.button.clicked.connect(self._on_clicked)
        self.show_share(None)

    @property
    def is_running(self) -> bool:
        """Whether it is being computed."""
        return self._share is not None

    def show_share(self, share: float | None) -> None:
        """Show how far it is, 0 to 1; None while nothing is computed."""
        self._share = share
        self.button.setText(_("Compute SHA-256") if share is None else _("Cancel computing"))
        self.words.setText("" if share is None else share_text(share))
        self.progress.show_fraction(share)
        self.progress.setVisible(share is not None)

    @Slot()
    def _on_clicked(self) -> None:
        if self.is_running:
            self.cancelled.emit()
        else:
            self.wanted.emit()
