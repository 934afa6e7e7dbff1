"""Turns a thorough measurement into plain data for a JSON file."""

from typing import Any

import msgspec

from large_enough.comparison.thorough_figures import thorough_figures
from large_enough.comparison.thorough_sentence import thorough_sentence
from large_enough.domain.thorough import ThoroughRecord

SCHEMA_VERSION = 1
"""Changes when a key changes its meaning or goes away."""


def thorough_as_dict(record: ThoroughRecord) -> dict[str, Any]:
    """Return what was measured and what came out; the rounds stand elsewhere.

    Returns:
        `settings`, `end`, `idle_before`, `idle_after`, `figures` (medians by letter, ratios to the
        first contender, flags) and `sentence`.
    """
    return {
        "schema_version": SCHEMA_VERSION,
        "session_id": record.session_id,
        "started_utc": record.started_utc,
        "settings": msgspec.to_builtins(record.plan.settings),
        "end": record.end.value,
        "idle_before": msgspec.to_builtins(record.idle_before),
        "idle_after": msgspec.to_builtins(record.idle_after),
        "figures": msgspec.to_builtins(thorough_figures(record)),
        "sentence": thorough_sentence(record),
    }
