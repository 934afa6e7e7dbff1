"""Makes a pack of questions that were gathered one by one, and tells what was done to them."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

from large_enough.domain.pack import ChoiceKey, Pack
from large_enough.domain.pack_fault import Fault
from large_enough.domain.quantity import Unavailable
from large_enough.packs.chance import chance_level
from large_enough.packs.health import health, is_skewed
from large_enough.packs.languages import guess_language
from large_enough.packs.limits import MOST_FAULTS, MOST_SHORT_CHARACTERS
from large_enough.packs.loading import SCHEMA, PackReading, read_pack
from large_enough.packs.shelf import pack_id
from large_enough.wording.numbers import count_text
from large_enough.wording.translate import _, ngettext

FIRST_VERSION = "1.0.0"
_FEWEST_SKEWED = 5


class Draft:
    """A question on its way into a pack."""

    def __init__(self, row: int, content: dict[str, Any] | None = None) -> None:
        """Begin with what is known.

        Args:
            row: Where it stands in the file, from 1.
            content: Plain JSON values in the form of a pack's item.
        """
        self.row = row
        self.content: dict[str, Any] = content if content is not None else {}
        self.given: Mapping[str, str] = {}
        """What stood in the cells of its row, where there were any."""
        self.options: Sequence[str] = ()
        self.head: dict[str, Any] = {}
        """What its note says of the pack itself."""
        self.notes: list[Fault] = []
        self.faults: list[Fault] = []

    def note(self, field: str, problem: str) -> None:
        """Tell what was changed, guessed or left out."""
        self.notes.append(Fault(row=self.row, item=self._name, field=field, problem=problem))

    def blame(self, field: str, problem: str) -> None:
        """Tell why it cannot be used."""
        self.faults.append(Fault(row=self.row, item=self._name, field=field, problem=problem))

    @property
    def _name(self) -> str:
        name = self.content.get("id")
        return name if isinstance(name, str) and len(name) <= MOST_SHORT_CHARACTERS else ""


class Rejected(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody wrote of a question that is not in the pack, so that it can be corrected."""

    row: int
    """Where it stands in the file, from 1."""
    place: int
    """So many questions of the pack come before it."""
    question: str
    context: str = ""
    type: str = ""
    """As it was written or guessed; empty if it is not known."""
    answer: str = ""
    options: tuple[str, ...] = ()


class Imported(msgspec.Struct, frozen=True, kw_only=True):
    """What became of somebody's questions."""

    pack: Pack | None
    """Made of the rows without faults; None if there are none."""
    faults: tuple[Fault, ...] = ()
    """Rows that are not in the pack, and why."""
    notes: tuple[Fault, ...] = ()
    """What was changed, guessed or left out on the way, and what looks damaged."""
    rejected: tuple[Rejected, ...] = ()
    """What is known of the questions that have faults."""
    sheet: str = ""
    """Of a spreadsheet: which one was read; empty if it has no sheets."""
    other_sheets: tuple[str, ...] = ()
    """Sheets that hold something, too, and were not read."""


def refused(problem: str) -> Imported:
    """Return what became of a source that cannot be read at all."""
    return Imported(pack=None, faults=(Fault(problem=problem),))


def gather(
    drafts: Sequence[Draft],
    title: str,
    *,
    head: Mapping[str, Any] | None = None,
    notes: Iterable[Fault] = (),
    faults: Iterable[Fault] = (),
) -> Imported:
    """Make a pack of drafts; never raises.

    Args:
        drafts: In the order of their rows.
        title: Of the pack, if the head has none.
        head: What the file says of the pack itself; else the first draft's note, else usual values.
        notes: What is known of the file already.
        faults: Of rows that did not even become drafts, or of the file.
    """
    good = [draft for draft in drafts if not draft.faults]
    _name_all(good)
    language = guess_language(_questions(good))
    usual = {
        "schema": SCHEMA,
        "id": pack_id(title),
        "version": FIRST_VERSION,
        "title": title,
        "language": language,
    }
    kept = next((draft.head for draft in drafts if draft.head), {})
    head = {**kept, **(head or {})}
    content = {**usual, **head, "items": [draft.content for draft in good]}
    reading = _with_rows(read_pack(content), [draft.row for draft in good])
    told = [*faults, *(fault for draft in drafts for fault in draft.faults)]
    if good or not told:
        told.extend(reading.faults)
    said = [*notes, *(note for draft in drafts for note in draft.notes), *reading.warnings]
    rejected = _rejected(drafts, {fault.row for fault in told})
    if reading.pack is None:
        return Imported(pack=None, faults=_sorted(told), notes=_sorted(said), rejected=rejected)
    pack = reading.pack if "schema" in head else with_chance(reading.pack)
    rows = {str(draft.content.get("id")): draft.row for draft in good}
    said.extend(_looks(pack, rows))
    return Imported(pack=pack, faults=_sorted(told), notes=_sorted(said), rejected=rejected)


