"""Writes packs as tests of promptfoo."""

import json
import re
from collections.abc import Sequence
from typing import Any

import msgspec

from large_enough.domain.answer_words import ANSWER_MARK
from large_enough.domain.pack import (
    ChoiceKey,
    ContainsKey,
    JsonKey,
    LabelKey,
    ListKey,
    MultiChoiceKey,
    NumberKey,
    Pack,
    PackItem,
    RegexKey,
)
from large_enough.domain.pack_fault import Fault
from large_enough.packs.asking import asked
from large_enough.packs.csv_writing import csv_bytes
from large_enough.packs.item_writing import plain_number
from large_enough.packs.kept_item import KEPT_NAME, KEPT_PACK, head_note, note_of
from large_enough.packs.plain_answers import plain_answers
from large_enough.packs.promptfoo_table import METADATA, assertion
from large_enough.packs.promptfoo_tests import shown_of
from large_enough.wording.translate import _

_TEMPLATE_SIGNS = re.compile(r"\{\{|\{%|\{#")
_SIGNS = r"[\s*$(]*"  # what models put between the mark and the answer
_SEED = 0


class Written(msgspec.Struct, frozen=True, kw_only=True):
    """A file, and what it cannot say."""

    content: bytes
    notes: tuple[Fault, ...]


def promptfoo_csv(pack: Pack) -> Written:
    """Return a pack as a table for promptfoo; the prompt there is {{question}}."""
    rows, notes = [], []
    for place, item in enumerate(pack.items, 1):
        variables, asserts, lost = _parts(pack, item)
        cells = [_short(one) for one in asserts]
        row = dict(variables)
        row.update({f"__expected{number}": cell for number, cell in enumerate(cells, 1)})
        note = note_of(item, shown_of(variables, [assertion(cell) for cell in cells]))
        row[METADATA + KEPT_NAME] = _dumped(note)
        if place == 1:
            row[METADATA + KEPT_PACK] = _dumped(head_note(pack))
        rows.append(row)
        notes += [Fault(row=place, item=item.id, problem=problem) for problem in lost]
    return Written(content=csv_bytes(rows), notes=tuple(notes))


def promptfoo_json(pack: Pack) -> Written:
    """Return a pack as a list of tests for promptfoo; the prompt there is {{question}}."""
    tests, notes = _tests(pack)
    text = json.dumps(tests, ensure_ascii=False, allow_nan=False, indent=2)
    return Written(content=text.encode() + b"\n", notes=notes)


def promptfoo_jsonl(pack: Pack) -> Written:
    """Return a pack as JSON lines for promptfoo, one test each."""
    tests, notes = _tests(pack)
    return Written(content="".join(_dumped(test) + "\n" for test in tests).encode(), notes=notes)


def _tests(pack: Pack) -> tuple[list[dict[str, Any]], tuple[Fault, ...]]:
    tests, notes = [], []
    for place, item in enumerate(pack.items, 1):
        variables, asserts, lost = _parts(pack, item)
        metadata = {KEPT_NAME: note_of(item, shown_of(variables, asserts))}
        if place == 1:
            metadata[KEPT_PACK] = head_note(pack)
        tests.append({"vars": variables, "assert": asserts, "metadata": metadata})
        notes += [Fault(row=place, item=item.id, problem=problem) for problem in lost]
    return tests, tuple(notes)


def _parts(pack: Pack, item: PackItem) -> tuple[dict[str, str], list[dict[str, Any]], list[str]]:
    """Return variables, assertions, and what they do not say."""
    one = asked(pack, item, seed=_SEED)
    question, lost = _raw(one.prompt)
    if pack.system_prompt:
        lost.append(_("the system message is not a part of it"))
    asserts = _asserts(pack, item, one.shown_choices, lost)
    return {"question": question}, asserts, lost


def _raw(prompt: str) -> tuple[str, list[str]]:
    """Return a prompt in which promptfoo's template language finds nothing to do."""
    if not _TEMPLATE_SIGNS.search(prompt):
        return prompt, []
    if "endraw" in prompt:
        return prompt, [_("promptfoo takes double braces in it for its own")]
    return f"{{% raw %}}{prompt}{{% endraw %}}", []


def _asserts(
    pack: Pack, item: PackItem, shown: tuple[str, ...], lost: list[str]
) -> list[dict[str, Any]]:
    answers = plain_answers(item.key, shown, pack.language)
    match item.key:
        case ChoiceKey() | MultiChoiceKey():
            between = r"[\s,]*(?:and)?\s*"
            pattern = between.join(answers[0].split(", "))
            return [_regex(rf"{ANSWER_MARK}{_SIGNS}{pattern}\b(?!\s*,)")]
        case NumberKey() as key:
            return [_number(key, lost)]
        case ContainsKey() as key:
            return _contains(key)
        case RegexKey(pattern=pattern):
            lost.append(_("promptfoo reads patterns as JavaScript does"))
            return [_regex(pattern)]
        case ListKey(entries=entries):
            lost.append(_("entries that are too much are not noticed"))
            return [{"type": "icontains", "value": forms[0]} for forms in entries]
        case JsonKey(json_schema=schema):
            lost.append(_("the fields are not compared with the key"))
            return [{"type": "is-json", "value": schema} if schema else {"type": "is-json"}]
        case LabelKey(answer=answer):
            return [_regex(rf"{ANSWER_MARK}{_SIGNS}{_escaped(answer)}")]
        case _:
            return _any_of(answers, lost)


def _regex(pattern: str) -> dict[str, Any]:
    return {"type": "regex", "value": pattern}


def _escaped(text: str) -> str:
    """Return a text as a pattern that JavaScript understands, too."""
    return re.sub(r"([\\^$.*+?()\[\]{}|/])", r"\\\1", text)


def _number(key: NumberKey, lost: list[str]) -> dict[str, Any]:
    if key.tolerance_abs or key.tolerance_rel or key.rounding is not None or key.unit_factors:
        lost.append(_("only the very number of the key counts, without any tolerance"))
    whole, _point, decimals = str(plain_number(key.answer)).partition(".")
    tail = rf"[.,]{decimals}0*" if decimals else r"(?:[.,]0+)?"
    return _regex(rf"{ANSWER_MARK}[^\d\n-]*{_escaped(whole)}{tail}(?![\d.,]*\d)")


def _contains(key: ContainsKey) -> list[dict[str, Any]]:
    asserts: list[dict[str, Any]] = [{"type": "icontains", "value": text} for text in key.all_of]
    if key.any_of:
        asserts.append({"type": "icontains-any", "value": list(key.any_of)})
    asserts += [{"type": "not-icontains", "value": text} for text in key.none_of]
    return asserts


def _any_of(answers: Sequence[str], lost: list[str]) -> list[dict[str, Any]]:
    if not answers:
        lost.append(_("nothing judges the answer"))
        return []
    if len(answers) == 1:
        return [{"type": "icontains", "value": answers[0]}]
    return [{"type": "icontains-any", "value": list(answers)}]


def _short(one: dict[str, Any]) -> str:
    """Return an assertion in its short form for tables, where commas separate texts."""
    value = one.get("value")
    if value is None:
        return str(one["type"])
    if isinstance(value, dict):
        return f"{one['type']}:{_dumped(value)}"
    if isinstance(value, list):
        texts = [text for text in value if "," not in text] or [value[0].partition(",")[0]]
        return f"{one['type']}:{','.join(texts)}"
    return f"{one['type']}:{value}"


def _dumped(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
