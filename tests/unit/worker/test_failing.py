"""What a worker sends about an error."""

from large_enough.domain.errors import EngineError, FailureKind
from large_enough.worker.failing import MAX_DETAIL_CHARACTERS, failure_of


def test_errors_on_purpose_keep_their_facts() -> None:
    error = EngineError(FailureKind.ENGINE_REFUSED, "a.gguf", detail="why", return_code=-3)
    assert failure_of(error) == error.info


def test_only_the_end_of_a_long_detail_is_sent() -> None:
    error = EngineError(FailureKind.ENGINE_REFUSED, detail="x" * MAX_DETAIL_CHARACTERS + "cause")
    assert len(failure_of(error).detail) == MAX_DETAIL_CHARACTERS
    assert failure_of(error).detail.endswith("cause")


def test_faults_of_our_own_bring_their_trace() -> None:
    info = failure_of(KeyError("A"))
    assert info.kind is FailureKind.INTERNAL
    assert info.detail.strip().endswith("KeyError: 'A'")


def test_no_memory_is_not_our_fault() -> None:
    assert failure_of(MemoryError()).kind is FailureKind.OUT_OF_MEMORY
