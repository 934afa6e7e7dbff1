"""Tells how long the window takes to be there, and how much memory it then has.

    python -m tests.bench.start_up

The real program is started five times as a process of its own, with no models in its folder, on the
screen that there is, or without one. The time runs from the start of the process until the window's
first picture. Wanted: a median of at most 1.0 s, and less than 150 MB in memory.
"""

import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from large_enough.domain.clock import SystemClock

WANTED_S = 1.0
WANTED_MB = 150.0
RUNS = 5
CHILD = """
import os, sys
import psutil
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication
from large_enough.domain.clock import SystemClock
from large_enough.resources.paths import user_folders
from large_enough.ui.app import Session, read_options
from large_enough.ui.settings_keeper import SettingsKeeper

class FirstPicture(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint and watched is session.window.centralWidget():
            process = psutil.Process()
            took_s = SystemClock().monotonic_s() - float(os.environ["STARTED_S"])
            cpu_s = sum(process.cpu_times()[:2])
            told = took_s, cpu_s, process.memory_full_info().uss
            application.removeEventFilter(self)
            QTimer.singleShot(0, lambda: (print(*told, flush=True), application.quit()))
        return False

keeper = SettingsKeeper(user_folders(os.environ).config)
application = QApplication([])
watch = FirstPicture()
session = Session(application, os.environ, keeper, read_options([]))
application.installEventFilter(watch)
session.start()
application.exec()
session.close()
"""


def start(folder: Path) -> tuple[float, float, float]:
    """Return seconds, and processor seconds, until the first picture, and megabytes in memory."""
    environ = {
        **os.environ,
        "LARGE_ENOUGH_HOME": str(folder),
        "LARGE_ENOUGH_MODELS": str(folder / "models"),
    }
    if not environ.get("DISPLAY"):
        environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    environ["STARTED_S"] = str(SystemClock().monotonic_s())  # one clock for all processes
    told = subprocess.check_output([sys.executable, "-c", CHILD], env=environ, text=True)
    duration_s, processor_s, memory_bytes = map(float, told.split())
    return duration_s, processor_s, memory_bytes / 1e6


def main() -> int:
    """Measure and print; return 1 if it is more than wanted."""
    with tempfile.TemporaryDirectory() as name:
        start(Path(name))  # files come from the disk once
        runs = [start(Path(name)) for _run in range(RUNS)]
    duration_s = statistics.median(run[0] for run in runs)
    processor_s = statistics.median(run[1] for run in runs)
    memory_mb = max(run[2] for run in runs)
    is_good = duration_s <= WANTED_S and memory_mb < WANTED_MB
    shown = ", ".join(f"{run[0]:.2f}" for run in runs)
    print(
        f"start to first picture: median {duration_s:.2f} s ({shown}), "
        f"of them {processor_s:.2f} s of the processor; {memory_mb:.0f} MB: "
        + ("as wanted" if is_good else "NOT as wanted")
    )
    return 0 if is_good else 1


if __name__ == "__main__":
    sys.exit(main())
