"""Tells when a worker has stopped responding.

Two signs: no message at all, though a live worker sends a heartbeat every second; or heartbeats but
no progress, while the process uses no processor time either. A slow machine that is still computing
is never given up.
"""

from dataclasses import dataclass, field

from large_enough.domain.errors import ErrorInfo, FailureKind
from large_enough.engine.client import WorkerClient


@dataclass(frozen=True, slots=True, kw_only=True)
class HealthLimits:
    """How long silence is borne."""

    silence_s: float = 30.0
    """Without any message, from a worker that has greeted."""
    start_s: float = 90.0
    """Without any message, from one that is starting: virus scanners read every library first."""
    idle_s: float = 30.0
    """Without progress and without using the processor, while it should be working."""
    idle_cpu_s: float = 0.5
    """Less processor time than this over `idle_s` counts as none."""


@dataclass(slots=True)
class HealthCheck:
    """Watches one worker; asked now and then by the thread that runs the round."""

    client: WorkerClient
    limits: HealthLimits
    _marked_at_s: float = field(init=False)
    _marked_cpu_s: float = field(init=False, default=0.0)

    def __post_init__(self) -> None:
        """Start counting now."""
        self._marked_at_s = self.client.last_heard_s

    def problem(self, now_s: float, *, is_started: bool, is_working: bool) -> ErrorInfo | None:
        """Return why the worker should be given up, or None while all is well.

        Args:
            now_s: The monotonic time.
            is_started: Whether it has greeted.
            is_working: Whether it has been asked for something and owes an answer.
        """
        silent_s = now_s - self.client.last_heard_s
        if silent_s > (self.limits.silence_s if is_started else self.limits.start_s):
            return self._stopped(silent_s)
        if not (is_started and is_working):
            self._marked_at_s = now_s
            return None
        return self._idle_problem(now_s)

    def _idle_problem(self, now_s: float) -> ErrorInfo | None:
        """Compare processor time over spans of `idle_s` without progress."""
        if self.client.last_progress_s > self._marked_at_s:
            self._mark(self.client.last_progress_s)
        if now_s - self._marked_at_s < self.limits.idle_s:
            return None
        used_s = self.client.cpu_time_s() - self._marked_cpu_s
        if used_s < self.limits.idle_cpu_s:
            return self._stopped(now_s - self.client.last_progress_s)
        self._mark(now_s)
        return None

    def _mark(self, at_s: float) -> None:
        self._marked_at_s = at_s
        self._marked_cpu_s = self.client.cpu_time_s()

    def _stopped(self, silent_s: float) -> ErrorInfo:
        return ErrorInfo(
            kind=FailureKind.STOPPED_RESPONDING,
            subject=self.client.subject,
            facts={"silent_s": round(silent_s, 1)},
        )
