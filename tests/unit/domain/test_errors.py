import msgspec
import pytest

from large_enough.domain import errors
from large_enough.domain.errors import ErrorInfo, FailureKind, LargeEnoughError


@pytest.mark.parametrize(
    "kind_of_error",
    [
        errors.ModelFileError,
        errors.FetchError,
        errors.EngineError,
        errors.ProtocolError,
        errors.RequestError,
        errors.StoreError,
    ],
)
def test_errors_carry_their_facts(kind_of_error: type[LargeEnoughError]) -> None:
    error = kind_of_error(FailureKind.KILLED, "a.gguf", detail="trace", signal=9)
    assert isinstance(error, LargeEnoughError)
    assert error.info == ErrorInfo(
        kind=FailureKind.KILLED, subject="a.gguf", facts={"signal": 9}, detail="trace"
    )
    assert str(error) == "killed: a.gguf: trace"


def test_an_error_can_be_raised_again() -> None:
    info = ErrorInfo(
        kind=FailureKind.DISK_FULL, subject="a", facts={"free_bytes": 5}, detail="words"
    )
    error = errors.EngineError.from_info(info)
    assert isinstance(error, errors.EngineError)
    assert error.info == info


def test_errors_survive_json() -> None:
    info = ErrorInfo(kind=FailureKind.DISK_FULL, facts={"free_bytes": 5, "share": 0.5, "a": "b"})
    assert msgspec.json.decode(msgspec.json.encode(info), type=ErrorInfo) == info


def test_facts_of_one_error_are_its_own() -> None:
    assert (
        ErrorInfo(kind=FailureKind.INTERNAL).facts is not ErrorInfo(kind=FailureKind.INTERNAL).facts
    )
