"""What to know before a verdict is believed."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from large_enough.domain.verdict import RunVerdict
from large_enough.ui.theme import Theme
from large_enough.ui.tokens import Type
from large_enough.ui.widgets.buttons import Button
from large_enough.ui.widgets.labels import ElidedLabel, Label
from large_enough.ui.widgets.picture import Picture
from large_enough.ui.widgets.titled_card import TitledCard
from large_enough.wording.numbers import count_text
from large_enough.wording.translate import _, ngettext
from large_enough.wording.verdict_remarks import remark_text

_PICTURE_PX = 15
_SHOWN_AT_ONCE = 2


class RemarkLine(QWidget):
    """One remark: its beginning, or all of it."""

    def __init__(self, theme: Theme, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.short = ElidedLabel(theme, Type.SOFT, text)
        self.whole = Label(theme, Type.SOFT, text, wraps=True)
        self.whole.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(9)
        picture = Picture(theme, "warning", _PICTURE_PX, "warning")
        row.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.short, 1)
        row.addWidget(self.whole, 1)
        self.show_whole(is_whole=False)

    def show_whole(self, *, is_whole: bool) -> None:
        """Show all of it, or what fits into one line."""
        self.short.setVisible(not is_whole)
        self.whole.setVisible(is_whole)


class RemarksCard(TitledCard):
    """The first remarks in a line each; all of all on demand. Without any it is not there."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, _("Before you believe it"), parent)
        self._theme = theme
        self.texts: tuple[str, ...] = ()
        self.more_button = Button(theme, "", kind="small")
        self.more_button.setCheckable(True)
        self.more_button.toggled.connect(self._on_toggled)
        self.head.addWidget(self.more_button)
        self._lines: list[RemarkLine] = []
        self._inner = QVBoxLayout()
        self._inner.setSpacing(6)
        self.column.addLayout(self._inner)

    def show_verdict(self, verdict: RunVerdict) -> None:
        """Show the remarks of a run."""
        self.texts = tuple(remark_text(verdict, remark) for remark in verdict.remarks)
        self.more_button.setChecked(False)
        self._fill(self.texts)
        self._on_toggled(False)
        self.setVisible(bool(self.texts))

    def _fill(self, texts: Sequence[str]) -> None:
        for line in self._lines:
            self._inner.removeWidget(line)
            line.hide()
            line.deleteLater()
        self._lines = [RemarkLine(self._theme, text) for text in texts]
        for line in self._lines:
            self._inner.addWidget(line)

    @Slot(bool)
    def _on_toggled(self, is_open: bool) -> None:
        hidden_count = max(0, len(self._lines) - _SHOWN_AT_ONCE)
        for number, line in enumerate(self._lines):
            line.setVisible(is_open or number < _SHOWN_AT_ONCE)
            line.show_whole(is_whole=is_open)
        self.more_button.setText(_fold_words(hidden_count, is_open=is_open))


def _fold_words(hidden_count: int, *, is_open: bool) -> str:
    if is_open:
        return _("Show less")
    if not hidden_count:
        return _("Read them")
    words = ngettext("Read them, and {count} more", "Read them, and {count} more", hidden_count)
    return words.format(count=count_text(hidden_count))
