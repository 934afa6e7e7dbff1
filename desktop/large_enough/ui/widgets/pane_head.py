"""The head of a contender's pane: who it is and what it is doing."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from large_enough.ui.theme import Theme
from large_enough.ui.tokens import Type
from large_enough.ui.widgets.buttons import IconButton
from large_enough.ui.widgets.labels import Label
from large_enough.ui.widgets.marks import Animal, Badge
from large_enough.ui.widgets.model_picker import ModelPicker
from large_enough.wording.translate import _

_HEIGHT_PX = 60


class PaneHead(QWidget):
    """Badge, model, state, a button that stops it, and its picture, in one line."""

    def __init__(self, theme: Theme, letter: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.badge = Badge(theme, letter)
        self.picker = ModelPicker(theme, letter)
        self.animal = Animal(theme, letter)
        self.state = Label(theme, Type.SOFT_STRONG, tone="soft")
        self.state.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.stop = IconButton(theme, "stop", _("Stop {letter} only").format(letter=letter))
        self.stop.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 0, 14, 0)
        row.setSpacing(4)
        row.addWidget(self.badge)
        row.addWidget(self.picker, 1)
        row.addWidget(self.state)
        row.addWidget(self.stop)
        row.addSpacing(6)
        row.addWidget(self.animal)
        theme.changed.connect(self._renew)
        self._renew()

    def show_state(self, words: str, *, tone: str = "soft") -> None:
        """Say what the contender is doing."""
        if self.state.property("tone") != tone:
            self.state.setProperty("tone", tone)
            self.state.style().polish(self.state)
        self.state.setText(words)

    @Slot()
    def _renew(self) -> None:
        self.setFixedHeight(round(_HEIGHT_PX * self._theme.scale))
