"""The list of past rounds."""

from pathlib import Path

import msgspec
import pytest
from tests.helpers.hostile_texts import HOSTILE_TEXTS, has_dangerous_characters
from tests.helpers.records import make_card, make_done, make_machine, make_plan

from large_enough.comparison.history import (
    PROMPT_CHARACTERS,
    History,
    HistoryQuery,
    outcome,
    read_logged,
)
from large_enough.domain.errors import FailureKind
from large_enough.domain.model_card import BackendKind
from large_enough.domain.round import Mode, Purpose, RoundPlan
from large_enough.store.log_heads import LogHead, read_head
from large_enough.store.run_log import RoundLog


def write_log(folder: Path, day: int, plan: RoundPlan, *, is_finished: bool = True) -> Path:
    """Write the log of a round of that day of May."""
    plan = msgspec.structs.replace(plan, round_id=f"round{day}")
    started_utc = f"2026-05-{day:02}T10:00:00+00:00"
    with RoundLog.create(folder, plan, make_machine(), started_utc, 1) as log:
        log.append(make_done("A"))
        if is_finished:
            log.append(make_done("B"))
            log.finish()
        return log.path


def plan_of(prompt: str, **changes: object) -> RoundPlan:
    return msgspec.structs.replace(make_plan(), prompt=prompt, **changes)


class CountingReader:
    """Counts how many logs were opened."""

    def __init__(self) -> None:
        self.read: list[str] = []

    def __call__(self, path: Path) -> LogHead:
        self.read.append(path.name)
        return read_head(path)


def prompts(history: History, query: HistoryQuery | None = None) -> list[str]:
    return [summary.prompt_start for summary in history.find(query)]


def test_newest_first_with_what_a_list_shows(tmp_path: Path) -> None:
    write_log(tmp_path, 1, plan_of("First?"))
    path = write_log(tmp_path, 2, plan_of("Second?", mode=Mode.TOGETHER))
    newest, oldest = History(tmp_path).find()
    assert (newest.prompt_start, oldest.prompt_start) == ("Second?", "First?")
    assert newest.path == str(path)
    assert newest.started_utc == "2026-05-02T10:00:00+00:00"
    assert newest.models == ("SmolLM2 135M Instruct", "Qwen2.5 Coder 0.5B")
    assert newest.mode is Mode.TOGETHER
    assert not newest.is_scripted
    assert newest.round_id == "round2"


def test_no_folder_no_rounds(tmp_path: Path) -> None:
    assert list(History(tmp_path / "none").find()) == []


def test_all_words_are_searched_in_prompt_models_and_files(tmp_path: Path) -> None:
    write_log(tmp_path, 1, plan_of("What is the FEE abroad?"))
    write_log(tmp_path, 2, plan_of("Wie groß ist die STRASSE?"))
    history = History(tmp_path)
    assert prompts(history, HistoryQuery(text="fee ABROAD")) == ["What is the FEE abroad?"]
    assert prompts(history, HistoryQuery(text="fee street")) == []
    assert prompts(history, HistoryQuery(text="GROSS straße")) == ["Wie groß ist die STRASSE?"]
    assert len(prompts(history, HistoryQuery(text="smollm2 qwen2.5"))) == 2
    assert len(prompts(history, HistoryQuery(text="0.5b.gguf"))) == 2
    assert prompts(history, HistoryQuery(text="/models/")) == []


def test_rounds_of_one_model(tmp_path: Path) -> None:
    other = make_plan(make_card("Tiny"), make_card("Large"))
    write_log(tmp_path, 1, plan_of("Pair?"))
    write_log(tmp_path, 2, msgspec.structs.replace(other, prompt="Other?"))
    history = History(tmp_path)
    assert prompts(history, HistoryQuery(model="Tiny")) == ["Other?"]
    assert prompts(history, HistoryQuery(model="tin")) == []
    assert history.models() == ("Large", "Qwen2.5 Coder 0.5B", "SmolLM2 135M Instruct", "Tiny")


def test_warm_ups_and_passes_are_hidden_until_asked_for(tmp_path: Path) -> None:
    for day, purpose in enumerate(Purpose, start=1):
        write_log(tmp_path, day, plan_of(purpose.value, purpose=purpose))
    history = History(tmp_path)
    assert prompts(history) == ["question"]
    assert prompts(history, HistoryQuery(purposes=frozenset({Purpose.PROTOCOL}))) == ["protocol"]
    assert len(prompts(history, HistoryQuery(purposes=frozenset(Purpose)))) == 3


