"""Runs of packs with real worker processes that play scripts."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import psutil
import pytest
from tests.helpers.pack_runs import RunRecorder, RunTable, answers_of, small_pack

from large_enough.comparison.pack_run_events import (
    CellFinished,
    ContenderStateChanged,
    RunEnded,
    RunEvent,
    RunProgressed,
    RunState,
)
from large_enough.comparison.pack_run_limits import with_raised_limits
from large_enough.comparison.pack_run_plan import usual_settings
from large_enough.comparison.pack_run_summary import summaries
from large_enough.comparison.pack_runs import regrade, with_keys
from large_enough.domain.errors import FailureKind
from large_enough.domain.grade import GradeStatus, ReplyEnd
from large_enough.domain.pack import ChoiceKey
from large_enough.domain.pack_run import (
    AnswerWay,
    PackRunEnd,
    PackRunSettings,
    RunLimits,
    RunMode,
    RunOrder,
)
from large_enough.domain.quantity import Unavailable
from large_enough.store.pack_run_reading import read_pack_run

PACK = small_pack()
FAST = msgspec.structs.replace(usual_settings(PACK), mode=RunMode.FAST, batch_size=4)


@pytest.fixture
def table(tmp_path: Path) -> Iterator[RunTable]:
    table = RunTable(tmp_path)
    yield table
    table.close()
    assert not psutil.Process().children(recursive=True)


@pytest.mark.parametrize("settings", [usual_settings(PACK), FAST], ids=["measured", "fast"])
def test_every_answer_of_every_contender_is_graded_and_on_disk(
    table: RunTable, settings: PackRunSettings
) -> None:
    good = table.contender("good", answers_of(PACK))
    bad = table.contender("bad", answers_of(PACK, wrong=["n1", "c3"]))
    recorder = RunRecorder()
    record = table.run_pack(table.plan_pack(PACK, [good, bad], settings), recorder)

    assert record.end is PackRunEnd.COMPLETE
    assert len(record.cells) == 12
    wrong = {(c.key.letter, c.key.item_id) for c in record.cells if c.score != 1.0}
    assert wrong == {("B", "n1"), ("B", "c3")}
    assert read_pack_run(table.only_log()) == record
    assert recorder.states("A")[-1] == "done"
    assert {"loading", "warming_up", "counting", "answering"} <= set(recorder.states("A"))
    ended = recorder.events[-1]
    assert isinstance(ended, RunEnded)
    assert ended.record == record
    is_fast = settings.mode is RunMode.FAST
    assert all(isinstance(cell.timing, Unavailable) is is_fast for cell in record.cells)
    assert all(isinstance(cell.resources, Unavailable) is is_fast for cell in record.cells)
    assert [setup.letter for setup in record.setups] == ["A", "B"]
    assert {cell.setup_id for cell in record.cells if cell.key.letter == "B"} == {1}


def test_the_warm_up_is_no_answer_and_prefixes_are_not_reused(table: RunTable) -> None:
    record = table.run_pack(table.plan_pack(PACK, [table.contender("good", answers_of(PACK))]))
    assert all("Hello" not in cell.text for cell in record.cells)
    assert [cell.key.item_id for cell in record.cells] == list(record.plan.item_ids)


def test_repeats_are_asked_one_after_the_other_and_turned_order_takes_halves(
    table: RunTable,
) -> None:
    settings = msgspec.structs.replace(usual_settings(PACK), repeats=2, order=RunOrder.ABBA)
    contenders = [table.contender(name, answers_of(PACK)) for name in ("one", "two")]
    record = table.run_pack(table.plan_pack(PACK, contenders, settings))
    letters = "".join(cell.key.letter for cell in record.cells)
    assert letters == "A" * 6 + "B" * 12 + "A" * 6
    assert [cell.key.repeat for cell in record.cells if cell.key.letter == "B"] == [0] * 6 + [1] * 6
    assert [setup.letter for setup in record.setups] == ["A", "B", "A"]


@pytest.mark.parametrize("settings", [usual_settings(PACK), FAST], ids=["measured", "fast"])
def test_a_crash_costs_only_its_question_which_is_tried_twice(
    table: RunTable, settings: PackRunSettings
) -> None:
    answers = answers_of(PACK)
    answers[2]["end"] = "crash_abort"
    poisoned = PACK.items[2].id
    recorder = RunRecorder()
    plan = table.plan_pack(PACK, [table.contender("ant", answers)], settings)
    record = table.run_pack(plan, recorder)
    assert record.end is PackRunEnd.COMPLETE
    told = [each.error for each in recorder.events if isinstance(each, ContenderStateChanged)]
    assert FailureKind.ENGINE_ASSERTION in {error.kind for error in told if error is not None}
    statuses = {cell.key.item_id: cell.grade.status for cell in record.cells}
    assert statuses.pop(poisoned) is GradeStatus.ERROR
    assert set(statuses.values()) == {GradeStatus.CORRECT}
    error = next(cell.error for cell in record.cells if cell.key.item_id == poisoned)
    assert error is not None
    assert error.kind is FailureKind.ENGINE_ASSERTION
    assert len(record.setups) >= 2  # loaded again for the second try


def test_a_model_that_cannot_be_loaded_costs_only_its_own_turn(table: RunTable) -> None:
    bad = table.contender("bad", answers_of(PACK), load_end="failed:load_refused")
    good = table.contender("good", answers_of(PACK))
    recorder = RunRecorder()
    record = table.run_pack(table.plan_pack(PACK, [bad, good]), recorder)
    assert record.end is PackRunEnd.STOPPED
    assert {cell.key.letter for cell in record.cells} == {"B"}
    assert len(record.cells) == 6
    assert record.problems["A"].kind is FailureKind.LOAD_REFUSED
    assert recorder.states("A")[-1] == "failed"


def test_a_model_without_a_chat_template_is_not_asked_in_some_other_format(
    table: RunTable,
) -> None:
    base = table.contender("base", answers_of(PACK), has_chat_template=False)
    record = table.run_pack(table.plan_pack(PACK, [base]))
    assert not record.cells
    assert record.problems["A"].kind is FailureKind.NOT_A_CHAT_MODEL


def test_a_question_that_does_not_fit_is_named_and_never_asked(table: RunTable) -> None:
    answers = answers_of(PACK)
    answers[1]["prompt_token_count"] = 4000
    answers[1]["end"] = "crash_abort"  # being asked would show
    record = table.run_pack(table.plan_pack(PACK, [table.contender("ant", answers)]))
    cell = next(cell for cell in record.cells if cell.key.item_id == PACK.items[1].id)
    assert cell.end is ReplyEnd.OVERFLOW
    assert cell.grade.status is GradeStatus.OVERFLOW
    assert cell.prompt_token_count == 4000
    assert len(record.cells) == 6
    assert len(record.setups) == 1


@pytest.mark.parametrize("mode", list(RunMode))
def test_limits_end_an_answer_and_each_end_has_its_own_name(table: RunTable, mode: RunMode) -> None:
    answers = answers_of(PACK)
    answers[0] = {"when": PACK.items[0].question, "text": "one two three four five six"}
    answers[1] = {
        "when": PACK.items[1].question,
        "text": "round and round it goes ",
        "end": "length",
    }
    answers[2] = {"when": PACK.items[2].question, "text": "slow", "prompt_delay_s": 0.0}
    answers[2] |= {"tokens": ["a", " b", " c"], "token_delay_s": 2.0}
    settings = msgspec.structs.replace(
        usual_settings(PACK), mode=mode, limits=RunLimits(max_tokens=2000, longest_s=1.5)
    )
    plan = table.plan_pack(PACK, [table.contender("ant", answers)], settings)
    record = table.run_pack(plan)
    ends = {cell.key.item_id: cell.end for cell in record.cells}
    assert ends[PACK.items[1].id] is ReplyEnd.LOOPING
    assert ends[PACK.items[2].id] is ReplyEnd.TIMEOUT
    short = msgspec.structs.replace(settings, limits=RunLimits(max_tokens=3))
    record = table.run_pack(table.plan_pack(PACK, [table.contender("bee", answers)], short))
    ends = {cell.key.item_id: cell.end for cell in record.cells}
    assert ends[PACK.items[0].id] is ReplyEnd.LENGTH


def test_forced_choice_reads_options_and_asks_nothing_else(table: RunTable) -> None:
    settings = msgspec.structs.replace(usual_settings(PACK), way=AnswerWay.FORCED_CHOICE)
    answers = [
        {"when": "Question", "text": "?", "label_weights": {"A": 1.0, "B": 6.0, "C": 3.0}},
        {"text": "Hello."},
    ]
    record = table.run_pack(table.plan_pack(PACK, [table.contender("ant", answers)], settings))
    assert {cell.key.item_id for cell in record.cells} == {"c3", "c6"}
    for cell in record.cells:
        assert cell.text == "B"
        assert len(cell.option_log_probabilities) == 3
        is_right = cell.shown_choices[1] == "Rome"
        assert (cell.grade.status is GradeStatus.CORRECT) is is_right
        assert isinstance(cell.timing, Unavailable)


@pytest.mark.parametrize("settings", [usual_settings(PACK), FAST], ids=["measured", "fast"])
def test_a_paused_run_goes_on_where_it_stopped_and_asks_nothing_twice(
    table: RunTable, settings: PackRunSettings
) -> None:
    slow = answers_of(PACK, token_delay_s=0.02)
    contenders = [table.contender(name, slow) for name in ("one", "two")]
    plan = table.plan_pack(PACK, contenders, settings)

    def stop(event: RunEvent) -> None:
        if isinstance(event, RunProgressed) and event.done_count == 3:
            table.stop(None, plan.run_id)

    first = RunRecorder(reaction=stop)
    record = table.run_pack(plan, first)
    assert record.end is PackRunEnd.STOPPED
    assert 3 <= len(record.cells) < 12
    assert first.states("B")[-1] == "paused"
    second = RunRecorder()
    whole = table.resume_pack(table.only_log(), second)
    assert whole.end is PackRunEnd.COMPLETE
    assert len(first.cells) + len(second.cells) == 12
    assert {cell.grade.status for cell in whole.cells} == {GradeStatus.CORRECT}


def test_a_contender_that_joins_later_is_asked_the_same_and_only_it_is_asked(
    table: RunTable,
) -> None:
    first = table.run_pack(table.plan_pack(PACK, [table.contender("one", answers_of(PACK))]))
    recorder = RunRecorder()
    added = [table.contender("two", answers_of(PACK, wrong=["n4"]))]
    record = table.resume_pack(table.only_log(), recorder, added=added)
    assert {event.cell.key.letter for event in recorder.cells} == {"B"}
    prompts = {
        letter: [cell.prompt for cell in record.cells if cell.key.letter == letter]
        for letter in "AB"
    }
    assert prompts["A"] == prompts["B"]
    assert record.cells[:6] == first.cells


def test_who_joins_after_a_key_was_corrected_is_asked_the_same_and_graded_by_the_new_key(
    table: RunTable,
) -> None:
    table.run_pack(table.plan_pack(PACK, [table.contender("one", answers_of(PACK))]))
    path = table.only_log()
    key = ChoiceKey(choices=("Paris", "Rome", "Lima"), answer="Lima")
    regrade(path, with_keys(PACK, {"c3": key}), utc=lambda: "2026-03-01T12:00:00+00:00")
    record = table.resume_pack(path, added=[table.contender("two", answers_of(PACK))])
    first, second = (cell for cell in record.cells if cell.key.item_id == "c3")
    assert first.prompt == second.prompt
    assert first.shown_choices == second.shown_choices
    assert {first.grade.status, second.grade.status} == {GradeStatus.WRONG}


def test_a_slow_warm_up_stays_out_of_the_times(table: RunTable) -> None:
    answers = answers_of(PACK)
    answers[-1] |= {"prompt_delay_s": 2.0}
    record = table.run_pack(table.plan_pack(PACK, [table.contender("one", answers)]))
    (summary,) = summaries(record)
    assert isinstance(summary.median_s, float)
    assert isinstance(summary.p90_s, float)
    assert summary.p90_s < 1.0


def test_a_file_that_was_changed_is_not_mixed_with_the_old_one(table: RunTable) -> None:
    plan = table.plan_pack(PACK, [table.contender("one", answers_of(PACK, token_delay_s=0.01))])

    def stop(event: RunEvent) -> None:
        if isinstance(event, CellFinished):
            table.stop(None, plan.run_id)

    table.run_pack(plan, RunRecorder(reaction=stop))
    table.file_hash = "cd" * 32
    record = table.resume_pack(table.only_log())
    assert record.problems["A"].kind is FailureKind.MODEL_CHANGED
    assert record.end is PackRunEnd.STOPPED


def test_the_time_left_is_told_only_when_everybody_has_shown_a_pace(table: RunTable) -> None:
    recorder = RunRecorder()
    contenders = [table.contender(name, answers_of(PACK)) for name in ("one", "two")]
    table.run_pack(table.plan_pack(PACK, contenders, FAST), recorder)
    told = [event for event in recorder.events if isinstance(event, RunProgressed)]
    assert [event.done_count for event in told] == list(range(1, 13))
    assert isinstance(told[5].left_s, Unavailable)
    assert told[-1].left_s == 0.0
    assert told[-1].contenders[0].right_count == 6


@pytest.mark.parametrize("mode", list(RunMode))
def test_what_a_limit_cut_is_asked_again_with_a_higher_one_and_nothing_else(
    table: RunTable, mode: RunMode
) -> None:
    chatty = answers_of(PACK)
    for answer in chatty[:2]:
        answer["text"] = f"well well well well {answer['text']}"
    chatty = [{**answer, "token_delay_s": 0.01} for answer in chatty]
    contenders = [table.contender("brief", answers_of(PACK)), table.contender("chatty", chatty)]
    settings = msgspec.structs.replace(
        usual_settings(PACK), mode=mode, limits=RunLimits(max_tokens=3)
    )
    first = table.run_pack(table.plan_pack(PACK, contenders, settings))
    cut = {(cell.key.letter, cell.key.item_id) for cell in first.cells if cell.score == 0}
    assert cut == {("B", "n1"), ("B", "t2")}
    plan = with_raised_limits(first, max_tokens=20, longest_s=None, utc="2026-03-01T12:00:00Z")

    def stop(event: RunEvent) -> None:
        if isinstance(event, ContenderStateChanged) and event.state is RunState.ANSWERING:
            table.stop(None, plan.run_id)

    halted = table.go_on(plan, RunRecorder(reaction=stop))
    assert halted.end is PackRunEnd.STOPPED
    assert len(halted.cells) + len(plan.rises[0].keys) >= 12
    recorder = RunRecorder()
    whole = table.resume_pack(table.only_log(), recorder)
    assert whole.end is PackRunEnd.COMPLETE
    assert {cell.score for cell in whole.cells} == {1.0}
    assert {event.cell.key.letter for event in recorder.cells} == {"B"}
    assert recorder.states("A") == []
    assert {(cell.key.letter, cell.key.item_id) for cell in whole.replaced} == cut
    assert {cell.end for cell in whole.replaced} == {ReplyEnd.LENGTH}
    limits = {
        (cell.key.letter, cell.key.item_id): whole.plan.limits(cell.key).max_tokens
        for cell in whole.cells
    }
    assert {key for key, limit in limits.items() if limit == 20} == cut
