"""One setting: what it is and means at the left, its controls at the right."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from large_enough.ui.theme import Theme
from large_enough.ui.tokens import Type
from large_enough.ui.widgets.buttons import line
from large_enough.ui.widgets.labels import Label


class SettingRow(QWidget):
    """A title with an explanation beside controls; both halves are equally wide."""

    def __init__(
        self,
        theme: Theme,
        title: str,
        explanation: str,
        controls: QWidget,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.title = Label(theme, Type.STRONG, title, wraps=True)
        self.explanation = Label(theme, Type.SOFT, explanation, tone="soft", wraps=True)
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(self.title)
        words.addWidget(self.explanation)
        words.addStretch(1)
        place = QVBoxLayout()
        place.addWidget(controls)
        place.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 15, 0, 16)
        row.setSpacing(32)
        row.addLayout(words, 1)
        row.addLayout(place, 1)


class SettingsCard(QFrame):
    """Settings that belong together, under a heading."""

    def __init__(
        self,
        theme: Theme,
        heading: str,
        rows: tuple[SettingRow, ...],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 14, 18, 2)
        column.setSpacing(0)
        column.addWidget(Label(theme, Type.NAME, heading))
        column.addSpacing(8)
        for row in rows:
            column.addWidget(line())
            column.addWidget(row)
