"""Chooses one of many from a menu; the button says which one holds."""

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from large_enough.ui.safe_text import menu_text
from large_enough.ui.theme import Theme
from large_enough.ui.widgets.buttons import Button
from large_enough.wording.translate import _


class MenuChoice(Button):
    """A button such as "Family: all", whose menu has all that can be chosen.

    Signals:
        chosen: The user chose something else.
    """

    chosen = Signal()

    def __init__(
        self, theme: Theme, name: str, all_words: str, parent: QWidget | None = None
    ) -> None:
        """Offer nothing but all.

        Args:
            theme: Colours and type.
            name: What is chosen, for example "Family".
            all_words: Stands for no choice, in the menu.
            parent: What it lies in.
        """
        super().__init__(
            theme, name, picture="chevron-down", is_picture_behind=True, kind="small", parent=parent
        )
        self._name = name
        self._all_words = all_words
        self._choices: tuple[str, ...] = ()
        self._choice = ""
        self.choices = QMenu(self)
        self._group = QActionGroup(self)
        self.setMenu(self.choices)
        self.choices.triggered.connect(self._on_triggered)
        self.offer(())

    @property
    def choice(self) -> str:
        """What is chosen; "" for all."""
        return self._choice

    def offer(self, choices: Sequence[str]) -> None:
        """Offer these; what was chosen stays chosen if it is among them."""
        if tuple(choices) != self._choices or not self.choices.actions():
            self._choices = tuple(choices)
            self._fill()
        self.choose(self._choice if self._choice in choices else "")

    def choose(self, choice: str) -> None:
        """Choose without telling anybody; "" for all."""
        self._choice = choice
        for action in self.choices.actions():
            action.setChecked(action.data() == choice)
        words = menu_text(choice) if choice else self._all_words.lower()
        self.setText(_("{name}: {choice}").format(name=self._name, choice=words))

    def _fill(self) -> None:
        for action in self.choices.actions():
            self._group.removeAction(action)
        self.choices.clear()
        for choice in ("", *self._choices):
            action = self.choices.addAction(menu_text(choice) if choice else self._all_words)
            action.setData(choice)
            action.setCheckable(True)
            self._group.addAction(action)

    @Slot(QAction)
    def _on_triggered(self, action: QAction) -> None:
        if action.data() != self._choice:
            self.choose(str(action.data()))
            self.chosen.emit()
