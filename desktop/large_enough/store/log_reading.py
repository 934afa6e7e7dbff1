"""Reads the logs of rounds, also those that were cut or damaged."""

from pathlib import Path
from typing import BinaryIO

import msgspec

from large_enough.domain.energy_use import BEING_READ, EnergyUse
from large_enough.domain.errors import ErrorInfo, FailureKind, StoreError
from large_enough.domain.quantity import Unavailable
from large_enough.domain.round import AnswerResult, Done, MachineUse, RoundRecord
from large_enough.store.line_reading import (
    DECODING_ERRORS,
    check_version,
    decode_head,
    first_line,
    lines_after_first,
    log_paths,
    opened,
    too_long_text,
)
from large_enough.store.log_lines import (
    SCHEMA_VERSION,
    AnswerLine,
    EndLine,
    EnergyLine,
    HeaderLine,
    VersionLine,
)
from large_enough.wording.translate import _

ENERGY_LOST = Unavailable(reason="the record ends before it was known")
"""Instead of `BEING_READ`, which says nothing to those who read a record afterwards."""

_MOST_DAMAGED_LINES = 16  # a real log has ten lines; a file with more bad ones is something else
_MOST_LINES = 1000

_header_decoder = msgspec.json.Decoder(HeaderLine)
_version_decoder = msgspec.json.Decoder(VersionLine)
_line_decoder: msgspec.json.Decoder[AnswerLine | EnergyLine | EndLine] = msgspec.json.Decoder(
    AnswerLine | EnergyLine | EndLine
)


class DamagedLogError(StoreError):
    """A line of a log makes no sense; `record` holds every answer that can still be read."""

    def __init__(self, path: Path, line_number: int, problem: str, record: RoundRecord) -> None:
        super().__init__(FailureKind.LOG_UNREADABLE, str(path), line=line_number, problem=problem)
        self.record = record


class LoggedRound(msgspec.Struct, frozen=True, kw_only=True):
    """A log in a folder, read as far as possible."""

    path: str
    record: RoundRecord | None
    """What can be read; None if nothing can."""
    problem: ErrorInfo | None = None
    """What is wrong with the file; None if nothing is. A log that was cut is not wrong."""


def read_round(path: Path) -> RoundRecord:
    """Read the log of a round.

    A log that was cut in the middle of a line is read up to there, with `is_complete` False.

    Args:
        path: The file.

    Raises:
        DamagedLogError: A line makes no sense; its `record` holds the answers that do.
        StoreError: LOG_UNREADABLE: no file, not a log, or one of a newer version.
    """
    with opened(path) as stream:
        return _Reader(path, stream).read()


def list_rounds(folder: Path, *, most: int | None = None) -> tuple[LoggedRound, ...]:
    """Return the logs of a folder, newest first; bad files are listed with their problem.

    Args:
        folder: Where the logs lie; if it is not there, there are none.
        most: Read at most this many, the newest.
    """
    return tuple(_logged(path) for path in log_paths(folder)[:most])


def _logged(path: Path) -> LoggedRound:
    try:
        return LoggedRound(path=str(path), record=read_round(path))
    except DamagedLogError as error:
        return LoggedRound(path=str(path), record=error.record, problem=error.info)
    except StoreError as error:
        return LoggedRound(path=str(path), record=None, problem=error.info)


class _Reader:
    """Reads one log from its first line to its last."""

    def __init__(self, path: Path, stream: BinaryIO) -> None:
        self._path = path
        self._stream = stream
        self._results: list[AnswerResult] = []
        self._has_ended = False
        self._machine_use = MachineUse()
        self._damages: list[tuple[int, str]] = []

    def read(self) -> RoundRecord:
        header = self._header()
        letters = {contender.letter for contender in header.plan.contenders}
        for number, line in lines_after_first(self._stream):
            if line is None:
                self._damages.append((number, too_long_text()))
                break
            problem = self._take(line, letters) if line.strip() else ""
            if problem and line.endswith(b"\n"):  # a last line without its end was cut
                self._damages.append((number, problem))
            if len(self._damages) >= _MOST_DAMAGED_LINES or number >= _MOST_LINES:
                break
        record = self._record(header)
        if self._damages:
            raise DamagedLogError(self._path, *self._damages[0], record)
        return record

    def _header(self) -> HeaderLine:
        line = first_line(self._path, self._stream)
        problem = _("it is not the record of a round ({reason})")
        version = decode_head(self._path, line, _version_decoder, problem).schema_version
        check_version(self._path, version, SCHEMA_VERSION)
        return decode_head(self._path, line, _header_decoder, problem)

    def _take(self, line: bytes, letters: set[str]) -> str:
        """Add what a line says; return what is wrong with it, "" if nothing."""
        if self._has_ended:
            return _("the round had ended before it")
        try:
            content = _line_decoder.decode(line)
        except DECODING_ERRORS as error:
            return _("it makes no sense ({reason})").format(reason=error)
        match content:
            case AnswerLine(result=result):
                return self._take_result(result, letters)
            case EnergyLine(letter=letter, energy=energy):
                return self._take_energy(letter, energy)
            case EndLine(machine_use=machine_use):
                self._has_ended = True
                self._machine_use = machine_use
                return ""

    def _take_result(self, result: AnswerResult, letters: set[str]) -> str:
        if result.letter not in letters:
            return _("the round has no contender {letter}").format(letter=result.letter)
        if any(earlier.letter == result.letter for earlier in self._results):
            return _("contender {letter} had its turn before").format(letter=result.letter)
        self._results.append(result)
        return ""

    def _take_energy(self, letter: str, energy: EnergyUse) -> str:
        for index, result in enumerate(self._results):
            if isinstance(result, Done) and result.letter == letter:
                self._results[index] = result.with_energy(energy)
                return ""
        return _("there is no answer of {letter} before it").format(letter=letter)

    def _record(self, header: HeaderLine) -> RoundRecord:
        return RoundRecord(
            schema_version=header.schema_version,
            plan=header.plan,
            machine=header.machine,
            started_utc=header.started_utc,
            results=tuple(_without_promise(result) for result in self._results),
            is_complete=self._has_ended,
            available_memory_before_bytes=header.available_memory_before_bytes,
            machine_use=self._machine_use,
        )


def _without_promise(result: AnswerResult) -> AnswerResult:
    """Return an answer whose energy never came with the reason for that."""
    if not isinstance(result, Done) or result.resources.energy != EnergyUse(missing=BEING_READ):
        return result
    return result.with_energy(EnergyUse(missing=ENERGY_LOST))
