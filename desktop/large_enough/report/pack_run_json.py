"""Turns a run into plain data for a JSON file."""

from typing import Any

import msgspec

from large_enough.domain.pack_run import PackRunRecord

EXPORT_SCHEMA_VERSION = 1
"""Changes when a key of the export changes its meaning or goes away."""


def pack_run_as_dict(record: PackRunRecord) -> dict[str, Any]:
    """Return everything about a run as dictionaries, lists, texts and numbers.

    With it a run can be graded again and analysed anew without its models. A number that is not
    available stands as `{"type": "unavailable", "reason": ...}`.
    """
    document = msgspec.to_builtins(record)
    for cell in (*document["cells"], *document["replaced"]):
        cell["option_log_probabilities"] = [
            number if abs(number) < float("inf") else None  # which JSON cannot hold
            for number in cell["option_log_probabilities"]
        ]
    return {"schema_version": EXPORT_SCHEMA_VERSION, "record": document}
