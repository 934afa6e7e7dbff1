"""Writes packs as samples of inspect_ai."""

import json
from typing import Any

from large_enough.domain.pack import ChoiceKey, LabelKey, MultiChoiceKey, Pack, PackItem
from large_enough.packs.asking import asked, asked_question
from large_enough.packs.inspect_samples import shown_of
from large_enough.packs.kept_item import KEPT_NAME, KEPT_PACK, head_note, note_of
from large_enough.packs.plain_answers import plain_answers


def inspect_lines(pack: Pack) -> bytes:
    """Return a pack as JSON lines: `input`, `choices`, `target`, `id`, `metadata`.

    Items with options are for inspect's multiple choice, which shows them itself; all others say
    how to answer. A note in the metadata lets this program read the items back as they are.
    """
    samples = [_sample(pack, item) for item in pack.items]
    if samples:
        samples[0]["metadata"][KEPT_PACK] = head_note(pack)
    lines = (json.dumps(sample, ensure_ascii=False, allow_nan=False) for sample in samples)
    return "".join(f"{line}\n" for line in lines).encode()


def _sample(pack: Pack, item: PackItem) -> dict[str, Any]:
    options = _options(item)
    prompt = asked_question(pack, item) if options else asked(pack, item, seed=0).prompt
    sample: dict[str, Any] = {"input": _input(pack, prompt)}
    if options:
        sample["choices"] = list(options)
    sample["target"] = _target(pack, item, options)
    sample["id"] = item.id
    sample["metadata"] = {KEPT_NAME: note_of(item, shown_of(sample))}
    return sample


def _options(item: PackItem) -> tuple[str, ...]:
    match item.key:
        case (
            ChoiceKey(choices=options) | MultiChoiceKey(choices=options) | LabelKey(labels=options)
        ):
            return tuple(options)
        case _:
            return ()


def _input(pack: Pack, prompt: str) -> object:
    if not pack.system_prompt:
        return prompt
    system = {"role": "system", "content": pack.system_prompt}
    return [system, {"role": "user", "content": prompt}]


def _target(pack: Pack, item: PackItem, options: tuple[str, ...]) -> object:
    key = item.key
    if isinstance(key, LabelKey):
        key = ChoiceKey(choices=key.labels, answer=key.answer)
    answers = plain_answers(key, options, pack.language)
    if isinstance(key, MultiChoiceKey):
        return answers[0].split(", ")
    return answers[0] if len(answers) == 1 else list(answers) or ""