def _rejected(drafts: Sequence[Draft], bad_rows: set[int | None]) -> tuple[Rejected, ...]:
    """Return what is known of the drafts of these rows."""
    rejected: list[Rejected] = []
    for number, draft in enumerate(drafts):
        if draft.row in bad_rows and len(rejected) < MOST_FAULTS:
            rejected.append(_as_rejected(draft, number - len(rejected)))
    return tuple(rejected)


def _as_rejected(draft: Draft, place: int) -> Rejected:
    content, given = draft.content, draft.given
    options = content.get("choices") or content.get("labels") or draft.options
    return Rejected(
        row=draft.row,
        place=place,
        question=_text(content.get("question")),
        context=_text(content.get("context")),
        type=_text(content.get("type")),
        answer=given.get("answer") or _text(content.get("answer")),
        options=tuple(map(_text, options)) if isinstance(options, list | tuple) else (),
    )


def _text(value: object) -> str:
    """Return a value as somebody may have written it."""
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def with_chance(pack: Pack) -> Pack:
    """Return a pack with its chance level, where nobody stated another."""
    if not isinstance(pack.chance, Unavailable):
        return pack
    return msgspec.structs.replace(pack, chance=chance_level(pack))


def _sorted(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    """Return faults of the whole file first, then row by row."""
    return tuple(sorted(faults, key=lambda fault: fault.row or 0)[:MOST_FAULTS])


def _questions(drafts: Iterable[Draft]) -> list[str]:
    texts = (draft.content.get("question") for draft in drafts)
    return [text for text in texts if isinstance(text, str)]


def _name_all(drafts: Sequence[Draft]) -> None:
    """Give each draft an id that no other has; those that the file gave are kept if they can be."""
    names = _Names(str(draft.content["id"]) for draft in drafts if _has_name(draft))
    seen: set[str] = set()
    for number, draft in enumerate(drafts, 1):
        given = draft.content.get("id")
        if not isinstance(given, str) or not given.strip():
            if given is None or given == "":  # else the loader tells
                draft.content["id"] = names.fresh(f"q{number}")
        elif given in seen:
            draft.content["id"] = names.fresh(given)
            problem = _("“{id}” stands there before; this one is called “{other}”")
            draft.note("id", problem.format(id=given, other=draft.content["id"]))
        else:
            seen.add(given)


def _has_name(draft: Draft) -> bool:
    name = draft.content.get("id")
    return isinstance(name, str) and bool(name.strip())


class _Names:
    """Ids that are taken, and which number to try next."""

    def __init__(self, taken: Iterable[str]) -> None:
        self._taken = set(taken)
        self._numbers: dict[str, int] = {}

    def fresh(self, wanted: str) -> str:
        """Return the id, or one with a number behind it, and take it."""
        name, number = wanted, self._numbers.get(wanted, 1)
        while name in self._taken:
            number += 1
            name = f"{wanted}-{number}"
        self._numbers[wanted] = number
        self._taken.add(name)
        return name


def _with_rows(reading: PackReading, rows: Sequence[int]) -> PackReading:
    """Return a reading whose faults have the rows of the file instead of places in a list."""
    return msgspec.structs.replace(
        reading,
        faults=tuple(_moved(fault, rows) for fault in reading.faults),
        warnings=tuple(_moved(fault, rows) for fault in reading.warnings),
    )


def _moved(fault: Fault, rows: Sequence[int]) -> Fault:
    if fault.row is None:
        return fault
    return msgspec.structs.replace(fault, row=rows[fault.row - 1])


def _looks(pack: Pack, rows: Mapping[str, int]) -> Iterable[Fault]:
    """Yield what is odd about the questions as a whole."""
    found = health(pack)
    for first, *others in found.duplicates:
        for other in others:
            problem = _("it asks the same as row {row}").format(row=count_text(rows[first]))
            yield Fault(row=rows[other], item=other, problem=problem)
    for pair in found.near_duplicates:
        problem = _("it asks nearly the same as row {row}").format(row=count_text(rows[pair.first]))
        yield Fault(row=rows[pair.second], item=pair.second, problem=problem)
    yield from _skew(pack)


def _skew(pack: Pack) -> Iterable[Fault]:
    """Yield a note if the right option stands at the same place suspiciously often."""
    keys = [item.key for item in pack.graded_items if isinstance(item.key, ChoiceKey)]
    for count in sorted({len(key.choices) for key in keys}):
        places = [key.choices.index(key.answer) for key in keys if len(key.choices) == count]
        place, most = Counter(places).most_common(1)[0]
        if len(places) >= _FEWEST_SKEWED and is_skewed(most, len(places), count):
            problem = ngettext(
                "of {total} question with {options} options, {most} has the answer {letter}; "
                "look whether the answers are right",
                "of {total} questions with {options} options, {most} have the answer {letter}; "
                "look whether the answers are right",
                len(places),
            ).format(
                total=count_text(len(places)),
                options=count_text(count),
                most=count_text(most),
                letter=chr(ord("A") + place),
            )
            yield Fault(field="answer", problem=problem)
