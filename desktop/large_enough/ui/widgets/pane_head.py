"""The head of a contender's pane: who it is and what it is doing."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from large_enough.ui.theme import Theme
from large_enough.ui.tokens import Type
from large_enough.ui.widgets.labels import Label
from large_enough.ui.widgets.marks import Animal, Badge
from large_enough.ui.widgets.model_picker import ModelPicker

_HEIGHT_PX = 60


class PaneHead(QWidget):
    """Badge, model, picture and state, in one line."""

    def __init__(self, theme: Theme, letter: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.badge = Badge(theme, letter)
        self.picker = ModelPicker(theme, letter)
        self.animal = Animal(theme, letter)
        self.state = Label(theme, Type.SOFT_STRONG, tone="soft")
        self.state.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setFixedHeight(round(_HEIGHT_PX * theme.scale))
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 0, 14, 0)
        row.setSpacing(4)
        row.addWidget(self.badge)
        row.addWidget(self.picker, 1)
        row.addWidget(self.state)
        row.addSpacing(6)
        row.addWidget(self.animal)

    def show_state(self, words: str, *, tone: str = "soft") -> None:
        """Say what the contender is doing."""
        if self.state.property("tone") != tone:
            self.state.setProperty("tone", tone)
            self.state.style().polish(self.state)
        self.state.setText(words)
