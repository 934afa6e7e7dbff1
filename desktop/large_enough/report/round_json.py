"""Turns a round into plain data for a JSON file."""

from typing import Any

import msgspec

from large_enough.domain.costing import Costing
from large_enough.domain.generation import Timing
from large_enough.domain.round import AnswerResult, Failed, RoundRecord
from large_enough.report.comparison_table import comparison_rows
from large_enough.report.round_facts import round_facts
from large_enough.wording.failures import explain
from large_enough.wording.summary import round_sentence

EXPORT_SCHEMA_VERSION = 1
"""Changes when a key of the export changes its meaning or goes away."""


def round_as_dict(record: RoundRecord, costing: Costing | None = None) -> dict[str, Any]:
    """Return everything about a round as dictionaries, lists, texts and numbers.

    A number that is not available stands as `{"type": "unavailable", "reason": ...}`. Keys come in
    the order of the records' fields, always the same.

    Args:
        record: The round.
        costing: The user's price and grid intensity; None for none.

    Returns:
        `record`: every field; `derived`: by letter, the speeds computed from them; `failures`: by
        letter, what happened in words; `rows`: the comparison; `facts`: small print about the
        whole round; `sentence`: the result in words.
    """
    return {
        "schema_version": EXPORT_SCHEMA_VERSION,
        "record": msgspec.to_builtins(record),
        "derived": {
            result.letter: _derived(timing)
            for result in record.results
            if (timing := _timing(result)) is not None
        },
        "failures": {
            result.letter: msgspec.to_builtins(explain(result.error))
            for result in record.results
            if isinstance(result, Failed)
        },
        "rows": msgspec.to_builtins(comparison_rows(record, costing)),
        "facts": list(round_facts(record, costing)),
        "sentence": round_sentence(record),
    }


def _timing(result: AnswerResult) -> Timing | None:
    if isinstance(result, Failed) or result.answer is None:
        return None
    return result.answer.timing


def _derived(timing: Timing) -> dict[str, Any]:
    speeds = {
        "prompt_tokens_per_s": timing.prompt_tokens_per_s,
        "generation_tokens_per_s": timing.generation_tokens_per_s,
        "characters_per_s": timing.characters_per_s,
    }
    return {name: msgspec.to_builtins(speed) for name, speed in speeds.items()}
