"""Writes the results of a run for other programs."""

import json
from pathlib import Path
from typing import Any

import msgspec

from large_enough.comparison.pack_judge import flip_rate
from large_enough.comparison.pack_run_health import run_health
from large_enough.comparison.pack_run_summary import pair_counts, summaries
from large_enough.comparison.run_matrix import small_and_large
from large_enough.domain.errors import FailureKind, RequestError
from large_enough.domain.pack_run import PackRunRecord
from large_enough.report.pack_run_comparator import pack_run_for_comparator
from large_enough.report.pack_run_csv import pack_run_csv
from large_enough.report.pack_run_json import pack_run_as_dict
from large_enough.report.round_csv import ENCODING
from large_enough.resources.files import replace_file
from large_enough.wording.translate import _

COMPARATOR_SUFFIX = ".comparator.json"
FEWEST_COMPARED = 2
ENDINGS = (".json", ".csv")
"""Of files that results are written to; that for LLM Comparator is one of these, too."""


def run_document(record: PackRunRecord) -> dict[str, Any]:
    """Return everything about a run, with the figures made of it."""
    return {
        **pack_run_as_dict(record),
        "summaries": msgspec.to_builtins(summaries(record)),
        "pairs": msgspec.to_builtins(pair_counts(record)),
        "health": msgspec.to_builtins(run_health(record)),
        "judge_flip_rate": msgspec.to_builtins(flip_rate(record.judgements)),
    }


def write_results(path: Path, record: PackRunRecord) -> None:
    """Write a file; the end of its name says in which form.

    Raises:
        RequestError: The name has another end, or the form needs two contenders.
        OSError: It cannot be written.
    """
    replace_file(path.parent, path.name, results_as(path.name, record))


def check_ending(name: str) -> None:
    """Refuse a file name whose ending does not say in which form to write.

    Raises:
        RequestError: BAD_SETTING.
    """
    if not name.endswith(ENDINGS):
        problem = _("it must end in .json, .csv or .comparator.json")
        raise RequestError(FailureKind.BAD_SETTING, name, problem=problem)


def results_as(name: str, record: PackRunRecord) -> bytes:
    """Return the content of a file of that name.

    Raises:
        RequestError: The name ends otherwise, or the form needs two contenders.
    """
    check_ending(name)
    if name.endswith(".csv"):
        return pack_run_csv(record).encode(ENCODING, "replace")
    return _json(_compared(record) if name.endswith(COMPARATOR_SUFFIX) else run_document(record))


def _compared(record: PackRunRecord) -> dict[str, Any]:
    letters = [contender.letter for contender in record.plan.contenders]
    if len(letters) < FEWEST_COMPARED:
        problem = _("this form shows two contenders side by side")
        raise RequestError(FailureKind.BAD_SETTING, COMPARATOR_SUFFIX, problem=problem)
    first, second = small_and_large(record.plan.contenders) or letters[:FEWEST_COMPARED]
    return pack_run_for_comparator(record, first, second)


def _json(document: object) -> bytes:
    text = json.dumps(document, ensure_ascii=False, indent=2)
    return text.encode("utf-8", "backslashreplace") + b"\n"
