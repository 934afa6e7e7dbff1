"""Makes the prompt of an item: its document, its question, how to answer."""

import json
import string
from collections import Counter
from collections.abc import Callable, Iterable, Iterator

import msgspec

from large_enough.domain.answer_words import not_stated
from large_enough.domain.pack import (
    ASKED_AS,
    AnswerType,
    DateKey,
    JsonKey,
    Key,
    LabelKey,
    ListKey,
    NumberKey,
    Pack,
    PackItem,
    TextKey,
    UnanswerableKey,
    answer_type,
)
from large_enough.domain.pack_run import Variant
from large_enough.domain.prompt import Prompt
from large_enough.packs.asking_words import AskingWords, asking_words
from large_enough.packs.option_order import shown_choices


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """An item as it is put to a model."""

    system: str
    """System message; empty for none."""
    prompt: str
    """The user's message."""
    shown_choices: tuple[str, ...] = ()
    """The options in the order in which they are shown, the first one as A; none without
    letters."""


def asked(
    pack: Pack,
    item: PackItem,
    *,
    seed: int,
    variant: Variant = Variant.USUAL,
    may_reason: bool = True,
) -> Asked:
    """Return an item as it is put to every model of a run.

    Args:
        pack: The whole pack: its language, instructions, and what its other items are like.
        item: One of its items.
        seed: Of the run; decides the order of options.
        variant: Whether the document is shown.
        may_reason: Whether there is room for the reasons that the pack may want; there is none if
            the answer's first token is all that is read.
    """
    words = asking_words(pack.language)
    choices = shown_choices(pack, item, seed)
    has_document = bool(item.context.strip()) and variant is not Variant.NO_CONTEXT
    parts = [
        *_question(item, words, has_document=has_document),
        *_options(item, words, choices),
        *_instruction(
            pack,
            item,
            words,
            has_document=has_document,
            is_reasoned=may_reason and pack.reasons_first,
        ),
    ]
    return Asked(
        system=pack.system_prompt, prompt="\n\n".join(filter(None, parts)), shown_choices=choices
    )


def asked_question(pack: Pack, item: PackItem) -> str:
    """Return an item's document and question alone, without options and instruction."""
    words = asking_words(pack.language)
    has_document = bool(item.context.strip())
    return "\n\n".join(_question(item, words, has_document=has_document))


def demo_prompts(pack: Pack) -> tuple[Prompt, ...]:
    """Return the items that are only for looking, discussing and voting, as they are asked."""
    return tuple(
        Prompt(
            id=item.id,
            domain=pack.title,
            text=asked_question(pack, item),
            system=pack.system_prompt,
        )
        for item in pack.items
        if item.demo
    )


def option_lines(choices: Iterable[str]) -> str:
    """Return options with their letters, each on a line."""
    letters = zip(string.ascii_uppercase, choices, strict=False)
    return "\n".join(f"{letter}) {choice}" for letter, choice in letters)


def _question(item: PackItem, words: AskingWords, *, has_document: bool) -> Iterator[str]:
    if not has_document:
        yield item.question.strip()
        return
    yield f"{words.document}\n{item.context.strip()}"
    yield f"{words.question} {item.question.strip()}"


def _options(item: PackItem, words: AskingWords, choices: tuple[str, ...]) -> Iterator[str]:
    if choices:
        yield option_lines(choices)
    if isinstance(item.key, LabelKey):
        yield f"{words.labels} {', '.join(item.key.labels)}"


def _instruction(
    pack: Pack, item: PackItem, words: AskingWords, *, has_document: bool, is_reasoned: bool
) -> Iterator[str]:
    """Yield one paragraph: how to answer, then what to do if the document is silent."""
    like = _asked_as(pack, item)
    kind = answer_type(like)
    own = pack.instructions.get(kind)
    end = words.reason_and_end if is_reasoned else words.end
    usual = (*_details(like, words), words.instructions[kind].format(end=end))
    how = list(usual if own is None else (own,))
    # "an object and nothing else" leaves no room for other words
    if has_document and kind is not AnswerType.JSON and _has_silent_items(pack):
        how.append(words.silent.format(answer=not_stated(pack.language)))
    yield "\n".join(filter(None, how))


def _details(key: Key, words: AskingWords) -> Iterator[str]:
    match key:
        case NumberKey(unit=unit, is_unit_required=False) if unit:
            yield words.unit.format(unit=unit)
        case JsonKey(answer=answer, json_schema=schema):
            properties = schema.get("properties")
            names = list(answer) or list(properties if isinstance(properties, dict) else ())
            fields = ", ".join(json.dumps(name, ensure_ascii=False) for name in names)
            if fields:
                yield words.fields.format(fields=fields)
        case _:
            return


def _has_silent_items(pack: Pack) -> bool:
    return any(item.type is AnswerType.UNANSWERABLE for item in pack.items)


def _asked_as(pack: Pack, item: PackItem) -> Key:
    """Return the key whose instruction an item has: its own, or one that its document would allow.

    An item that its document does not answer must be asked like its neighbours, or the instruction
    would tell.
    """
    key = item.key
    if not isinstance(key, UnanswerableKey) or item.type in pack.instructions:
        return key
    return _lent(pack, item) if key.asked_as is None else _STAND_INS[key.asked_as](key)


def _lent(pack: Pack, item: PackItem) -> Key:
    """Return the key of the kind that is most frequent beside an item."""
    others = [each for each in pack.items if each.type in ASKED_AS]
    near = [each for each in others if item.group and each.group == item.group]
    alike = [each for each in others if item.family and each.family == item.family]
    circle = [each.key for each in near or alike or others]
    kinds = Counter(map(_kind, circle))
    return max(circle, key=lambda each: kinds[_kind(each)], default=item.key)


def _kind(key: Key) -> tuple[AnswerType, str]:
    return answer_type(key), key.unit if isinstance(key, NumberKey) else ""


_STAND_INS: dict[AnswerType, Callable[[UnanswerableKey], Key]] = {
    AnswerType.NUMBER: lambda key: NumberKey(answer=0.0, unit=key.unit),
    AnswerType.TEXT: lambda _key: TextKey(answers=()),
    AnswerType.DATE: lambda _key: DateKey(answer=""),
    AnswerType.LIST: lambda _key: ListKey(entries=()),
}
"""Keys that only say how something is asked."""
