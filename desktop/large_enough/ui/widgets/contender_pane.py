"""One contender: who it is, its figures, and its answer as it comes."""

from collections.abc import Sequence
from typing import assert_never

from PySide6.QtCore import QSize, Signal, Slot
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from large_enough.comparison.events import ContenderState, StateChanged, TextAdded
from large_enough.domain.clock import Clock
from large_enough.domain.generation import Answer, FinishReason, Message
from large_enough.domain.model_card import ModelCard
from large_enough.domain.round import AnswerResult, Cancelled, Done, Failed
from large_enough.ui.live_words import figure_values
from large_enough.ui.round_progress import Figures
from large_enough.ui.theme import Theme
from large_enough.ui.widgets.answer_pane import AnswerPane
from large_enough.ui.widgets.base_model_hint import BaseModelHint
from large_enough.ui.widgets.buttons import line
from large_enough.ui.widgets.earlier_turns import EarlierTurns
from large_enough.ui.widgets.failure_notice import FailureNotice, NoticeArea
from large_enough.ui.widgets.figure_strip import FigureStrip
from large_enough.ui.widgets.pane_foot import PaneFoot
from large_enough.ui.widgets.pane_head import PaneHead
from large_enough.ui.widgets.progress_line import ProgressLine
from large_enough.ui.widgets.thoughts_fold import ThoughtsFold
from large_enough.wording.numbers import count_text
from large_enough.wording.states import finish_text, result_text, state_text
from large_enough.wording.translate import _, ngettext

_LEAST_WIDTH_PX = 200
_LINES_BELOW_TURNS = 3  # of an answer, in view below what was said earlier


