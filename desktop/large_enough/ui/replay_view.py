"""Plays a recorded round in panes of its own, at the speed at which it happened."""

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

from large_enough.comparison.events import (
    AnswerFinished,
    RoundEvent,
    RoundFinished,
    StateChanged,
    TextAdded,
)
from large_enough.comparison.replay import make_replay
from large_enough.comparison.replay_player import Frame, ReplayPlayer
from large_enough.domain.clock import Clock
from large_enough.domain.round import RoundRecord
from large_enough.domain.text import harmless_line
from large_enough.ui.live_words import live_sentence
from large_enough.ui.round_progress import RoundProgress
from large_enough.ui.widgets.player_bar import PlayerBar
from large_enough.ui.widgets.recorded_panes import RecordedPanes
from large_enough.wording.summary import round_finding

FRAME_MS = 33
"""Thirty times a second."""
KEY_FRACTION = 0.05
"""How far an arrow key goes."""
_NARROW_FROM = 3


class ReplayView(QObject):
    """Follows a race on the viewer's clock.

    Signals:
        told: How the race stands, in a sentence.
    """

    told = Signal(str)

    def __init__(
        self, panes: RecordedPanes, bar: PlayerBar, clock: Clock, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._panes = panes
        self._bar = bar
        self._clock = clock
        self._player: ReplayPlayer | None = None
        self._progress: RoundProgress | None = None
        self._told = ""
        self._timer = QTimer(self)
        self._timer.setInterval(FRAME_MS)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self.refresh)
        bar.play_toggled.connect(self.toggle)
        bar.moved.connect(self.move)
        bar.speed_chosen.connect(self._on_speed_chosen)

    @property
    def is_playing(self) -> bool:
        """Whether the race moves."""
        return self._timer.isActive()

    @property
    def fraction(self) -> float:
        """How far the race is, 0 to 1."""
        if self._player is None or self._player.replay.duration_s <= 0:
            return 0.0
        position_s = self._player.playhead.at(self._clock.monotonic_s())
        return position_s / self._player.replay.duration_s

    def play(self, record: RoundRecord) -> None:
        """Play a round from its start."""
        replay = make_replay(record)
        self._player = ReplayPlayer(replay, self._clock.monotonic_s())
        self._bar.begin(replay.finish_times_s, replay.duration_s)
        self._clear()
        self._timer.start()
        self.refresh()

    def pause(self) -> None:
        """Stand still."""
        if self._player is not None and self.is_playing:
            self._timer.stop()
            self._player.pause(self._clock.monotonic_s())
            self._show_button()

    @Slot()
    def toggle(self) -> None:
        """Go on, or stand still."""
        if self.is_playing:
            self.pause()
        elif self._player is not None:
            self._player.resume(self._clock.monotonic_s())
            self._timer.start()
            self.refresh()

    @Slot(float)
    def move(self, fraction: float) -> None:
        """Jump to a fraction of the whole, 0 to 1."""
        if self._player is not None:
            self._player.move(self._clock.monotonic_s(), fraction)
            self.refresh()

    def move_by(self, fraction: float) -> None:
        """Jump forward or, below 0, back."""
        self.move(min(max(self.fraction + fraction, 0.0), 1.0))

    @Slot(float)
    def _on_speed_chosen(self, speed: float) -> None:
        if self._player is not None:
            self._player.set_speed(self._clock.monotonic_s(), speed)

    @Slot()
    def refresh(self) -> None:
        """Show what is due by now."""
        if self._player is None:
            return
        frame = self._player.frame(self._clock.monotonic_s())
        if frame.is_rebuilt:
            self._clear()
        for event in frame.events:
            self._take(event)
        self._bar.show_time(frame.position_s, frame.fraction)
        self._end_if_over(frame)
        self._show_figures()
        self._tell(frame)
        self._show_button()

    def _end_if_over(self, frame: Frame) -> None:
        if frame.is_over and self.is_playing and self._player is not None:
            self._timer.stop()
            self._player.pause(self._clock.monotonic_s())

    def _clear(self) -> None:
        if self._player is not None:
            plan = self._player.replay.record.plan
            self._progress = RoundProgress(plan)
            self._panes.show_plan(plan, is_narrow=len(plan.contenders) >= _NARROW_FROM)

    def _take(self, event: RoundEvent) -> None:
        if self._progress is None:
            return
        self._progress.take(event)
        match event:
            case StateChanged(letter=letter):
                self._panes.panes[letter].show_state(event)
            case TextAdded(letter=letter):
                self._panes.panes[letter].add_text(event)
            case AnswerFinished(result=result):
                self._panes.panes[result.letter].finish(result)
            case RoundFinished(record=record):
                self._finish_missing(record)
            case _:
                pass

    def _finish_missing(self, record: RoundRecord) -> None:
        for letter, pane in self._panes.panes.items():
            if record.result_of(letter) is None:
                pane.finish_without()

    def _show_figures(self) -> None:
        if self._progress is None:
            return
        for letter, contender in self._progress.contenders.items():
            self._panes.panes[letter].show_figures(
                contender.figures(), is_contended=self._progress.is_contended
            )

    def _tell(self, frame: Frame) -> None:
        if self._player is None or self._progress is None:
            return
        if frame.is_over:
            words = harmless_line(round_finding(self._player.replay.record).result)
        else:
            words = live_sentence(self._progress)
        if words != self._told:
            self._told = words
            self.told.emit(words)
            if frame.is_over:
                QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._bar, words))

    def _show_button(self) -> None:
        is_over = self._player is not None and self._player.playhead.is_over(
            self._clock.monotonic_s()
        )
        self._bar.play_button.show_state(is_playing=self.is_playing, is_over=is_over)
