"""Says which files are set apart: in a line, and one by one where somebody wants to know."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from large_enough.ui.model_words import ApartLine
from large_enough.ui.theme import Theme
from large_enough.ui.tokens import Type
from large_enough.ui.widgets.buttons import Button, line
from large_enough.ui.widgets.labels import ElidedLabel
from large_enough.wording.translate import _

_HEIGHT_PX = 190


class ApartList(QWidget):
    """A summary, a button, and the list that it opens."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._lines: tuple[ApartLine, ...] = ()
        self.summary = ElidedLabel(theme, Type.SOFT, tone="soft")
        self.button = Button(
            theme, "", picture="chevron-down", is_picture_behind=True, kind="small"
        )
        self.list = QListWidget()
        self._arrange()
        self.button.setCheckable(True)
        self.button.toggled.connect(self._on_toggled)
        theme.changed.connect(self._on_theme_changed)
        self._on_toggled(False)
        self._on_theme_changed()

    @property
    def lines(self) -> tuple[ApartLine, ...]:
        """What is set apart."""
        return self._lines

    def show_files(self, summary: str, lines: Sequence[ApartLine]) -> None:
        """Say what is set apart; nothing is to be seen if nothing is."""
        self.summary.setText(summary)
        self.setVisible(bool(lines))
        if tuple(lines) == self._lines:
            return
        self._lines = tuple(lines)
        self.list.clear()
        for each in lines:
            words = _("{name}: {reason}").format(name=each.name, reason=each.reason)
            item = QListWidgetItem(f"{words}\n{each.sentence}")
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{words}. {each.sentence}")
            self.list.addItem(item)
        if lines:
            self.list.setCurrentRow(0)
        else:
            self.button.setChecked(False)

    def _arrange(self) -> None:
        self.list.setAccessibleName(_("Files that are set apart"))
        self.list.setProperty("ringInside", True)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setWordWrap(True)
        self.list.setSpacing(2)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.viewport().setAutoFillBackground(False)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.summary, 1)
        head.addWidget(self.button)
        self._rule = line()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._rule)
        column.addLayout(head)
        column.addWidget(self.list)

    @Slot(bool)
    def _on_toggled(self, is_open: bool) -> None:
        self.list.setVisible(is_open)
        self.button.setText(_("Hide them") if is_open else _("Show them"))
        if is_open:
            self.list.setFocus()

    @Slot()
    def _on_theme_changed(self) -> None:
        self.list.setFont(self._theme.font(Type.SOFT))
        self.list.setFixedHeight(round(_HEIGHT_PX * self._theme.scale))
