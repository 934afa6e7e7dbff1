"""Calibrates the estimate of energy from the terminal: `large-enough doctor --calibrate`."""

import signal
import threading

from rich.status import Status
from rich.text import Text

from large_enough.cli import exit_codes
from large_enough.cli.output import remarks, results, say_error
from large_enough.comparison.calibrating import CalibrationProgress
from large_enough.comparison.workbench import Workbench
from large_enough.domain.errors import RequestError, StoreError
from large_enough.wording.calibration_words import calibrated_text, calibrating_text
from large_enough.wording.translate import _


def calibrate(workbench: Workbench) -> int:
    """Calibrate, showing how far it is; Ctrl-C ends it and changes nothing.

    Returns:
        0; 1 if it cannot be done here; 130 after Ctrl-C.
    """
    is_cancelled = threading.Event()
    before = signal.signal(signal.SIGINT, lambda *_signal: is_cancelled.set())
    console = remarks()
    try:
        with Status("", console=console) as status:

            def show(progress: CalibrationProgress) -> None:
                status.update(Text(calibrating_text(progress.busy_cores, progress.left_s)))

            calibration = workbench.calibrate(show, is_cancelled.is_set)
    except (RequestError, StoreError) as error:
        say_error(error.info)
        return exit_codes.FAILED
    finally:
        signal.signal(signal.SIGINT, before)
    if calibration is None:
        console.print(_("Stopped. Nothing was changed."))
        return exit_codes.INTERRUPTED
    results().print(Text(calibrated_text(calibration)))
    return exit_codes.DONE
