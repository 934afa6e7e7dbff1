"""What is known of the run that goes on, in words; free of Qt."""

from large_enough.comparison.pack_run_events import (
    CellFinished,
    ContenderProgress,
    ContenderStateChanged,
    RunEnded,
    RunEvent,
    RunProgressed,
    RunStarted,
    RunState,
)
from large_enough.comparison.run_matrix import RunMatrix
from large_enough.domain.errors import ErrorInfo
from large_enough.domain.pack_run import PackRunRecord, RunMode
from large_enough.domain.quantity import Quantity, Unavailable
from large_enough.domain.text import harmless_line
from large_enough.ui.pack_run_words import progress_words
from large_enough.wording.failures import explain
from large_enough.wording.numbers import count_text, share_text
from large_enough.wording.translate import _

_LONGEST_QUESTION = 160
_OPEN_STATES = frozenset({RunState.ANSWERING, RunState.DONE})


class LiveRun:
    """Follows the events of one run."""

    def __init__(self, matrix: RunMatrix) -> None:
        """Begin with what is on record already.

        Args:
            matrix: The run as far as it is; it grows with the events.
        """
        self.matrix = matrix
        self.is_pausing = False
        self._states: dict[str, ContenderStateChanged] = {}
        self._progress: RunProgressed | None = None

    @property
    def run_id(self) -> str:
        """Of the run."""
        return self.matrix.plan.run_id

    def take(self, event: RunEvent) -> None:
        """Take note of an event."""
        match event:
            case ContenderStateChanged():
                self._states[event.letter] = event
            case RunProgressed():
                self._progress = event
            case CellFinished() | RunStarted() | RunEnded():
                pass  # whoever shows the matrix has them added

    @property
    def fraction(self) -> float:
        """How far the run is, 0 to 1."""
        done, total = self._counts()
        return done / total if total else 0.0

    def progress_words(self) -> str:
        """Return how far the run is, and that it can be left alone."""
        done, total = self._counts()
        progress = self._progress
        rate = None if progress is None else _number(progress.items_per_s)
        left = None if progress is None else _number(progress.left_s)
        words = progress_words(done, total, rate, left)
        return _("{progress} · safe to close, it resumes").format(progress=words)

    def contender_words(self, letter: str) -> str:
        """Return what one contender is doing."""
        done, total = self.counts_of(letter)
        count = _("{done} of {total}").format(done=count_text(done), total=count_text(total))
        changed = self._states.get(letter)
        if changed is None:
            return count
        if changed.state is RunState.ANSWERING:
            return count
        words = state_word(changed.state)
        if changed.error is not None:
            return f"{words}: {explain(changed.error).happened}"
        if changed.fraction is not None:
            return _("{state}, {share}").format(state=words, share=share_text(changed.fraction))
        return words if changed.state in _OPEN_STATES else f"{count} · {words}"

    def counts_of(self, letter: str) -> tuple[int, int]:
        """Return how many answers of one contender are there, and how many there will be."""
        progress = self._progress_of(letter)
        if progress is not None:
            return progress.done_count, progress.total_count
        plan = self.matrix.plan
        return self.matrix.count_of(letter), len(plan.item_ids) * plan.settings.repeats

    def now_words(self) -> str:
        """Return who is answering what: the first question that is open for whoever answers."""
        for letter in (one.letter for one in self.matrix.plan.contenders):
            changed = self._states.get(letter)
            if changed is not None and changed.state is RunState.ANSWERING:
                return self._question_words(letter)
        return ""

    def error_of(self, letter: str) -> ErrorInfo | None:
        """Return why a contender cannot go on, if it cannot."""
        changed = self._states.get(letter)
        return None if changed is None else changed.error

    def _question_words(self, letter: str) -> str:
        item_id = self.matrix.next_open(letter)
        if item_id is None or self.matrix.plan.settings.mode is RunMode.FAST:
            return _("{letter} is answering several questions at once").format(letter=letter)
        question = harmless_line(self.matrix.row(item_id).item.question)[:_LONGEST_QUESTION]
        return _("{letter} is answering {item}: {question}").format(
            letter=letter, item=harmless_line(item_id), question=question
        )

    def _counts(self) -> tuple[int, int]:
        if self._progress is not None:
            return self._progress.done_count, self._progress.total_count
        return self.matrix.cell_count, self.matrix.plan.cell_count

    def _progress_of(self, letter: str) -> ContenderProgress | None:
        if self._progress is None:
            return None
        return next((one for one in self._progress.contenders if one.letter == letter), None)


def state_word(state: RunState) -> str:
    """Return what a contender is doing, in a few words."""
    return {
        RunState.WAITING: _("waiting for its turn"),
        RunState.CHECKING: _("checking the file"),
        RunState.LOADING: _("loading"),
        RunState.WARMING_UP: _("warming up"),
        RunState.COUNTING: _("counting tokens"),
        RunState.ANSWERING: _("answering"),
        RunState.DONE: _("done"),
        RunState.PAUSED: _("paused"),
        RunState.FAILED: _("cannot go on"),
    }[state]


def matrix_of(record: PackRunRecord) -> RunMatrix:
    """Return a recorded run as a matrix."""
    return RunMatrix(record.plan, record.cells)


def _number(quantity: Quantity) -> float | None:
    return None if isinstance(quantity, Unavailable) else quantity
