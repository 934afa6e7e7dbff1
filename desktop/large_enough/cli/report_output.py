"""Writes the report of a run in the form that the end of a file's name says."""

import json
from dataclasses import dataclass
from typing import Any

from large_enough.domain.claim import ClaimsView
from large_enough.domain.costing import Costing
from large_enough.domain.errors import FailureKind, RequestError
from large_enough.domain.pack_run import PackRunRecord
from large_enough.domain.verdict import RunVerdict
from large_enough.report.round_csv import ENCODING
from large_enough.report.verdict_card import verdict_card
from large_enough.report.verdict_csv import verdict_csv
from large_enough.report.verdict_html import verdict_html
from large_enough.report.verdict_json import verdict_as_dict
from large_enough.report.verdict_markdown import verdict_markdown
from large_enough.wording.translate import _

_MARKDOWN_ENDS = (".md", ".markdown")
_PAGE_ENDS = (".html", ".htm")


@dataclass(frozen=True, slots=True, kw_only=True)
class RunReport:
    """A run with its verdict, ready to be written."""

    verdict: RunVerdict
    record: PackRunRecord
    costing: Costing
    claims: ClaimsView | None = None

    def document(self) -> dict[str, Any]:
        """Return everything as plain data."""
        return verdict_as_dict(self.verdict, self.record, self.costing, self.claims)

    def card(self) -> str:
        """Return the short form."""
        return verdict_card(self.verdict, self.record)

    def content(self, name: str, *, is_card: bool = False, is_json: bool = False) -> bytes:
        """Return the content of a file.

        Args:
            name: Of the file; its end says which form.
            is_card: Whether the short form is wanted, in Markdown.
            is_json: Whether everything is wanted as JSON.

        Raises:
            RequestError: BAD_SETTING: the name ends otherwise, or the form has another end.
        """
        end = name.lower()
        if is_card:
            _check(name, end.endswith(_MARKDOWN_ENDS), _("a card must end in .md"))
            return _encoded(self.card())
        if is_json:
            _check(name, end.endswith(".json"), _("JSON must end in .json"))
        if end.endswith(_PAGE_ENDS):
            return _encoded(verdict_html(self.verdict, self.record, self.costing, self.claims))
        if end.endswith(_MARKDOWN_ENDS):
            return _encoded(verdict_markdown(self.verdict, self.record, self.costing, self.claims))
        if end.endswith(".csv"):
            return verdict_csv(self.verdict, self.costing).encode(ENCODING, "replace")
        _check(name, end.endswith(".json"), _("it must end in .html, .md, .csv or .json"))
        text = json.dumps(self.document(), ensure_ascii=False, indent=2, allow_nan=False)
        return text.encode("utf-8", "backslashreplace") + b"\n"


def _check(name: str, is_good: bool, problem: str) -> None:
    if not is_good:
        raise RequestError(FailureKind.BAD_SETTING, name, problem=problem)


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "replace")
