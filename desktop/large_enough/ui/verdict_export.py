"""Writes the verdict in view into files, and copies it."""

import pathlib
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from large_enough.domain.text import harmless_line
from large_enough.ui.background import Background
from large_enough.ui.drawing_files import Picture, drawing_bytes
from large_enough.ui.run_services import RunArchive
from large_enough.ui.save_dialog import save_dialog
from large_enough.ui.screens.verdict import VerdictScreen
from large_enough.ui.verdict_works import Judged, VerdictWorks
from large_enough.ui.widgets.report_button import ReportForm
from large_enough.wording.translate import _

if TYPE_CHECKING:
    from large_enough.figures.primitives import Drawing
    from large_enough.ui.verdict_paper import Printed


class VerdictExport(QObject):
    """Asks where to, has the document made beside the window, and tells what came of it.

    Signals:
        noticed: Something that the user should know, in words.
        failed: Something did not work: `ErrorInfo`.
    """

    noticed = Signal(str)
    failed = Signal(object)

    def __init__(
        self,
        screen: VerdictScreen,
        works: VerdictWorks,
        archive: RunArchive,
        background: Background,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._works = works
        self._archive = archive
        self._background = background
        self._window = window
        self._judged: Judged | None = None
        screen.report_button.form_chosen.connect(self._on_form_chosen)
        screen.page.saving_wanted.connect(self._on_saving_wanted)

    def show(self, judged: Judged | None) -> None:
        """Take note of what is in view."""
        self._judged = judged

    @Slot(object)
    def _on_form_chosen(self, form: ReportForm) -> None:
        judged = self._judged
        if judged is None:
            return
        if form is ReportForm.CARD:
            self._copy_card(judged)
            return
        dialog = save_dialog(self._window, _("Export the report"), _file_name(judged, form.value))

        def on_selected(path: str) -> None:
            self._write(judged, form, path)

        dialog.fileSelected.connect(on_selected)
        dialog.open()

    def _copy_card(self, judged: Judged) -> None:
        def work() -> str:
            return self._works.card(judged)

        self._background.run("card", work, self._on_card_made, self.failed.emit)

    def _on_card_made(self, card: str) -> None:
        QGuiApplication.clipboard().setText(card)
        self.noticed.emit(_("Copied: a short card of this verdict."))

    def _write(self, judged: Judged, form: ReportForm, path: str) -> None:
        if form is ReportForm.PDF:
            self._print(judged, path)
            return

        def work() -> str:
            return self._saved(path, self._works.document(judged, form))

        self._background.run("report", work, self.noticed.emit, self.failed.emit)

    def _print(self, judged: Judged, path: str) -> None:
        """Have the document made beside the window, and print it here: only here Qt may."""

        def work() -> "Printed":
            return self._works.printed(judged)

        def on_made(printed: "Printed") -> None:
            from large_enough.ui.paper import pdf_bytes

            self._save(path, pdf_bytes(*printed))

        self._background.run("report", work, on_made, self.failed.emit)

    @Slot(object, object)
    def _on_saving_wanted(self, drawing: "Drawing", picture: Picture) -> None:
        judged = self._judged
        if judged is None:
            return
        dialog = save_dialog(self._window, _("Save the chart"), _file_name(judged, picture.value))

        def on_selected(path: str) -> None:
            self._save(path, drawing_bytes(drawing, picture))

        dialog.fileSelected.connect(on_selected)
        dialog.open()

    def _save(self, path: str, data: bytes) -> None:
        def work() -> str:
            return self._saved(path, data)

        self._background.run("save", work, self.noticed.emit, self.failed.emit)

    def _saved(self, path: str, data: bytes) -> str:
        """Write a file; return in words what came of it."""
        name = pathlib.Path(path).name
        try:
            self._archive.save(path, data)
        except OSError as error:
            words = _("{file} could not be written: {reason}")
            return words.format(file=name, reason=error.strerror or str(error))
        return _("Written: {file}").format(file=name)


def _file_name(judged: Judged, ending: str) -> str:
    stem = harmless_line(judged.record.plan.pack.id)[:60] or "run"
    return f"{stem}-verdict.{ending}"
