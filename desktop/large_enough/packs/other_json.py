"""Makes a pack of JSON, or JSON lines, that other programs wrote."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from large_enough.domain.pack_fault import Fault
from large_enough.packs.answers import Locale, json_text, put_answer
from large_enough.packs.chat import put_input, share_system
from large_enough.packs.drafts import Draft, Imported, gather, refused
from large_enough.packs.inspect_samples import sample_draft
from large_enough.packs.json_text import JsonReading, read_json
from large_enough.packs.limits import MOST_ITEMS
from large_enough.packs.promptfoo_tests import test_draft
from large_enough.packs.rows import row_draft
from large_enough.packs.table_head import field_of
from large_enough.packs.type_guess import guess_type
from large_enough.wording.numbers import count_text
from large_enough.wording.translate import _

Entry = tuple[int, object]
"""A question as the file has it, with its row."""


def import_lines(text: str, title: str) -> Imported:
    """Make a pack of JSON lines; never raises."""
    entries: list[Entry] = []
    faults: list[Fault] = []
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for row, line in enumerate(lines, 1):
        if not line.strip():
            continue
        reading = read_json(line.strip())
        faults.extend(_at_row(reading, row))
        if not reading.faults:
            entries.append((row, reading.value))
        if len(entries) + len(faults) > MOST_ITEMS:
            return _too_many()
    return _import_entries(entries, title, faults)


def import_tests(content: Mapping[str, object], title: str) -> Imported:
    """Make a pack of promptfoo's configuration, of which only the tests are read."""
    tests = content.get("tests")
    if not isinstance(tests, list):
        return refused(_("its tests lie in another file; import that one"))
    notes = []
    for name in ("prompts", "providers", "defaultTest"):
        if content.get(name):
            problem = _("“{name}” has no meaning here and is left out").format(name=name)
            notes.append(Fault(field=name, problem=problem))
    default = content.get("defaultTest")
    if isinstance(default, dict) and default.get("assert"):
        problem = _("it judges every question; write it into each of them")
        return Imported(pack=None, faults=(Fault(field="defaultTest", problem=problem),))
    entries = list(enumerate(tests, 1))
    drafts = [test_draft(row, test) for row, test in entries[:MOST_ITEMS]]
    return _too_many() if len(entries) > MOST_ITEMS else gather(drafts, title, notes=notes)


def import_list(content: Sequence[object], title: str) -> Imported:
    """Make a pack of a JSON list of questions; never raises."""
    if len(content) > MOST_ITEMS:
        return _too_many()
    return _import_entries(list(enumerate(content, 1)), title, [])


def _import_entries(entries: list[Entry], title: str, faults: list[Fault]) -> Imported:
    first = next((entry for _row, entry in entries if isinstance(entry, dict)), None)
    if first is None:
        return Imported(
            pack=None, faults=tuple(faults) or (Fault(problem=_("there is no question")),)
        )
    make = _maker(first)
    drafts = [make(row, entry) for row, entry in entries]
    system = share_system(drafts)
    head = {"system_prompt": system} if system else {}
    return gather(drafts, title, head=head, faults=faults)


def _maker(first: Mapping[str, object]) -> Callable[[int, object], Draft]:
    """Return what makes drafts of entries like this one."""
    if "vars" in first or "assert" in first:
        return test_draft
    if "input" in first and "ideal" in first:
        return _eval_draft
    if "input" in first:
        return sample_draft
    return _item_draft


def _eval_draft(row: int, entry: object) -> Draft:
    """Return the question of a sample of OpenAI's evals: `input` and `ideal`."""
    draft = Draft(row)
    if not isinstance(entry, dict):
        draft.blame("", _("it is not an object in braces"))
        return draft
    put_input(draft, entry.get("input"))
    ideal = entry.get("ideal")
    answers = [
        json_text(one) for one in (ideal if isinstance(ideal, list) else [ideal]) if one is not None
    ]
    if len(answers) == 1:
        answer_type = guess_type(draft, answers[0], [], has_labels=False)
        if answer_type is not None:
            draft.content["type"] = answer_type.value
            put_answer(draft, answer_type, answers[0], [], Locale())
    else:
        draft.content.update({"type": "text", "answer": answers})
    rest = {name: value for name, value in entry.items() if name not in {"input", "ideal"}}
    if rest:
        draft.content["extra"] = rest
    return draft


def _item_draft(row: int, entry: object) -> Draft:
    """Return a question that has the names of a table's columns, or those of a pack's item."""
    if not isinstance(entry, dict):
        draft = Draft(row)
        draft.blame("", _("it is not an object in braces"))
        return draft
    if "type" in entry and "question" in entry:
        return Draft(row, dict(entry))
    cells: dict[str, Any] = {}
    for name, value in entry.items():
        if value is not None and value != "":
            cells[field_of(name) or f"extra.{name}"] = json_text(value)
    return row_draft(row, cells, Locale())


def _at_row(reading: JsonReading, row: int) -> list[Fault]:
    return [Fault(row=row, field=fault.field, problem=fault.problem) for fault in reading.faults]


def _too_many() -> Imported:
    limit = count_text(MOST_ITEMS)
    return refused(_("it has more than {limit} entries").format(limit=limit))
