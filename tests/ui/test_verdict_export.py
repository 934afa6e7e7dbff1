"""A verdict is written into files, printed and copied; a full disk is told."""

import errno
import json
from collections.abc import Callable

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot
from tests.helpers.verdicts import example_record
from tests.ui.fake_runs import FakeRuns
from tests.ui.program import Program

from large_enough.ui.widgets.report_button import ReportForm


@pytest.fixture
def program_with_verdict(qtbot: QtBot, program: Program, runs: FakeRuns) -> Program:
    """Shows the verdict of three models."""
    runs.keep(example_record("+-" * 10, "++-+" * 5, "+++-" * 5))
    program.start(qtbot)
    program.window.rail.verdict.click()
    qtbot.waitUntil(program.verdict.page.isVisible)
    return program


@pytest.fixture
def export(
    qtbot: QtBot, program_with_verdict: Program, runs: FakeRuns
) -> Callable[[ReportForm], bytes]:
    """Has the verdict written; returns what stands in the file."""

    def exported(form: ReportForm) -> bytes:
        action = next(
            action
            for action in program_with_verdict.verdict.report_button.forms.actions()
            if action.data() is form
        )
        action.trigger()
        (dialog,) = program_with_verdict.window.findChildren(QFileDialog)
        (name,) = dialog.selectedFiles()
        assert name.endswith(f"retail-banking-verdict.{form.value}")
        dialog.fileSelected.emit(f"/tmp/report.{form.value}")
        dialog.reject()
        qtbot.waitUntil(lambda: bool(program_with_verdict.window.notices.words))
        return runs.saved.get(f"/tmp/report.{form.value}", b"")

    return exported


def notice(program: Program) -> str:
    return program.window.notices.words


def test_a_page_is_written_with_the_sentence(
    export: Callable[[ReportForm], bytes], program_with_verdict: Program
):
    page = export(ReportForm.HTML).decode()
    assert page.rstrip().endswith("</html>")
    assert "Retail banking" in page
    assert notice(program_with_verdict) == "Written: report.html"


def test_text_is_written(export: Callable[[ReportForm], bytes]):
    assert export(ReportForm.MARKDOWN).decode().startswith("#")


def test_a_table_for_spreadsheets_is_written(export: Callable[[ReportForm], bytes]):
    assert export(ReportForm.CSV).decode("utf-8-sig").count("\n") > 10


def test_data_are_written(export: Callable[[ReportForm], bytes]):
    assert "verdict" in json.loads(export(ReportForm.JSON))


def test_it_is_printed(export: Callable[[ReportForm], bytes]):
    data = export(ReportForm.PDF)
    assert data.startswith(b"%PDF-")
    assert data.count(b"/Type /Page\n") >= 4
    assert b"/Subtype /Image" not in data


@pytest.mark.parametrize("form", [ReportForm.HTML, ReportForm.PDF])
def test_a_full_disk_is_told(
    export: Callable[[ReportForm], bytes],
    program_with_verdict: Program,
    runs: FakeRuns,
    form: ReportForm,
):
    runs.save_failure = OSError(errno.ENOSPC, "No space left on device")
    assert export(form) == b""
    words = notice(program_with_verdict)
    assert words == f"report.{form.value} could not be written: No space left on device"


def test_a_card_is_copied(qtbot: QtBot, program_with_verdict: Program):
    forms = program_with_verdict.verdict.report_button.forms
    forms.actions()[-1].trigger()
    qtbot.waitUntil(lambda: bool(notice(program_with_verdict)))
    assert "Retail banking" in QGuiApplication.clipboard().text()
    assert "|" in QGuiApplication.clipboard().text()


def test_the_chart_is_saved_as_a_picture(
    qtbot: QtBot, program_with_verdict: Program, runs: FakeRuns
):
    menu = program_with_verdict.verdict.page.chart.save_menu
    menu.actions()[1].trigger()
    (dialog,) = program_with_verdict.window.findChildren(QFileDialog)
    dialog.fileSelected.emit("/tmp/chart.svg")
    dialog.reject()
    qtbot.waitUntil(lambda: "/tmp/chart.svg" in runs.saved)
    assert b"<svg" in runs.saved["/tmp/chart.svg"]
