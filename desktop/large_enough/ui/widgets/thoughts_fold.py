"""Shows a thinking model's thoughts, folded away until they are wanted."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from large_enough.domain.clock import Clock
from large_enough.ui.theme import Theme
from large_enough.ui.widgets.answer_pane import AnswerPane
from large_enough.ui.widgets.buttons import Button
from large_enough.wording.numbers import count_text
from large_enough.wording.translate import _, ngettext

_OPEN_HEIGHT_PX = 160


class ThoughtsFold(QWidget):
    """A line that says how much was thought; opened, it shows the thoughts."""

    def __init__(
        self, theme: Theme, clock: Clock, letter: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._toggle = Button(theme, "", picture="thought", kind="small")
        self._toggle.setCheckable(True)
        self.pane = AnswerPane(theme, clock, self)
        self.pane.setAccessibleName(_("Thoughts of contender {letter}").format(letter=letter))
        self.pane.setFixedHeight(_OPEN_HEIGHT_PX)
        self.pane.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 14, 0)
        column.setSpacing(4)
        column.addWidget(self._toggle, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.pane)
        self._toggle.toggled.connect(self._on_toggled)
        self.hide()

    @property
    def toggle(self) -> Button:
        """The line that opens and closes."""
        return self._toggle

    def begin(self, letter: str) -> None:
        """Forget the thoughts of an earlier answer."""
        self.pane.begin(letter)
        self.pane.show_plain(True)
        self._toggle.setChecked(False)
        self.hide()

    def add_text(self, text: str) -> None:
        """Append to the thoughts."""
        self.pane.add_text(text)
        count = len(self.pane.raw.split())
        words = ngettext("Thoughts, {count} word", "Thoughts, {count} words", count)
        self._toggle.setText(words.format(count=count_text(count)))
        self.show()

    def finish(self) -> None:
        """Take note that no more thoughts come."""
        self.pane.finish()

    @Slot(bool)
    def _on_toggled(self, is_open: bool) -> None:
        self.pane.setVisible(is_open)
