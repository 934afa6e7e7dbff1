"""The foot of a contender's pane: how the answer ended, and what can be done with its text."""

from PySide6.QtCore import Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QWidget

from large_enough.ui.theme import Theme
from large_enough.ui.tokens import Type
from large_enough.ui.widgets.answer_pane import AnswerPane
from large_enough.ui.widgets.buttons import Button, IconButton
from large_enough.ui.widgets.labels import ElidedLabel
from large_enough.wording.translate import _


class PaneFoot(QWidget):
    """One soft line, and buttons that work on the answer above it."""

    def __init__(
        self, theme: Theme, answer: AnswerPane, letter: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._answer = answer
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
        self.plain.toggled.connect(answer.show_plain)
        self.copy.clicked.connect(self._on_copy_clicked)
        answer.plain_changed.connect(self._on_plain_changed)
        answer.shortened.connect(self._on_shortened)

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

    def begin(self) -> None:
        """Make ready for another answer."""
        self._whole.hide()
        self.plain.setChecked(self._answer.is_plain)

    @Slot()
    def _on_whole_clicked(self) -> None:
        self.plain.setChecked(True)

    @Slot()
    def _on_copy_clicked(self) -> None:
        QGuiApplication.clipboard().setText(self._answer.raw)

    @Slot(bool)
    def _on_plain_changed(self, is_plain: bool) -> None:
        self.plain.setChecked(is_plain)
        if is_plain:
            self._whole.hide()

    @Slot()
    def _on_shortened(self) -> None:
        self._whole.show()
