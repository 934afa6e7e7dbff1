"""What tests of the worker's loop share."""

import threading
from collections.abc import Iterator

import pytest
from tests.helpers.running_loop import FakeBackend, RunningLoop


@pytest.fixture
def backend() -> FakeBackend:
    return FakeBackend()


@pytest.fixture
def loop(backend: FakeBackend) -> Iterator[RunningLoop]:
    silence = threading.Event()
    silence.set()  # no heartbeat thread: these tests need none
    running = RunningLoop(backend, silence)
    yield running
    running.close()
