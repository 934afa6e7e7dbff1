"""Making several answers at once."""

from collections.abc import Collection, Iterator

import pytest
from tests.helpers.fake_clock import FakeClock
from tests.helpers.fake_engine import KeptOutput
from tests.helpers.fake_seats import FakeSeats
from tests.helpers.raw_worker import ask

from large_enough.domain.errors import EngineError, FailureKind, RequestError
from large_enough.domain.generation import Answer, Choice, FinishReason
from large_enough.domain.quantity import Unavailable
from large_enough.worker.answer_batch import AnswerBatch
from large_enough.worker.backend import Outcome


class Table:
    """A batch with everything around it."""

    def __init__(self, seat_count: int = 3) -> None:
        self.clock = FakeClock()
        self.seats = FakeSeats(self.clock, seat_count)
        self.batch = AnswerBatch(self.seats, self.clock)
        self.outputs: dict[int, KeptOutput] = {}

    def start(
        self, request_id: int, text: str, labels: tuple[str, ...] | None = None, **fields: object
    ) -> None:
        output = self.outputs[request_id] = KeptOutput()
        now_ns = self.clock.monotonic_ns()
        self.batch.start(request_id, ask(text, **fields), labels, now_ns, output)

    def steps(self, stopped: Collection[int] = ()) -> Iterator[tuple[int, Outcome]]:
        while self.batch.request_ids:
            for ended in self.batch.step(stopped):
                yield ended.request_id, ended.outcome

    def all(self, stopped: Collection[int] = ()) -> dict[int, Outcome]:
        return dict(self.steps(stopped))


@pytest.fixture
def table() -> Table:
    return Table()


def texts(outcomes: dict[int, Outcome]) -> dict[int, tuple[str, FinishReason]]:
    return {
        request_id: (outcome.text.strip(), outcome.finish)
        for request_id, outcome in outcomes.items()
        if isinstance(outcome, Answer)
    }


def test_each_gets_its_own_answer_and_the_shortest_is_first(table: Table) -> None:
    table.start(1, "one two three four")
    table.start(2, "un deux")
    table.start(3, "eins zwei drei")
    assert not table.batch.has_room
    ended = list(table.steps())
    assert [request_id for request_id, _ in ended] == [2, 3, 1]
    assert texts(dict(ended)) == {
        1: ("one two three four", FinishReason.END_OF_TEXT),
        2: ("un deux", FinishReason.END_OF_TEXT),
        3: ("eins zwei drei", FinishReason.END_OF_TEXT),
    }
    assert "".join(text for text, _ in table.outputs[2].texts).split() == ["un", "deux"]
    assert table.outputs[1].readings == [(5, 10), (10, 10)]


def test_a_free_seat_is_given_to_the_next(table: Table) -> None:
    table.start(1, "a b c d e f")
    table.start(2, "x")
    table.start(3, "p q r s t u")
    assert texts(dict([next(table.steps())])) == {2: ("x", FinishReason.END_OF_TEXT)}
    assert table.batch.has_room
    table.start(4, "y z")
    assert sorted(table.all()) == [1, 3, 4]


def test_only_the_total_time_is_told(table: Table) -> None:
    table.start(1, "one two")
    outcome = table.all()[1]
    assert isinstance(outcome, Answer)
    timing = outcome.timing
    assert timing.total_s == pytest.approx(0.4)
    assert (timing.prompt_token_count, timing.reused_token_count) == (10, 4)
    assert timing.generated_token_count == 2
    for quantity in (
        timing.prompt_s,
        timing.first_token_s,
        timing.first_answer_token_s,
        timing.decode_s,
        timing.cpu_s,
        timing.generation_tokens_per_s,
    ):
        assert quantity == Unavailable(reason="several answers were computed at once")


def test_stopping_one_leaves_the_others(table: Table) -> None:
    table.start(1, "one two three four")
    table.start(2, "un deux trois quatre")
    for _ in range(3):
        table.batch.step(())
    outcomes = table.all(stopped={2})
    assert texts(outcomes) == {
        1: ("one two three four", FinishReason.END_OF_TEXT),
        2: ("un deux", FinishReason.CANCELLED),
    }


