"""The window on a real X server, where there is one to start: Qt's own platform, all its libraries.

Without Xvfb nothing here is collected; the other tests of the window run offscreen everywhere.
"""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.helpers.leftovers import child_processes, leftover_processes

from large_enough.domain.clock import SystemClock

XVFB = shutil.which("Xvfb")
WIDTH, HEIGHT = 1280, 800
PATIENCE_S = 60.0
LOOK_PERIOD_S = 0.05


@dataclass(frozen=True)
class Screen:
    """An X server that draws into a file."""

    display: str
    framebuffer: Path

    def colour_count(self) -> int:
        """Return how many different pixels the screen shows."""
        pixels = self.framebuffer.read_bytes()[-WIDTH * HEIGHT * 4 :]  # after a header
        return len({pixels[place : place + 4] for place in range(0, len(pixels), 4)})


@pytest.fixture
def screen(tmp_path: Path) -> Iterator[Screen]:
    read_end, write_end = os.pipe()
    command = [str(XVFB), "-displayfd", str(write_end), "-screen", "0", f"{WIDTH}x{HEIGHT}x24"]
    command += ["-fbdir", str(tmp_path), "-nolisten", "tcp"]
    with subprocess.Popen(
        command, pass_fds=(write_end,), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as server:
        os.close(write_end)
        with os.fdopen(read_end, encoding="ascii") as answer:
            number = answer.readline().strip()
        yield Screen(display=f":{number}", framebuffer=tmp_path / "Xvfb_screen0")
        server.terminate()


def start_window(screen: Screen) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "DISPLAY": screen.display}
    for name in ("QT_QPA_PLATFORM", "WAYLAND_DISPLAY"):
        environment.pop(name, None)
    return subprocess.Popen([sys.executable, "-m", "large_enough"], env=environment)


def wait_until_shown(window: subprocess.Popen[bytes], screen: Screen) -> None:
    clock = SystemClock()
    began_s = clock.monotonic_s()
    while screen.colour_count() < 10:
        assert clock.monotonic_s() - began_s < PATIENCE_S, "nothing is shown"
        try:
            window.wait(LOOK_PERIOD_S)
        except subprocess.TimeoutExpired:
            continue
        pytest.fail(f"the window ended with {window.returncode}")


if XVFB:

    @pytest.mark.parametrize("way", [signal.SIGTERM, signal.SIGKILL])
    def test_it_opens_and_leaves_nothing_behind(screen: Screen, way: signal.Signals):
        before = child_processes()
        window = start_window(screen)
        wait_until_shown(window, screen)
        window.send_signal(way)
        window.wait(PATIENCE_S)
        assert leftover_processes(before) == []
