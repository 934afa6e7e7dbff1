"""Turns the report of a run into plain data for a JSON file."""

import math
from typing import Any

import msgspec

from large_enough.domain.claim import ClaimsView
from large_enough.domain.costing import Costing
from large_enough.domain.model_card import ModelCard, file_name_of
from large_enough.domain.pack_run import PackRunRecord
from large_enough.domain.round import Contender
from large_enough.domain.verdict import RunVerdict
from large_enough.report.verdict_command import repeat_command
from large_enough.report.verdict_document import verdict_document
from large_enough.report.verdict_figures import UNITS
from large_enough.wording.translate import language_in_use

SCHEMA = "large-enough-verdict"
SCHEMA_VERSION = 1
"""Changes when a key of the export changes its meaning or goes away."""


def verdict_as_dict(
    verdict: RunVerdict,
    record: PackRunRecord,
    costing: Costing | None = None,
    claims: ClaimsView | None = None,
) -> dict[str, Any]:
    """Return everything about a verdict as dictionaries, lists, texts and numbers.

    Shares and differences are 0 to 1, names of numbers end in their unit, and a number that is not
    available stands as `{"type": "unavailable", "reason": ...}`. Files lose their folders.

    Args:
        verdict: What the run comes to.
        record: The run.
        costing: The user's price and grid intensity that the verdict was made with; None for none.
        claims: The video's claims beside this run's figures; None to leave them out.

    Returns:
        `verdict`: every field; `document`: the same in words and tables, in the chosen language;
        `units`: of costs; `costing`: the user's figures; `repeat`: the command to repeat it.
    """
    return {
        "schema": SCHEMA,
        "schema_version": SCHEMA_VERSION,
        "language": language_in_use(),
        "units": {measure.value: unit for measure, unit in UNITS.items()},
        "costing": msgspec.to_builtins(costing or Costing()),
        "repeat": repeat_command(verdict.plan),
        "verdict": _finite(msgspec.to_builtins(_without_folders(verdict))),
        "document": msgspec.to_builtins(verdict_document(verdict, record, costing, claims)),
    }


def _without_folders(verdict: RunVerdict) -> RunVerdict:
    plan = msgspec.structs.replace(
        verdict.plan, contenders=tuple(map(_without_folder, verdict.plan.contenders))
    )
    return msgspec.structs.replace(
        verdict, plan=plan, contenders=tuple(map(_without_folder, verdict.contenders))
    )


def _without_folder(contender: Contender) -> Contender:
    return msgspec.structs.replace(contender, card=_card(contender.card))


def _card(card: ModelCard) -> ModelCard:
    adapter = card.adapter
    if adapter is not None:
        adapter = msgspec.structs.replace(adapter, path=file_name_of(adapter.path))
    return msgspec.structs.replace(card, path=file_name_of(card.path), adapter=adapter)


def _finite(value: Any) -> Any:  # noqa: ANN401 - whatever a record is made of
    """Return the same without numbers that JSON cannot hold."""
    if isinstance(value, dict):
        return {key: _finite(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_finite(inner) for inner in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value
