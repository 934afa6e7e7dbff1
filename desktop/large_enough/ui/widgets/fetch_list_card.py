"""All models that are being fetched, one below the other."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from large_enough.comparison.fetch_items import FetchItem, FetchState
from large_enough.ui.theme import Theme
from large_enough.ui.tokens import Type
from large_enough.ui.widgets.buttons import line
from large_enough.ui.widgets.fetch_row import FetchRow
from large_enough.ui.widgets.labels import Label
from large_enough.wording.translate import _, ngettext


class FetchListCard(QFrame):
    """A row for each; nothing at all while nothing is wanted.

    Signals:
        pause_wanted: The user wants the model with that id to wait.
        resume_wanted: The user wants it to go on, or to be tried again.
        removal_wanted: The user does not want it any more, or not in the list.
    """

    pause_wanted = Signal(str)
    resume_wanted = Signal(str)
    removal_wanted = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setProperty("kind", "card")
        self._summary = Label(theme, Type.SOFT, tone="soft", wraps=True)
        self._rows: dict[str, FetchRow] = {}
        self._lines: dict[str, QWidget] = {}
        self._inside = QVBoxLayout()
        self._must_follow = False
        self._arrange()
        self._scroll.verticalScrollBar().rangeChanged.connect(self._on_range_changed)
        self.hide()

    @property
    def rows(self) -> tuple[FetchRow, ...]:
        """The rows from top to bottom."""
        return tuple(self._rows.values())

    def show_items(self, items: Sequence[FetchItem]) -> None:
        """Show these models."""
        for item_id in [*self._rows]:
            if item_id not in {item.id for item in items}:
                self._drop(item_id)
        for item in items:
            if item.id in self._rows:
                self._rows[item.id].show_item(item)
            else:
                self._add(item)
        self._summary.setText(_summary(items))
        self.setVisible(bool(items))

    def _add(self, item: FetchItem) -> None:
        row = FetchRow(self._theme, item)
        row.pause_wanted.connect(self.pause_wanted)
        row.resume_wanted.connect(self.resume_wanted)
        row.removal_wanted.connect(self.removal_wanted)
        self._rows[item.id], self._lines[item.id] = row, line()
        place = self._inside.count() - 1  # above the stretch
        self._inside.insertWidget(place, self._lines[item.id])
        self._inside.insertWidget(place + 1, row)
        self._must_follow = True

    def _drop(self, item_id: str) -> None:
        row = self._rows.pop(item_id)
        had_focus = row.go_button.hasFocus() or row.remove_button.hasFocus()
        for widget in (row, self._lines.pop(item_id)):
            self._inside.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        rest = self.rows
        if had_focus and rest:
            rest[0].remove_button.setFocus()

    def _arrange(self) -> None:
        content = QWidget()
        content.setLayout(self._inside)
        self._inside.setContentsMargins(16, 0, 10, 8)
        self._inside.setSpacing(10)
        self._inside.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(content)
        self._scroll.viewport().setAutoFillBackground(False)
        content.setAutoFillBackground(False)
        head = QVBoxLayout()
        head.setContentsMargins(16, 14, 16, 0)
        head.setSpacing(3)
        head.addWidget(Label(self._theme, Type.NAME, _("Downloads")))
        head.addWidget(self._summary)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self._scroll, 1)

    @Slot(int, int)
    def _on_range_changed(self, _least: int, most: int) -> None:
        """Bring what was added last into view, once it has its place."""
        if self._must_follow and most:
            self._must_follow = False
            self._scroll.verticalScrollBar().setValue(most)


def _summary(items: Sequence[FetchItem]) -> str:
    count = len(items)
    done = sum(item.state is FetchState.DONE for item in items)
    return ngettext(
        "{done} of {count} model is here. What has arrived is kept when you quit.",
        "{done} of {count} models are here. They come one after the other; what has arrived is "
        "kept when you quit.",
        count,
    ).format(done=done, count=count)
