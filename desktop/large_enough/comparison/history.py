"""Lists the rounds of the past, newest first, and finds some of them again.

Of each log only the first line is read, when it is needed, and not again while the file stays the
same; a whole log is read only for what is shown of its outcome.
"""

import itertools
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec

from large_enough.domain.errors import ErrorInfo, StoreError
from large_enough.domain.model_card import BackendKind, file_name_of
from large_enough.domain.round import Mode, Purpose, RoundRecord
from large_enough.domain.text import harmless_line
from large_enough.store.log_heads import LogHead, log_paths, read_head
from large_enough.store.log_reading import DamagedLogError, LoggedRound, read_round
from large_enough.wording.summary import round_sentence

PROMPT_CHARACTERS = 200
"""As many of a prompt are shown in a list."""
SHOWN_PURPOSES = frozenset({Purpose.QUESTION})
"""Warm-ups and passes of the protocol are hidden unless somebody asks for them."""


class RoundSummary(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the list."""

    path: str
    started_utc: str = ""
    """ISO 8601, UTC; empty if the log cannot be read."""
    prompt_start: str = ""
    """On one line, harmless to show."""
    models: tuple[str, ...] = ()
    """Names in the order of the letters, harmless to show."""
    mode: Mode = Mode.MEASURED
    purpose: Purpose = Purpose.QUESTION
    is_scripted: bool = False
    """Whether a contender was a script, so that nothing was measured."""
    round_id: str = ""
    session_id: str = ""
    problem: ErrorInfo | None = None
    """Why nothing more is known; None if the log can be read."""


class HistoryQuery(msgspec.Struct, frozen=True, kw_only=True):
    """Which rounds are wanted. The plain query wants all questions."""

    text: str = ""
    """Words that all occur in the prompt, the names of the models or of their files; upper and
    lower case are the same."""
    model: str = ""
    """Exact name of a model that took part; empty for any."""
    purposes: frozenset[Purpose] = SHOWN_PURPOSES


class History:
    """The rounds of one folder. May be used from several threads."""

    def __init__(
        self, folder: Path, *, read_first_line: Callable[[Path], LogHead] = read_head
    ) -> None:
        """Read nothing yet.

        Args:
            folder: Where the logs lie.
            read_first_line: Reads the beginning of a log; replaced in tests.
        """
        self._folder = folder
        self._read = read_first_line
        self._lock = threading.Lock()
        self._known: dict[str, tuple[tuple[int, int], _Entry]] = {}

    def find(self, query: HistoryQuery | None = None) -> Iterator[RoundSummary]:
        """Yield the rounds that fit, newest first, each as soon as it is found.

        Logs that cannot be read are among them, where their names would have them, unless the query
        asks for a text or a model.
        """
        wanted = query or HistoryQuery()
        words = wanted.text.casefold().split()
        for path in log_paths(self._folder):
            entry = self._entry(path)
            if entry is not None and entry.fits(wanted, words):
                yield entry.summary

    def page(
        self, query: HistoryQuery | None = None, *, start: int = 0, most: int = 50
    ) -> tuple[RoundSummary, ...]:
        """Return a part of what `find` yields; no log behind it is looked at."""
        return tuple(itertools.islice(self.find(query), start, start + most))

    def models(self) -> tuple[str, ...]:
        """Return the names of all models that took part in a question, in their order."""
        names = {name for summary in self.find() for name in summary.models}
        return tuple(sorted(names, key=str.casefold))

    def _entry(self, path: Path) -> "_Entry | None":
        """Return what is known of a log; None if it has gone meanwhile."""
        try:
            status = path.stat()
        except (OSError, ValueError):
            return None
        mark = (status.st_mtime_ns, status.st_size)
        with self._lock:
            kept = self._known.get(path.name)
        if kept is not None and kept[0] == mark:
            return kept[1]
        entry = self._read_entry(path)
        with self._lock:
            self._known[path.name] = (mark, entry)
        return entry

    def _read_entry(self, path: Path) -> "_Entry":
        try:
            return _Entry.of_head(path, self._read(path))
        except StoreError as error:
            return _Entry(summary=RoundSummary(path=str(path), problem=error.info), haystack="")


class _Entry(msgspec.Struct, frozen=True, kw_only=True):
    """A log with what is searched in it."""

    summary: RoundSummary
    haystack: str
    """Case-folded."""

    @classmethod
    def of_head(cls, path: Path, head: LogHead) -> "_Entry":
        """Return the entry of a log that can be read."""
        plan = head.plan
        cards = [contender.card for contender in plan.contenders]
        names = tuple(harmless_line(card.name) for card in cards)
        files = [file_name_of(card.path) for card in cards]
        ids = [card.catalog_id or "" for card in cards]
        summary = RoundSummary(
            path=str(path),
            started_utc=head.started_utc,
            prompt_start=_start(plan.prompt),
            models=names,
            mode=plan.mode,
            purpose=plan.purpose,
            is_scripted=any(card.backend is BackendKind.ECHO for card in cards),
            round_id=plan.round_id,
            session_id=plan.session_id,
        )
        haystack = "\n".join((plan.prompt, *names, *files, *ids)).casefold()
        return cls(summary=summary, haystack=haystack)

    def fits(self, query: HistoryQuery, words: list[str]) -> bool:
        """Return whether the query wants this round."""
        if self.summary.problem is not None:
            return not (words or query.model)
        return (
            self.summary.purpose in query.purposes
            and (not query.model or query.model in self.summary.models)
            and all(word in self.haystack for word in words)
        )


def read_logged(path: str) -> LoggedRound:
    """Read the whole log of a round, as far as possible."""
    try:
        return LoggedRound(path=path, record=read_round(Path(path)))
    except DamagedLogError as error:
        return LoggedRound(path=path, record=error.record, problem=error.info)
    except StoreError as error:
        return LoggedRound(path=path, record=None, problem=error.info)


def outcome(record: RoundRecord) -> str:
    """Return what came out, on one line, harmless to show."""
    return harmless_line(round_sentence(record))


def _start(prompt: str) -> str:
    line = harmless_line(prompt[: 4 * PROMPT_CHARACTERS])
    return line if len(line) <= PROMPT_CHARACTERS else line[: PROMPT_CHARACTERS - 1].rstrip() + "…"
