"""A card with a title and what belongs under it."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from large_enough.ui.theme import Theme
from large_enough.ui.tokens import Type
from large_enough.ui.widgets.labels import Label


class TitledCard(QFrame):
    """Grows with what is put into its column."""

    def __init__(self, theme: Theme, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self.title = Label(theme, Type.STRONG, title, wraps=True)
        self.head = QHBoxLayout()
        """The title's line; buttons belong behind it."""
        self.head.setSpacing(8)
        self.head.addWidget(self.title, 1)
        self.column = QVBoxLayout(self)
        """What stands under the title is added here."""
        self.column.setContentsMargins(16, 14, 16, 14)
        self.column.setSpacing(8)
        self.column.addLayout(self.head)
