"""Opens the real window as a process of its own, with real (scripted) workers, for tests."""

import contextlib
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil

from large_enough.domain.clock import SystemClock

START = """
import os, sys
from large_enough.ui.app import run
sys.exit(run(os.environ, sys.argv[1:]))
"""
PATIENCE_S = 60
POLL_S = 0.05


class Window:
    """A running window and what can be seen of it from outside."""

    def __init__(self, process: "subprocess.Popen[bytes]", home: Path) -> None:
        self.process = process
        self.home = home
        self.seen_workers: dict[int, psutil.Process] = {}

    @property
    def rounds_folder(self) -> Path:
        """Where its rounds are recorded."""
        return self.home / "data" / "rounds"

    def workers(self) -> list[psutil.Process]:
        """Return its worker processes, and remember them for the time after its end."""
        with contextlib.suppress(psutil.NoSuchProcess):
            for child in psutil.Process(self.process.pid).children(recursive=True):
                self.seen_workers.setdefault(child.pid, child)
        return [worker for worker in self.seen_workers.values() if is_alive(worker)]

    def wait_for(self, condition: Callable[[], bool]) -> None:
        """Wait until something holds, or fail."""
        clock = SystemClock()
        until_s = clock.monotonic_s() + PATIENCE_S
        while not condition():
            assert self.process.poll() is None, self.process.communicate()[1].decode()
            assert clock.monotonic_s() < until_s, "it took too long"
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(POLL_S)

    def wait_for_no_worker(self) -> None:
        """Wait until none of the workers ever seen is left."""
        _gone, alive = psutil.wait_procs(list(self.seen_workers.values()), timeout=PATIENCE_S)
        assert [worker for worker in alive if is_alive(worker)] == []


def is_alive(process: psutil.Process) -> bool:
    """Return whether a process has not ended."""
    with contextlib.suppress(psutil.NoSuchProcess):
        return bool(process.status() != psutil.STATUS_ZOMBIE)
    return False


@contextlib.contextmanager
def windows(home: Path, models: Path) -> Iterator[Callable[..., Window]]:
    """Yield what opens windows; what is left of them at the end is killed.

    Args:
        home: The user's folder.
        models: Where they look for models.
    """
    opened: list[Window] = []

    def start_window(*arguments: str, code: str = START) -> Window:
        process = subprocess.Popen(
            [sys.executable, "-c", code, *arguments],
            stdin=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            env={
                **os.environ,
                "QT_QPA_PLATFORM": "offscreen",
                "LARGE_ENOUGH_HOME": str(home),
                "LARGE_ENOUGH_MODELS": str(models),
            },
        )
        opened.append(Window(process, home))
        return opened[-1]

    yield start_window
    for window in opened:
        window.process.kill()
        window.process.communicate()
        for worker in window.workers():
            with contextlib.suppress(psutil.NoSuchProcess):
                worker.kill()
