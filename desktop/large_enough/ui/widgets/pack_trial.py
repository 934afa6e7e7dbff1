"""Tries out how an answer would be graded: somebody types what a model might say."""

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from large_enough.domain.grade import Grade, GradeStatus
from large_enough.domain.text import harmless_line
from large_enough.ui.theme import Theme
from large_enough.ui.tokens import Type
from large_enough.ui.widgets.labels import Label
from large_enough.ui.widgets.lines_box import LinesBox
from large_enough.ui.widgets.picture import Picture
from large_enough.wording.grade_words import status_word, step_sentences
from large_enough.wording.numbers import quantity_text, share_text
from large_enough.wording.translate import _

PAUSE_MS = 120
"""An answer is graded when nothing was typed for so long."""
_LONGEST = 20_000
_PICTURES = {GradeStatus.CORRECT: "check", GradeStatus.PARTIAL: "check"}
_TONES = {GradeStatus.CORRECT: "good", GradeStatus.PARTIAL: "good"}
_PICTURE_PX = 16


class TrialBox(QFrame):
    """A pretend answer, and at once what it would get and why.

    Signals:
        wanted: The user wants to know how this text is graded.
    """

    wanted = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        title = _("Try it: what a model might say")
        self.answer = LinesBox(
            theme,
            title,
            hint=_("for example: I think it is 27.50 EUR."),
            least_lines=1,
            most_lines=3,
        )
        self._title = Label(theme, Type.SOFT_STRONG, title)
        self.picture = Picture(theme, "check", _PICTURE_PX)
        self.status = Label(theme, Type.STRONG)
        self.score = Label(theme, Type.SOFT, tone="soft")
        self.why = Label(theme, Type.SOFT, tone="soft", wraps=True)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE_MS)
        self._timer.timeout.connect(self._on_paused)
        self.answer.textChanged.connect(self._on_text_changed)
        self._arrange()
        self._say_nothing()

    @property
    def text(self) -> str:
        """What the model is to have said."""
        return self.answer.toPlainText()[:_LONGEST]

    @property
    def words(self) -> str:
        """All that it says about the answer."""
        parts = (self.status.text(), self.score.text(), self.why.text())
        return " ".join(part for part in parts if part)

    def renew(self) -> None:
        """Take note that the question is another one now."""
        self._on_text_changed()

    def clear(self) -> None:
        """Forget the answer."""
        self.answer.clear()

    def show_grade(self, grade: Grade) -> None:
        """Say what the answer would get, and why; nothing if it is gone meanwhile."""
        if not self.text.strip():
            return
        status = grade.status
        self._show_status(
            status_word(status), _PICTURES.get(status, "close"), _TONES.get(status, "warning")
        )
        self.score.setText(_("score {score}").format(score=quantity_text(grade.score, share_text)))
        self.why.setText(harmless_line(" ".join(step_sentences(grade))))
        self._tell()

    def show_unfinished(self) -> None:
        """Say that there is nothing to grade by yet."""
        self._show_status(_("not yet"), "warning", "warning")
        self.score.setText("")
        self.why.setText(_("Say first what a right answer is."))
        self._tell()

    def _show_status(self, words: str, picture: str, tone: str) -> None:
        self.picture.show_picture(picture, tone)
        self.picture.show()
        self.status.setText(words)
        self.status.set_tone(tone)

    def _tell(self) -> None:
        self.answer.setAccessibleDescription(self.words)

    def _say_nothing(self) -> None:
        self.picture.hide()
        self.status.setText("")
        self.score.setText("")
        self.why.setText(_("Type an answer to see at once whether it would count, and why."))
        self._tell()

    def _arrange(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._title, 1)
        head.addWidget(self.picture)
        head.addWidget(self.status)
        head.addWidget(self.score)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self.answer)
        column.addWidget(self.why)

    @Slot()
    def _on_text_changed(self) -> None:
        if self.text.strip():
            self._timer.start()
        else:
            self._timer.stop()
            self._say_nothing()

    @Slot()
    def _on_paused(self) -> None:
        self.wanted.emit(self.text)
