"""Leads from the doctor's button to an examination, never while a round runs."""

from PySide6.QtCore import QObject, Signal, Slot

from large_enough.domain.doctor import DoctorReport
from large_enough.domain.errors import ErrorInfo
from large_enough.ui.checkup import Checkup
from large_enough.ui.screens.arena import ArenaScreen
from large_enough.ui.screens.doctor import DoctorScreen
from large_enough.wording.translate import _


class DoctorFlow(QObject):
    """Has the machine examined when there is news to see, and whenever the user wants it.

    Signals:
        ended: An examination has ended; what came of it is shown.
    """

    ended = Signal()

    def __init__(
        self, checkup: Checkup, screen: DoctorScreen, arena: ArenaScreen, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._checkup = checkup
        self._screen = screen
        self._arena = arena
        self._is_examining = False
        self._is_due = True
        screen.shown.connect(self._on_shown)
        screen.check_wanted.connect(self._on_check_wanted)
        arena.running_changed.connect(self._on_others_changed)
        arena.making_changed.connect(self._on_others_changed)
        checkup.busy_changed.connect(self._on_others_changed)
        checkup.calibrated.connect(self.expect_news)
        checkup.examined.connect(self._on_examined)
        checkup.examination_failed.connect(self._on_failed)

    @Slot()
    def expect_news(self) -> None:
        """Have the machine examined anew when the screen is seen the next time."""
        self._is_due = True

    @Slot()
    def _on_shown(self) -> None:
        if self._is_due and self._screen.may_check:
            self._on_check_wanted()

    @Slot()
    def _on_check_wanted(self) -> None:
        if self._screen.may_check:
            self._is_examining, self._is_due = True, False
            self._screen.show_busy()
            self._arena.hinder(_("The doctor is looking at the machine: ask when it is done."))
            self._checkup.examine()

    @Slot(object)
    def _on_examined(self, report: DoctorReport) -> None:
        self._end()
        self._screen.show_report(report)
        self.ended.emit()

    @Slot(object)
    def _on_failed(self, error: ErrorInfo) -> None:
        self._end()
        self._is_due = True
        self._screen.show_failure(error)
        self.ended.emit()

    def _end(self) -> None:
        self._is_examining = False
        self._arena.hinder("")

    @Slot()
    def _on_others_changed(self) -> None:
        if self._is_examining:
            return
        self._screen.hinder(self._hindrance())
        if self._screen.isVisible():
            self._on_shown()

    def _hindrance(self) -> str:
        if self._arena.round_view.is_running:
            return _("A round is running. The doctor can look once it has ended.")
        if self._checkup.is_busy:
            return _("The battery is being calibrated. The doctor can look once that is done.")
        if self._arena.is_making:
            return _("A copy of a model is being made. The doctor can look once that is done.")
        return ""
