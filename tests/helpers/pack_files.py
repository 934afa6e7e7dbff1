"""Packs in their file form, for tests that break them in one place."""

import copy
from typing import Any

_ITEMS: dict[str, dict[str, Any]] = {
    "choice": {"choices": ["Billing", "Fraud", "Cards"], "answer": "Fraud"},
    "multi_choice": {"choices": ["a", "b", "c"], "answer": ["a", "c"], "shuffle": False},
    "label": {"labels": ["fee", "card"], "answer": "fee"},
    "number": {
        "answer": 27.5,
        "unit": "EUR",
        "units": {"ct": 0.01},
        "tolerance": {"abs": 0.005, "rel": 0},
    },
    "text": {"answer": ["Paris", "City of Paris"], "normalise": {"case": False}},
    "contains": {"answer": {"all": ["fee"], "none": ["free"]}},
    "regex": {"answer": r"\bIBAN\b", "case_sensitive": True},
    "list": {"answer": ["red", ["blue", "azure"]], "ordered": True},
    "date": {"answer": "2026-03-01"},
    "json": {"answer": {"amount": 12}, "json_schema": {"type": "object"}, "compare": "exact"},
    "unanswerable": {"context": "Nothing of it."},
    "free": {"answer": "A friendly letter.", "keywords": ["polite"]},
}


def pack_file(*types: str, **fields: Any) -> dict[str, Any]:
    """Return a sound pack.

    Args:
        types: Of its items, each called as its type; all there are by default.
        fields: Of the pack, in place of the usual ones.
    """
    items = [item_file(each) for each in types or _ITEMS]
    usual = {"schema": "pack/1", "id": "bank", "version": "1.0.0", "title": "Bank", "items": items}
    return usual | fields


def item_file(answer_type: str, **fields: Any) -> dict[str, Any]:
    """Return a sound item of a type; fields that are given as `...` are left out."""
    usual = {"id": answer_type, "type": answer_type, "question": f"What is the {answer_type}?"}
    item = usual | copy.deepcopy(_ITEMS[answer_type]) | fields
    return {name: value for name, value in item.items() if value is not ...}


TYPES = tuple(_ITEMS)
