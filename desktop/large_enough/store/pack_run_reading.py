"""Reads the logs of runs, also those that were cut or damaged."""

from pathlib import Path
from typing import BinaryIO, assert_never

import msgspec

from large_enough.domain.grade import Grade, HandGrade
from large_enough.domain.pack_run import (
    Cell,
    CellKey,
    Judgement,
    LimitRise,
    PackRunEnd,
    PackRunRecord,
    Regrading,
    Setup,
)
from large_enough.store.line_reading import (
    DECODING_ERRORS,
    check_version,
    decode_head,
    first_line,
    lines_after_first,
    opened,
)
from large_enough.store.pack_run_cells import restored
from large_enough.store.pack_run_lines import (
    SCHEMA_VERSION,
    CellLine,
    ContenderLine,
    EndLine,
    GradeLine,
    HandLine,
    JudgementLine,
    Line,
    PauseLine,
    ProblemLine,
    RegradeLine,
    ResumeLine,
    RiseLine,
    RunLine,
    SetupLine,
    VersionLine,
)
from large_enough.wording.translate import _

_header_decoder = msgspec.json.Decoder(RunLine)
_version_decoder = msgspec.json.Decoder(VersionLine)
_line_decoder: "msgspec.json.Decoder[Line]" = msgspec.json.Decoder(Line)


def read_pack_run(path: Path) -> PackRunRecord:
    """Read the log of a run.

    Lines that make no sense are counted and left out; a last line that was cut never counted. Of
    two answers to one question the first one is taken.

    Args:
        path: The file.

    Raises:
        StoreError: LOG_UNREADABLE: no file, not a log of a run, or one of a newer version.
    """
    with opened(path) as stream:
        return _Reader(path, stream).read()


class _Reader:
    """Reads one log from its first line to its last."""

    def __init__(self, path: Path, stream: BinaryIO) -> None:
        self._stream = stream
        line = first_line(path, stream)
        problem = _("it is not the record of a run ({reason})")
        version = decode_head(path, line, _version_decoder, problem).schema_version
        check_version(path, version, SCHEMA_VERSION)
        self._header = decode_head(path, line, _header_decoder, problem)
        self._plan = self._header.plan
        self._contenders = {one.letter: one for one in self._plan.contenders}
        self._item_ids = {item.id for item in self._plan.pack.items}
        self._setups: dict[int, Setup] = {}
        self._cells: dict[CellKey, Cell] = {}
        self._replaced: list[Cell] = []
        self._rises: list[LimitRise] = []
        self._judgements: dict[tuple[str, str, str, int, str], Judgement] = {}
        self._regradings: list[Regrading] = []
        self._new_grades: list[GradeLine] = []  # that no regrading has confirmed yet
        self._problems = dict[str, ProblemLine]()
        self._changed: RegradeLine | None = None
        self._end = PackRunEnd.CUT
        self._unreadable_count = 0

    def read(self) -> PackRunRecord:
        for _number, line in lines_after_first(self._stream):
            if line is None or not line.strip():
                self._unreadable_count += line is None
                continue
            if line.endswith(b"\n") and not self._take_bytes(line):
                self._unreadable_count += 1
        return self._record()

    def _take_bytes(self, line: bytes) -> bool:
        """Add what a line says; return whether it makes sense."""
        try:
            content = _line_decoder.decode(line)
        except DECODING_ERRORS:
            return False
        return self._take(content)

    def _take(self, content: Line) -> bool:  # noqa: C901 - one case for each line
        match content:
            case SetupLine(setup=setup):
                self._setups.setdefault(setup.setup_id, setup)
                return True
            case CellLine(cell=cell):
                return self._take_cell(restored(cell, self._setups))
            case GradeLine(key=key):
                self._new_grades.append(content)
                return key in self._cells
            case HandLine(key=key, hand_grade=hand_grade):
                return self._change_cell(key, hand_grade=hand_grade)
            case RegradeLine():
                return self._take_regrading(content)
            case RiseLine(rise=rise):
                return self._take_rise(rise)
            case ContenderLine(contender=contender):
                self._contenders[contender.letter] = contender
                return True
            case ProblemLine(letter=letter):
                self._problems[letter] = content
                return letter in self._contenders
            case JudgementLine(judgement=judgement):
                return self._take_judgement(judgement)
            case PauseLine():
                self._end = PackRunEnd.STOPPED
                return True
            case ResumeLine():
                self._end = PackRunEnd.CUT
                return True
            case EndLine():
                self._end = PackRunEnd.COMPLETE
                return True
            case _:
                assert_never(content)

    def _take_cell(self, cell: Cell) -> bool:
        key = cell.key
        is_known = key.letter in self._contenders and key.item_id in self._item_ids
        if not is_known or key in self._cells:
            return is_known  # an answer that came twice is no damage
        self._cells[key] = cell
        self._problems.pop(key.letter, None)
        return True

    def _change_cell(self, key: CellKey, **change: Grade | HandGrade | None) -> bool:
        cell = self._cells.get(key)
        if cell is None:
            return False
        self._cells[key] = msgspec.structs.replace(cell, **change)
        return True

    def _take_rise(self, rise: LimitRise) -> bool:
        """Take the answers away that are asked again, with what was judged of them."""
        gone = [self._cells.pop(key) for key in rise.keys if key in self._cells]
        self._replaced.extend(gone)
        self._rises.append(rise)
        self._end = PackRunEnd.CUT
        places = {(cell.key.letter, cell.key.item_id, cell.key.repeat) for cell in gone}
        self._judgements = {
            key: one
            for key, one in self._judgements.items()
            if places.isdisjoint(
                (letter, one.item_id, one.repeat) for letter in (one.first, one.second)
            )
        }
        return len(gone) == len(rise.keys)

    def _take_regrading(self, line: RegradeLine) -> bool:
        """Let all its grades count at once."""
        grades = self._new_grades if line.grades is None else line.grades
        are_known = [self._change_cell(new.key, grade=new.grade) for new in grades]
        self._new_grades = []
        self._regradings.append(line.regrading)
        if line.pack is not None:
            self._changed = line
        return all(are_known)

    def _take_judgement(self, judgement: Judgement) -> bool:
        key = (
            judgement.first,
            judgement.second,
            judgement.item_id,
            judgement.repeat,
            judgement.judge.path,
        )
        self._judgements.setdefault(key, judgement)
        return {judgement.first, judgement.second} <= self._contenders.keys()

    def _record(self) -> PackRunRecord:
        plan = msgspec.structs.replace(
            self._plan,
            contenders=tuple(self._contenders.values()),
            rises=(*self._plan.rises, *self._rises),
        )
        asked_pack = None
        if self._changed is not None and self._changed.pack is not None:
            asked_pack, pack = self._plan.pack, self._changed.pack
            sha256 = self._changed.regrading.pack_sha256
            plan = msgspec.structs.replace(plan, pack=pack, pack_sha256=sha256)
        return PackRunRecord(
            schema_version=self._header.schema_version,
            plan=plan,
            machine=self._header.machine,
            started_utc=self._header.started_utc,
            setups=tuple(self._setups.values()),
            cells=tuple(self._cells.values()),
            replaced=tuple(self._replaced),
            end=self._end,
            unreadable_lines=self._unreadable_count,
            asked_pack=asked_pack,
            regradings=tuple(self._regradings),
            judgements=tuple(self._judgements.values()),
            problems={letter: line.error for letter, line in self._problems.items()},
        )
