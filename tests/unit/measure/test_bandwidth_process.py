"""The process that measures memory, as its parent sees it."""

import subprocess

import msgspec
import pytest
from tests.unit.comparison.test_speed_bounds import BANDWIDTH

from large_enough.domain.quantity import Unavailable
from large_enough.measure.bandwidth import ROUND_RUNS, TOO_LITTLE_MEMORY
from large_enough.measure.bandwidth_process import (
    IN_A_BUNDLE,
    NO_RESULT,
    Child,
    bandwidth_in_child,
)


class ScriptedChild:
    """A process that ends after so many looks at it."""

    def __init__(self, output: bytes, looks: int = 0) -> None:
        self.is_killed = False
        self.looks = looks
        self._output = output

    def communicate(self, *, timeout: float) -> tuple[bytes, bytes]:
        if self.looks > 0 and not self.is_killed:
            self.looks -= 1
            raise subprocess.TimeoutExpired("child", timeout)
        return self._output, b""

    def kill(self) -> None:
        self.is_killed = True


def never() -> bool:
    return False


@pytest.mark.parametrize("found", [BANDWIDTH, TOO_LITTLE_MEMORY])
def test_what_it_prints_is_the_result(found: object) -> None:
    child = ScriptedChild(msgspec.json.encode(found) + b"\n", looks=3)
    assert bandwidth_in_child(never, start=lambda: child) == found
    assert not child.is_killed


IMPOSSIBLE = msgspec.structs.replace(BANDWIDTH, bytes_per_s=-1.0)


@pytest.mark.parametrize("output", [b"", b"{}", b"\xff", msgspec.json.encode(IMPOSSIBLE)])
def test_nonsense_is_no_result(output: bytes) -> None:
    assert bandwidth_in_child(never, start=lambda: ScriptedChild(output)) == NO_RESULT


def test_it_is_killed_when_models_begin_to_work() -> None:
    answers = iter([False, False, True])
    child = ScriptedChild(b"", looks=99)
    found = bandwidth_in_child(lambda: next(answers), start=lambda: child)
    assert found == ROUND_RUNS
    assert child.is_killed


def test_it_is_killed_when_it_hangs() -> None:
    child = ScriptedChild(b"", looks=10_000)
    assert bandwidth_in_child(never, start=lambda: child) == NO_RESULT
    assert child.is_killed


def test_a_system_that_starts_nothing() -> None:
    def refuse() -> Child:
        raise OSError

    assert isinstance(bandwidth_in_child(never, start=refuse), Unavailable)


def test_a_bundle_starts_nothing() -> None:
    child = ScriptedChild(b"")
    assert bandwidth_in_child(never, start=lambda: child, is_bundle=True) == IN_A_BUNDLE
