"""Lets the window end cleanly when the system asks it to."""

import signal
import socket
import sys
from types import FrameType

from PySide6.QtCore import QCoreApplication, QObject, QSocketNotifier, Slot

_SIGNALS = (signal.SIGINT, signal.SIGTERM, *([signal.SIGHUP] if sys.platform != "win32" else []))
"""SIGHUP comes when the terminal or the session that the window was started from is closed."""
_READ_BYTES = 64


class QuitSignals(QObject):
    """Quits the application on SIGTERM, on Ctrl-C, and when its session is closed.

    A signal that was ignored when the program began stays ignored, as under `nohup`.

    Python runs its signal handlers between two Python instructions only, and Qt's event loop may
    execute none for minutes. So the signal writes into a socket, and Qt watches that.
    """

    def __init__(self, application: QCoreApplication) -> None:
        super().__init__(application)
        self._application = application
        self._reader, self._writer = socket.socketpair()
        for end in (self._reader, self._writer):
            end.setblocking(False)
        self._old_descriptor = signal.set_wakeup_fd(self._writer.fileno())
        heard = [number for number in _SIGNALS if signal.getsignal(number) is not signal.SIG_IGN]
        self._old_handlers = {number: signal.signal(number, _ignore) for number in heard}
        self._notifier = QSocketNotifier(self._reader.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._on_activated)

    def close(self) -> None:
        """Give the signals back."""
        self._notifier.setEnabled(False)
        signal.set_wakeup_fd(self._old_descriptor)
        for number, handler in self._old_handlers.items():
            signal.signal(number, handler)
        self._reader.close()
        self._writer.close()

    @Slot()
    def _on_activated(self) -> None:
        numbers = self._reader.recv(_READ_BYTES)
        if any(number in numbers for number in _SIGNALS):
            # Not quit(): that asks the windows, and they may ask the user.
            self._application.exit(0)


def _ignore(_number: int, _frame: FrameType | None) -> None:
    """Do nothing: what matters is the byte that the signal writes."""
