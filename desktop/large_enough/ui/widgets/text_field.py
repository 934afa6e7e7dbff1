"""A field for a line of text."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLineEdit, QWidget

from large_enough.ui.theme import Theme
from large_enough.ui.tokens import Type


class TextField(QLineEdit):
    """One line that the user writes in."""

    def __init__(
        self,
        theme: Theme,
        name: str,
        *,
        longest: int,
        width_px: int | None = None,
        hint: str = "",
        parent: QWidget | None = None,
    ) -> None:
        """Make an empty field.

        Args:
            theme: Colours and type.
            name: Tells screen readers what belongs into it.
            longest: Characters that it takes.
            width_px: Fixed width in logical pixels; None for all there is.
            hint: Shown while the field is empty.
            parent: What it lies in.
        """
        super().__init__(parent)
        self._theme = theme
        self.setAccessibleName(name)
        self.setMaxLength(longest)
        self.setPlaceholderText(hint)
        self._width_px = width_px
        theme.changed.connect(self._renew)
        self._renew()

    def mark_wrong(self, *, is_wrong: bool) -> None:
        """Show whether what stands there cannot be used; why must be said beside it."""
        self.setProperty("isWrong", is_wrong)
        self.style().unpolish(self)
        self.style().polish(self)

    @Slot()
    def _renew(self) -> None:
        self.setFont(self._theme.font(Type.BASE))
        if self._width_px is not None:
            self.setFixedWidth(round(self._width_px * self._theme.scale))
