import os
import subprocess
import sys
from pathlib import Path

import psutil

from large_enough.catalog.child import ChildEnd, ChildResult, Patience, run_child
from large_enough.domain.clock import SystemClock

FOREVER = "import threading; print('ready', flush=True); threading.Event().wait()"
PATIENT = Patience(first_byte_s=60, next_byte_s=60)


def run(
    folder: Path,
    code: str,
    *,
    is_cancelled: bool = False,
    patience: Patience = PATIENT,
    **environ: str,
) -> ChildResult:
    """Run code as a script, which is asked to stop once it has written something."""
    script = folder / "script.py"
    script.write_text(code, encoding="utf-8")
    output = folder / "output.txt"
    return run_child(
        [str(script), "first", "second"],
        folder=folder,
        environ={**os.environ, **environ},
        progress_bytes=lambda: output.stat().st_size,
        is_cancelled=lambda: is_cancelled and output.stat().st_size > 0,
        patience=patience,
        clock=SystemClock(),
    )


def test_a_script_gets_its_arguments_and_environment(tmp_path: Path) -> None:
    code = "import os, sys\nprint(sys.argv[1:], os.environ['COLOUR'])\nsys.exit(3)"
    result = run(tmp_path, code, COLOUR="grün")
    assert result.end is ChildEnd.EXITED
    assert result.exit_code == 3
    assert result.output.strip() == "['first', 'second'] grün"


def test_a_module_is_run_by_its_name(tmp_path: Path) -> None:
    result = run_child(
        ["platform", "--terse"],
        folder=tmp_path,
        environ=os.environ,
        progress_bytes=lambda: 0,
        is_cancelled=lambda: False,
        patience=PATIENT,
        clock=SystemClock(),
    )
    assert result.exit_code == 0
    assert result.output.strip()


def test_nothing_is_imported_from_where_the_user_stands(tmp_path: Path) -> None:
    (tmp_path / "shadow.py").write_text("print('shadow')", encoding="utf-8")
    result = run(tmp_path, "import shadow")
    assert "No module named 'shadow'" in result.last_error_line


def test_a_failure_leaves_its_last_words(tmp_path: Path) -> None:
    result = run(tmp_path, "raise ValueError('too bad')")
    assert result.exit_code == 1
    assert result.last_error_line == "ValueError: too bad"
    assert run(tmp_path, "pass").last_error_line == ""


def test_cancelled_is_ended_at_once(tmp_path: Path) -> None:
    result = run(tmp_path, FOREVER, is_cancelled=True)
    assert result.end is ChildEnd.CANCELLED
    assert result.exit_code != 0


def test_no_progress_is_ended(tmp_path: Path) -> None:
    impatient = Patience(first_byte_s=0.3, next_byte_s=60)
    result = run(tmp_path, "import threading; threading.Event().wait()", patience=impatient)
    assert result.end is ChildEnd.STALLED


def test_progress_that_stops_is_ended(tmp_path: Path) -> None:
    impatient = Patience(first_byte_s=60, next_byte_s=0.3)
    assert run(tmp_path, FOREVER, patience=impatient).end is ChildEnd.STALLED


def test_output_without_end_is_cut(tmp_path: Path) -> None:
    result = run(tmp_path, "print('x' * 1_000_000)")
    assert len(result.output) < 100_000


PARENT = """
import os, sys
from pathlib import Path
from large_enough.catalog.child import Patience, run_child
from large_enough.domain.clock import SystemClock
run_child(
    [sys.argv[1]],
    folder=Path(sys.argv[2]),
    environ=os.environ,
    progress_bytes=lambda: 0,
    is_cancelled=lambda: False,
    patience=Patience(first_byte_s=60, next_byte_s=60),
    clock=SystemClock(),
)
"""


def test_a_program_does_not_outlive_a_killed_parent(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    ready = tmp_path / "ready"
    script.write_text(
        f"import os, threading\nopen({str(ready)!r}, 'w').write(str(os.getpid()))\n"
        "threading.Event().wait()",
        encoding="utf-8",
    )
    with subprocess.Popen([sys.executable, "-c", PARENT, str(script), str(tmp_path)]) as parent:
        child = _wait_for_child(parent.pid, ready)
        parent.kill()
        parent.wait()
        _, alive = psutil.wait_procs([child], timeout=10)
    assert alive == []


def _wait_for_child(parent_id: int, ready: Path) -> psutil.Process:
    parent = psutil.Process(parent_id)
    while not (ready.exists() and ready.read_text(encoding="utf-8")):
        assert parent.is_running()
        try:
            parent.wait(0.05)
        except psutil.TimeoutExpired:
            continue
    return psutil.Process(int(ready.read_text(encoding="utf-8")))
