"""Finds what makes an item, or a whole pack, unusable."""

from collections.abc import Iterable, Iterator

from large_enough.domain.pack import (
    ChoiceKey,
    ContainsKey,
    DateKey,
    FreeKey,
    JsonKey,
    Key,
    LabelKey,
    ListKey,
    MultiChoiceKey,
    NumberKey,
    Pack,
    PackItem,
    RegexKey,
    TextKey,
    UnanswerableKey,
)
from large_enough.domain.pack_fault import Fault
from large_enough.packs.alike import option_form
from large_enough.packs.key_reading import is_iso_date
from large_enough.packs.limits import FEWEST_CHOICES, MOST_CHOICES
from large_enough.packs.patterns import pattern_problem
from large_enough.packs.schemas import schema_problem
from large_enough.wording.numbers import count_text
from large_enough.wording.translate import _

Problem = tuple[str, str]
"""A field, and what is wrong with it."""


def item_faults(item: PackItem, row: int | None = None) -> tuple[Fault, ...]:
    """Return everything that makes an item unusable, as the editor shows it while it is written.

    Args:
        item: The item; it need not come from a file.
        row: Stands in the faults.
    """
    return tuple(
        Fault(row=row, item=item.id, field=field, problem=problem)
        for field, problem in _item_problems(item)
    )


def pack_faults(pack: Pack, rows: Iterable[int] | None = None) -> tuple[Fault, ...]:
    """Return everything that makes a pack unusable, item after item.

    Args:
        pack: The pack; it need not come from a file.
        rows: Of its items; their places in the pack if that is None.
    """
    numbers = list(rows) if rows is not None else list(range(1, len(pack.items) + 1))
    faults: list[Fault] = []
    for field, text in (("id", pack.id), ("version", pack.version), ("title", pack.title)):
        if not text.strip():
            faults.append(Fault(field=field, problem=_("it is missing")))
    if not pack.items:
        faults.append(Fault(field="items", problem=_("there is no question")))
    for row, item in zip(numbers, pack.items, strict=True):
        faults.extend(item_faults(item, row))
    return (*faults, *_repeated_ids(pack.items, numbers))


def _repeated_ids(items: Iterable[PackItem], rows: Iterable[int]) -> Iterator[Fault]:
    seen: dict[str, int] = {}
    for row, item in zip(rows, items, strict=True):
        first = seen.setdefault(item.id, row)
        if first != row and item.id:
            problem = _("row {row} has the same one").format(row=count_text(first))
            yield Fault(row=row, item=item.id, field="id", problem=problem)


def _item_problems(item: PackItem) -> Iterator[Problem]:
    if not item.id.strip():
        yield "id", _("it is missing")
    if not item.question.strip():
        yield "question", _("it is missing")
    if item.extract:
        problem = pattern_problem(item.extract, needs_group=True)
        if problem:
            yield "extract", problem
    yield from _key_problems(item.key)


def _key_problems(key: Key) -> Iterator[Problem]:
    match key:
        case ChoiceKey() | MultiChoiceKey() | LabelKey():
            yield from _option_problems(key)
        case RegexKey() | DateKey() | JsonKey():
            yield from _form_problems(key)
        case ContainsKey():
            yield from _filled((*key.all_of, *key.any_of, *key.none_of))
        case TextKey():
            yield from _filled(key.answers)
        case ListKey():
            yield from _filled(tuple(form for forms in key.entries for form in forms))
        case NumberKey() | UnanswerableKey() | FreeKey():
            return


def _option_problems(key: ChoiceKey | MultiChoiceKey | LabelKey) -> Iterator[Problem]:
    answers = key.answers if isinstance(key, MultiChoiceKey) else (key.answer,)
    if isinstance(key, LabelKey):
        yield from _options(key.labels, "labels", None)
        yield from _chosen(answers, key.labels)
    else:
        yield from _options(key.choices, "choices", MOST_CHOICES)
        yield from _chosen(answers, key.choices)


def _form_problems(key: RegexKey | DateKey | JsonKey) -> Iterator[Problem]:
    if isinstance(key, JsonKey):
        problem = schema_problem(key.json_schema) if key.json_schema else ""
        field = "json_schema"
    else:
        problem = _pattern_problem(key) if isinstance(key, RegexKey) else _day_problem(key)
        field = "answer"
    if problem:
        yield field, problem


def _pattern_problem(key: RegexKey) -> str:
    return pattern_problem(key.pattern) if key.pattern else _("it is missing")


def _day_problem(key: DateKey) -> str:
    return "" if is_iso_date(key.answer) else _("it is no day as 2026-03-01")


def _options(options: tuple[str, ...], field: str, most: int | None) -> Iterator[Problem]:
    if 0 < len(options) < FEWEST_CHOICES:
        yield field, _("there is only one")
    if most is not None and len(options) > most:
        yield field, _("there are more than {limit}").format(limit=count_text(most))
    seen: set[str] = set()
    for option in options:
        form = option_form(option)
        if form in seen and form:
            yield field, _("“{option}” stands there twice").format(option=option)
        seen.add(form)


def _chosen(answers: tuple[str, ...], options: tuple[str, ...]) -> Iterator[Problem]:
    for answer in answers:
        if answer and options and answer not in options:
            yield "answer", _("“{answer}” is none of the options").format(answer=answer)
    if len(set(answers)) < len(answers):
        yield "answer", _("the same option stands there twice")


def _filled(answers: tuple[str, ...]) -> Iterator[Problem]:
    if not answers or not all(answer.strip() for answer in answers):
        yield "answer", _("it is missing")
