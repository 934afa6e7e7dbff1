"""When a worker counts as having stopped responding."""

from dataclasses import dataclass

from large_enough.domain.errors import FailureKind
from large_enough.engine.health import HealthCheck, HealthLimits

LIMITS = HealthLimits(silence_s=10, start_s=50, idle_s=20, idle_cpu_s=0.5)


@dataclass
class FakeClient:
    subject: str = "Some model"
    last_heard_s: float = 0.0
    last_progress_s: float = 0.0
    used_s: float = 0.0

    def cpu_time_s(self) -> float:
        return self.used_s


def check() -> tuple[FakeClient, HealthCheck]:
    client = FakeClient()
    return client, HealthCheck(client, LIMITS)  # type: ignore[arg-type]


def test_silence_is_borne_longer_at_the_start() -> None:
    _, health = check()
    assert health.problem(49, is_started=False, is_working=True) is None
    assert health.problem(51, is_started=False, is_working=True) is not None


def test_a_silent_worker_is_given_up() -> None:
    _, health = check()
    assert health.problem(9, is_started=True, is_working=False) is None
    error = health.problem(11, is_started=True, is_working=False)
    assert error is not None
    assert error.kind is FailureKind.STOPPED_RESPONDING
    assert error.subject == "Some model"
    assert error.facts["silent_s"] == 11


def test_heartbeats_without_work_are_given_up() -> None:
    client, health = check()
    problems = []
    for second in range(1, 60):
        client.last_heard_s = second
        problems.append(health.problem(second, is_started=True, is_working=True))
    first = next(second for second, problem in enumerate(problems, 1) if problem is not None)
    assert LIMITS.idle_s <= first <= LIMITS.idle_s + 1


def test_a_slow_machine_that_computes_is_left_alone() -> None:
    client, health = check()
    for second in range(1, 300):
        client.last_heard_s = second
        client.used_s = second * 0.9
        assert health.problem(second, is_started=True, is_working=True) is None


def test_progress_starts_the_count_again() -> None:
    client, health = check()
    for second in range(1, 100):
        client.last_heard_s = second
        client.last_progress_s = second - second % 15
        assert health.problem(second, is_started=True, is_working=True) is None


def test_an_idle_worker_may_be_idle() -> None:
    client, health = check()
    for second in range(1, 200):
        client.last_heard_s = second
        assert health.problem(second, is_started=True, is_working=False) is None
    client.last_heard_s = 201
    assert health.problem(201, is_started=True, is_working=True) is None
