"""Starts a calibration, shows how far it is, and says what came of it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from large_enough.domain.calibration import Calibration
from large_enough.domain.errors import ErrorInfo
from large_enough.domain.text import harmless_line
from large_enough.ui.calibration_words import progress_words, result_words
from large_enough.ui.theme import Theme
from large_enough.ui.tokens import Type
from large_enough.ui.widgets.buttons import Button
from large_enough.ui.widgets.labels import Label
from large_enough.ui.widgets.progress_line import ProgressLine
from large_enough.wording.failures import explain
from large_enough.wording.translate import _

if TYPE_CHECKING:
    from large_enough.comparison.calibrating import CalibrationProgress


class CalibrationPanel(QWidget):
    """A button that becomes a line of progress, and words.

    Signals:
        wanted: The user wants a calibration.
        cancelled: The user wants it stopped.
    """

    wanted = Signal()
    cancelled = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_running = False
        self._hindrance = ""
        self._longest_left_s = 0.0
        self.start_button = Button(theme, _("Calibrate"), picture="gauge")
        self.cancel_button = Button(theme, _("Cancel"))
        self.progress = ProgressLine(theme, height_px=6)
        self.progress.setAccessibleName(_("Progress of the calibration"))
        self.remark = Label(theme, Type.SOFT, tone="soft", wraps=True)
        self._arrange()
        self.start_button.clicked.connect(self._on_start_clicked)
        self.cancel_button.clicked.connect(self._on_cancel_clicked)
        self._show_running(is_running=False)

    def hinder(self, reason: str) -> None:
        """Say why nothing can be calibrated for now; empty when it can again."""
        had_reason, self._hindrance = bool(self._hindrance), reason
        if self._is_running:
            return
        self.start_button.setEnabled(not reason)
        if reason or had_reason:
            self._say(reason)

    @Slot(object)
    def show_progress(self, progress: "CalibrationProgress") -> None:
        """Show how far it is."""
        if not self._is_running:
            return
        self._longest_left_s = max(self._longest_left_s, progress.left_s)
        done = 1 - progress.left_s / self._longest_left_s if self._longest_left_s > 0 else 1.0
        self.progress.show_fraction(done)
        if self.cancel_button.isEnabled():
            self._say(progress_words(progress))

    @Slot(object)
    def show_result(self, calibration: Calibration | None) -> None:
        """Say what came of it; None stands for cancelled."""
        self._show_running(is_running=False)
        if calibration is None:
            self._say(_("Cancelled. Nothing has changed."))
        else:
            self._say(result_words(calibration), tone="ink")

    @Slot(object)
    def show_failure(self, error: ErrorInfo) -> None:
        """Say why it did not work, and what to do."""
        self._show_running(is_running=False)
        explanation = explain(error)
        self._say(f"{explanation.happened} {explanation.next_step}", tone="warning")

    @Slot()
    def _on_start_clicked(self) -> None:
        self._longest_left_s = 0.0
        self._show_running(is_running=True)
        self._say(_("Getting ready."))
        self.cancel_button.setFocus()
        self.wanted.emit()

    @Slot()
    def _on_cancel_clicked(self) -> None:
        self.cancel_button.setEnabled(False)
        self._say(_("Stopping."))
        self.cancelled.emit()

    def _show_running(self, *, is_running: bool) -> None:
        had_focus = self.cancel_button.hasFocus()
        self._is_running = is_running
        self.start_button.setVisible(not is_running)
        self.start_button.setEnabled(not self._hindrance)
        self.cancel_button.setVisible(is_running)
        self.cancel_button.setEnabled(True)
        self.progress.setVisible(is_running)
        self.progress.show_fraction(0.0 if is_running else None)
        if had_focus and not is_running:
            self.start_button.setFocus()

    def _say(self, words: str, *, tone: str = "soft") -> None:
        self.remark.set_tone(tone)
        self.remark.setText(harmless_line(words))
        self.remark.setVisible(bool(words))

    def _arrange(self) -> None:
        row = QHBoxLayout()
        row.addWidget(self.start_button)
        row.addWidget(self.cancel_button)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(row)
        column.addWidget(self.progress)
        column.addWidget(self.remark)
