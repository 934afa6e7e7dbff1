"""Writes packs as tasks of the lm-evaluation-harness: a description in YAML, questions beside it.

The YAML is written by hand: every text in it is a double-quoted scalar, whose escapes YAML shares
with JSON as far as they are used here.
"""

import json
import re
from pathlib import PurePath
from typing import Any

import msgspec

from large_enough.domain.answer_words import ANSWER_MARK
from large_enough.domain.pack import ContainsKey, FreeKey, JsonKey, Pack, PackItem, RegexKey
from large_enough.domain.pack_fault import Fault
from large_enough.packs.asking import asked
from large_enough.packs.plain_answers import plain_answers
from large_enough.packs.shelf import pack_id
from large_enough.wording.translate import _

_SEED = 0
_UNSAFE = re.compile(r'[\\"\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff]')
_TEMPLATE = """\
task: {task}
dataset_path: json
dataset_kwargs:
  data_files:
    test: {data}
test_split: test
output_type: generate_until
description: {description}
doc_to_text: "{{{{prompt}}}}"
doc_to_target: "{{{{target}}}}"
generation_kwargs:
  until: []
  do_sample: false
  temperature: 0.0
  max_gen_toks: {max_tokens}
filter_list:
  - name: "answer"
    filter:
      - function: "regex"
        regex_pattern: {pattern}
        group_select: -1
      - function: "take_first"
metric_list:
  - metric: exact_match
    aggregation: mean
    higher_is_better: true
    ignore_case: true
    ignore_punctuation: false
metadata:
  version: {version}
"""


class WrittenTask(msgspec.Struct, frozen=True, kw_only=True):
    """A task's files, and what they cannot say."""

    files: dict[str, bytes]
    notes: tuple[Fault, ...]


def lm_eval_files(pack: Pack, name: str) -> WrittenTask:
    """Return a task's description and its questions.

    Args:
        pack: The pack; items that a comparison of texts cannot judge are left out, and noted.
        name: Of the description; the questions' file has the same, but for its ending.
    """
    data = PurePath(name).with_suffix(".jsonl").name
    documents, notes = [], []
    for place, item in enumerate(pack.items, 1):
        document, note = _document(pack, item)
        documents += [document] if document is not None else []
        notes += [Fault(row=place, item=item.id, problem=note)] if note else []
    lines = (json.dumps(each, ensure_ascii=False, allow_nan=False) for each in documents)
    files = {name: _yaml(pack, data).encode(), data: "".join(f"{one}\n" for one in lines).encode()}
    return WrittenTask(files=files, notes=tuple(notes))


def yaml_text(text: str) -> str:
    """Return a text as a double-quoted scalar of YAML, on one line."""
    return f'"{_UNSAFE.sub(_escape, text)}"'


def _escape(match: re.Match[str]) -> str:
    character = match[0]
    return f"\\{character}" if character in '\\"' else f"\\u{ord(character):04x}"


def _yaml(pack: Pack, data: str) -> str:
    system = pack.system_prompt + "\n\n" if pack.system_prompt else ""
    longest = max((item.max_tokens or 0 for item in pack.items), default=0)
    return _TEMPLATE.format(
        task=yaml_text(pack_id(pack.id)),
        data=yaml_text(data),
        description=yaml_text(_no_template(system)),
        max_tokens=max(longest, pack.defaults.max_tokens),
        pattern=yaml_text(rf"(?i){ANSWER_MARK}[\s*$(]*([^\n]*?)[\s*$).]*(?:\n|$)"),
        version=yaml_text(pack.version),
    )


def _no_template(text: str) -> str:
    """Return a text in which the harness's template language finds nothing to do."""
    return text.replace("{", "{{'{'}}") if re.search(r"\{[{%#]", text) else text


def _document(pack: Pack, item: PackItem) -> tuple[dict[str, Any] | None, str]:
    """Return an item's line and what it cannot say; None for the line if it is left out."""
    if item.demo or isinstance(item.key, FreeKey):
        return None, _("it is left out, as nothing judges it")
    one = asked(pack, item, seed=_SEED)
    answers = plain_answers(item.key, one.shown_choices, pack.language)
    if not answers or isinstance(item.key, ContainsKey | RegexKey | JsonKey):
        return None, _("it is left out, as a comparison of texts cannot judge it")
    document = {
        "id": item.id,
        "prompt": one.prompt,
        "target": answers[0],
        "group": item.cluster,
        "type": item.type.value,
    }
    note = _("only its usual form counts there") if len(answers) > 1 else ""
    return document, note
