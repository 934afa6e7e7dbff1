"""Two columns of cards, one above the other where there is no room for both."""

from PySide6.QtCore import QSize, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from large_enough.ui.theme import Theme

_LEAST_WIDTH_PX = 780
_GAP_PX = 12


class TwoColumns(QWidget):
    """As high as the higher of the two, or as both."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.first, self.second = QVBoxLayout(), QVBoxLayout()
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(_GAP_PX)
        for column, share in ((self.first, 13), (self.second, 11)):
            column.setSpacing(_GAP_PX)
            place = QWidget()
            place.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            place.setLayout(column)
            column.setContentsMargins(0, 0, 0, 0)
            self._box.addWidget(place, share)
        theme.changed.connect(self._turn)

    @property
    def are_side_by_side(self) -> bool:
        """Whether there is room for both."""
        return self._box.direction() is QBoxLayout.Direction.LeftToRight

    def minimumSizeHint(self) -> QSize:
        """Return that any width will do."""
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put them side by side or one above the other."""
        super().resizeEvent(event)
        self._turn()

    @Slot()
    def _turn(self) -> None:
        has_room = self.width() >= _LEAST_WIDTH_PX * self._theme.scale
        sides = QBoxLayout.Direction
        wanted = sides.LeftToRight if has_room else sides.TopToBottom
        if self._box.direction() is not wanted:
            self._box.setDirection(wanted)