def test_limits_are_those_of_each(table: Table) -> None:
    table.start(1, "one two three", max_tokens=2)
    table.start(2, "un deux trois", longest_s=0.25)
    table.start(3, "eins zwei drei", longest_characters=7)
    assert texts(table.all()) == {
        1: ("one two", FinishReason.LENGTH),
        2: ("un deux", FinishReason.TIME_UP),
        3: ("eins z", FinishReason.LENGTH),
    }


def test_stop_texts_loops_and_full_contexts_end_one(table: Table) -> None:
    table.start(1, "one two three", stop=("two",))
    table.start(2, "again " * 400, stops_loops=True, max_tokens=1000)
    table.start(3, "eins !full drei")
    ends = texts(table.all())
    assert ends[1] == ("one", FinishReason.STOP_TEXT)
    assert ends[2][1] is FinishReason.LOOPING
    assert ends[3] == ("eins !full", FinishReason.CONTEXT_FULL)


def test_a_request_that_cannot_be_answered_takes_no_seat(table: Table) -> None:
    table.start(1, "one")
    with pytest.raises(EngineError):
        table.start(2, "!refused")
    with pytest.raises(RequestError):
        table.start(3, "one", max_tokens=0)
    with pytest.raises(RequestError):
        table.start(4, "one", labels=("A", "A"))
    assert table.batch.request_ids == {1}
    assert texts(table.all()) == {1: ("one", FinishReason.END_OF_TEXT)}


def test_a_failure_of_one_is_its_own(table: Table) -> None:
    table.start(1, "one two three")
    table.start(2, "un !broken trois")
    outcomes = table.all()
    assert isinstance(outcomes[2], EngineError)
    assert texts(outcomes) == {1: ("one two three", FinishReason.END_OF_TEXT)}
    assert sorted(table.seats.closed) == [0, 1]


def test_a_choice_beside_answers(table: Table) -> None:
    table.start(1, "one two three")
    table.start(2, "which", labels=("A", "B"))
    ended = list(table.steps())
    request_id, made = ended[0]
    assert request_id == 2
    assert isinstance(made, Choice)
    assert made.rendered_prompt_sha256 == "which"
    assert table.outputs[2].texts == []


def test_a_choice_that_is_stopped_has_a_reason_only(table: Table) -> None:
    table.start(1, "which", labels=("A", "B"))
    table.start(2, "which", labels=("A", "B"), longest_s=0.0)
    assert table.all(stopped={1}) == {1: FinishReason.CANCELLED, 2: FinishReason.TIME_UP}


def test_probabilities_are_noted_for_those_who_want_them(table: Table) -> None:
    table.start(1, "one two")
    table.start(2, "un deux", wants_token_probabilities=True)
    outcomes = table.all()
    first, second = outcomes[1], outcomes[2]
    assert isinstance(first, Answer)
    assert isinstance(second, Answer)
    assert first.token_probabilities == ()
    assert [(note.text, note.log_probability) for note in second.token_probabilities] == [
        (" un", -1.0),
        (" deux", -1.125),
    ]


def test_a_step_that_was_stopped_is_repeated(table: Table) -> None:
    interruptions = iter([False, True, False, False])
    table.seats.before_step = lambda: next(interruptions, True)
    table.start(1, "one two")
    assert texts(table.all()) == {1: ("one two", FinishReason.END_OF_TEXT)}


def test_all_can_be_given_up(table: Table) -> None:
    table.start(1, "one")
    table.start(2, "two")
    assert table.batch.abandon() == {1, 2}
    assert table.batch.request_ids == frozenset()
    table.start(3, "three")
    assert texts(table.all()) == {3: ("three", FinishReason.END_OF_TEXT)}


def test_the_engine_fails_for_all(table: Table) -> None:
    def fail() -> bool:
        raise EngineError(FailureKind.ENGINE_REFUSED)

    table.seats.before_step = fail
    table.start(1, "one")
    with pytest.raises(EngineError):
        table.batch.step(())
    assert table.batch.abandon() == {1}
