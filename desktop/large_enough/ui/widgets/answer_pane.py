"""Shows what a model says: the only place where model text is rendered.

Model text is hostile until proven otherwise. Nothing it names is ever opened: no picture is
loaded from anywhere (a real placeholder picture is handed out, because Qt opens the file itself
when it gets none), no click replaces the text, and links are asked about first.
"""

from PySide6.QtCore import QSize, QTimer, QUrl, Signal, Slot
from PySide6.QtGui import QColor, QFontMetrics, QImage, QPainter, QTextCursor
from PySide6.QtWidgets import QFrame, QTextBrowser, QWidget

from large_enough.domain.clock import Clock
from large_enough.ui.theme import Theme
from large_enough.ui.tokens import Type
from large_enough.ui.widgets.answer_style import LIST_INDENT_PX, AnswerStyle
from large_enough.ui.widgets.link_question import LinkQuestion
from large_enough.ui.widgets.markdown_pieces import for_plain_view
from large_enough.ui.widgets.markdown_stream import MarkdownStream
from large_enough.wording.translate import _

RENDERED_LIMIT = 64_000
"""Characters that are shown as Markdown; all of a longer answer is there as plain text."""
PLAIN_LIMIT = 1_000_000
"""Characters that are shown as plain text: more than any answer has tokens for."""
STEP_CHARACTERS = 4_000
"""Most characters that appear at once, so that no update takes long."""
SHORTEST_PAUSE_MS = 40
"""Between two updates; longer if they are slow, so that drawing stays a quarter of the time."""
SLOW_UPDATE_MS = 50
"""From here on, the pane gives up Markdown and shows plain text."""

_PAUSE_FACTOR = 4
_WHOLE_LIMIT = 12_000  # characters of an answer that is rendered once more when it is complete
_WHOLE_LIMIT_BARS = 600  # and its table cells: laying out tables is slow
_MARGIN_PX = 16.0
_STICKING_PX = 4  # this near to the end counts as being there


