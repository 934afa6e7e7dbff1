"""What happens when the program itself has a fault, or the system wants it to end."""

import gc
import os
import signal
import sys
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QMessageBox, QWidget
from pytestqt.qtbot import QtBot
from tests.helpers.logfail import WarningWatch

from large_enough.domain.errors import ErrorInfo, FailureKind
from large_enough.ui.bridge import Bridge
from large_enough.ui.error_box import ErrorBox, FaultReporter
from large_enough.ui.garbage import MainThreadCollector
from large_enough.ui.quit_signals import QuitSignals


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def reporter(bridge: Bridge, window: QWidget) -> Iterator[FaultReporter]:
    made = FaultReporter(bridge, window)
    made.install()
    yield made
    made.uninstall()


def boxes(window: QWidget) -> list[QMessageBox]:
    return [box for box in window.findChildren(QMessageBox) if box.isVisible()]


def raise_on_purpose() -> None:
    message = "<b>unforeseen</b>"
    raise ValueError(message)


def test_a_box_says_what_happened_in_plain_text(window: QWidget):
    error = ErrorInfo(kind=FailureKind.INTERNAL, subject="<b>bug</b>", detail="the trace")
    box = ErrorBox(error, window)
    assert box.textFormat() is Qt.TextFormat.PlainText
    assert box.text()
    assert box.informativeText()
    assert box.detailedText() == "the trace"


def test_a_fault_on_another_thread_is_shown(
    qtbot: QtBot, window: QWidget, reporter: FaultReporter, expected_warnings: WarningWatch
):
    expected_warnings.allow("uncaught exception")
    thread = threading.Thread(target=raise_on_purpose)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: len(boxes(window)) == 1)
    assert "ValueError: <b>unforeseen</b>" in boxes(window)[0].detailedText()


def test_faults_that_repeat_show_one_box(
    qtbot: QtBot, window: QWidget, reporter: FaultReporter, expected_warnings: WarningWatch
):
    expected_warnings.allow("uncaught exception")
    for _number in range(3):
        try:
            raise_on_purpose()
        except ValueError as error:
            sys.excepthook(type(error), error, error.__traceback__)
    qtbot.waitUntil(lambda: len(boxes(window)) == 1)
    boxes(window)[0].reject()
    reporter.show(ErrorInfo(kind=FailureKind.INTERNAL))
    assert len(boxes(window)) == 1


def test_hooks_are_given_back(bridge: Bridge, window: QWidget):
    before = sys.excepthook, threading.excepthook
    made = FaultReporter(bridge, window)
    made.install()
    assert sys.excepthook != before[0]
    made.uninstall()
    assert (sys.excepthook, threading.excepthook) == before


class Application(QObject):
    """Remembers how it was told to end."""

    def __init__(self) -> None:
        super().__init__()
        self.codes: list[int] = []

    def exit(self, code: int) -> None:
        """Remember."""
        self.codes.append(code)


SIGNALS = [
    signal.SIGTERM,
    signal.SIGINT,
    *([signal.SIGHUP] if sys.platform != "win32" else []),
]


@pytest.mark.parametrize("number", SIGNALS)
def test_a_signal_quits_while_the_event_loop_sleeps(qtbot: QtBot, number: signal.Signals):
    before = signal.getsignal(number)
    application = Application()
    signals = QuitSignals(application)
    try:
        QTimer.singleShot(0, application, lambda: os.kill(os.getpid(), number))
        qtbot.waitUntil(lambda: application.codes == [0])
    finally:
        signals.close()
    assert signal.getsignal(number) is before


def test_what_was_ignored_before_stays_ignored(qtbot: QtBot):
    number = SIGNALS[-1]
    before = signal.signal(number, signal.SIG_IGN)
    application = Application()
    signals = QuitSignals(application)
    try:
        assert signal.getsignal(number) is signal.SIG_IGN
        signals.close()
        assert signal.getsignal(number) is signal.SIG_IGN
    finally:
        signal.signal(number, before)


def test_garbage_is_collected_on_the_main_thread_only(qtbot: QtBot):
    owner = QObject()
    collector = MainThreadCollector(owner)
    collector.start()
    try:
        assert not gc.isenabled()
    finally:
        collector.stop()
    assert gc.isenabled()
    assert gc.get_freeze_count() == 0
