"""Exit codes of workers and what they are taken for."""

import pytest

from large_enough.domain.errors import FailureKind
from large_enough.engine.causes import ProcessEnd, explain_end


@pytest.mark.parametrize(
    ("exit_code", "kind"),
    [
        (-9, FailureKind.KILLED),
        (137, FailureKind.KILLED),
        (-15, FailureKind.KILLED),
        (-6, FailureKind.ENGINE_ASSERTION),
        (134, FailureKind.ENGINE_ASSERTION),
        (-4, FailureKind.ILLEGAL_INSTRUCTION),
        (0xC000001D, FailureKind.ILLEGAL_INSTRUCTION),
        (-1073741795, FailureKind.ILLEGAL_INSTRUCTION),
        (-11, FailureKind.CRASHED),
        (-7, FailureKind.CRASHED),
        (0xC0000005, FailureKind.CRASHED),
        (0xC0000017, FailureKind.OUT_OF_MEMORY),
        (0, FailureKind.EXITED),
        (3, FailureKind.EXITED),
        (255, FailureKind.EXITED),
    ],
)
def test_exit_codes_are_told_apart(exit_code: int, kind: FailureKind) -> None:
    end = ProcessEnd(exit_code=exit_code, was_ready=True, error_text="")
    error = explain_end("Some model", end)
    assert error.kind is kind
    assert error.subject == "Some model"
    assert error.facts["exit_code"] == exit_code


def test_a_worker_that_never_greeted_was_not_started() -> None:
    end = ProcessEnd(exit_code=1, was_ready=False, error_text="ImportError: no such thing\n")
    error = explain_end("Some model", end)
    assert error.kind is FailureKind.WORKER_NOT_STARTED
    assert "ImportError" in error.detail


def test_the_engines_last_words_come_first() -> None:
    text = "load: a line\nGGML_ABORT ops.cpp:12: GGML_ASSERT(n > 0) failed\nCurrent thread 0x1\n"
    error = explain_end("m", ProcessEnd(exit_code=3, was_ready=True, error_text=text))
    assert error.kind is FailureKind.ENGINE_ASSERTION
    assert error.detail.splitlines()[0] == "ops.cpp:12: GGML_ASSERT(n > 0) failed"


def test_a_kill_is_a_kill_whatever_was_said_before() -> None:
    end = ProcessEnd(exit_code=-9, was_ready=True, error_text="GGML_ABORT something")
    assert explain_end("m", end).kind is FailureKind.KILLED
