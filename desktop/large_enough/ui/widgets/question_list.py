"""A list of questions; a click or Enter opens one."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListWidget, QListWidgetItem, QWidget

from large_enough.ui.safe_text import tooltip
from large_enough.ui.theme import Theme
from large_enough.ui.tokens import Type

_MOST_ROWS = 8
_ROW_PX = 30
_RETURN_KEYS = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class QuestionList(QListWidget):
    """As high as its rows, up to eight of them.

    Signals:
        opened: The user wants to see a question: its id.
    """

    opened = Signal(str)

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAccessibleName(name)
        self.setProperty("ringInside", True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.viewport().setAutoFillBackground(False)
        self.itemClicked.connect(self._on_item_clicked)
        theme.changed.connect(self._renew)
        self._renew()

    def show_questions(self, questions: Sequence[tuple[str, str]]) -> None:
        """List these questions.

        Args:
            questions: Of each the id and the words, which must be harmless.
        """
        self.clear()
        for item_id, words in questions:
            item = QListWidgetItem(words, self)
            item.setData(Qt.ItemDataRole.UserRole, item_id)
            item.setToolTip(tooltip(words))
            item.setData(Qt.ItemDataRole.AccessibleDescriptionRole, words)
        if questions:
            self.setCurrentRow(0)
        self._renew()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take Enter for the wish to see the question."""
        item = self.currentItem()
        if event.key() in _RETURN_KEYS and item is not None:
            self._on_item_clicked(item)
            return
        super().keyPressEvent(event)

    @Slot(QListWidgetItem)
    def _on_item_clicked(self, item: QListWidgetItem) -> None:
        self.opened.emit(str(item.data(Qt.ItemDataRole.UserRole)))

    @Slot()
    def _renew(self) -> None:
        self.setFont(self._theme.font(Type.SOFT))
        height = round(_ROW_PX * self._theme.scale)
        for row in range(self.count()):
            self.item(row).setSizeHint(QSize(100, height))
        self.setFixedHeight(height * max(1, min(self.count(), _MOST_ROWS)) + 4)
