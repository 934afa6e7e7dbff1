"""What can be done with a run that nothing works on: judge, fix a key, ask again, export."""

import datetime
import pathlib

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QMessageBox, QWidget

from large_enough.comparison.pack_run_limits import (
    has_come_through,
    limit_troubles,
    proposed_limits,
    with_raised_limits,
)
from large_enough.comparison.run_matrix import RunMatrix
from large_enough.domain.errors import ErrorInfo, RequestError
from large_enough.domain.grade import HandGrade
from large_enough.domain.pack import Pack
from large_enough.domain.pack_run import Cell, CellKey, PackRunRecord
from large_enough.domain.text import harmless_line
from large_enough.ui.background import Background
from large_enough.ui.run_rows import RunRow
from large_enough.ui.run_services import RunArchive
from large_enough.ui.save_dialog import save_dialog
from large_enough.ui.screens.pack_run import PackRunScreen
from large_enough.ui.widgets.hand_grade_box import HandGradeBox
from large_enough.ui.widgets.key_fix_box import KeyFixBox
from large_enough.ui.widgets.run_export_button import RunFormat
from large_enough.wording.failures import explain
from large_enough.wording.translate import _


class RunCare(QObject):
    """Asks the user and has it done beside the window.

    Signals:
        renewed: The run in view has other grades now: `PackRunRecord`.
        again_planned: Cut answers are to be asked again: `PackRunPlan`, and the `RunMatrix` without
            them.
        deleted: A run is gone.
        noticed: Something that the user should know, in words.
        failed: Something did not work: `ErrorInfo`.
    """

    renewed = Signal(object)
    again_planned = Signal(object, object)
    deleted = Signal()
    noticed = Signal(str)
    failed = Signal(object)

    def __init__(
        self, screen: PackRunScreen, archive: RunArchive, background: Background, window: QWidget
    ) -> None:
        super().__init__(window)
        self._screen = screen
        self._archive = archive
        self._background = background
        self._window = window
        self._record: PackRunRecord | None = None
        self._who = ""
        self._doomed: RunRow | None = None
        self._form = RunFormat.CSV
        view = screen.view
        view.detail.judging_wanted.connect(self._on_judging_wanted)
        view.detail.key_fix_wanted.connect(self._on_key_fix_wanted)
        view.limits.again_wanted.connect(self._on_again_wanted)
        view.export_button.format_chosen.connect(self._on_export_wanted)
        screen.runs.deletion_wanted.connect(self._on_deletion_wanted)

    def show_record(self, record: PackRunRecord) -> None:
        """Take note of the run in view, and say where limits spoilt its answers."""
        self._record = record
        self._screen.view.limits.show_troubles(
            limit_troubles(record),
            proposed_limits(record),
            is_complete=has_come_through(record),
        )

    def tell_of_contender(self, letter: str, problem: ErrorInfo) -> None:
        """Say why a contender could not go on."""
        words = explain(problem)
        self.noticed.emit(
            _("Contender {letter} could not go on. {happened} {next_step}").format(
                letter=letter, happened=words.happened, next_step=words.next_step
            )
        )

    # --- judging

    @Slot(object)
    def _on_judging_wanted(self, cell: Cell) -> None:
        box = HandGradeBox(self._screen.theme, cell, self._who, _utc_now, self._window)
        box.judged.connect(self._on_judged)
        box.open()

    @Slot(object, object)
    def _on_judged(self, key: CellKey, grade: HandGrade | None) -> None:
        if grade is not None:
            self._who = grade.who
        run_id = self._screen.view.run_id

        def work() -> PackRunRecord:
            return self._archive.judge(run_id, key, grade)

        self._background.run("judge", work, self._on_renewed, self.failed.emit)

    # --- keys

    @Slot()
    def _on_key_fix_wanted(self) -> None:
        record = self._record
        if record is None or record.plan.run_id != self._screen.view.run_id:
            return
        item = record.plan.pack.item(self._screen.view.detail.item_id)
        box = KeyFixBox(self._screen.theme, record.plan.pack, item, self._window)
        box.fixed.connect(self._on_key_fixed)
        box.open()

    @Slot(object, str)
    def _on_key_fixed(self, pack: Pack, why: str) -> None:
        run_id = self._screen.view.run_id

        def work() -> PackRunRecord:
            return self._archive.regrade(run_id, pack, why)

        self._background.run("regrade", work, self._on_regraded, self.failed.emit)

    def _on_regraded(self, record: PackRunRecord) -> None:
        self.noticed.emit(_("All recorded answers were graded again; no model was needed."))
        self._on_renewed(record)

    def _on_renewed(self, record: PackRunRecord) -> None:
        if record.plan.run_id == self._screen.view.run_id:
            self.renewed.emit(record)

    # --- limits

    @Slot()
    def _on_again_wanted(self) -> None:
        record = self._record
        if record is None or record.plan.run_id != self._screen.view.run_id:
            return
        try:
            plan = with_raised_limits(record, max_tokens=None, longest_s=None, utc=_utc_now())
        except RequestError as error:
            self.failed.emit(error.info)
            return
        again = frozenset(plan.rises[-1].keys)
        cells = [cell for cell in record.cells if cell.key not in again]
        self.again_planned.emit(plan, RunMatrix(record.plan, cells))

    # --- files

    @Slot(object)
    def _on_export_wanted(self, form: RunFormat) -> None:
        matrix = self._screen.view.matrix
        if matrix is None:
            return
        self._form = form
        name = f"{harmless_line(matrix.plan.pack.id)}.{form.value}"
        dialog = save_dialog(self._window, _("Export this run"), name, form.value)
        dialog.fileSelected.connect(self.export_to)
        dialog.open()

    @Slot(str)
    def export_to(self, path: str) -> None:
        """Write the run in view into a file."""
        run_id, form = self._screen.view.run_id, self._form

        def work() -> str:
            record = self._archive.read(run_id)
            try:
                self._archive.save(path, self._archive.document(record, form))
            except OSError as error:
                return _("{file} could not be written: {reason}").format(
                    file=pathlib.Path(path).name, reason=error.strerror or str(error)
                )
            return _("Written: {file}").format(file=pathlib.Path(path).name)

        self._background.run("export", work, self.noticed.emit, self.failed.emit)

    # --- deleting

    @Slot(object)
    def _on_deletion_wanted(self, row: RunRow) -> None:
        self._doomed = row
        box = QMessageBox(self._window)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setWindowTitle(_("Delete a run"))
        box.setText(_("Delete this run of “{title}” with all its answers?").format(title=row.title))
        box.setInformativeText(_("This cannot be undone. The pack and the models stay."))
        box.addButton(_("Delete the run"), QMessageBox.ButtonRole.AcceptRole)
        keep = box.addButton(_("Keep it"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(keep)
        box.setEscapeButton(keep)
        box.accepted.connect(self._on_deletion_confirmed)
        box.open()

    @Slot()
    def _on_deletion_confirmed(self) -> None:
        row, self._doomed = self._doomed, None
        if row is None:
            return

        def work() -> str:
            self._archive.delete(row.run_id)
            return row.title

        self._background.run("delete", work, self._on_deleted, self.failed.emit)

    def _on_deleted(self, _title: str) -> None:
        self.deleted.emit()


def _utc_now() -> str:
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
