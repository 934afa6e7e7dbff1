"""Reads recorded rounds and writes documents about them, beside the window.

Everything that stands behind is imported when it is first needed: the window's start must not wait
for it. All methods may be called from any thread.
"""

import enum
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from large_enough.domain.costing import Costing
from large_enough.domain.quantity import Unavailable
from large_enough.domain.round import Contender, Done, Machine, RoundRecord
from large_enough.wording.translate import _

if TYPE_CHECKING:
    from large_enough.comparison.differences import Differences
    from large_enough.comparison.history import History, RoundSummary
    from large_enough.domain.speed_bound import Bandwidth
    from large_enough.store.log_reading import LoggedRound

ELSEWHERE = Unavailable(reason="the round was recorded on another machine")

_GIGABYTE_BYTES = 10**9


class Format(enum.Enum):
    """What a round can be written as; the value is the ending of the file's name."""

    HTML = "html"
    MARKDOWN = "md"
    CSV = "csv"
    JSON = "json"


class Wish(NamedTuple):
    """Which rounds are wanted."""

    text: str = ""
    """Words that all occur in the question or in the names of the models."""
    is_everything: bool = False
    """Whether warm-ups and passes of measurements are wanted, too."""


class Archive:
    """The rounds of one user, and the one that comes with the program."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._environ = environ
        self._lock = threading.Lock()
        self._opened: History | None = None

    def find(self, wish: Wish) -> "tuple[RoundSummary, ...]":
        """Return the rounds that fit, newest first."""
        from large_enough.comparison.history import SHOWN_PURPOSES, HistoryQuery
        from large_enough.domain.round import Purpose

        purposes = frozenset(Purpose) if wish.is_everything else SHOWN_PURPOSES
        return tuple(self._history().find(HistoryQuery(text=wish.text, purposes=purposes)))

    def read(self, path: str) -> "LoggedRound":
        """Read a whole round, as far as possible."""
        from large_enough.comparison.history import read_logged

        return read_logged(path)

    def example(self) -> "LoggedRound":
        """Read the round that comes with the program."""
        from large_enough.comparison.history import read_logged
        from large_enough.store.example_race import example_race_path

        return read_logged(str(example_race_path()))

    def document(self, record: RoundRecord, form: Format, costing: Costing) -> bytes:
        """Return a round as the content of a file."""
        return _WRITERS[form](record, costing)

    def save(self, path: str, data: bytes) -> None:
        """Write a file in one step.

        Raises:
            OSError: It cannot be written.
        """
        from large_enough.resources.files import replace_file

        target = Path(path)
        replace_file(target.parent, target.name, data)

    def compare(self, text_a: str, text_b: str) -> "Differences":
        """Find what two answers have in common, word by word."""
        from large_enough.comparison.differences import find_differences

        return find_differences(text_a, text_b)

    def why_speed(self, record: RoundRecord, is_busy: Callable[[], bool]) -> tuple[str, ...]:
        """Say for each answer of a round why it was as fast as it was.

        Takes up to two seconds the first time, when the speed of this machine's memory is measured.

        Args:
            record: The round.
            is_busy: Whether models load or answer: nothing is measured while they do.
        """
        bandwidth = self._bandwidth(record, is_busy)
        pairs = ((each, record.result_of(each.letter)) for each in record.plan.contenders)
        return tuple(
            _why(contender, result, bandwidth)
            for contender, result in pairs
            if isinstance(result, Done)
        )

    def _bandwidth(
        self, record: RoundRecord, is_busy: Callable[[], bool]
    ) -> "Bandwidth | Unavailable":
        from large_enough.measure.bandwidth_file import known_bandwidth
        from large_enough.measure.machine import SystemLoad, describe_machine, machine_name
        from large_enough.resources.paths import user_folders

        if not _is_same_machine(record.machine, describe_machine(record.machine.program_version)):
            return ELSEWHERE
        return known_bandwidth(
            user_folders(self._environ).cache,
            machine_name(),
            is_busy=is_busy,
            system_load=SystemLoad().share,
        )

    def _history(self) -> "History":
        with self._lock:
            if self._opened is None:
                from large_enough.comparison.history import History
                from large_enough.comparison.workbench import ROUNDS_FOLDER
                from large_enough.resources.paths import user_folders

                self._opened = History(user_folders(self._environ).data / ROUNDS_FOLDER)
            return self._opened


def _is_same_machine(one: Machine, other: Machine) -> bool:
    """Return whether it is the same kind of processor with as much memory, to a gigabyte."""
    sizes = [round(machine.memory_bytes / _GIGABYTE_BYTES) for machine in (one, other)]
    return one.cpu_name == other.cpu_name and sizes[0] == sizes[1]


def _why(contender: Contender, done: Done, bandwidth: "Bandwidth | Unavailable") -> str:
    from large_enough.comparison.speed_bounds import speed_bound
    from large_enough.wording.why_speed import why_speed

    words = why_speed(done, speed_bound(contender, done, bandwidth))
    return _("{letter}: {words}").format(letter=contender.letter, words=words)


def _html(record: RoundRecord, costing: Costing) -> bytes:
    from large_enough.report.round_html import round_html

    return round_html(record, costing).encode()


def _markdown(record: RoundRecord, costing: Costing) -> bytes:
    from large_enough.report.round_markdown import round_markdown

    return round_markdown(record, costing).encode()


def _csv(record: RoundRecord, costing: Costing) -> bytes:
    from large_enough.report.round_csv import ENCODING, round_csv

    return round_csv(record, costing).encode(ENCODING)


def _json(record: RoundRecord, costing: Costing) -> bytes:
    import json

    from large_enough.report.round_json import round_as_dict

    text = json.dumps(round_as_dict(record, costing), ensure_ascii=False, indent=2)
    return text.encode() + b"\n"


_WRITERS: dict[Format, Callable[[RoundRecord, Costing], bytes]] = {
    Format.HTML: _html,
    Format.MARKDOWN: _markdown,
    Format.CSV: _csv,
    Format.JSON: _json,
}
