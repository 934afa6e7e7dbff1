"""The window on a real X server, where there is one to start: Qt's own platform, all its libraries.

Without Xvfb nothing here is collected; the other tests of the window run offscreen everywhere.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.helpers.leftovers import child_processes, leftover_processes
from tests.helpers.x_server import XVFB, Screen, x_server

from large_enough.domain.clock import SystemClock

PATIENCE_S = 60.0
LOOK_PERIOD_S = 0.05


@pytest.fixture
def screen(tmp_path: Path) -> Iterator[Screen]:
    with x_server(tmp_path) as made:
        yield made


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
