"""One contender of a recorded round: who it was, its figures, and its answer."""

from typing import assert_never

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from large_enough.comparison.events import ContenderState, StateChanged, TextAdded
from large_enough.domain.clock import Clock
from large_enough.domain.generation import Answer
from large_enough.domain.round import AnswerResult, Cancelled, Contender, Done, Failed
from large_enough.domain.text import harmless_line
from large_enough.ui.live_words import figure_values
from large_enough.ui.model_facts import facts_line, model_name
from large_enough.ui.round_progress import Figures
from large_enough.ui.theme import Theme
from large_enough.ui.tokens import Type
from large_enough.ui.widgets.answer_pane import AnswerPane
from large_enough.ui.widgets.buttons import line
from large_enough.ui.widgets.figure_strip import FigureStrip
from large_enough.ui.widgets.labels import ElidedLabel, Label
from large_enough.ui.widgets.marks import Animal, Badge
from large_enough.ui.widgets.pane_foot import PaneFoot
from large_enough.ui.widgets.thoughts_fold import ThoughtsFold
from large_enough.wording.failures import explain
from large_enough.wording.states import result_text, state_text
from large_enough.wording.translate import _

_LEAST_WIDTH_PX = 190
_HEAD_HEIGHT_PX = 56


class RecordedPane(QFrame):
    """Shows what a contender answered, at once or bit by bit; nothing here can be asked."""

    def __init__(
        self, theme: Theme, clock: Clock, letter: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self.letter = letter
        self._starts_at_top = self._is_tight = False
        self._facts = ""
        self.animal = Animal(theme, letter)
        self.name = ElidedLabel(theme, Type.NAME)
        self.facts = ElidedLabel(theme, Type.SMALL, tone="soft")
        self.state = Label(theme, Type.SOFT_STRONG, tone="soft")
        self.strip = FigureStrip(theme)
        self.problem = Label(theme, Type.SOFT, tone="warning", wraps=True)
        self.problem.setContentsMargins(16, 10, 16, 0)
        self.thoughts = ThoughtsFold(theme, clock, letter)
        self.answer = AnswerPane(theme, clock)
        self.answer.setAccessibleName(
            _("Recorded answer of contender {letter}").format(letter=letter)
        )
        self.answer.setProperty("ringInside", True)
        self.foot = PaneFoot(theme, self.answer, letter)
        self._arrange(theme)
        self._connect()
        self.begin()

    def minimumSizeHint(self) -> QSize:
        """Return the least width at which a pane can be read."""
        return QSize(_LEAST_WIDTH_PX, super().minimumSizeHint().height())

    def show_contender(
        self, contender: Contender, *, is_large: bool, is_narrow: bool, is_tight: bool
    ) -> None:
        """Show who it was.

        Args:
            contender: With the letter of this pane.
            is_large: Whether its model is a large one beside the others.
            is_narrow: Whether figures must stand two by two.
            is_tight: Whether state and facts must share a line.
        """
        self._is_tight, self._facts = is_tight, facts_line(contender.card)
        self.name.setText(model_name(contender.card))
        self.state.setVisible(not is_tight)
        self.animal.show_size(is_large=is_large)
        self.animal.setVisible(not is_narrow)
        self.strip.set_narrow(is_narrow=is_narrow)

    def begin(self) -> None:
        """Show nothing of the answer."""
        self.problem.hide()
        self.thoughts.begin(self.letter)
        self.answer.begin(self.letter)
        self.foot.begin()
        self._say_state(state_text(ContenderState.WAITING))
        self.show_figures(Figures(), is_contended=False)

    def show_state(self, event: StateChanged) -> None:
        """Show what the contender did at that moment."""
        self._say_state(state_text(event.state, event.fraction))

    def add_text(self, event: TextAdded) -> None:
        """Append to the answer or to the thoughts."""
        if event.is_thought:
            self.thoughts.add_text(event.text)
        else:
            self.answer.add_text(event.text)

    def show_figures(self, figures: Figures, *, is_contended: bool) -> None:
        """Show the four figures."""
        self.strip.show_values(figure_values(figures, is_contended=is_contended))

    def show_result(self, result: AnswerResult) -> None:
        """Show a whole turn at once, from the beginning of the answer."""
        self._starts_at_top = True
        self.finish(result)

    def finish(self, result: AnswerResult) -> None:
        """Show how the turn ended, with all of the answer."""
        match result:
            case Done(answer=answer):
                self._take_answer(answer)
            case Cancelled(answer=answer):
                if answer is not None:
                    self._take_answer(answer)
            case Failed(partial_text=text):
                self._add_missing(text)
                words = explain(result.error)
                self._say_problem(f"{words.happened} {words.next_step}")
            case _:
                assert_never(result)
        self._end(result_text(result), is_failure=isinstance(result, Failed))

    def finish_without(self) -> None:
        """Show that the record ends before this contender's turn did."""
        self._end(_("not recorded"), is_failure=True)

    def _take_answer(self, answer: Answer) -> None:
        missing = answer.thoughts[len(self.thoughts.pane.raw) :]
        if missing:
            self.thoughts.add_text(missing)
        self._add_missing(answer.text)

    def _add_missing(self, text: str) -> None:
        if text != self.answer.raw:
            self.answer.begin(self.letter)
            self.answer.add_text(text)

    def _say_problem(self, words: str) -> None:
        self.problem.setText(harmless_line(words))
        self.problem.show()

    def _end(self, words: str, *, is_failure: bool) -> None:
        self.thoughts.finish()
        self.answer.finish()
        self._say_state(words, tone="warning" if is_failure else "soft")

    def _say_state(self, words: str, *, tone: str = "soft") -> None:
        self.state.set_tone(tone)
        self.state.setText(words)
        self.facts.setText(f"{words} · {self._facts}" if self._is_tight else self._facts)

    # --- building

    def _arrange(self, theme: Theme) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addWidget(self._head(theme))
        column.addWidget(line())
        column.addWidget(self.strip)
        column.addWidget(line())
        column.addWidget(self.problem)
        column.addWidget(self.thoughts)
        column.addWidget(self.answer, 1)
        column.addWidget(self.foot)

    def _head(self, theme: Theme) -> QWidget:
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch(1)
        words.addWidget(self.name)
        words.addWidget(self.facts)
        words.addStretch(1)
        head = QWidget()
        head.setFixedHeight(round(_HEAD_HEIGHT_PX * theme.scale))
        row = QHBoxLayout(head)
        row.setContentsMargins(14, 0, 14, 0)
        row.setSpacing(10)
        row.addWidget(Badge(theme, self.letter))
        row.addLayout(words, 1)
        row.addWidget(self.state, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.animal)
        return head

    def _connect(self) -> None:
        self.answer.caught_up.connect(self._on_caught_up)

    @Slot()
    def _on_caught_up(self) -> None:
        if self._starts_at_top:
            self._starts_at_top = False
            self.answer.verticalScrollBar().setValue(0)
