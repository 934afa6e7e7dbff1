"""A choice between two, both in view."""

from PySide6.QtWidgets import QWidget

from large_enough.ui.theme import Theme
from large_enough.ui.widgets.choice_switch import ChoiceSwitch


class TwoPartSwitch(ChoiceSwitch):
    """Two words, one of them chosen."""

    def __init__(
        self, theme: Theme, name: str, parts: tuple[str, str], parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, name, parts, parent)
