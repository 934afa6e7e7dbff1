"""Tells how late the window's event loop is while answers stream into it.

    python -m tests.bench.event_loop [MODEL.gguf MODEL.gguf]

A timer is to tick every 5 ms on the window's main thread; how late each tick comes is how long
everything else waits: keys, clicks, painting. The real program runs, with real worker processes and
with its charts open, on the screen that there is, or without one.

flood   four scripted models write 50,000 characters of Markdown each, 200 tokens a second, at the
        same time. Wanted: 99 % of the ticks at most 33 ms late.
real    the two models answer one after the other, then at the same time. Wanted: 99 % of the ticks
        at most 16 ms late, none more than 100 ms.

Where a tick is very late, what the main thread was doing is shown.
"""

import argparse
import collections
import json
import os
import statistics
import sys
import tempfile
import threading
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QElapsedTimer, QEventLoop, QObject, Qt, QTimer, Slot
from PySide6.QtWidgets import QApplication

from large_enough.domain.clock import SystemClock
from large_enough.domain.round import Mode
from large_enough.resources.paths import user_folders
from large_enough.resources.settings import AskingChoices
from large_enough.ui.app import Session, read_options
from large_enough.ui.settings_keeper import SettingsKeeper

TICK_MS = 5
WANTED_FLOOD_P99_MS = 33.0
WANTED_REAL_P99_MS = 16.0
WANTED_REAL_WORST_MS = 100.0
VERY_LATE_S = 0.06
FLOOD_CHARACTERS = 50_000
FLOOD_PARAGRAPH = (
    "## A heading\n\nSome **bold** words, `code` and a list:\n\n- one item\n- another one\n\n"
    "| tariff | price |\n|---|---|\n| small | 3.00 |\n| large | 9.50 |\n\n```python\n"
    "for number in range(10):\n    print(number)\n```\n\nA last sentence, somewhat longer.\n\n"
)
QUESTION = "Explain in about two hundred words how a savings account and a current account differ."
LONGEST_ANSWER_TOKENS = 300
PATIENCE_MS = 300_000


class Delays(NamedTuple):
    """How late the ticks came."""

    p50_ms: float
    p99_ms: float
    worst_ms: float
    tick_count: int


class Probe(QObject):
    """Counts how late a timer of the main thread ticks."""

    def __init__(self) -> None:
        super().__init__()
        self.delays_ms: list[float] = []
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._on_tick)
        self._elapsed = QElapsedTimer()
        self._watch = MainThreadWatch()

    def start(self) -> None:
        """Begin anew."""
        self.delays_ms.clear()
        self._elapsed.start()
        self._timer.start()
        self._watch.start()

    def stop(self) -> Delays:
        """Return how late the ticks were."""
        self._timer.stop()
        self._watch.stop()
        delays = self.delays_ms
        return Delays(
            statistics.median(delays),
            statistics.quantiles(delays, n=100)[98],
            max(delays),
            len(delays),
        )

    @Slot()
    def _on_tick(self) -> None:
        self.delays_ms.append(max(0.0, self._elapsed.nsecsElapsed() / 1e6 - TICK_MS))
        self._elapsed.restart()
        self._watch.tick()


