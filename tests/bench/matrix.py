"""Tells how late the window's event loop is while a large matrix of answers is scrolled.

    python -m tests.bench.matrix

500 questions by 5 contenders are scrolled from one end to the other and back, while answers come
in. Wanted: 99 % of the ticks of the probe in `tests.bench.event_loop` less than 16 ms late.
"""

import os
import sys

from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer, Slot
from PySide6.QtWidgets import QApplication
from tests.bench.event_loop import WANTED_REAL_P99_MS, Probe, pause, show
from tests.helpers.matrix_runs import make_run

from large_enough.comparison.run_matrix import RunMatrix
from large_enough.ui.fonts import install_fonts
from large_enough.ui.theme import Theme
from large_enough.ui.widgets.matrix_panel import MatrixPanel

ITEM_COUNT = 500
CONTENDER_COUNT = 5
STEP_PX = 37
STEP_MS = 16


class Scroller(QObject):
    """Scrolls by one step for each picture of the screen, to the end and back."""

    def __init__(self, panel: MatrixPanel, loop: QEventLoop) -> None:
        super().__init__()
        self._panel = panel
        self._loop = loop
        self._step_px = STEP_PX
        self._cells = iter(make_run(ITEM_COUNT, CONTENDER_COUNT, seed=2).cells)
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(STEP_MS)
        self._timer.timeout.connect(self._on_tick)
        self._timer.start()

    @Slot()
    def _on_tick(self) -> None:
        bar = self._panel.view.verticalScrollBar()
        bar.setValue(bar.value() + self._step_px)
        cell = next(self._cells, None)
        if cell is not None:
            self._panel.take(cell)
        if bar.value() >= bar.maximum():
            self._step_px = -STEP_PX
        elif bar.value() <= bar.minimum():
            self._timer.stop()
            self._loop.quit()


def main() -> int:
    """Measure and print; return 1 if it is later than wanted."""
    if not os.environ.get("DISPLAY"):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication([])
    install_fonts()
    panel = MatrixPanel(Theme(application, "light"))
    run = make_run(ITEM_COUNT, CONTENDER_COUNT)
    panel.show_matrix(RunMatrix(run.plan, run.cells))
    panel.resize(1196, 800)
    panel.show()
    pause(500)
    probe, loop = Probe(), QEventLoop()
    scroller = Scroller(panel, loop)
    probe.start()
    loop.exec()
    delays = probe.stop()
    scroller.deleteLater()
    name = f"matrix of {ITEM_COUNT} by {CONTENDER_COUNT}"
    return 0 if show(name, delays, WANTED_REAL_P99_MS, float("inf")) else 1


if __name__ == "__main__":
    sys.exit(main())
