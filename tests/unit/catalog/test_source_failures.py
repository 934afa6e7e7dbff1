"""What the last words of pip and of huggingface_hub mean."""

from pathlib import Path

import pytest
from tests.helpers.catalogue_entries import tiny_file

from large_enough.catalog import huggingface, wheels
from large_enough.catalog.child import ChildEnd, ChildResult
from large_enough.catalog.job import FetchJob
from large_enough.catalog.progress import ProgressMeter
from large_enough.domain.clock import SystemClock
from large_enough.domain.errors import ErrorInfo, FailureKind


@pytest.fixture
def job(tmp_path: Path) -> FetchJob:
    clock = SystemClock()
    return FetchJob(
        file=tiny_file(b"content"),
        folder=tmp_path,
        meter=ProgressMeter("tiny", 7, lambda _progress: None, clock),
        is_cancelled=lambda: False,
        environ={},
        clock=clock,
    )


def ended(errors: str = "", output: str = "", end: ChildEnd = ChildEnd.EXITED) -> ChildResult:
    return ChildResult(end=end, exit_code=1, output=output, errors=errors)


def of_pip(job: FetchJob, result: ChildResult) -> ErrorInfo:
    return wheels._failure(result, job).info


def of_hub(job: FetchJob, result: ChildResult) -> ErrorInfo:
    return huggingface._failure(result, job).info


NOT_FOUND = "ERROR: No matching distribution found for tiny==1.0"


@pytest.mark.parametrize(
    ("errors", "kind"),
    [
        (NOT_FOUND, FailureKind.SOURCE_FAILED),
        (
            f"WARNING: Retrying after connection broken by 'NewConnectionError'\n{NOT_FOUND}",
            FailureKind.NO_NETWORK,
        ),
        (
            "pip._vendor.urllib3.exceptions.ReadTimeoutError: Read timed out.",
            FailureKind.NO_NETWORK,
        ),
        (
            "ERROR: Could not install packages: [Errno 28] No space left on device",
            FailureKind.DISK_FULL,
        ),
        ("/usr/bin/python: No module named pip", FailureKind.SOURCE_FAILED),
        ("", FailureKind.SOURCE_FAILED),
    ],
)
def test_pip(job: FetchJob, errors: str, kind: FailureKind) -> None:
    info = of_pip(job, ended(errors))
    assert info.kind is kind
    assert info.subject == "Tiny Catalogue"
    assert info.detail


@pytest.mark.parametrize(
    ("errors", "kind"),
    [
        ("httpx2.ConnectError: [Errno -2] Name or service not known", FailureKind.NO_NETWORK),
        ("requests.exceptions.ConnectionError: ...", FailureKind.NO_NETWORK),
        ("httpx.ReadTimeout: The read operation timed out", FailureKind.NO_NETWORK),
        ("huggingface_hub.errors.OfflineModeIsEnabled: Cannot reach", FailureKind.NO_NETWORK),
        ("OSError: [Errno 28] No space left on device", FailureKind.DISK_FULL),
        ("ModuleNotFoundError: No module named 'huggingface_hub'", FailureKind.SOURCE_FAILED),
        ("", FailureKind.SOURCE_FAILED),
    ],
)
def test_hub(job: FetchJob, errors: str, kind: FailureKind) -> None:
    info = of_hub(job, ended(f"Traceback (most recent call last):\n  ...\n{errors}"))
    assert info.kind is kind
    assert info.detail


def test_hub_answers(job: FetchJob) -> None:
    refused = of_hub(job, ended(output="status 404\n"))
    assert refused.kind is FailureKind.SOURCE_FAILED
    assert refused.detail == "it refused the file (HTTP status 404)"
    other = of_hub(job, ended(output="answered\nsize 8\n"))
    assert other.detail == "the file there has 8 bytes instead of 7"
    assert "code 1" in of_hub(job, ended(output="answered\n")).detail


def test_silence_is_a_matter_of_the_network(job: FetchJob) -> None:
    assert of_pip(job, ended(end=ChildEnd.STALLED)).kind is FailureKind.NO_NETWORK
    assert of_hub(job, ended(end=ChildEnd.STALLED)).kind is FailureKind.NO_NETWORK
