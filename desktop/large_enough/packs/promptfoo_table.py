"""Reads promptfoo's tests from a table: variables as columns, assertions in `__expected`."""

import re
from collections.abc import Sequence
from typing import Any

from large_enough.packs.cells import unsafe_cell
from large_enough.packs.drafts import Draft
from large_enough.packs.json_text import read_json
from large_enough.packs.promptfoo_tests import test_draft
from large_enough.packs.table import TableRow
from large_enough.wording.translate import _

EXPECTED = re.compile(r"__expected\d*")
METADATA = "__metadata:"
_TYPED = re.compile(r"(not-)?([a-z][a-z-]*)(?:\((\d{0,9}\.?\d{1,9})\))?:(.*)", re.DOTALL)
_PLAIN_TYPES = frozenset({"is-json", "contains-json", "is-refusal", "is-xml", "is-html", "is-sql"})
_TYPES_OF_CODE = frozenset({"fn", "eval", "grade"})
_TYPES = """
equals contains icontains contains-any contains-all icontains-any icontains-all regex starts-with
is-json contains-json is-xml contains-xml is-html contains-html is-sql contains-sql is-refusal
javascript python webhook ruby file fn eval grade similar levenshtein latency cost perplexity
perplexity-score rouge-n bleu gleu meteor f-score word-count finish-reason guardrails classifier
moderation select-best max-score llm-rubric g-eval factuality pi answer-relevance
context-faithfulness context-recall context-relevance model-graded-closedqa model-graded-factuality
is-valid-openai-function-call is-valid-openai-tools-call trace-span-count trace-span-duration
trace-error-spans assert-set
"""
_KNOWN = frozenset(_TYPES.split())


def is_promptfoo(names: Sequence[str]) -> bool:
    """Return whether the names of columns are those of promptfoo."""
    plain = [name.strip() for name in names]
    return any(EXPECTED.fullmatch(name) for name in plain) or any(
        name.startswith(METADATA) for name in plain
    )


def promptfoo_drafts(rows: Sequence[TableRow]) -> list[Draft]:
    """Return the questions of a table whose first row has the names of columns."""
    head, *rest = rows
    names = [name.strip() for name in head.cells]
    return [_draft(row, names) for row in rest]


def _draft(row: TableRow, names: Sequence[str]) -> Draft:
    test: dict[str, Any] = {"vars": {}, "assert": [], "metadata": {}}
    dropped: list[str] = []
    for name, raw in zip(names, row.cells, strict=False):
        cell = unsafe_cell(raw)
        if not cell.strip():
            continue
        if EXPECTED.fullmatch(name):
            test["assert"].append(assertion(cell))
        elif name.startswith(METADATA):
            _put_metadata(test["metadata"], name.removeprefix(METADATA), cell)
        elif name == "__description":
            test["description"] = cell
        elif name.startswith("__"):
            dropped.append(name)
        elif name:
            test["vars"][name] = cell
    draft = test_draft(row.number, test)
    for name in dropped:
        draft.note("", _("“{name}” has no meaning here and is left out").format(name=name))
    return draft


def assertion(cell: str) -> dict[str, Any]:
    """Return an assertion as promptfoo's JSON has it, from its short form "type:value"."""
    text = cell.strip()
    if text in _PLAIN_TYPES:
        return {"type": text}
    match = _TYPED.fullmatch(text)
    if match is None or match[2] not in _KNOWN:
        return {"type": "equals", "value": cell}
    if match[2] in _TYPES_OF_CODE:
        return {"type": "javascript", "value": match[4]}
    value: object = match[4].strip()
    if match[2].endswith(("-any", "-all")):
        value = [part.strip() for part in match[4].split(",") if part.strip()]
    elif match[2] in {"is-json", "contains-json"}:
        value = read_json(match[4]).value
    return {"type": (match[1] or "") + match[2], "value": value}


def _put_metadata(metadata: dict[str, Any], name: str, cell: str) -> None:
    if name.endswith("[]"):
        metadata[name[:-2]] = [part.strip() for part in cell.split(",") if part.strip()]
    else:
        metadata[name] = cell
