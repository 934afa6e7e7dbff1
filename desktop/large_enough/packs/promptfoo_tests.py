"""Makes questions of promptfoo's tests, as far as they can be judged without running code."""

import re
from collections.abc import Mapping
from typing import Any

from large_enough.packs.answers import json_text
from large_enough.packs.drafts import Draft
from large_enough.packs.kept_item import KEPT_NAME, KEPT_PACK, kept_head, kept_item
from large_enough.packs.table_head import CONTEXT, QUESTION, field_of
from large_enough.wording.translate import _

CODE = frozenset({"javascript", "python", "webhook", "ruby", "file"})
"""Assertions that run a stranger's code, or ask a stranger's server."""
_ALL = {"contains", "icontains", "contains-all", "icontains-all"}
_ANY = {"contains-any", "icontains-any"}
_FIELDS_KEPT = ("description", "threshold", "provider", "options", "assertScoringFunction")


def test_draft(row: int, test: object) -> Draft:
    """Return the question of one test; what cannot be judged here is noted, or refused.

    Args:
        row: Where it stands in the file.
        test: As promptfoo's JSON has it: `vars`, `assert`, `metadata`.
    """
    draft = Draft(row)
    if not isinstance(test, dict):
        draft.blame("", _("it is not an object in braces"))
        return draft
    metadata = test.get("metadata")
    metadata = dict(metadata) if isinstance(metadata, dict) else {}
    kept = metadata.pop(KEPT_NAME, None)
    head = kept_head(metadata.pop(KEPT_PACK, None))
    asserts = test.get("assert")
    asserts = asserts if isinstance(asserts, list) else []
    variables = test.get("vars")
    _put_question(draft, variables if isinstance(variables, dict) else {})
    _put_asserts(draft, asserts)
    _put_rest(draft, test, metadata)
    draft = kept_item(draft, kept, "promptfoo", shown_of(variables, asserts))
    draft.head = head
    return draft


def shown_of(variables: object, asserts: object) -> object:
    """Return what the note of this program is compared with."""
    return {"vars": variables, "assert": asserts}


def _put_question(draft: Draft, variables: Mapping[str, object]) -> None:
    texts = {name: json_text(value) for name, value in variables.items() if value is not None}
    names = {field_of(name): name for name in reversed(texts)}
    question = names.get(QUESTION) or (next(iter(texts)) if len(texts) == 1 else "")
    if not question:
        draft.blame("question", _("no variable is called “question”"))
        return
    draft.content["question"] = texts.pop(question)
    if names.get(CONTEXT) in texts:
        draft.content["context"] = texts.pop(names[CONTEXT])
    if names.get("id") in texts:
        draft.content["id"] = texts.pop(names["id"])
    if texts:
        draft.content["extra"] = {"vars": texts}
        listed = ", ".join(texts)
        problem = _("these variables are kept, but no part of the question: {names}")
        draft.note("question", problem.format(names=listed))


def _put_asserts(draft: Draft, asserts: list[object]) -> None:
    usable = []
    for one in asserts:
        kind = one.get("type") if isinstance(one, dict) else None
        if not isinstance(one, dict) or not isinstance(kind, str):
            draft.blame("assert", _("it is not an assertion"))
        elif kind.removeprefix("not-") in CODE:
            problem = _("“{name}” runs code from this file, which this program never does")
            draft.blame("assert", problem.format(name=kind))
        elif (key := _key(kind, one.get("value"))) is None:
            problem = _("“{name}” cannot be judged here and is left out").format(name=kind)
            draft.note("assert", problem)
        else:
            usable.append((kind, key))
    if not draft.faults:
        _put_keys(draft, usable)


def _put_keys(draft: Draft, keys: list[tuple[str, dict[str, Any]]]) -> None:
    if not keys:
        draft.content["type"] = "free"
        draft.note("type", _("nothing is left to judge it by, so people are to do it"))
        return
    first = keys[0][1]
    for kind, key in keys[1:]:
        if first["type"] == key["type"] == "contains":
            _join(first["answer"], key["answer"])
        else:
            problem = _("only one kind of assertion is judged; “{name}” is left out")
            draft.note("assert", problem.format(name=kind))
    draft.content.update(first)


def _join(first: dict[str, list[str]], other: dict[str, list[str]]) -> None:
    for name, texts in other.items():
        first.setdefault(name, []).extend(texts)


def _key(kind: str, value: object) -> dict[str, Any] | None:
    """Return the fields of an item that mean the same as an assertion; None if none do."""
    plain = kind.removeprefix("not-")
    texts = _texts(value)
    if plain in _ALL | _ANY and texts:
        if kind != plain:
            name = "none"
            if plain in {"contains-all", "icontains-all"} and len(texts) > 1:
                return None  # "not all of them" is something else than "none of them"
        else:
            name = "any" if plain in _ANY else "all"
        return {"type": "contains", "answer": {name: texts}}
    if kind == "equals" and len(texts) == 1:
        return {"type": "text", "answer": texts[0]}
    if kind == "regex" and len(texts) == 1:
        return {"type": "regex", "answer": texts[0], "case_sensitive": True}
    if kind == "starts-with" and len(texts) == 1:
        return {"type": "regex", "answer": rf"\A\s*{re.escape(texts[0])}", "case_sensitive": True}
    if kind == "is-json" and isinstance(value, dict):
        return {"type": "json", "json_schema": value}
    return None


def _texts(value: object) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return [json_text(part) for part in values if part is not None and json_text(part).strip()]


def _put_rest(draft: Draft, test: Mapping[str, object], metadata: dict[str, Any]) -> None:
    extra = dict(draft.content.get("extra", {}))
    if metadata:
        extra["metadata"] = metadata
    if isinstance(test.get("description"), str):
        extra["description"] = test["description"]
    for name in _FIELDS_KEPT[1:]:
        if test.get(name) is not None:
            draft.note("", _("“{name}” has no meaning here and is left out").format(name=name))
    if extra:
        draft.content["extra"] = extra
