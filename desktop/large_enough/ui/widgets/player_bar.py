"""The controls of a replay: play, speed, and where it stands."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from large_enough.comparison.replay_player import SPEEDS, TRUE_SPEED
from large_enough.ui.theme import Theme
from large_enough.ui.tokens import Type
from large_enough.ui.widgets.buttons import Button
from large_enough.ui.widgets.choice_switch import ChoiceSwitch
from large_enough.ui.widgets.labels import Label
from large_enough.ui.widgets.race_slider import RaceSlider
from large_enough.wording.numbers import decimal_text, plain_text
from large_enough.wording.replay_words import replay_speed_text
from large_enough.wording.translate import _

_ARROWS = frozenset({Qt.Key.Key_Left, Qt.Key.Key_Right})


class PlayButton(Button):
    """Plays or pauses; leaves the arrows to the screen."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, _("Pause"), picture="pause", kind="primary", parent=parent)
        self.setMinimumWidth(self.sizeHint().width())  # the bar stays as it is when words change

    def show_state(self, *, is_playing: bool, is_over: bool) -> None:
        """Say what a press will do."""
        if is_playing:
            words, picture = _("Pause"), "pause"
        else:
            words, picture = (_("Again") if is_over else _("Play")), "play"
        if self.text() != words:
            self.setText(words)
            self.show_picture(picture)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take what buttons take, but no arrows."""
        if Qt.Key(event.key()) in _ARROWS:
            event.ignore()
        else:
            super().keyPressEvent(event)


class PlayerBar(QFrame):
    """Play, time bar, time, speed.

    Signals:
        play_toggled: The user wants it to go on or to stand still.
        moved: The user wants this fraction of the whole, 0 to 1.
        speed_chosen: The user wants it this many times as fast.
    """

    play_toggled = Signal()
    moved = Signal(float)
    speed_chosen = Signal(float)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self._duration_s = 0.0
        self.play_button = PlayButton(theme)
        self.slider = RaceSlider(theme)
        self.time = Label(theme, Type.SOFT_STRONG)
        self.time.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        parts = tuple(f"{plain_text(speed)}x" for speed in SPEEDS)
        self.speeds = ChoiceSwitch(theme, _("Speed of the replay"), parts)
        for part, speed in zip(self.speeds.parts, SPEEDS, strict=True):
            part.setAccessibleName(replay_speed_text(speed))
            part.setToolTip(replay_speed_text(speed))
        self._arrange()
        self.play_button.clicked.connect(self.play_toggled)
        self.slider.moved.connect(self.moved)
        self.speeds.chosen.connect(self._on_speed_chosen)

    def begin(self, times_s: Mapping[str, float], duration_s: float) -> None:
        """Make ready for a race.

        Args:
            times_s: By letter, when a contender ends.
            duration_s: Of the whole.
        """
        self._duration_s = duration_s
        self.slider.show_finishes(times_s, duration_s)
        self.speeds.choose(SPEEDS.index(TRUE_SPEED))
        self.show_time(duration_s, 1.0)
        self.time.setFixedWidth(self.time.sizeHint().width() + 12)
        self.show_time(0.0, 0.0)

    def show_time(self, position_s: float, fraction: float) -> None:
        """Show where the race stands."""
        self.slider.show_fraction(fraction)
        words = _("{position} of {duration} s").format(
            position=decimal_text(position_s, 1), duration=decimal_text(self._duration_s, 1)
        )
        self.time.setText(words)

    def _arrange(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 8, 14, 8)
        row.setSpacing(14)
        row.addWidget(self.play_button)
        row.addWidget(self.slider, 1)
        row.addWidget(self.time)
        row.addWidget(self.speeds)

    @Slot(int)
    def _on_speed_chosen(self, index: int) -> None:
        self.speed_chosen.emit(SPEEDS[index])