def test_scripted_rounds_say_so(tmp_path: Path) -> None:
    write_log(tmp_path, 1, make_plan(make_card(backend=BackendKind.ECHO), make_card("B")))
    assert next(History(tmp_path).find()).is_scripted


def test_damaged_logs_are_listed_with_their_problem(tmp_path: Path) -> None:
    write_log(tmp_path, 1, plan_of("Fine?"))
    (tmp_path / "20260503T100000.000000Z-bad.jsonl").write_bytes(b'{"line":"round"\n')
    (tmp_path / "20260504T100000.000000Z-cut.jsonl").write_bytes(b'{"line":"round"')
    newer = b'{"line":"round","schema_version":99,"plan":{}}\n'
    (tmp_path / "20260505T100000.000000Z-new.jsonl").write_bytes(newer)
    (tmp_path / "20260506T100000.000000Z-folder.jsonl").mkdir()
    history = History(tmp_path)
    found = list(history.find())
    assert [summary.prompt_start for summary in found] == ["", "", "", "", "Fine?"]
    kinds = {summary.problem.kind for summary in found[:-1] if summary.problem is not None}
    assert kinds == {FailureKind.LOG_UNREADABLE}
    assert prompts(history, HistoryQuery(text="fine")) == ["Fine?"]


def test_a_page_opens_no_more_logs_than_it_needs(tmp_path: Path) -> None:
    for day in range(1, 29):
        write_log(tmp_path, day, plan_of(f"Question {day}?"))
    reader = CountingReader()
    history = History(tmp_path, read_first_line=reader)
    page = history.page(most=5)
    assert [summary.prompt_start for summary in page][:2] == ["Question 28?", "Question 27?"]
    assert len(reader.read) == 5
    assert history.page(start=5, most=1)[0].prompt_start == "Question 23?"
    assert len(reader.read) == 6
    history.page(HistoryQuery(text="Question 1?"))
    assert len(reader.read) == 28
    list(history.find())
    assert len(reader.read) == 28


def test_a_changed_log_is_read_again_and_a_lost_one_forgotten(tmp_path: Path) -> None:
    first, second = (write_log(tmp_path, day, plan_of(f"Q{day}")) for day in (1, 2))
    reader = CountingReader()
    history = History(tmp_path, read_first_line=reader)
    assert prompts(history) == ["Q2", "Q1"]
    first.unlink()
    with second.open("ab") as stream:
        stream.write(b"\n")
    assert prompts(history) == ["Q2"]
    assert reader.read == [second.name, first.name, second.name]


@pytest.mark.parametrize("text", [*HOSTILE_TEXTS, "long " * 1000])
def test_what_is_shown_is_harmless_and_short(tmp_path: Path, text: str) -> None:
    printable = text.encode("utf-8", "replace").decode()
    plan = make_plan(make_card(printable), make_card("B"))
    write_log(tmp_path, 1, msgspec.structs.replace(plan, prompt=printable))
    (summary,) = History(tmp_path).find()
    for shown in (summary.prompt_start, *summary.models):
        assert not has_dangerous_characters(shown)
        assert "\n" not in shown
    assert len(summary.prompt_start) <= PROMPT_CHARACTERS


def test_the_outcome_is_read_for_what_is_shown(tmp_path: Path) -> None:
    whole = read_logged(str(write_log(tmp_path, 1, plan_of("Q"))))
    assert whole.record is not None
    assert "answered equally fast" in outcome(whole.record)
    cut = read_logged(str(write_log(tmp_path, 2, plan_of("Q"), is_finished=False)))
    assert cut.record is not None
    assert not cut.record.is_complete
    gone = read_logged(str(tmp_path / "none.jsonl"))
    assert gone.record is None
    assert gone.problem is not None


def test_a_damaged_line_leaves_what_can_be_read(tmp_path: Path) -> None:
    path = write_log(tmp_path, 1, plan_of("Q"), is_finished=False)
    with path.open("ab") as stream:
        stream.write(b"nonsense\n")
    damaged = read_logged(str(path))
    assert damaged.record is not None
    assert damaged.problem is not None
