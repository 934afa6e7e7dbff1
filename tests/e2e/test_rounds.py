"""Rounds with real worker processes that play scripts."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from tests.helpers.rounds import Recorder, Table, write_script

from large_enough.comparison.events import (
    AnswerFinished,
    ContenderState,
    RoundEvent,
    RoundFinished,
    StateChanged,
    TextAdded,
)
from large_enough.domain.errors import FailureKind
from large_enough.domain.generation import FinishReason
from large_enough.domain.round import Cancelled, Done, Failed, Mode
from large_enough.engine.admission import RESERVE_BYTES
from large_enough.engine.health import HealthLimits
from large_enough.store.run_log import list_rounds, read_round
from large_enough.wording.failures import explain

SLOW = [{"text": "one two three four five six seven eight", "token_delay_s": 0.05}]
ENDLESS = [{"text": "on and on ", "token_delay_s": 0.02, "end": "length"}]


@pytest.fixture
def table(tmp_path: Path) -> Iterator[Table]:
    table = Table(tmp_path)
    yield table
    table.close()
    assert not psutil.Process().children(recursive=True)


def test_two_contenders_answer_one_after_the_other(table: Table, tmp_path: Path) -> None:
    scripts = [write_script(tmp_path, name, answers=SLOW) for name in ("ant", "dinosaur")]
    recorder = Recorder()
    record = table.run(table.plan(scripts), recorder)

    first, second = record.results
    assert isinstance(first, Done)
    assert isinstance(second, Done)
    assert first.answer.text == "one two three four five six seven eight"
    assert first.answer.timing.generated_token_count == 8
    assert recorder.letters_of_text() == "AB"
    assert not first.context.is_contended
    assert first.context.placement.thread_count == 2
    assert recorder.states("A") == [
        "checking", "waiting", "loading", "ready", "reading", "answering",
    ]  # fmt: skip
    finished = recorder.events[-1]
    assert isinstance(finished, RoundFinished)
    assert finished.log_path is not None
    assert read_round(Path(finished.log_path)) == record
    assert record.is_complete


def test_everything_is_loaded_before_anybody_answers(table: Table, tmp_path: Path) -> None:
    scripts = [write_script(tmp_path, name, load_s=0.05) for name in ("ant", "dinosaur")]
    recorder = Recorder()
    table.run(table.plan(scripts), recorder)
    states = [event for event in recorder.events if isinstance(event, StateChanged)]
    last_load = max(
        index for index, event in enumerate(states) if event.state is ContenderState.LOADING
    )
    first_question = min(
        index for index, event in enumerate(states) if event.state is ContenderState.READING
    )
    assert last_load < first_question


def test_together_they_answer_at_the_same_time_on_their_own_cores(
    table: Table, tmp_path: Path
) -> None:
    scripts = [write_script(tmp_path, name, answers=SLOW) for name in ("ant", "dinosaur")]
    recorder = Recorder()
    record = table.run(table.plan(scripts, mode=Mode.TOGETHER), recorder)
    assert len(recorder.letters_of_text()) > 2  # A and B take turns
    contexts = [result.context for result in record.results if isinstance(result, Done)]
    assert [context.is_contended for context in contexts] == [True, True]
    cores = [context.placement.cpu_ids for context in contexts]
    assert sorted(cores) == [(0,), (1,)]


def test_more_contenders_than_cores_wait_for_a_turn(table: Table, tmp_path: Path) -> None:
    scripts = [write_script(tmp_path, name, answers=SLOW) for name in ("one", "two", "three")]
    recorder = Recorder()
    record = table.run(table.plan(scripts, mode=Mode.TOGETHER), recorder)
    assert all(isinstance(result, Done) for result in record.results)
    running = 0
    most = 0
    for event in recorder.events:
        if isinstance(event, StateChanged) and event.state is ContenderState.READING:
            running += event.fraction is None
        if isinstance(event, AnswerFinished):
            running -= 1
        most = max(most, running)
    assert most == 2


def test_a_second_question_needs_no_loading(table: Table, tmp_path: Path) -> None:
    scripts = [write_script(tmp_path, name) for name in ("ant", "dinosaur")]
    table.run(table.plan(scripts))
    before = [worker.client.process_id for worker in table.fleet.workers]
    recorder = Recorder()
    record = table.run(table.plan(scripts, "And now?"), recorder)
    assert [worker.client.process_id for worker in table.fleet.workers] == before
    assert "loading" not in recorder.states("A")
    assert all(isinstance(result, Done) for result in record.results)


def test_the_same_model_twice_gets_two_workers(table: Table, tmp_path: Path) -> None:
    script = write_script(tmp_path, "ant", answers=SLOW)
    record = table.run(table.plan([script, script], mode=Mode.TOGETHER))
    assert all(isinstance(result, Done) for result in record.results)
    assert len(table.fleet.workers) == 2


def test_workers_that_are_not_needed_any_more_end(table: Table, tmp_path: Path) -> None:
    ant, dinosaur, elephant = (
        write_script(tmp_path, name) for name in ("ant", "dinosaur", "elephant")
    )
    table.run(table.plan([ant, dinosaur]))
    table.run(table.plan([ant, elephant]))
    assert sorted(worker.card.name for worker in table.fleet.workers) == ["ant", "elephant"]


@pytest.mark.parametrize(
    ("end", "kind"),
    [
        ("crash_abort", FailureKind.ENGINE_ASSERTION),
        ("crash_segv", FailureKind.CRASHED),
        ("illegal_instruction", FailureKind.ILLEGAL_INSTRUCTION),
        ("killed", FailureKind.KILLED),
        ("exit:3", FailureKind.EXITED),
        ("exit:137", FailureKind.KILLED),
        ("garbage", FailureKind.PROTOCOL_BROKEN),
        ("huge_frame", FailureKind.PROTOCOL_BROKEN),
        ("failed:template_rejected", FailureKind.TEMPLATE_REJECTED),
        ("failed:out_of_memory", FailureKind.OUT_OF_MEMORY),
    ],
)
def test_a_failing_contender_costs_only_its_own_answer(
    table: Table, tmp_path: Path, end: str, kind: FailureKind
) -> None:
    bad = write_script(tmp_path, "bad", answers=[{"text": "It begins well", "end": end}])
    good = write_script(tmp_path, "good")
    record = table.run(table.plan([bad, good]))
    failed, done = record.results
    assert isinstance(failed, Failed)
    assert failed.error.kind is kind
    assert failed.error.subject == "bad"
    assert failed.partial_text.startswith("It")
    assert "It begins well".startswith(failed.partial_text)  # all but the last 33 ms of text
    assert explain(failed.error).next_step
    assert isinstance(done, Done)


@pytest.mark.parametrize(
    ("end", "kind"),
    [
        ("failed:unsupported_architecture", FailureKind.UNSUPPORTED_ARCHITECTURE),
        ("killed", FailureKind.KILLED),
        ("exit:1", FailureKind.EXITED),
    ],
)
def test_a_model_that_does_not_load_costs_only_its_own_turn(
    table: Table, tmp_path: Path, end: str, kind: FailureKind
) -> None:
    bad = write_script(tmp_path, "bad", load_end=end)
    record = table.run(table.plan([write_script(tmp_path, "good"), bad]))
    failed = record.result_of("B")
    assert isinstance(failed, Failed)
    assert failed.error.kind is kind
    assert isinstance(record.result_of("A"), Done)


@pytest.mark.parametrize("end", ["hang", "hang_silent"])
def test_a_worker_that_hangs_is_given_up(tmp_path: Path, end: str) -> None:
    limits = HealthLimits(silence_s=2.5, start_s=60, idle_s=2.5, idle_cpu_s=0.5)
    table = Table(tmp_path, limits=limits)
    try:
        script = write_script(tmp_path, "stuck", answers=[{"text": "Well", "end": end}])
        (failed,) = table.run(table.plan([script])).results
    finally:
        table.close()
    assert isinstance(failed, Failed)
    assert failed.error.kind is FailureKind.STOPPED_RESPONDING
    assert failed.partial_text == "Well"


@pytest.mark.parametrize(
    ("start", "kind"),
    [
        ("wrong_protocol_version", FailureKind.PROTOCOL_MISMATCH),
        ("garbage", FailureKind.PROTOCOL_BROKEN),
    ],
)
def test_a_worker_that_greets_wrongly_is_refused(
    tmp_path: Path, start: str, kind: FailureKind
) -> None:
    script = write_script(tmp_path, "stranger", start=start)
    table = Table(tmp_path, worker_options=("--script", str(script)))
    try:
        (failed,) = table.run(table.plan([script])).results
    finally:
        table.close()
    assert isinstance(failed, Failed)
    assert failed.error.kind is kind


def test_a_worker_that_cannot_run_says_why(tmp_path: Path) -> None:
    table = Table(tmp_path, worker_options=("--no-such-option",))
    try:
        (failed,) = table.run(table.plan([write_script(tmp_path, "x")])).results
    finally:
        table.close()
    assert isinstance(failed, Failed)
    assert failed.error.kind is FailureKind.WORKER_NOT_STARTED
    assert "--no-such-option" in failed.error.detail


def test_killing_a_worker_from_outside_costs_that_answer_only(table: Table, tmp_path: Path) -> None:
    scripts = [
        write_script(tmp_path, "ant", answers=ENDLESS),
        write_script(tmp_path, "dinosaur"),
    ]

    def kill_first(event: RoundEvent) -> None:
        if isinstance(event, TextAdded) and event.letter == "A":
            os.kill(table.fleet.workers[0].client.process_id, signal.SIGKILL)

    record = table.run(table.plan(scripts), Recorder(reaction=kill_first))
    failed, done = record.results
    assert isinstance(failed, Failed)
    assert failed.error.kind is FailureKind.KILLED
    assert failed.partial_text
    assert isinstance(done, Done)

    scripts[0] = write_script(tmp_path, "ant")  # the next round starts a fresh worker
    record = table.run(table.plan(scripts))
    assert all(isinstance(result, Done) for result in record.results)


def test_stop_ends_all_and_keeps_what_was_said(table: Table, tmp_path: Path) -> None:
    scripts = [write_script(tmp_path, name, answers=ENDLESS) for name in ("ant", "dinosaur")]

    def stop_all(event: RoundEvent) -> None:
        if isinstance(event, TextAdded):
            table.stop()

    record = table.run(table.plan(scripts), Recorder(reaction=stop_all))
    cancelled = {result.letter: result for result in record.results}
    assert all(isinstance(result, Cancelled) for result in cancelled.values())
    first = cancelled["A"]
    assert isinstance(first, Cancelled)
    assert first.answer is not None
    assert first.answer.text.startswith("on")
    assert first.answer.finish is FinishReason.CANCELLED
    assert record.is_complete


def test_one_contender_can_be_stopped_alone(table: Table, tmp_path: Path) -> None:
    scripts = [
        write_script(tmp_path, "ant", answers=ENDLESS),
        write_script(tmp_path, "dinosaur"),
    ]

    def stop_first(event: RoundEvent) -> None:
        if isinstance(event, TextAdded) and event.letter == "A":
            table.stop("A")

    record = table.run(table.plan(scripts), Recorder(reaction=stop_first))
    assert isinstance(record.result_of("A"), Cancelled)
    assert isinstance(record.result_of("B"), Done)


def test_stop_while_loading(table: Table, tmp_path: Path) -> None:
    scripts = [write_script(tmp_path, name, load_s=60) for name in ("ant", "dinosaur")]

    def stop_all(event: RoundEvent) -> None:
        if isinstance(event, StateChanged) and event.state is ContenderState.LOADING:
            table.stop()

    record = table.run(table.plan(scripts), Recorder(reaction=stop_all))
    assert all(isinstance(result, Cancelled) for result in record.results)


def test_a_stop_meant_for_an_earlier_round_does_nothing(table: Table, tmp_path: Path) -> None:
    from large_enough.engine.fleet import StopWanted

    table.fleet.inbox.put_first(StopWanted(None, "an earlier round"))
    record = table.run(table.plan([write_script(tmp_path, "ant")]))
    assert isinstance(record.results[0], Done)


def test_what_does_not_fit_is_refused_before_it_is_loaded(tmp_path: Path) -> None:
    table = Table(tmp_path, available_bytes=4 * 10**9, needs={"ant": 10**9, "whale": 20 * 10**9})
    try:
        scripts = [write_script(tmp_path, "ant"), write_script(tmp_path, "whale")]
        recorder = Recorder()
        record = table.run(table.plan(scripts), recorder)
    finally:
        table.close()
    refused = record.result_of("B")
    assert isinstance(refused, Failed)
    assert refused.error.kind is FailureKind.DOES_NOT_FIT
    assert refused.error.facts["needed_bytes"] == 20 * 10**9 + RESERVE_BYTES
    assert "loading" not in recorder.states("B")
    assert isinstance(record.result_of("A"), Done)
    assert read_round(next((tmp_path / "rounds").iterdir())) == record


def test_what_fits_only_alone_runs_one_after_the_other(tmp_path: Path) -> None:
    table = Table(tmp_path, available_bytes=4 * 10**9, needs={"cow": 3 * 10**9, "ox": 3 * 10**9})
    try:
        scripts = [write_script(tmp_path, "cow"), write_script(tmp_path, "ox")]
        recorder = Recorder()
        record = table.run(table.plan(scripts, mode=Mode.TOGETHER), recorder)
        assert [worker.card.name for worker in table.fleet.workers] == ["ox"]
    finally:
        table.close()
    assert all(isinstance(result, Done) for result in record.results)
    assert recorder.letters_of_text() == "AB"


def test_a_file_that_is_gone_costs_only_its_own_turn(table: Table, tmp_path: Path) -> None:
    gone = write_script(tmp_path, "gone")
    plan = table.plan([gone, write_script(tmp_path, "here")])
    gone.unlink()
    record = table.run(plan)
    failed = record.result_of("A")
    assert isinstance(failed, Failed)
    assert failed.error.kind is FailureKind.FILE_MISSING
    assert isinstance(record.result_of("B"), Done)


def test_a_log_that_cannot_be_written_never_stops_a_round(table: Table, tmp_path: Path) -> None:
    table.rounds_folder.write_text("a file where the folder should be", encoding="utf-8")
    recorder = Recorder()
    record = table.run(table.plan([write_script(tmp_path, "ant")]), recorder)
    assert isinstance(record.results[0], Done)
    finished = recorder.events[-1]
    assert isinstance(finished, RoundFinished)
    assert finished.log_path is None
    assert finished.log_problem


def test_every_round_has_a_log_of_its_own(table: Table, tmp_path: Path) -> None:
    script = write_script(tmp_path, "ant")
    records = [table.run(table.plan([script], prompt)) for prompt in ("One?", "Two?")]
    listed = [logged.record for logged in list_rounds(table.rounds_folder)]
    assert listed == records[::-1]
