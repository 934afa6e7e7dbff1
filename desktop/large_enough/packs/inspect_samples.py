"""Makes questions of the samples of inspect_ai: `input`, `choices`, `target`, `id`, `metadata`."""

from typing import Any

from large_enough.packs.answers import Locale, json_text, put_answer
from large_enough.packs.cells import list_from_cell
from large_enough.packs.chat import put_input
from large_enough.packs.drafts import Draft
from large_enough.packs.json_text import read_json
from large_enough.packs.kept_item import KEPT_NAME, KEPT_PACK, kept_head, kept_item
from large_enough.packs.letters import place_of, places_of
from large_enough.packs.type_guess import guess_type
from large_enough.wording.translate import _

_LEFT_OUT = ("sandbox", "files", "setup")


def sample_draft(row: int, sample: object) -> Draft:
    """Return the question of one sample.

    Args:
        row: Where it stands in the file.
        sample: As its JSON has it; choices and metadata may be texts, as in a table.
    """
    draft = Draft(row)
    if not isinstance(sample, dict):
        draft.blame("", _("it is not an object in braces"))
        return draft
    metadata = _metadata(sample.get("metadata"))
    note = metadata.pop(KEPT_NAME, None)
    head = kept_head(metadata.pop(KEPT_PACK, None))
    if sample.get("id") is not None:
        draft.content["id"] = json_text(sample["id"])
    put_input(draft, sample.get("input"))
    if not str(draft.content.get("question", "")).strip() and not draft.faults:
        draft.blame("input", _("it is missing"))
    _put_target(draft, sample.get("target"), _choices(sample.get("choices")))
    if metadata:
        draft.content["extra"] = {"metadata": metadata}
    for name in _LEFT_OUT:
        if sample.get(name):
            draft.note(name, _("“{name}” has no meaning here and is left out").format(name=name))
    draft = kept_item(draft, note, "inspect", shown_of(sample))
    draft.head = head
    return draft


def shown_of(sample: dict[str, Any]) -> object:
    """Return what the note of this program is compared with."""
    choices = _choices(sample.get("choices"))
    return {
        "input": sample.get("input"),
        "choices": choices,
        "target": _targets(sample.get("target")),
    }


def _metadata(value: object) -> dict[str, Any]:
    if isinstance(value, str):
        value = read_json(value).value if value.strip() else None
    return dict(value) if isinstance(value, dict) else {}


def _choices(value: object) -> list[str]:
    if isinstance(value, str):
        return list_from_cell(value)
    return [json_text(part) for part in value] if isinstance(value, list) else []


def _targets(value: object) -> list[str]:
    if isinstance(value, str) and value.startswith("["):
        read = read_json(value).value
        value = read if isinstance(read, list) else value
    values = value if isinstance(value, list) else [value]
    return [json_text(part) for part in values if part is not None]


def _put_target(draft: Draft, value: object, choices: list[str]) -> None:
    targets = [target for target in _targets(value) if target.strip()]
    if not targets:
        draft.content["type"] = "free"
        draft.note("target", _("there is no target, so people are to judge the answers"))
    elif choices:
        _put_options(draft, targets, choices)
    elif len(targets) > 1:
        draft.content.update({"type": "text", "answer": targets})
    else:
        answer_type = guess_type(draft, targets[0], [], has_labels=False)
        if answer_type is not None:
            draft.content["type"] = answer_type.value
            put_answer(draft, answer_type, targets[0], [], Locale())


def _put_options(draft: Draft, targets: list[str], choices: list[str]) -> None:
    """Put letters, or the options' own texts, into a draft."""
    draft.content["choices"] = choices
    places = [place for target in targets for place in _places(target, choices)]
    if not places or any(not _places(target, choices) for target in targets):
        problem = _("“{answer}” is neither a letter nor an option")
        draft.blame("target", problem.format(answer=", ".join(targets)))
    elif len(set(places)) > 1:
        answer = [choices[place] for place in sorted(set(places))]
        draft.content.update({"type": "multi_choice", "answer": answer})
    else:
        draft.content.update({"type": "choice", "answer": choices[places[0]]})


def _places(target: str, choices: list[str]) -> list[int]:
    place = place_of(target, choices)
    return places_of(target, choices) if place is None else [place]
