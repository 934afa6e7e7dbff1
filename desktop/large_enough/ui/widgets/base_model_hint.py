"""Says that a model cannot chat, and offers to have it continue text instead."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from large_enough.ui.theme import Theme
from large_enough.ui.tokens import Type
from large_enough.ui.widgets.buttons import Button
from large_enough.ui.widgets.flow_layout import FlowLayout
from large_enough.ui.widgets.labels import Label
from large_enough.wording.translate import _


class BaseModelHint(QWidget):
    """A quiet notice in the pane of a model without a chat template.

    Signals:
        completion_wanted: The user wants texts continued instead of questions answered.
    """

    completion_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = Label(theme, Type.SOFT, wraps=True)
        self.button = Button(theme, _("Continue the text instead"), kind="small")
        frame = QFrame()
        frame.setProperty("kind", "notice")
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(12, 9, 12, 10)
        inside.setSpacing(7)
        inside.addWidget(self._text)
        buttons = FlowLayout(8)
        buttons.addWidget(self.button)
        inside.addLayout(buttons)
        place = QVBoxLayout(self)
        place.setContentsMargins(14, 12, 14, 0)
        place.addWidget(frame)
        self.button.clicked.connect(self.completion_wanted)
        self.hide()

    @property
    def words(self) -> str:
        """What it says."""
        return self._text.text()

    def show_case(self, *, is_base: bool, is_completion: bool) -> None:
        """Show what holds for a model; nothing for one that can chat.

        Args:
            is_base: Whether its file holds no chat template.
            is_completion: Whether texts are continued instead of questions answered.
        """
        if is_completion:
            self._text.setText(_("No chat template: it continues your text as it is."))
        else:
            words = _("No chat template: it cannot answer, it can only continue a text.")
            self._text.setText(words)
        self.button.setVisible(not is_completion)
        self.setVisible(is_base)
