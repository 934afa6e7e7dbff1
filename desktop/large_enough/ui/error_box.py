"""Shows faults of the program itself, each once, and keeps the program alive."""

import logging
import sys
import threading
import traceback
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QMessageBox, QWidget

from large_enough.domain.errors import ErrorInfo, FailureKind
from large_enough.domain.text import harmless_line
from large_enough.ui.bridge import Bridge
from large_enough.wording.failures import explain
from large_enough.wording.translate import _

_log = logging.getLogger(__name__)


class ErrorBox(QMessageBox):
    """A failure in words, with its technical details folded away."""

    def __init__(self, error: ErrorInfo, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        explanation = explain(error)
        self.setIcon(QMessageBox.Icon.Warning)
        self.setWindowTitle(_("Something went wrong"))
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(harmless_line(explanation.happened))
        self.setInformativeText(harmless_line(explanation.next_step))
        if error.detail:
            self.setDetailedText(error.detail)
        self.setStandardButtons(QMessageBox.StandardButton.Close)


class FaultReporter(QObject):
    """Catches what nobody else caught, on any thread, and shows one box at a time."""

    def __init__(self, bridge: Bridge, window: QWidget) -> None:
        super().__init__(window)
        self._bridge = bridge
        self._window = window
        self._is_showing = False
        self._old_hook = sys.excepthook
        self._old_thread_hook = threading.excepthook

    def install(self) -> None:
        """Take note of all uncaught exceptions from now on."""
        sys.excepthook = self._on_exception
        threading.excepthook = self._on_thread_exception

    def uninstall(self) -> None:
        """Leave them to those who had them before."""
        sys.excepthook = self._old_hook
        threading.excepthook = self._old_thread_hook

    def show(self, error: ErrorInfo) -> None:
        """Show a box unless one is open: a fault that repeats must not bury the window."""
        if self._is_showing:
            return
        self._is_showing = True
        box = ErrorBox(error, self._window)
        box.finished.connect(self._on_box_finished)
        box.open()

    @Slot(int)
    def _on_box_finished(self) -> None:
        self._is_showing = False

    def _on_exception(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            self._old_hook(kind, error, trace)
            return
        _log.error("uncaught exception", exc_info=(kind, error, trace))
        detail = "".join(traceback.format_exception(kind, error, trace))
        # Never straight from here: the exception may come from the middle of painting.
        self._bridge.deliver(
            self.show, ErrorInfo(kind=FailureKind.INTERNAL, subject=str(error), detail=detail)
        )

    def _on_thread_exception(self, arguments: threading.ExceptHookArgs) -> None:
        if arguments.exc_value is not None:
            self._on_exception(arguments.exc_type, arguments.exc_value, arguments.exc_traceback)