class AnswerPane(QTextBrowser):
    """The text of one answer, while it comes and afterwards.

    Signals:
        plain_changed: It now shows plain text (True) or Markdown (False).
        shortened: The answer is longer than what is shown as Markdown.
        caught_up: All there is so far is shown.
    """

    plain_changed = Signal(bool)
    shortened = Signal()
    caught_up = Signal()

    def __init__(self, theme: Theme, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._clock = clock
        self._raw = ""
        self._shown = 0
        self._least_lines = 1
        self._is_plain = False
        self._gave_up = False  # Markdown was too slow for this answer
        self._is_growing = False
        self._awaits_whole = False
        self._pause_ms = SHORTEST_PAUSE_MS
        self._caret_letter: str | None = None
        self._lock_down()
        self._stream = MarkdownStream(self.document(), self._style())
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.flush)
        self.selectionChanged.connect(self._on_selection_changed)
        theme.changed.connect(self._on_theme_changed)

    def _lock_down(self) -> None:
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self.setAcceptDrops(False)
        self.setUndoRedoEnabled(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.viewport().setAutoFillBackground(False)
        self.document().setDocumentMargin(_MARGIN_PX)
        self.document().setIndentWidth(LIST_INDENT_PX)
        self.anchorClicked.connect(self._on_anchor_clicked)

    # --- what others see

    @property
    def raw(self) -> str:
        """The answer as the model gave it: what is copied, exported and counted."""
        return self._raw

    @property
    def is_plain(self) -> bool:
        """Whether plain text is shown."""
        return self._is_plain

    @property
    def is_caught_up(self) -> bool:
        """Whether all that can be shown is shown."""
        return self._shown >= self._target() and not self._timer.isActive()

    def minimumSizeHint(self) -> QSize:
        """Return room for a line, or for what is wanted: panes are low in low windows."""
        height = self._least_lines * self.fontMetrics().height()
        return QSize(80, height + round(_MARGIN_PX))

    def keep_lines(self, least_lines: int) -> None:
        """Never be lower than this many lines, even if the window must scroll for it."""
        self._least_lines = least_lines
        self.updateGeometry()

    def begin(self, letter: str) -> None:
        """Empty the pane for a new answer of that contender."""
        self._timer.stop()
        self._raw = ""
        self._is_growing = True
        self._awaits_whole = False
        self._caret_letter = letter
        if self._gave_up:
            self._gave_up = False
            self.show_plain(False)
        self._restart()

    def add_text(self, text: str) -> None:
        """Append to the answer; it appears with the next update."""
        self._raw += text
        self._schedule()

    def finish(self) -> None:
        """Take note that the answer is complete."""
        self._is_growing = False
        self._awaits_whole = True
        self._schedule()

    def show_plain(self, is_plain: bool) -> None:
        """Show plain text, or Markdown."""
        if is_plain is not self._is_plain:
            self._is_plain = is_plain
            self._awaits_whole = not self._is_growing
            self._restart()
            self._schedule()
            self.plain_changed.emit(is_plain)

    # --- showing

    @Slot()
    def flush(self) -> None:
        """Show more of the answer, at most a step of it."""
        began_s = self._clock.monotonic_s()
        bar = self.verticalScrollBar()
        was_at_end = bar.value() >= bar.maximum() - _STICKING_PX
        target = self._target()
        before, self._shown = self._shown, min(target, self._shown + STEP_CHARACTERS)
        is_complete = self._shown == target and not self._is_growing
        selected = self._selection()
        if self._is_plain:
            self._append_plain(before)
        else:
            self._render(is_complete=is_complete)
        self._select(selected)
        if was_at_end and self._is_growing:
            bar.setValue(bar.maximum())
        took_ms = (self._clock.monotonic_s() - began_s) * 1000
        self._after_flush(took_ms)

    def _after_flush(self, took_ms: float) -> None:
        self._pause_ms = max(SHORTEST_PAUSE_MS, round(took_ms * _PAUSE_FACTOR))
        if took_ms > SLOW_UPDATE_MS and not self._is_plain:
            self._gave_up = True
            self.show_plain(True)
            return
        if self._shown < self._target():
            self._schedule()
            return
        if len(self._raw) > self._shown:
            self.shortened.emit()
        self.caught_up.emit()

    def _render(self, *, is_complete: bool) -> None:
        text = self._raw[: self._shown]
        is_ended = is_complete or self._caret_letter is None
        caret = None if is_ended else self._theme.tokens.contender(self._caret_letter or "A")
        self._stream.caret_colour = caret
        if is_complete and self._awaits_whole and _is_cheap(text):
            self._show_whole(text)
        else:
            self._stream.update(text)

    def _show_whole(self, text: str) -> None:
        """Render anew, unless the user would lose a selection by it: then later."""
        if self.textCursor().hasSelection():
            self._stream.update(text)
            return
        bar = self.verticalScrollBar()
        place, was_at_end = bar.value(), bar.value() >= bar.maximum() - _STICKING_PX
        self._stream.show_whole(text)
        self._awaits_whole = False
        bar.setValue(bar.maximum() if was_at_end else min(place, bar.maximum()))

    def _append_plain(self, before: int) -> None:
        cursor = QTextCursor(self.document())
        cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.insertText(for_plain_view(self._raw[before : self._shown]))

    def _selection(self) -> tuple[int, int]:
        cursor = self.textCursor()
        return cursor.anchor(), cursor.position()

    def _select(self, selected: tuple[int, int]) -> None:
        """Select the same stretch again: what is inserted at its end would belong to it."""
        start, end = selected
        length = self.document().characterCount() - 1
        if start == end or selected == self._selection() or max(selected) > length:
            return
        cursor = self.textCursor()
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        bar = self.verticalScrollBar()
        place = bar.value()
        self.setTextCursor(cursor)
        bar.setValue(place)  # setting a cursor scrolls to it

    def _target(self) -> int:
        limit = PLAIN_LIMIT if self._is_plain else RENDERED_LIMIT
        return min(len(self._raw), limit)

    def _schedule(self) -> None:
        if not self._timer.isActive():
            self._timer.start(self._pause_ms)

    def _restart(self) -> None:
        self._shown = 0
        self._stream.style = self._style()
        self._stream.clear()

    def _style(self) -> AnswerStyle:
        return AnswerStyle(tokens=self._theme.tokens, code_font=self._theme.code_font())

    @Slot()
    def _on_selection_changed(self) -> None:
        if self._awaits_whole and not self._is_growing and not self.textCursor().hasSelection():
            self._schedule()

    @Slot()
    def _on_theme_changed(self) -> None:
        self._awaits_whole = not self._is_growing
        self._restart()
        self._schedule()

    # --- safety

    def loadResource(self, kind: int, url: QUrl | str) -> object:  # noqa: ARG002 - Qt's signature
        """Return a picture that says there is none, whatever is asked for.

        Nothing else will do: when Qt gets no picture, it opens the file itself.
        """
        return self._placeholder()

    def doSetSource(self, url: QUrl | str, kind: object = None) -> None:
        """Do nothing: no link replaces the answer."""

    @Slot(QUrl)
    def _on_anchor_clicked(self, url: QUrl) -> None:
        LinkQuestion(url, self).open()

    def _placeholder(self) -> QImage:
        words = _("[image not shown]")
        font = self._theme.font(Type.SMALL)
        metrics = QFontMetrics(font)
        image = QImage(
            metrics.horizontalAdvance(words) + 8,
            metrics.height() + 4,
            QImage.Format.Format_ARGB32_Premultiplied,
        )
        image.fill(QColor(self._theme.tokens.chip))
        painter = QPainter(image)
        painter.setFont(font)
        painter.setPen(QColor(self._theme.tokens.soft_ink))
        painter.drawText(4, metrics.ascent() + 2, words)
        painter.end()
        return image


def _is_cheap(text: str) -> bool:
    return len(text) <= _WHOLE_LIMIT and text.count("|") <= _WHOLE_LIMIT_BARS
