"""Shows how fit a pack is for a verdict: what it can show, and what is wrong with it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from large_enough.domain.text import harmless_line
from large_enough.stats.power_table import DISAGREEMENT
from large_enough.ui.pack_health_rows import HealthLine, HealthWords, Mark
from large_enough.ui.theme import Theme
from large_enough.ui.tokens import Type
from large_enough.ui.widgets.buttons import Button, card, line
from large_enough.ui.widgets.labels import Label
from large_enough.ui.widgets.picture import Picture
from large_enough.ui.widgets.power_table import PowerTable
from large_enough.wording.power_words import power_source
from large_enough.wording.translate import _

_PICTURE_PX = 16
_PICTURES = {
    Mark.GOOD: ("check", "good"),
    Mark.WARNING: ("warning", "warning"),
    Mark.PLAIN: ("info", "soft"),
}


class HealthRow(QWidget):
    """One finding.

    Signals:
        place_wanted: The user wants to see the question at that place.
    """

    place_wanted = Signal(int)

    def __init__(self, theme: Theme, told: HealthLine, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.told = told
        picture, tone = _PICTURES[told.mark]
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(Label(theme, Type.BASE, harmless_line(told.text), wraps=True))
        if told.detail:
            detail = Label(theme, Type.SOFT, harmless_line(told.detail), tone="soft", wraps=True)
            words.addWidget(detail)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 8, 0, 8)
        row.setSpacing(12)
        row.addWidget(Picture(theme, picture, _PICTURE_PX, tone), 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        self.button: Button | None = None
        if told.places:
            self.button = Button(theme, _("Show"), kind="small")
            self.button.setAccessibleName(
                _("Show question {number}").format(number=told.places[0] + 1)
            )
            self.button.clicked.connect(self._on_clicked)
            row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignTop)

    def _on_clicked(self) -> None:
        self.place_wanted.emit(self.told.places[0])


class HealthPage(QScrollArea):
    """The findings at the left, at the right what so many questions can show.

    Signals:
        place_wanted: The user wants to see the question at that place.
    """

    place_wanted = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.rows: list[HealthRow] = []
        self.sentence = Label(theme, Type.NAME, wraps=True)
        self.explanation = Label(theme, Type.SOFT, tone="soft", wraps=True)
        self.table = PowerTable(theme)
        self.source = Label(theme, Type.SMALL, power_source(DISAGREEMENT), tone="soft", wraps=True)
        self._place: QWidget | None = None
        self._findings = card()
        self._arrange()

    def show_busy(self) -> None:
        """Say that the pack is being looked at."""
        self.sentence.setText(_("Looking at the questions…"))
        self.explanation.setText("")
        self._show_rows(())

    def show_health(self, words: HealthWords) -> None:
        """Show the findings."""
        self.sentence.setText(words.sentence)
        self.explanation.setText(words.explanation)
        self.table.show_count(words.question_count)
        self._show_rows(words.lines)

    def _show_rows(self, lines: tuple[HealthLine, ...]) -> None:
        if self._place is not None:
            self._column.removeWidget(self._place)
            self._place.hide()
            self._place.deleteLater()
        self._place = QWidget()
        column = QVBoxLayout(self._place)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.rows = [HealthRow(self._theme, told) for told in lines]
        for number, row in enumerate(self.rows):
            if number:
                column.addWidget(line())
            row.place_wanted.connect(self.place_wanted)
            column.addWidget(row)
        self._column.insertWidget(1, self._place)

    def _arrange(self) -> None:
        self._column = QVBoxLayout(self._findings)
        self._column.setContentsMargins(16, 14, 16, 10)
        self._column.setSpacing(4)
        self._column.addWidget(Label(self._theme, Type.STRONG, _("What was found")))
        self._column.addStretch(1)
        power = QFrame()
        power.setProperty("kind", "card")
        inner = QVBoxLayout(power)
        inner.setContentsMargins(16, 14, 16, 14)
        inner.setSpacing(8)
        caption = Label(
            self._theme,
            Type.SOFT_STRONG,
            _("Chance to settle it, with a margin of so many points"),
            wraps=True,
        )
        for widget in (self.sentence, self.explanation, caption, self.table, self.source):
            inner.addWidget(widget)
        inner.addStretch(1)
        content = QWidget()
        row = QHBoxLayout(content)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self._findings, 1)
        row.addWidget(power, 1)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidgetResizable(True)
        self.setWidget(content)
        self.viewport().setAutoFillBackground(False)
        content.setAutoFillBackground(False)
