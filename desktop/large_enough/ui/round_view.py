"""Shows a round in the panes and on the comparison card, from its first event to its last."""

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

from large_enough.comparison.events import (
    AnswerFinished,
    RoundEvent,
    RoundFinished,
    RoundStarted,
    StateChanged,
    TextAdded,
)
from large_enough.domain.errors import ErrorInfo
from large_enough.domain.generation import Message, Role
from large_enough.domain.round import AnswerResult, Failed, RoundPlan
from large_enough.domain.thorough import ThoroughProgress, ThoroughRecord
from large_enough.ui.live_words import spoken_result
from large_enough.ui.round_progress import RoundProgress
from large_enough.ui.widgets.comparison_card import ComparisonCard
from large_enough.ui.widgets.pane_row import PaneRow
from large_enough.wording.thorough_words import progress_text
from large_enough.wording.translate import _

REFRESH_MS = 250
"""Figures and bars are renewed four times a second: more often would cost what is measured."""


class RoundView(QObject):
    """Follows one round after the other, and measurements that are made of many rounds.

    Signals:
        recorded: A round that was asked for has its `RoundRecord`; `ended` follows.
        ended: The round is over; nothing runs any more.
        noticed: Something the user should know about the round, in words.
    """

    recorded = Signal(object)
    ended = Signal()
    noticed = Signal(str)

    def __init__(
        self, pane_row: PaneRow, comparison: ComparisonCard, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._pane_row = pane_row
        self._comparison = comparison
        self._progress: RoundProgress | None = None
        self._measuring_words: str | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(REFRESH_MS)
        self._timer.timeout.connect(self._on_timeout)

    @property
    def is_running(self) -> bool:
        """Whether a round or a measurement has begun and not ended."""
        return self._progress is not None

    @property
    def is_measuring(self) -> bool:
        """Whether a thorough measurement has begun and not ended."""
        return self._measuring_words is not None

    def begin(self, plan: RoundPlan) -> None:
        """Make ready for a round that has just been asked for."""
        self._progress = RoundProgress(plan)
        asked = {contender.letter for contender in plan.contenders}
        for letter, pane in self._pane_row.panes.items():
            if letter in asked:
                pane.begin(_turns_of(plan, letter), can_stop=not self.is_measuring)
            else:
                pane.leave_out()
        self._show_progress()
        self._timer.start()

    def begin_measurement(self, plan: RoundPlan) -> None:
        """Make ready for a thorough measurement whose rounds are like this one."""
        self._measuring_words = _("Getting ready.")
        self.begin(plan)

    @Slot(object)
    def take_progress(self, progress: ThoroughProgress) -> None:
        """Show how far a thorough measurement is."""
        if self.is_measuring:
            self._measuring_words = progress_text(progress)
            self._show_progress()

    @Slot(object)
    def take_measurement(self, record: ThoroughRecord) -> None:
        """Show what a thorough measurement found."""
        if not self.is_measuring:
            return
        from large_enough.comparison.thorough_sentence import thorough_finding  # seldom needed

        finding = thorough_finding(record)
        if record.rounds:
            self._comparison.show_record(record.rounds[-1], finding)
        else:
            count = len(record.plan.template.contenders)
            self._comparison.show_finding(finding, count)
        self._end()
        if record.log_problem:
            self.noticed.emit(
                _("This measurement is not on disk ({reason}).").format(reason=record.log_problem)
            )

    @Slot(object)
    def take(self, event: RoundEvent) -> None:
        """Show one event."""
        if self._progress is None:
            return
        if isinstance(event, RoundStarted) and self.is_measuring:
            self.begin(event.plan)
        self._progress.take(event)
        match event:
            case StateChanged(letter=letter):
                self._pane_row.panes[letter].show_state(event)
            case TextAdded(letter=letter):
                self._pane_row.panes[letter].add_text(event)
            case AnswerFinished(result=result):
                self._finish_answer(result)
            case RoundFinished():
                self._finish_round(event)
            case _:
                pass

    def fail(self, error: ErrorInfo) -> None:
        """Show that the round could not be run: each pane without an answer says why."""
        if self._progress is None:
            return
        for letter, contender in self._progress.contenders.items():
            if contender.result is None:
                result = Failed(letter=letter, error=error)
                contender.result = result
                self._finish_answer(result)
        self._measuring_words = None
        self._show_progress()
        self._end()

    def _finish_answer(self, result: AnswerResult) -> None:
        pane = self._pane_row.panes[result.letter]
        pane.finish(result)
        self._show_figures()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(pane, spoken_result(result)))

    def _finish_round(self, event: RoundFinished) -> None:
        self._show_figures()
        if not self.is_measuring:
            self._comparison.show_record(event.record)
            self.recorded.emit(event.record)
            self._end()
        if event.log_path is None:
            self.noticed.emit(
                _(
                    "This round is not on disk ({reason}). It is lost when you close the window."
                ).format(reason=event.log_problem or _("unknown reason"))
            )

    def _end(self) -> None:
        self._timer.stop()
        self._progress = self._measuring_words = None
        self.ended.emit()

    @Slot()
    def _on_timeout(self) -> None:
        if self._progress is not None:
            self._show_figures()
            self._show_progress()

    def _show_progress(self) -> None:
        if self._progress is not None:
            self._comparison.show_progress(self._progress, self._measuring_words)

    def _show_figures(self) -> None:
        if self._progress is None:
            return
        for letter, contender in self._progress.contenders.items():
            self._pane_row.panes[letter].show_figures(
                contender.figures(), is_contended=self._progress.is_contended
            )


def _turns_of(plan: RoundPlan, letter: str) -> tuple[Message, ...]:
    """Return the conversation that a question belongs to, with the question; none if it is new."""
    earlier = plan.history.get(letter, ())
    return (*earlier, Message(role=Role.USER, content=plan.prompt)) if earlier else ()
