"""Reads what a list of runs shows, without decoding their answers."""

from pathlib import Path

import msgspec

from large_enough.domain.errors import ErrorInfo, StoreError
from large_enough.domain.pack_run import CellKey, PackRunEnd, RunMode, Variant
from large_enough.resources.lock import is_held
from large_enough.store.line_reading import (
    DECODING_ERRORS,
    check_version,
    decode_head,
    first_line,
    lines_after_first,
    log_paths,
    opened,
)
from large_enough.store.log_heads import HeadContender
from large_enough.store.pack_run_lines import SCHEMA_VERSION
from large_enough.store.pack_run_log import LOCK_SUFFIX
from large_enough.wording.translate import _

_KIND_BYTES = 40
"""A line says what it is at its beginning: `encode_record` writes the tag first."""
_ENDS = {
    b"pause": PackRunEnd.STOPPED,
    b"resume": PackRunEnd.CUT,
    b"rise": PackRunEnd.CUT,
    b"end": PackRunEnd.COMPLETE,
}


class HeadPack(msgspec.Struct, frozen=True, kw_only=True):
    """What a list shows of a pack."""

    id: str
    version: str
    title: str


class HeadSettings(msgspec.Struct, frozen=True, kw_only=True):
    """What a list shows of the settings."""

    mode: RunMode = RunMode.MEASURE
    variant: Variant = Variant.USUAL
    repeats: int = 1


class HeadPlan(msgspec.Struct, frozen=True, kw_only=True):
    """What a list shows of a plan."""

    run_id: str
    pack: HeadPack
    contenders: tuple[HeadContender, ...]
    settings: HeadSettings
    item_ids: tuple[str, ...]


class _HeadLine(msgspec.Struct, frozen=True, kw_only=True, tag_field="line", tag="run"):
    schema_version: int
    plan: HeadPlan
    started_utc: str


class _JoinedLine(msgspec.Struct, frozen=True, kw_only=True, tag_field="line", tag="contender"):
    contender: HeadContender


class _HeadRise(msgspec.Struct, frozen=True, kw_only=True):
    keys: tuple[CellKey, ...]


class _RiseLine(msgspec.Struct, frozen=True, kw_only=True, tag_field="line", tag="rise"):
    rise: _HeadRise


class PackRunHead(msgspec.Struct, frozen=True, kw_only=True):
    """A run as a list shows it."""

    path: str
    plan: HeadPlan | None = None
    """None if the file cannot be read."""
    started_utc: str = ""
    """ISO 8601, UTC."""
    done_count: int = 0
    """Answers on record."""
    end: PackRunEnd = PackRunEnd.CUT
    is_in_use: bool = False
    """Whether it only seems cut: a program is adding answers at this moment."""
    error: ErrorInfo | None = None
    """Why the file cannot be read."""

    @property
    def total_count(self) -> int:
        """How many answers the whole run has."""
        if self.plan is None:
            return 0
        return len(self.plan.contenders) * len(self.plan.item_ids) * self.plan.settings.repeats


_head_decoder = msgspec.json.Decoder(_HeadLine)
_rise_decoder = msgspec.json.Decoder(_RiseLine)
_joined_decoder = msgspec.json.Decoder(_JoinedLine)


def list_pack_runs(folder: Path) -> tuple[PackRunHead, ...]:
    """Return the runs of a folder, newest first; bad files are listed with their problem."""
    return tuple(_listed(path) for path in log_paths(folder))


def _listed(path: Path) -> PackRunHead:
    try:
        return _head(path)
    except StoreError as error:
        return PackRunHead(path=str(path), error=error.info)


def _head(path: Path) -> PackRunHead:
    with opened(path) as stream:
        line = first_line(path, stream)
        problem = _("it is not the record of a run ({reason})")
        head = decode_head(path, line, _head_decoder, problem)
        check_version(path, head.schema_version, SCHEMA_VERSION)
        contenders = {contender.letter: contender for contender in head.plan.contenders}
        done_count, end = 0, PackRunEnd.CUT
        for _number, found in lines_after_first(stream):
            kind = _kind(found)
            done_count += kind == b"cell"
            done_count -= _replaced_count(found) if kind == b"rise" else 0
            end = _ENDS.get(kind, end)
            joined = _joined(found) if kind == b"contender" else None
            if joined is not None:
                contenders[joined.letter] = joined
    plan = msgspec.structs.replace(head.plan, contenders=tuple(contenders.values()))
    return PackRunHead(
        path=str(path),
        plan=plan,
        started_utc=head.started_utc,
        done_count=max(0, done_count),
        end=end,
        is_in_use=end is PackRunEnd.CUT and is_held(path.with_name(path.name + LOCK_SUFFIX)),
    )


def _kind(line: bytes | None) -> bytes:
    """Return what a line says that it is; nothing for one that was cut."""
    if line is None or not line.endswith(b"\n"):
        return b""
    prefix = b'{"line":"'
    start = line[: len(prefix) + _KIND_BYTES]
    return start[len(prefix) :].partition(b'"')[0] if start.startswith(prefix) else b""


def _replaced_count(line: bytes | None) -> int:
    """Return how many answers are asked again and so count no more."""
    try:
        return 0 if line is None else len(set(_rise_decoder.decode(line).rise.keys))
    except DECODING_ERRORS:
        return 0


def _joined(line: bytes | None) -> HeadContender | None:
    try:
        return None if line is None else _joined_decoder.decode(line).contender
    except DECODING_ERRORS:
        return None
