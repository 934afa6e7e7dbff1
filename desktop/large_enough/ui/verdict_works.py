"""Judges runs and writes reports about them, beside the window.

Everything that stands behind is imported when it is first needed: the window's start must not wait
for it. All methods may be called from any thread.
"""

import json
from typing import TYPE_CHECKING, NamedTuple

from large_enough.domain.costing import Costing
from large_enough.domain.pack_run import PackRunRecord
from large_enough.domain.verdict import RunVerdict
from large_enough.ui.run_services import RunArchive
from large_enough.ui.widgets.report_button import ReportForm

if TYPE_CHECKING:
    from large_enough.domain.claim import ClaimsView
    from large_enough.ui.verdict_paper import Printed


class Judged(NamedTuple):
    """A run with what it comes to."""

    record: PackRunRecord
    verdict: RunVerdict
    costing: Costing
    """The user's figures that the verdict was made with."""

    @property
    def run_id(self) -> str:
        """Of the run."""
        return self.record.plan.run_id


class VerdictWorks:
    """The verdicts of one user's runs."""

    def __init__(self, archive: RunArchive) -> None:
        self._archive = archive

    def judge(self, run_id: str, costing: Costing) -> Judged:
        """Read a run as far as it is, and say what it comes to."""
        from large_enough.comparison.verdict import verdict

        record = self._archive.read(run_id)
        return Judged(record, verdict(record, costing), costing)

    def document(self, judged: Judged, form: ReportForm) -> bytes:
        """Return a verdict as the content of a file.

        Raises:
            ValueError: It is not written but printed, or copied.
        """
        match form:
            case ReportForm.HTML:
                return _html(judged)
            case ReportForm.MARKDOWN:
                return _markdown(judged)
            case ReportForm.CSV:
                return _csv(judged)
            case ReportForm.JSON:
                return _json(judged)
            case ReportForm.PDF | ReportForm.CARD:
                message = f"{form} is no document"
                raise ValueError(message)

    def card(self, judged: Judged) -> str:
        """Return a verdict in a few lines."""
        from large_enough.report.verdict_card import verdict_card

        return verdict_card(judged.verdict, judged.record)

    def printed(self, judged: Judged) -> "Printed":
        """Return a verdict as a document to print."""
        from large_enough.report.verdict_document import verdict_document
        from large_enough.ui.verdict_paper import printed_report

        return printed_report(verdict_document(*_told(judged)), judged.verdict)


def _told(judged: Judged) -> "tuple[RunVerdict, PackRunRecord, Costing, ClaimsView]":
    """Return what documents are made of."""
    from large_enough.comparison.claims import claims_view

    return judged.verdict, judged.record, judged.costing, claims_view(judged.verdict)


def _html(judged: Judged) -> bytes:
    from large_enough.report.verdict_html import verdict_html

    return _encoded(verdict_html(*_told(judged)))


def _markdown(judged: Judged) -> bytes:
    from large_enough.report.verdict_markdown import verdict_markdown

    return _encoded(verdict_markdown(*_told(judged)))


def _csv(judged: Judged) -> bytes:
    from large_enough.report.round_csv import ENCODING
    from large_enough.report.verdict_csv import verdict_csv

    return verdict_csv(judged.verdict, judged.costing).encode(ENCODING, "replace")


def _json(judged: Judged) -> bytes:
    from large_enough.report.verdict_json import verdict_as_dict

    told = verdict_as_dict(*_told(judged))
    return _encoded(json.dumps(told, ensure_ascii=False, indent=2) + "\n")


def _encoded(text: str) -> bytes:
    """Return a text as bytes; halves of characters, which answers may hold, are written out."""
    return text.encode("utf-8", "backslashreplace")
