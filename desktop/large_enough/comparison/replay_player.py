"""Plays a replay: says which events are due at a time, at any speed, with pauses and jumps.

Nothing here reads a clock or waits: whoever shows the replay brings the time, in seconds on any
clock that does not go backwards.
"""

import bisect

import msgspec

from large_enough.comparison.events import RoundEvent
from large_enough.comparison.replay import Replay

TRUE_SPEED = 1.0
SPEEDS = (0.5, TRUE_SPEED, 2.0, 4.0)
"""To choose from. At any but the true one, the speed is shown with the replay."""
_SLOWEST, _FASTEST = SPEEDS[0], SPEEDS[-1]


class Playhead(msgspec.Struct, frozen=True, kw_only=True):
    """Where a replay stands, and how it goes on from there."""

    duration_s: float
    """Of the replay."""
    position_s: float = 0.0
    """On the race's clock, at `since_s`."""
    since_s: float
    """On the viewer's clock."""
    speed: float = TRUE_SPEED
    """Seconds of the race for each second of the viewer."""
    is_paused: bool = False

    def at(self, now_s: float) -> float:
        """Return the position at a time, never beyond the end."""
        passed_s = 0.0 if self.is_paused else max(0.0, now_s - self.since_s)
        return min(self.position_s + passed_s * self.speed, self.duration_s)

    def is_over(self, now_s: float) -> bool:
        """Return whether the end is reached at that time."""
        return self.at(now_s) >= self.duration_s

    def paused(self, now_s: float) -> "Playhead":
        """Return the playhead standing still from that time on."""
        return self._changed(now_s, is_paused=True)

    def resumed(self, now_s: float) -> "Playhead":
        """Return the playhead moving from that time on."""
        return self._changed(now_s, is_paused=False)

    def at_speed(self, now_s: float, speed: float) -> "Playhead":
        """Return the playhead at another speed from that time on, within what is allowed."""
        return self._changed(now_s, speed=min(max(_SLOWEST, speed), _FASTEST))

    def moved(self, now_s: float, fraction: float) -> "Playhead":
        """Return the playhead moved to a fraction of the whole, 0 to 1, paused or not as before."""
        position_s = min(max(0.0, fraction), 1.0) * self.duration_s
        return self._changed(now_s, position_s=position_s)

    def _changed(self, now_s: float, **changes: float | bool) -> "Playhead":
        settled = msgspec.structs.replace(
            self, position_s=self.at(now_s), since_s=max(now_s, self.since_s)
        )
        return msgspec.structs.replace(settled, **changes)


class Frame(msgspec.Struct, frozen=True, kw_only=True):
    """What to show at one moment of a replay."""

    events: tuple[RoundEvent, ...]
    """What has happened since the last frame or, after a jump back, since the start."""
    is_rebuilt: bool
    """Whether everything shown must be cleared first, because `events` begin at the start."""
    position_s: float
    """On the race's clock."""
    fraction: float
    """The same as a part of the whole, 0 to 1."""
    is_over: bool
    is_replay: bool = True
    """Always true; says so wherever a frame is handed on."""


class ReplayPlayer:
    """One replay being watched."""

    def __init__(self, replay: Replay, now_s: float, *, speed: float = TRUE_SPEED) -> None:
        """Begin at the start.

        Args:
            replay: What to play.
            now_s: The time, on the viewer's clock.
            speed: At first; the true one unless the viewer chose another before.
        """
        self.replay = replay
        self._times_s = [moment.t_s for moment in replay.moments]
        self._shown_count = 0
        start = Playhead(duration_s=replay.duration_s, since_s=now_s)
        self._playhead = start.at_speed(now_s, speed)

    @property
    def playhead(self) -> Playhead:
        """Where it stands, and how it goes on."""
        return self._playhead

    def frame(self, now_s: float) -> Frame:
        """Return what is new; to be called some 30 times a second while it is not paused."""
        position_s = self._playhead.at(now_s)
        due_count = bisect.bisect_right(self._times_s, position_s)
        must_rebuild = due_count < self._shown_count
        start = 0 if must_rebuild else self._shown_count
        self._shown_count = due_count
        return Frame(
            events=tuple(moment.event for moment in self.replay.moments[start:due_count]),
            is_rebuilt=must_rebuild,
            position_s=position_s,
            fraction=position_s / self.replay.duration_s if self.replay.duration_s > 0 else 1.0,
            is_over=self._playhead.is_over(now_s),
        )

    def pause(self, now_s: float) -> None:
        """Stand still."""
        self._playhead = self._playhead.paused(now_s)

    def resume(self, now_s: float) -> None:
        """Go on; from the start if the end was reached."""
        if self._playhead.is_over(now_s):
            self.move(now_s, 0.0)
        self._playhead = self._playhead.resumed(now_s)

    def set_speed(self, now_s: float, speed: float) -> None:
        """Go on at another speed."""
        self._playhead = self._playhead.at_speed(now_s, speed)

    def move(self, now_s: float, fraction: float) -> None:
        """Jump to a fraction of the whole, 0 to 1; the next frame brings what belongs there."""
        self._playhead = self._playhead.moved(now_s, fraction)
