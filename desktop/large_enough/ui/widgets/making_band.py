"""Shows how far quantised copies are."""

from typing import NamedTuple

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from large_enough.domain.quantising import QuantisingProgress
from large_enough.domain.text import harmless_line
from large_enough.ui.theme import Theme
from large_enough.ui.tokens import Type
from large_enough.ui.widgets.buttons import Button
from large_enough.ui.widgets.labels import ElidedLabel, Label
from large_enough.ui.widgets.progress_line import ProgressLine
from large_enough.wording.numbers import count_text
from large_enough.wording.quantising_words import progress_text
from large_enough.wording.translate import _


class MakingStatus(NamedTuple):
    """How far the copies are."""

    name: str
    """Of the model that they are made from."""
    type_name: str
    """What is being made."""
    number: int
    """Which of them it is, from 1."""
    copy_count: int
    progress: QuantisingProgress | None
    """None until there is a first reading."""
    is_stopping: bool


class MakingBand(QFrame):
    """What is made, a line of progress, and a button that gives up.

    Signals:
        cancel_wanted: The user wants what is not made yet given up.
    """

    cancel_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self.title = ElidedLabel(theme, Type.STRONG)
        self.words = Label(theme, Type.SOFT, tone="soft", wraps=True)
        self.progress = ProgressLine(theme, height_px=6)
        self.cancel_button = Button(theme, _("Cancel the copies"))
        self._arrange()
        self.cancel_button.clicked.connect(self._on_cancel_clicked)
        self.show_status(None)

    def show_status(self, status: MakingStatus | None) -> None:
        """Show how far it is; None while nothing is made."""
        self.setVisible(status is not None)
        if status is None:
            return
        title = _title(status)
        self.title.setText(title)
        self.progress.setAccessibleName(title)
        self.cancel_button.setEnabled(not status.is_stopping)
        if status.is_stopping:
            self.words.setText(_("Stopping. Nothing unfinished is left behind."))
        elif status.progress is None:
            self.words.setText(_("getting ready"))
            self.progress.show_fraction(0.0)
        else:
            self.words.setText(
                _("{progress}. Meanwhile no question can be asked.").format(
                    progress=progress_text(status.progress)
                )
            )
            self.progress.show_fraction(status.progress.fraction)

    def _arrange(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(3)
        words.addWidget(self.title)
        words.addWidget(self.words)
        row = QHBoxLayout()
        row.setSpacing(24)
        row.addLayout(words, 1)
        row.addWidget(self.cancel_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(10)
        column.addLayout(row)
        column.addWidget(self.progress)

    @Slot()
    def _on_cancel_clicked(self) -> None:
        self.cancel_button.setEnabled(False)
        self.cancel_wanted.emit()


def _title(status: MakingStatus) -> str:
    name = harmless_line(status.name)
    if status.copy_count == 1:
        return _("Making {type_name} of {name}").format(type_name=status.type_name, name=name)
    return _("Making {type_name} of {name}, copy {number} of {count}").format(
        type_name=status.type_name,
        name=name,
        number=count_text(status.number),
        count=count_text(status.copy_count),
    )
