"""A stand-in for the recorded rounds of a user."""

from collections.abc import Callable

from tests.helpers.records import make_record

from large_enough.comparison.differences import Differences, find_differences
from large_enough.comparison.history import RoundSummary
from large_enough.domain.costing import Costing
from large_enough.domain.errors import ErrorInfo, FailureKind, LargeEnoughError
from large_enough.domain.round import Purpose, RoundRecord
from large_enough.store.log_reading import LoggedRound
from large_enough.ui.archive import Archive, Format, Wish


class FakeArchive:
    """Rounds that the test puts in."""

    def __init__(self) -> None:
        self.records: dict[str, RoundRecord] = {}
        self.summaries: list[RoundSummary] = []
        self.wishes: list[Wish] = []
        self.files: dict[str, bytes] = {}
        self.disk_problem: OSError | None = None
        self.failure: LargeEnoughError | None = None
        self.sentences = ("A: memory sets the pace.", "B: memory sets the pace.")
        self.race = make_record(())

    def add(self, record: RoundRecord, path: str) -> None:
        """Put a round in, as the newest."""
        self.records[path] = record
        summary = RoundSummary(
            path=path,
            started_utc=record.started_utc,
            prompt_start=record.plan.prompt,
            models=tuple(contender.card.name for contender in record.plan.contenders),
            mode=record.plan.mode,
            purpose=record.plan.purpose,
        )
        self.summaries.insert(0, summary)

    def add_damaged(self, path: str) -> ErrorInfo:
        """Put in a log that cannot be read; return why."""
        facts: dict[str, str | int | float] = {"problem": "it makes no sense"}
        error = ErrorInfo(kind=FailureKind.LOG_UNREADABLE, subject=path, facts=facts)
        self.summaries.insert(0, RoundSummary(path=path, problem=error))
        return error

    def find(self, wish: Wish) -> tuple[RoundSummary, ...]:
        """Return the rounds whose question has the text."""
        self.wishes.append(wish)
        if self.failure is not None:
            raise self.failure
        return tuple(
            summary
            for summary in self.summaries
            if wish.text in summary.prompt_start
            and (wish.is_everything or summary.purpose is Purpose.QUESTION)
        )

    def read(self, path: str) -> LoggedRound:
        """Return a round."""
        return LoggedRound(path=path, record=self.records[path])

    def example(self) -> LoggedRound:
        """Return the race."""
        return LoggedRound(path="/race.jsonl", record=self.race)

    def document(self, record: RoundRecord, form: Format, costing: Costing) -> bytes:
        """Return what the real one does."""
        return Archive({}).document(record, form, costing)

    def save(self, path: str, data: bytes) -> None:
        """Keep the file in memory."""
        if self.disk_problem is not None:
            raise self.disk_problem
        self.files[path] = data

    def compare(self, text_a: str, text_b: str) -> Differences:
        """Return what the real one does."""
        return find_differences(text_a, text_b)

    def why_speed(self, record: RoundRecord, is_busy: Callable[[], bool]) -> tuple[str, ...]:
        """Return made-up sentences."""
        return self.sentences
