"""Jobs beside the window."""

import threading

from pytestqt.qtbot import QtBot

from large_enough.domain.errors import ErrorInfo, FailureKind, RequestError
from large_enough.ui.background import Background


def test_a_job_runs_elsewhere_and_its_result_comes_back(qtbot: QtBot, background: Background):
    results: list[tuple[str, str]] = []

    def work() -> str:
        return threading.current_thread().name

    def take(name: str) -> None:
        results.append((name, threading.current_thread().name))

    background.run("a job", work, take, lambda _error: None)
    qtbot.waitUntil(lambda: bool(results))
    assert results == [("a job", threading.main_thread().name)]


def test_a_failure_comes_back_as_what_it_is(qtbot: QtBot, background: Background):
    failures: list[ErrorInfo] = []

    def work() -> None:
        raise RequestError(FailureKind.UNKNOWN_MODEL, "nobody")

    background.run("a job", work, lambda _result: None, failures.append)
    qtbot.waitUntil(lambda: bool(failures))
    assert failures[0].kind is FailureKind.UNKNOWN_MODEL


def test_a_fault_comes_back_with_its_trace(qtbot: QtBot, background: Background):
    failures: list[ErrorInfo] = []

    def work() -> None:
        message = "unforeseen"
        raise ZeroDivisionError(message)

    background.run("a job", work, lambda _result: None, failures.append)
    qtbot.waitUntil(lambda: bool(failures))
    assert failures[0].kind is FailureKind.INTERNAL
    assert "ZeroDivisionError: unforeseen" in failures[0].detail
