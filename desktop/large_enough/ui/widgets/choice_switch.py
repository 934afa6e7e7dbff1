"""A choice between a few, all of them in view."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from large_enough.ui.theme import Theme
from large_enough.ui.tokens import Type
from large_enough.ui.widgets.exclusive_group import ExclusiveGroup


class ChoiceSwitch(QFrame):
    """A few words side by side, one of them chosen.

    Signals:
        chosen: The user chose the part with that index, from 0; not if it was chosen already.
    """

    chosen = Signal(int)

    def __init__(
        self, theme: Theme, name: str, parts: tuple[str, ...], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setProperty("kind", "switch")
        self.setAccessibleName(name)
        self._group = ExclusiveGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(1, 1, 1, 1)
        row.setSpacing(0)
        for index, words in enumerate(parts):
            part = QPushButton(words, self)
            part.setProperty("kind", "part")
            part.setAutoDefault(False)
            part.setCursor(Qt.CursorShape.PointingHandCursor)
            self._group.add(part, index)
            row.addWidget(part)
        self._group.button(0).setChecked(True)
        self._known_index = 0
        self._group.idClicked.connect(self._on_clicked)
        theme.changed.connect(self._renew)
        self._renew()

    @property
    def index(self) -> int:
        """Which part is chosen."""
        return self._group.checkedId()

    def choose(self, index: int) -> None:
        """Choose a part without telling anybody."""
        self._group.button(index).setChecked(True)
        self._known_index = index

    def focus_chosen(self) -> None:
        """Give the keyboard to the part that is chosen."""
        self.parts[self.index].setFocus()

    @property
    def parts(self) -> tuple[QPushButton, ...]:
        """The buttons, from left to right."""
        return tuple(part for part in self._group.buttons() if isinstance(part, QPushButton))

    @Slot(int)
    def _on_clicked(self, index: int) -> None:
        if index != self._known_index:
            self._known_index = index
            self.chosen.emit(index)

    @Slot()
    def _renew(self) -> None:
        for part in self._group.buttons():
            part.setFont(self._theme.font(Type.CONTROL))
