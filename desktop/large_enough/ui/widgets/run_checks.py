"""What was looked at before a run: each with a verdict, and what to do where it is not good."""

import enum
from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QRectF, QSize, Qt, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from large_enough.domain.text import harmless_line
from large_enough.ui import icons
from large_enough.ui.theme import Theme
from large_enough.ui.tokens import Type
from large_enough.ui.widgets.labels import Label
from large_enough.wording.translate import _

_MARK_PX = 17


class CheckVerdict(enum.Enum):
    """How it stands with something that was looked at."""

    GOOD = "good"
    CARE = "care"
    """The run can begin, but something should be known first."""
    BAD = "bad"
    """The run cannot begin."""
    NOTE = "note"
    """Nothing to judge: a forecast."""


class CheckLine(NamedTuple):
    """One thing that was looked at."""

    verdict: CheckVerdict
    title: str
    words: str
    """What was found, and what to do next where it is not good."""


class _Mark(QLabel):
    """The verdict as a picture."""

    def __init__(self, theme: Theme, verdict: CheckVerdict, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._verdict = verdict
        self.setAccessibleName(verdict_word(verdict))
        theme.changed.connect(self._on_theme_changed)

    def sizeHint(self) -> QSize:
        edge = round(_MARK_PX * self._theme.scale)
        return QSize(edge, edge)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        tokens = self._theme.tokens
        picture, colour = {
            CheckVerdict.GOOD: ("check", tokens.good),
            CheckVerdict.CARE: ("warning", tokens.warning),
            CheckVerdict.BAD: ("close", tokens.contender("B")),
            CheckVerdict.NOTE: ("history", tokens.soft_ink),
        }[self._verdict]
        edge = round(_MARK_PX * self._theme.scale)
        painter = QPainter(self)
        icons.paint_picture(painter, picture, QRectF(0, 0, edge, edge), colour)
        painter.end()

    @Slot()
    def _on_theme_changed(self) -> None:
        self.updateGeometry()
        self.update()


class RunChecks(QFrame):
    """A card with one line for each thing that was looked at."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self._theme = theme
        self._lines: tuple[CheckLine, ...] = ()
        self._is_complete = False
        self.state = Label(theme, Type.SOFT, tone="soft", wraps=True)
        self._place = QVBoxLayout()
        self._held: QWidget | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 14, 18, 14)
        column.setSpacing(8)
        column.addWidget(Label(theme, Type.NAME, _("Before the run")))
        column.addLayout(self._place)
        column.addWidget(self.state)

    @property
    def lines(self) -> tuple[CheckLine, ...]:
        """What is shown."""
        return self._lines

    @property
    def is_good(self) -> bool:
        """Whether nothing speaks against the run."""
        return self._is_complete and all(
            line.verdict is not CheckVerdict.BAD for line in self._lines
        )

    def say(self, words: str) -> None:
        """Say something in place of the lines."""
        self._is_complete = False
        self._show((), words)

    def show_lines(self, lines: Sequence[CheckLine], *, is_complete: bool = True) -> None:
        """Show what was found so far, or all of it."""
        self._is_complete = is_complete
        self._show(tuple(lines), "" if is_complete else _("looking…"))

    def _show(self, lines: tuple[CheckLine, ...], words: str) -> None:
        self._lines = lines
        self.state.setText(words)
        self.state.setVisible(bool(words))
        if self._held is not None:
            self._place.removeWidget(self._held)
            self._held.hide()
            self._held.deleteLater()
        self._held = QWidget()
        column = QVBoxLayout(self._held)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(9)
        for found in lines:
            column.addLayout(self._row(found))
        self._place.addWidget(self._held)

    def _row(self, found: CheckLine) -> QHBoxLayout:
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(Label(self._theme, Type.SOFT_STRONG, harmless_line(found.title)))
        words.addWidget(
            Label(self._theme, Type.SOFT, harmless_line(found.words), tone="soft", wraps=True)
        )
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(_Mark(self._theme, found.verdict), 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        return row


def verdict_word(verdict: CheckVerdict) -> str:
    """Return a verdict in a word."""
    return {
        CheckVerdict.GOOD: _("good"),
        CheckVerdict.CARE: _("take care"),
        CheckVerdict.BAD: _("stands in the way"),
        CheckVerdict.NOTE: _("forecast"),
    }[verdict]
