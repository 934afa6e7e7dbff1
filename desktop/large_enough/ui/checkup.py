"""Has the machine examined or calibrated beside the window, one of both at a time."""

import threading
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from large_enough.domain.errors import ErrorInfo
from large_enough.ui.background import Background
from large_enough.ui.bridge import Bridge
from large_enough.ui.services import Examiner

if TYPE_CHECKING:
    from large_enough.comparison.calibrating import CalibrationProgress
    from large_enough.domain.calibration import Calibration
    from large_enough.domain.doctor import DoctorReport


class Checkup(QObject):
    """Starts examinations and calibrations, and tells on the main thread how they go.

    Signals:
        busy_changed: An examination or a calibration has begun (True) or ended (False).
        examined: The `DoctorReport` of an examination that has ended.
        examination_failed: Its `ErrorInfo` instead.
        calibration_progressed: A `CalibrationProgress`.
        calibrated: The `Calibration` that was made; None if it was cancelled.
        calibration_failed: Its `ErrorInfo` instead.
    """

    busy_changed = Signal(bool)
    examined = Signal(object)
    examination_failed = Signal(object)
    calibration_progressed = Signal(object)
    calibrated = Signal(object)
    calibration_failed = Signal(object)

    def __init__(
        self,
        examiner: Examiner,
        bridge: Bridge,
        background: Background,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._examiner = examiner
        self._bridge = bridge
        self._background = background
        self._cancelled = threading.Event()
        self._is_busy = False

    @property
    def is_busy(self) -> bool:
        """Whether an examination or a calibration is on."""
        return self._is_busy

    def examine(self) -> None:
        """Find out what can be measured here."""
        if not self._is_busy:
            self._set_busy(is_busy=True)
            self._background.run(
                "examine",
                self._examiner.examine,
                self._on_examined,
                self._on_examination_failed,
            )

    def calibrate(self) -> None:
        """Calibrate the estimate of energy with the battery."""
        if self._is_busy:
            return
        self._cancelled.clear()
        self._set_busy(is_busy=True)

        def on_progress(progress: "CalibrationProgress") -> None:
            self._bridge.deliver(self.calibration_progressed.emit, progress)

        def work() -> "Calibration | None":
            return self._examiner.calibrate(on_progress, self._cancelled.is_set)

        self._background.run("calibrate", work, self._on_calibrated, self._on_calibration_failed)

    def cancel_calibration(self) -> None:
        """Stop calibrating."""
        self._cancelled.set()

    def _set_busy(self, *, is_busy: bool) -> None:
        self._is_busy = is_busy
        self.busy_changed.emit(is_busy)

    def _on_examined(self, report: "DoctorReport") -> None:
        self._set_busy(is_busy=False)
        self.examined.emit(report)

    def _on_examination_failed(self, error: ErrorInfo) -> None:
        self._set_busy(is_busy=False)
        self.examination_failed.emit(error)

    def _on_calibrated(self, calibration: "Calibration | None") -> None:
        self._set_busy(is_busy=False)
        self.calibrated.emit(calibration)

    def _on_calibration_failed(self, error: ErrorInfo) -> None:
        self._set_busy(is_busy=False)
        self.calibration_failed.emit(error)
