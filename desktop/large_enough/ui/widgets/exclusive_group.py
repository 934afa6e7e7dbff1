"""Buttons of which one is chosen."""

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QAbstractButton, QButtonGroup


class ExclusiveGroup(QButtonGroup):
    """Tab leads to the chosen button, and arrows lead from there to the others.

    Qt by itself lets Tab lead to the button that had the keyboard last, and first of all to the
    first one, whichever is chosen.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.buttonToggled.connect(self._on_button_toggled)

    def add(self, button: QAbstractButton, button_id: int = -1) -> None:
        """Take a button in; one of all must be chosen afterwards.

        Args:
            button: Any one; it becomes checkable.
            button_id: Its number in the group, chosen by Qt if it is left out.
        """
        button.setCheckable(True)
        button.setAutoExclusive(True)  # the group sees to that; screen readers learn it from here
        button.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.addButton(button, button_id)

    @Slot(QAbstractButton, bool)
    def _on_button_toggled(self, button: QAbstractButton, is_chosen: bool) -> None:
        policy = Qt.FocusPolicy.StrongFocus if is_chosen else Qt.FocusPolicy.ClickFocus
        button.setFocusPolicy(policy)
