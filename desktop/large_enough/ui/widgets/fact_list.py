"""Lists facts: a label and what is to be said, line by line."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from large_enough.domain.text import harmless_line
from large_enough.ui.theme import Theme
from large_enough.ui.tokens import Type
from large_enough.ui.widgets.labels import Label
from large_enough.wording.doctor_facts import Fact

_LABEL_WIDTH_PX = 124


class FactList(QWidget):
    """A heading with facts below; what they say can be selected with the mouse."""

    def __init__(self, theme: Theme, heading: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._facts: tuple[Fact, ...] = ()
        self._place: QWidget | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self._column.addWidget(Label(theme, Type.STRONG, heading))

    @property
    def facts(self) -> tuple[Fact, ...]:
        """What is shown."""
        return self._facts

    def show_facts(self, facts: Sequence[Fact]) -> None:
        """Show these facts in place of others."""
        if self._place is not None:
            self._column.removeWidget(self._place)
            self._place.hide()
            self._place.deleteLater()
        self._facts = tuple((harmless_line(label), harmless_line(text)) for label, text in facts)
        self._place = QWidget()
        grid = QGridLayout(self._place)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        grid.setColumnMinimumWidth(0, round(_LABEL_WIDTH_PX * self._theme.scale))
        grid.setColumnStretch(1, 1)
        for row, (label, text) in enumerate(self._facts):
            grid.addWidget(self._label(label), row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(self._text(text), row, 1)
        self._column.addWidget(self._place)

    def _label(self, words: str) -> Label:
        return Label(self._theme, Type.SOFT, words, tone="soft")

    def _text(self, words: str) -> Label:
        text = Label(self._theme, Type.SOFT, words, wraps=True)
        text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        return text