class MainThreadWatch:
    """Looks at what the main thread is doing when it has not ticked for long."""

    def __init__(self) -> None:
        self.stacks: collections.Counter[str] = collections.Counter()
        self._clock = SystemClock()
        self._last_s = 0.0
        self._ended = threading.Event()
        self._thread: threading.Thread | None = None
        self._main = threading.main_thread().ident or 0

    def start(self) -> None:
        """Begin to look."""
        self._ended.clear()
        self.tick()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Look no more, and show what was found."""
        self._ended.set()
        if self._thread is not None:
            self._thread.join()
        for stack, count in self.stacks.most_common(3):
            print(f"    {count} times more than {VERY_LATE_S * 1e3:.0f} ms late, as in:\n{stack}")
        self.stacks.clear()

    def tick(self) -> None:
        """Take note that the main thread is there."""
        self._last_s = self._clock.monotonic_s()

    def _look(self) -> None:
        seen_s = 0.0
        while not self._ended.wait(0.01):
            late_s = self._clock.monotonic_s() - self._last_s
            if late_s > VERY_LATE_S and self._last_s != seen_s:
                seen_s = self._last_s
                frame = sys._current_frames().get(self._main)
                lines = traceback.format_stack(frame)[-4:]
                self.stacks["".join(lines)] += 1


def wait_until_idle(session: Session) -> None:
    """Let events be handled until no round runs."""
    loop, arena = QEventLoop(), session.window.arena
    arena.round_view.ended.connect(loop.quit)
    QTimer.singleShot(PATIENCE_MS, loop.quit)
    if arena.round_view.is_running:
        loop.exec()


def pause(duration_ms: int) -> None:
    """Let events be handled for a while."""
    loop = QEventLoop()
    QTimer.singleShot(duration_ms, loop.quit)
    loop.exec()


def delays_of_round(session: Session, question: str, mode: Mode) -> Delays:
    """Ask all contenders, and return how late the event loop was meanwhile."""
    arena = session.window.arena
    arena.prompt_card.choose_mode(mode)
    arena.prompt_card.write(question)
    probe = Probe()
    probe.start()
    arena.ask()
    arena.comparison.charts_button.setChecked(True)
    wait_until_idle(session)
    pause(1000)
    return probe.stop()


def open_session(
    application: QApplication, home: Path, models: Sequence[Path], longest_tokens: int
) -> Session:
    """Open the window with these contenders."""
    environ = {**os.environ, "LARGE_ENOUGH_HOME": str(home)}
    keeper = SettingsKeeper(user_folders(environ).config)
    keeper.change(asking=AskingChoices(max_tokens=longest_tokens))
    names = [part for model in models for part in ("--model", str(model))]
    session = Session(application, environ, keeper, read_options(names))
    session.start()
    loop = QEventLoop()
    session.window.arena.contenders_changed.connect(loop.quit)
    QTimer.singleShot(PATIENCE_MS, loop.quit)
    loop.exec()
    pause(500)
    return session


def flood_models(folder: Path, count: int) -> list[Path]:
    """Write scripts of models that never stop to write Markdown, 200 tokens a second."""
    text = FLOOD_PARAGRAPH * (FLOOD_CHARACTERS // len(FLOOD_PARAGRAPH) + 1)
    tokens = [text[start : start + 5] for start in range(0, FLOOD_CHARACTERS, 5)]
    answer = {"tokens": tokens, "token_delay_s": 0.005}
    paths = []
    for number in range(count):
        path = folder / f"flood-{number}.echo.json"
        path.write_text(json.dumps({"name": f"Flood {number}", "answers": [answer]}))
        paths.append(path)
    return paths


def show(name: str, delays: Delays, p99_ms: float, worst_ms: float) -> bool:
    """Print how late it was; return whether that is as wanted."""
    is_good = delays.p99_ms <= p99_ms and delays.worst_ms <= worst_ms
    print(
        f"{name:32} p50 {delays.p50_ms:6.2f} ms, p99 {delays.p99_ms:6.2f} ms, "
        f"worst {delays.worst_ms:7.2f} ms, {delays.tick_count} ticks: "
        + ("as wanted" if is_good else "NOT as wanted"),
        flush=True,
    )
    return is_good


def main() -> int:
    """Measure and print; return 1 if it is later than wanted."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("models", nargs="*", type=Path)
    parser.add_argument("--no-flood", action="store_true", help="the real models only")
    arguments = parser.parse_args()
    if not os.environ.get("DISPLAY"):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication([])
    are_good = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if not arguments.no_flood:
            session = open_session(application, folder, flood_models(folder, 4), 20_000)
            delays = delays_of_round(session, "Go on.", Mode.TOGETHER)
            are_good.append(show("flood of four", delays, WANTED_FLOOD_P99_MS, float("inf")))
            session.close()
        if arguments.models:
            session = open_session(
                application, folder / "real", arguments.models, LONGEST_ANSWER_TOKENS
            )
            for mode in (Mode.MEASURED, Mode.TOGETHER):
                delays = delays_of_round(session, QUESTION, mode)
                title = f"real models, {mode.value}"
                are_good.append(show(title, delays, WANTED_REAL_P99_MS, WANTED_REAL_WORST_MS))
            session.close()
    return 0 if all(are_good) else 1


if __name__ == "__main__":
    sys.exit(main())