class ContenderPane(QFrame):
    """The pane of one contender. All panes keep the same grid.

    Signals:
        model_chosen: The user chose another model: letter, `ModelCard`.
        file_wanted: The user wants to open a model file for it: letter.
        removal_wanted: The user wants it out: letter.
        retry_wanted: The user wants to ask again: letter, True for settings that need less memory.
        stop_wanted: The user wants this contender stopped: letter.
        completion_wanted: The user wants texts continued: True to do that with the last one now.
    """

    model_chosen = Signal(str, object)
    file_wanted = Signal(str)
    removal_wanted = Signal(str)
    retry_wanted = Signal(str, bool)
    stop_wanted = Signal(str)
    completion_wanted = Signal(bool)

    def __init__(
        self, theme: Theme, clock: Clock, letter: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self.letter = letter
        self.card: ModelCard | None = None
        self._state = ""
        self._outcome = ""
        self._is_narrow = False
        self._is_completion = False
        self._is_stopping = False
        self.head = PaneHead(theme, letter)
        self.progress = ProgressLine(theme, letter=letter)
        self.progress.setAccessibleName(_("Contender {letter}").format(letter=letter))
        self.strip = FigureStrip(theme)
        self.earlier = EarlierTurns(theme, letter)
        self.base_hint = BaseModelHint(theme)
        self.notice = FailureNotice(theme)
        self.notice_area = NoticeArea(self.notice)
        self.thoughts = ThoughtsFold(theme, clock, letter)
        self.answer = AnswerPane(theme, clock)
        self.answer.setAccessibleName(_("Answer of contender {letter}").format(letter=letter))
        self.answer.setPlaceholderText(
            _("What {letter} answers appears here.").format(letter=letter)
        )
        self.answer.setProperty("ringInside", True)
        self.foot = PaneFoot(theme, self.answer, letter)
        self._theme = theme
        self._arrange()
        self._connect()
        self._on_theme_changed()
        self.reset()

    def minimumSizeHint(self) -> QSize:
        """Return the least width at which a pane can be read."""
        return QSize(_LEAST_WIDTH_PX, super().minimumSizeHint().height())

    # --- who it is

    def show_model(self, card: ModelCard | None) -> None:
        """Show the contender's model."""
        self.card = card
        self.head.picker.show_model(card)
        self._show_hint()

    def show_style(self, *, is_completion: bool) -> None:
        """Take note whether texts are continued instead of questions answered."""
        self._is_completion = is_completion
        self._show_hint()

    def _show_hint(self) -> None:
        """Say that the model cannot chat, unless a failure has just said so."""
        is_base = self.card is not None and not self.card.has_chat_template
        is_told = not self.notice_area.isHidden() and self.notice.is_about_chat
        self.base_hint.show_case(is_base=is_base and not is_told, is_completion=self._is_completion)

    def set_locked(self, *, is_locked: bool) -> None:
        """Keep the model from being changed while it is at work."""
        self.head.picker.setEnabled(not is_locked)
        self.base_hint.button.setEnabled(not is_locked)

    # --- what it does

    def reset(self) -> None:
        """Show no answer."""
        self._empty()
        self.earlier.show_turns(())
        self.answer.keep_lines(1)
        self.answer.begin(self.letter)
        self.answer.finish()
        self._say_state("")
        self.show_figures(Figures(), is_contended=False)

    def begin(self, turns: Sequence[Message] = (), *, can_stop: bool = True) -> None:
        """Make ready for an answer.

        Args:
            turns: The conversation it belongs to, with the question of now; empty if it begins one.
            can_stop: Whether this contender can be stopped alone.
        """
        self._empty()
        self.earlier.show_turns(turns)
        self.answer.keep_lines(_LINES_BELOW_TURNS if turns else 1)
        self.head.stop.setVisible(can_stop)
        self.answer.begin(self.letter)
        self._say_state(state_text(ContenderState.WAITING))
        self.show_figures(Figures(), is_contended=False)

    def leave_out(self) -> None:
        """Show that a further question is not asked here: no answer to follow up on."""
        self.reset()
        self._outcome = _("It gave no answer that could be followed up.")
        self._say_state(_("left out"))

    def show_state(self, event: StateChanged) -> None:
        """Show what the contender is doing, unless it is about to stop."""
        if self._is_stopping:
            return
        self._say_state(state_text(event.state, event.fraction))
        self.progress.show_fraction(event.fraction)

    def add_text(self, event: TextAdded) -> None:
        """Append to the answer or to the thoughts; they appear with the next update."""
        if event.is_thought:
            self.thoughts.add_text(event.text)
        else:
            self.answer.add_text(event.text)

    def show_figures(self, figures: Figures, *, is_contended: bool) -> None:
        """Show the four figures."""
        self.strip.show_values(figure_values(figures, is_contended=is_contended))

    def show_stopping(self) -> None:
        """Show that the contender is about to stop."""
        self._is_stopping = True
        self.head.stop.setEnabled(False)
        self._say_state(_("stopping"))

    def finish(self, result: AnswerResult) -> None:
        """Show how the turn ended."""
        self._end_stopping()
        self.progress.show_fraction(None)
        self.thoughts.finish()
        match result:
            case Done(answer=answer):
                self._take_answer(answer)
            case Cancelled(answer=answer):
                if answer is not None:
                    self._take_answer(answer)
            case Failed(error=error):
                self.notice.show_error(error)
                self.notice_area.show()
                self._show_hint()
                self.answer.setVisible(bool(self.answer.raw))
            case _:
                assert_never(result)
        self.answer.finish()
        tone = "warning" if isinstance(result, Failed) else "soft"
        self._say_state(result_text(result), tone=tone)

    def _take_answer(self, answer: Answer) -> None:
        """Put the answer of the record into the pane, should an event have been missed."""
        if answer.text != self.answer.raw:
            self.answer.begin(self.letter)
            self.answer.add_text(answer.text)
        count = answer.timing.generated_token_count
        tokens = ngettext("{count} token", "{count} tokens", count).format(count=count_text(count))
        is_whole = answer.finish is FinishReason.END_OF_TEXT
        self._outcome = tokens if is_whole else f"{tokens} · {finish_text(answer.finish)}"

    def _end_stopping(self) -> None:
        """Take the stop button away; whoever had the keyboard on it gets to the answer."""
        self._is_stopping = False
        if self.head.stop.hasFocus():
            self.answer.setFocus()
        self.head.stop.hide()
        self.head.stop.setEnabled(True)

    def _empty(self) -> None:
        self._end_stopping()
        self.notice_area.hide()
        self._show_hint()
        self.answer.show()
        self.thoughts.begin(self.letter)
        self.progress.show_fraction(None)
        self._outcome = ""
        self.foot.begin()

    def set_narrow(self, *, is_narrow: bool) -> None:
        """Arrange for a narrow pane: figures two by two, the state at the foot."""
        self._is_narrow = is_narrow
        self.strip.set_narrow(is_narrow=is_narrow)
        self.head.state.setVisible(not is_narrow)
        self._say_state(self._state)

    def _say_state(self, words: str, *, tone: str = "soft") -> None:
        self._state = words
        self.head.show_state(words, tone=tone)
        parts = (words if self._is_narrow else "", self._outcome)
        self.foot.say(" · ".join(part for part in parts if part))

    def focus_order(self) -> tuple[QWidget, ...]:
        """Return what Tab goes through, in order."""
        return (
            self.head.picker,
            self.head.stop,
            self.earlier.box,
            self.base_hint.button,
            *self.notice.buttons,
            self.thoughts.toggle,
            self.thoughts.pane,
            self.answer,
            self.foot.whole,
            self.foot.plain,
            self.foot.copy,
        )

    # --- building

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self.progress)
        column.addWidget(self.strip)
        column.addWidget(line())
        column.addWidget(self.earlier)
        column.addWidget(self.base_hint)
        column.addWidget(self.notice_area)
        column.addWidget(self.thoughts)
        column.addWidget(self.answer, 1)
        column.addStretch()
        column.addWidget(self.foot)

    def _connect(self) -> None:
        self._theme.changed.connect(self._on_theme_changed)
        menu = self.head.picker.menu_of_models
        menu.model_chosen.connect(self._on_model_chosen)
        menu.file_wanted.connect(self._on_file_wanted)
        menu.removal_wanted.connect(self._on_removal_wanted)
        self.head.stop.clicked.connect(self._on_stop_clicked)
        self.base_hint.completion_wanted.connect(self._on_completion_wanted)
        self.notice.completion_wanted.connect(self._on_completion_retry_wanted)
        self.notice.retry_wanted.connect(self._on_retry_wanted)
        self.notice.safer_retry_wanted.connect(self._on_safer_retry_wanted)

    @Slot()
    def _on_theme_changed(self) -> None:
        """Leave the foot out where everything is large: an answer needs the room."""
        self.foot.setVisible(not self._theme.is_projector)

    @Slot(object)
    def _on_model_chosen(self, card: ModelCard) -> None:
        self.model_chosen.emit(self.letter, card)

    @Slot()
    def _on_file_wanted(self) -> None:
        self.file_wanted.emit(self.letter)

    @Slot()
    def _on_removal_wanted(self) -> None:
        self.removal_wanted.emit(self.letter)

    @Slot()
    def _on_stop_clicked(self) -> None:
        self.stop_wanted.emit(self.letter)

    @Slot()
    def _on_completion_wanted(self) -> None:
        self.completion_wanted.emit(False)

    @Slot()
    def _on_completion_retry_wanted(self) -> None:
        self.completion_wanted.emit(True)

    @Slot()
    def _on_retry_wanted(self) -> None:
        self.retry_wanted.emit(self.letter, False)

    @Slot()
    def _on_safer_retry_wanted(self) -> None:
        self.retry_wanted.emit(self.letter, True)
