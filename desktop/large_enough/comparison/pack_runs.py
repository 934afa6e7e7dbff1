"""Use cases for runs that are on record: find, read, grade again, judge by hand, export."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import msgspec

from large_enough.comparison.pack_run_cells import grade_cell
from large_enough.domain.errors import FailureKind, RequestError
from large_enough.domain.grade import HandGrade
from large_enough.domain.pack import ChoiceKey, Key, LabelKey, MultiChoiceKey, Pack, PackItem
from large_enough.domain.pack_run import CellKey, PackRunRecord, Regrading
from large_enough.packs.checking import pack_faults
from large_enough.packs.loading import bad_pack
from large_enough.packs.writing import pack_sha256
from large_enough.store.pack_run_heads import PackRunHead, list_pack_runs
from large_enough.store.pack_run_lines import HandLine, NewGrade, RegradeLine
from large_enough.store.pack_run_log import PackRunLog
from large_enough.store.pack_run_reading import read_pack_run

LAST = "last"
"""Means the newest run."""

__all__ = [
    "LAST",
    "PackRunHead",
    "find_run",
    "list_pack_runs",
    "override",
    "read_pack_run",
    "regrade",
    "run_path",
    "with_keys",
]


def find_run(folder: Path, name: str) -> Path:
    """Return the log of the run that a person means: "last", an id or its beginning, or a file.

    Raises:
        RequestError: UNKNOWN_RUN: none, or more than one.
    """
    if Path(name).is_file():
        return Path(name)
    heads = [head for head in list_pack_runs(folder) if head.plan is not None]
    if name == LAST and heads:
        return Path(heads[0].path)
    meant = [head for head in heads if head.plan is not None and head.plan.run_id.startswith(name)]
    if len(meant) != 1 or not name:
        raise RequestError(FailureKind.UNKNOWN_RUN, (name or repr(name)) if heads else "")
    return Path(meant[0].path)


def run_path(folder: Path, run_id: str) -> Path | None:
    """Return the log of the run with exactly that id; None if there is none."""
    for head in list_pack_runs(folder):
        if head.plan is not None and head.plan.run_id == run_id:
            return Path(head.path)
    return None


def with_keys(pack: Pack, keys: Mapping[str, Key]) -> Pack:
    """Return a pack with other keys for some of its items.

    Raises:
        RequestError: UNKNOWN_ITEM: there is no such item.
    """
    unknown = keys.keys() - {item.id for item in pack.items}
    if unknown:
        raise RequestError(FailureKind.UNKNOWN_ITEM, min(unknown))
    items = tuple(
        msgspec.structs.replace(item, key=keys.get(item.id, item.key)) for item in pack.items
    )
    return msgspec.structs.replace(pack, items=items)


def regrade(
    path: Path, pack: Pack | None, *, utc: Callable[[], str], why: str = ""
) -> PackRunRecord:
    """Grade all answers of a run again, without any model: all of them, or none in a crash.

    Args:
        path: The log of the run.
        pack: With the keys to use; None for those that it has, when graders have become better.
            Items that ask something else than they did keep their grades.
        utc: Tells the time of day.
        why: What the person says about it.

    Raises:
        BadPackError: The pack makes no sense.
        StoreError: The record cannot be read or written, or another process writes it.
    """
    with PackRunLog.reopen(path) as log:
        record = read_pack_run(path)
        before = record.plan.pack
        after, kept = before, frozenset[str]()
        if pack is not None:
            after, kept = _with_keys_of(before, pack)
            faults = pack_faults(after)
            if faults:
                raise bad_pack(after.id, faults)
        grades = (
            (cell, grade_cell(after, cell)) for cell in record.cells if cell.key.item_id not in kept
        )
        changed = tuple(
            new.id for old, new in zip(before.items, after.items, strict=True) if old.key != new.key
        )
        regrading = Regrading(
            utc=utc(),
            pack_sha256=pack_sha256(after if pack is None else pack),
            changed_item_ids=changed,
            kept_item_ids=tuple(sorted(kept & set(record.plan.item_ids))),
            why=why,
        )
        log.append(
            RegradeLine(
                regrading=regrading,
                grades=tuple(
                    NewGrade(key=cell.key, grade=grade)
                    for cell, grade in grades
                    if grade != cell.grade
                ),
                pack=after if after != before else None,
            )
        )
        return read_pack_run(path)


def override(path: Path, key: CellKey, grade: HandGrade | None) -> PackRunRecord:
    """Keep a person's judgement of an answer, or take it back; the rule's grade stays beside it.

    Raises:
        RequestError: UNKNOWN_ITEM: there is no such answer.
        StoreError: The record cannot be read or written, or another process writes it.
    """
    with PackRunLog.reopen(path) as log:
        if read_pack_run(path).cell(key) is None:
            raise RequestError(FailureKind.UNKNOWN_ITEM, key.item_id)
        log.append(HandLine(key=key, hand_grade=grade))
        return read_pack_run(path)


def _with_keys_of(asked: Pack, other: Pack) -> tuple[Pack, frozenset[str]]:
    """Return the pack that was asked with another one's keys, and items that keep their own."""
    others = {item.id: item for item in other.items}
    items: list[PackItem] = []
    kept: set[str] = set()
    for item in asked.items:
        new = others.get(item.id)
        if new is None or not _asks_the_same(item, new):
            kept.add(item.id)
            items.append(item)
            continue
        items.append(
            msgspec.structs.replace(
                item, key=new.key, extract=new.extract, explain=new.explain, group=new.group
            )
        )
    pack = msgspec.structs.replace(
        asked, items=tuple(items), version=other.version, title=other.title
    )
    return pack, frozenset(kept)


def _asks_the_same(old: PackItem, new: PackItem) -> bool:
    return (old.question, old.context, old.type) == (
        new.question,
        new.context,
        new.type,
    ) and _offered(old.key) == _offered(new.key)


def _offered(key: Key) -> Iterable[str]:
    match key:
        case ChoiceKey(choices=choices) | MultiChoiceKey(choices=choices):
            return sorted(choices)
        case LabelKey(labels=labels):
            return sorted(labels)
        case _:
            return ()
