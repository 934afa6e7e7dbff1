"""A pack is run in the real window, and the system wants the window to end."""

import json
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest
from tests.helpers.pack_run_kill import outcomes
from tests.helpers.pack_run_records import UTC
from tests.helpers.pack_runs import answers_of, small_pack
from tests.helpers.real_window import PATIENCE_S, Window, windows
from tests.helpers.records import make_machine
from tests.helpers.rounds import scripted_card, write_script

from large_enough.comparison.pack_run_plan import plan_run, usual_settings
from large_enough.domain.grade import GradeStatus
from large_enough.domain.pack_run import PackRunEnd, PackRunRecord, RunMode
from large_enough.domain.round import Contender
from large_enough.store.pack_run_heads import list_pack_runs
from large_enough.store.pack_run_lines import PauseLine
from large_enough.store.pack_run_log import RUNS_FOLDER, PackRunLog
from large_enough.store.pack_run_reading import read_pack_run

PACK = small_pack()
RESUME = """
import os, sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from large_enough.ui.app import Session, read_options
from large_enough.ui.settings_keeper import SettingsKeeper
application = QApplication([])
keeper = SettingsKeeper(Path(os.environ["LARGE_ENOUGH_HOME"]) / "config")
session = Session(application, os.environ, keeper, read_options([]))
session.start()
def resume():
    page = session.window.rooms.runs.runs
    if page.resume_button.isEnabled():
        timer.stop()
        page.resume_button.click()
def begin():
    session.window.rail.packs.click()
    session.window.rooms.packs.runs_wanted.emit()
    timer.start()
timer = QTimer(interval=50)
timer.timeout.connect(resume)
QTimer.singleShot(200, begin)
code = application.exec()
session.close()
sys.exit(code)
"""
"""Opens the window and goes on with the newest run, as a click in the list of runs does."""


@pytest.fixture
def start(home_folder: Path, tmp_path: Path) -> Iterator[Callable[..., Window]]:
    """Opens windows; what is left of them is killed after the test."""
    with windows(home_folder, tmp_path / "no-models") as start_window:
        yield start_window


@pytest.fixture
def begin(home_folder: Path, tmp_path: Path) -> Callable[[RunMode], Path]:
    """Writes a run of two slow contenders that has only just been begun."""

    def write(mode: RunMode) -> Path:
        answers = answers_of(PACK, token_delay_s=0.3)
        scripts = [write_script(tmp_path, name, answers=answers) for name in ("one", "two")]
        contenders = [Contender(letter="A", card=scripted_card(script)) for script in scripts]
        settings = msgspec.structs.replace(usual_settings(PACK), mode=mode, batch_size=2)
        plan = plan_run(PACK, contenders, settings)
        folder = home_folder / "data" / RUNS_FOLDER
        with PackRunLog.create(folder, plan, make_machine(), UTC) as log:
            log.append(PauseLine(utc=UTC))
        return folder

    return write


def only(folder: Path) -> PackRunRecord:
    (head,) = list_pack_runs(folder)
    return read_pack_run(Path(head.path))


CASES = [
    (signal.SIGTERM, RunMode.MEASURE),
    *([(signal.SIGHUP, RunMode.FAST)] if sys.platform != "win32" else []),
]


@pytest.mark.parametrize(("number", "mode"), CASES)
def test_a_signal_pauses_the_run_and_nothing_is_lost_or_asked_twice(
    start: Callable[..., Window],
    begin: Callable[[RunMode], Path],
    number: signal.Signals,
    mode: RunMode,
) -> None:
    folder = begin(mode)
    window = start(code=RESUME)
    window.wait_for(lambda: bool(window.workers()) and only(folder).cells != ())
    window.process.send_signal(number)
    _output, errors = window.process.communicate(timeout=PATIENCE_S)
    assert window.process.returncode == 0, errors.decode()
    assert b"Traceback" not in errors
    window.wait_for_no_worker()
    assert not list(folder.glob("*.lock"))
    halted = only(folder)
    assert halted.end is PackRunEnd.STOPPED
    assert 1 <= len(halted.cells) < halted.plan.cell_count
    assert halted.unreadable_lines == 0

    finished = subprocess.run(
        [sys.executable, "-m", "large_enough", "run", "--resume", "last", "--json"],
        capture_output=True,
        timeout=PATIENCE_S,
        check=False,
    )
    assert finished.returncode == 0, finished.stderr.decode()
    assert json.loads(finished.stdout)["record"]["end"] == "complete"
    whole = only(folder)
    assert whole.cells[: len(halted.cells)] == halted.cells
    assert {cell.grade.status for cell in whole.cells} == {GradeStatus.CORRECT}
    assert len(outcomes(whole)) == whole.plan.cell_count
    (log,) = folder.glob("*.jsonl")
    assert log.read_bytes().count(b'{"line":"cell"') == whole.plan.cell_count
