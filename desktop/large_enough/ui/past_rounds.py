"""Brings recorded rounds to the screens, and takes them to files; all the work is done beside."""

import functools
import threading
from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal

from large_enough.domain.costing import Costing
from large_enough.domain.errors import ErrorInfo
from large_enough.domain.round import RoundRecord
from large_enough.domain.text import harmless_line
from large_enough.ui.archive import Format, Wish
from large_enough.ui.background import Background
from large_enough.ui.services import RoundArchive
from large_enough.wording.translate import _


class Explanation(NamedTuple):
    """Why the answers of a round were as fast as they were."""

    round_id: str
    sentences: tuple[str, ...]


class PastRounds(QObject):
    """Lists, reads, compares and saves. Of several wishes of a kind, only the last is answered.

    Signals:
        listed: The rounds that were wanted: a tuple of `RoundSummary`.
        opened: A round that was wanted: `LoggedRound`.
        example_opened: The round that comes with the program: `LoggedRound`.
        compared: The `Differences` of two answers.
        explained: An `Explanation` of speeds.
        saved: A file was written; a sentence that says so, or why it could not be.
        failed: Something did not work: `ErrorInfo`.
    """

    listed = Signal(object)
    opened = Signal(object)
    example_opened = Signal(object)
    compared = Signal(object)
    explained = Signal(object)
    saved = Signal(str)
    failed = Signal(object)

    def __init__(
        self,
        archive: RoundArchive,
        background: Background,
        is_busy: Callable[[], bool],
        parent: QObject | None = None,
    ) -> None:
        """Read nothing yet.

        Args:
            archive: Where the rounds are.
            background: Runs jobs.
            is_busy: Whether models are at work; asked from other threads.
            parent: Owner.
        """
        super().__init__(parent)
        self._archive = archive
        self._background = background
        self._are_models_busy = is_busy
        self._has_ended = threading.Event()
        self._numbers: dict[str, int] = {}

    def find(self, wish: Wish) -> None:
        """List the rounds that fit."""
        self._run("find", functools.partial(self._archive.find, wish), self.listed.emit)

    def open(self, path: str) -> None:
        """Read a round."""
        self._run("read", functools.partial(self._archive.read, path), self.opened.emit)

    def open_example(self) -> None:
        """Read the round that comes with the program."""
        self._run("example", self._archive.example, self.example_opened.emit)

    def compare(self, text_a: str, text_b: str) -> None:
        """Find what two answers have in common."""
        work = functools.partial(self._archive.compare, text_a, text_b)
        self._run("compare", work, self.compared.emit)

    def explain(self, record: RoundRecord) -> None:
        """Find out why the answers of a round were as fast as they were."""
        work = functools.partial(self._explain, record)
        self._run("explain", work, self.explained.emit)

    def export(self, record: RoundRecord, form: Format, costing: Costing, path: str) -> None:
        """Write a round into a file."""
        work = functools.partial(self._export, record, form, costing, path)
        self._run("export", work, self.saved.emit)

    def save(self, path: str, data: bytes) -> None:
        """Write a file."""
        self._run("save", functools.partial(self._save, path, data), self.saved.emit)

    def close(self) -> None:
        """Let a measurement that is on end at once."""
        self._has_ended.set()

    # --- beside the window

    def _explain(self, record: RoundRecord) -> Explanation:
        sentences = self._archive.why_speed(record, self._is_busy)
        return Explanation(record.plan.round_id, sentences)

    def _is_busy(self) -> bool:
        return self._has_ended.is_set() or self._are_models_busy()

    def _export(self, record: RoundRecord, form: Format, costing: Costing, path: str) -> str:
        return self._save(path, self._archive.document(record, form, costing))

    def _save(self, path: str, data: bytes) -> str:
        try:
            self._archive.save(path, data)
        except OSError as error:
            words = _(
                "{file} could not be saved: {reason}. Choose another folder, or make room on the "
                "disk."
            )
            return words.format(file=harmless_line(path), reason=error.strerror or error)
        return _("Saved as {file}.").format(file=harmless_line(path))

    # --- on the main thread

    def _run(
        self, name: str, work: Callable[[], object], on_done: Callable[[object], object]
    ) -> None:
        number = self._numbers[name] = self._numbers.get(name, 0) + 1
        self._background.run(
            name,
            work,
            functools.partial(self._on_done, name, number, on_done),
            functools.partial(self._on_failed, name, number),
        )

    def _on_done(
        self, name: str, number: int, on_done: Callable[[object], object], outcome: object
    ) -> None:
        if number == self._numbers[name]:
            on_done(outcome)

    def _on_failed(self, name: str, number: int, error: ErrorInfo) -> None:
        if number == self._numbers[name]:
            self.failed.emit(error)
