"""Runs on record: found, graded again, judged by hand, summed up, looked at, exported."""

import csv
import io
import json
from pathlib import Path

import msgspec
import pytest
from tests.helpers.pack_run_records import UTC, make_cells, make_run_plan, write_run
from tests.helpers.pack_runs import small_pack
from tests.helpers.records import make_card, make_machine

from large_enough.cli.run_output import results_as
from large_enough.comparison.pack_judge import (
    check_judge,
    flip_rate,
    judge_prompt,
    verdict_of,
    without_markdown,
)
from large_enough.comparison.pack_run_health import constant_baseline, run_health
from large_enough.comparison.pack_run_keys import key_with_answer
from large_enough.comparison.pack_run_summary import pair_counts, summaries
from large_enough.comparison.pack_runs import (
    find_run,
    override,
    read_pack_run,
    regrade,
    run_path,
    with_keys,
)
from large_enough.domain.errors import FailureKind, RequestError
from large_enough.domain.grade import NOT_JUDGED, GradeStatus, HandGrade
from large_enough.domain.pack import (
    AnswerType,
    ChoiceKey,
    ContainsKey,
    DateKey,
    JsonKey,
    Key,
    ListKey,
    MultiChoiceKey,
    NumberKey,
    PackItem,
    RegexKey,
    TextKey,
    UnanswerableKey,
)
from large_enough.domain.pack_run import CellKey, Judgement, JudgeVerdict, PackRunEnd, PackRunRecord
from large_enough.domain.quantity import Unavailable

PLAN = make_run_plan(names=("Ant 1B", "Bee 2B"))
WRONG = {"A": ["n1", "c3"], "B": ["c3", "t5"]}


def utc() -> str:
    return UTC


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return write_run(tmp_path, PLAN, WRONG)


def statuses(record: PackRunRecord, item_id: str) -> list[GradeStatus]:
    return [cell.grade.status for cell in record.cells if cell.key.item_id == item_id]


def test_a_run_is_found_by_last_by_its_id_and_by_its_file(path: Path) -> None:
    for name in ("last", PLAN.run_id, PLAN.run_id[:6], str(path)):
        assert find_run(path.parent, name) == path
    assert run_path(path.parent, PLAN.run_id) == path
    assert run_path(path.parent, PLAN.run_id[:6]) is None
    for name in ("nothing", ""):
        with pytest.raises(RequestError):
            find_run(path.parent, name)


def test_a_corrected_key_changes_its_grades_only_and_is_kept(path: Path) -> None:
    before = read_pack_run(path)
    key = NumberKey(answer=999.0)
    record = regrade(path, with_keys(PLAN.pack, {"n1": key}), utc=utc, why="a typing error")
    assert statuses(record, "n1") == [GradeStatus.CORRECT, GradeStatus.WRONG]
    others = [cell for cell in record.cells if cell.key.item_id != "n1"]
    assert others == [cell for cell in before.cells if cell.key.item_id != "n1"]
    assert record.plan.pack.item("n1").key == key
    assert record.plan.pack_sha256 != PLAN.pack_sha256
    assert record.asked_pack == PLAN.pack
    assert record.plan_as_asked.pack == PLAN.pack
    (regrading,) = record.regradings
    assert regrading.changed_item_ids == ("n1",)
    assert regrading.why == "a typing error"
    assert record.end is PackRunEnd.COMPLETE


def test_a_crash_while_grading_again_leaves_all_grades_or_none(path: Path) -> None:
    before = path.read_bytes()
    keys: dict[str, Key] = {"n1": NumberKey(answer=9.0), "t2": TextKey(answers=("x",))}
    old = read_pack_run(path)
    new = regrade(path, with_keys(PLAN.pack, keys), utc=utc)
    after = path.read_bytes()
    assert after.startswith(before)
    assert sum(a != b for a, b in zip(old.cells, new.cells, strict=True)) > 1
    for cut in range(len(before), len(after), 53):
        path.write_bytes(after[:cut])
        assert read_pack_run(path).cells == old.cells
        assert regrade(path, with_keys(PLAN.pack, keys), utc=utc) == new


def test_grading_again_with_the_same_keys_changes_nothing(path: Path) -> None:
    before = read_pack_run(path)
    record = regrade(path, None, utc=utc)
    assert record.cells == before.cells
    assert record.asked_pack is None
    assert len(record.regradings) == 1


def test_an_item_that_asks_something_else_now_keeps_its_grades(path: Path) -> None:
    items = list(PLAN.pack.items)
    items[0] = msgspec.structs.replace(
        items[0], question="Something else?", key=NumberKey(answer=999.0)
    )
    items[2] = msgspec.structs.replace(
        items[2], key=ChoiceKey(choices=("Paris", "Lima", "Oslo"), answer="Lima")
    )
    pack = msgspec.structs.replace(PLAN.pack, items=tuple(items[:-1]))
    record = regrade(path, pack, utc=utc)
    assert record.cells == read_pack_run(path).cells
    assert record.regradings[0].kept_item_ids == tuple(sorted(("n1", "c3", items[-1].id)))


def test_a_person_has_the_last_word_and_can_take_it_back(path: Path) -> None:
    key = CellKey(letter="A", item_id="n1")
    hand = HandGrade(status=GradeStatus.CORRECT, score=1.0, who="Eva", why="it is right", utc=UTC)
    record = override(path, key, hand)
    cell = record.cell(key)
    assert cell is not None
    assert cell.hand_grade == hand
    assert cell.score == 1.0
    assert cell.grade.score == 0.0
    assert regrade(path, None, utc=utc).cell(key) == cell  # survives
    taken_back = override(path, key, None).cell(key)
    assert taken_back is not None
    assert taken_back.score == 0.0
    with pytest.raises(RequestError):
        override(path, CellKey(letter="Q", item_id="n1"), hand)


def test_figures_of_each_contender_and_of_pairs(path: Path) -> None:
    record = read_pack_run(path)
    first, second = summaries(record)
    assert first.accuracy == pytest.approx(4 / 6)
    assert first.statuses[GradeStatus.CORRECT] == 4
    assert first.median_s == 1.0
    assert first.p90_s == 1.0
    assert first.per_right_s == pytest.approx(6 / 4)
    assert isinstance(first.energy_j, Unavailable)
    assert isinstance(first.per_right_j, Unavailable)
    assert second.missing_count == 0
    (pair,) = pair_counts(record)
    assert (pair.first, pair.second) == ("A", "B")
    assert pair.only_first == ("t5",)
    assert pair.only_second == ("n1",)
    assert pair.neither == ("c3",)
    assert len(pair.both) == 3


def test_what_people_must_judge_counts_for_nobody(path: Path) -> None:
    record = read_pack_run(path)
    cells = tuple(
        msgspec.structs.replace(
            cell,
            grade=msgspec.structs.replace(
                cell.grade, status=GradeStatus.NEEDS_HUMAN, score=NOT_JUDGED
            ),
        )
        if cell.key.item_id == "n1"
        else cell
        for cell in record.cells
    )
    open_record = msgspec.structs.replace(record, cells=cells)
    assert [row.judged_count for row in summaries(open_record)] == [5, 5]
    (pair,) = pair_counts(open_record)
    named = (*pair.both, *pair.only_first, *pair.only_second, *pair.neither)
    assert len(named) == 5
    assert "n1" not in named


def test_failures_count_as_nothing_and_are_told_apart() -> None:
    cells = make_cells(PLAN, "A")
    empty = msgspec.structs.replace(
        cells[0],
        text="",
        grade=msgspec.structs.replace(cells[0].grade, status=GradeStatus.EMPTY, score=0.0),
    )
    record = PackRunRecord(
        plan=PLAN,
        machine=make_machine(),
        started_utc=UTC,
        cells=(empty, *cells[1:]),
        end=PackRunEnd.STOPPED,
    )
    first, second = summaries(record)
    assert first.accuracy == pytest.approx(5 / 6)
    assert first.accuracy_on_answered == 1.0
    assert second.missing_count == 6
    assert isinstance(second.accuracy, Unavailable)


def test_what_a_run_says_about_its_pack(path: Path) -> None:
    health = run_health(read_pack_run(path))
    assert health.judged_count == 6
    assert health.floor == ("c3",)
    assert health.inverted == ("t5",)
    assert len(health.ceiling) == 3
    assert health.telling_share == pytest.approx(2 / 6)


def test_always_the_same_answer_gets_what_the_commonest_key_gets() -> None:
    plan = make_run_plan(small_pack(9))
    # three numbers and three words differ; of three choices the right letters are balanced
    assert constant_baseline(plan) == pytest.approx(3 / 9)


def test_always_the_same_answer_does_not_know_which_documents_are_silent() -> None:
    pack = small_pack(9)
    number = next(place for place, item in enumerate(pack.items) if item.type is AnswerType.NUMBER)
    silent = UnanswerableKey(asked_as=AnswerType.NUMBER)
    items = list(pack.items)
    items[number] = msgspec.structs.replace(items[number], key=silent)
    plan = make_run_plan(msgspec.structs.replace(pack, items=tuple(items)))
    assert constant_baseline(plan) == pytest.approx(3 / 9)


def test_a_single_question_of_its_type_is_not_right_by_always_the_same_answer() -> None:
    whole = make_run_plan(small_pack(9))
    plan = msgspec.structs.replace(whole, item_ids=whole.item_ids[:3])
    assert constant_baseline(plan) == pytest.approx(1 / 3)


@pytest.mark.parametrize(
    ("key", "text", "expected"),
    [
        (NumberKey(answer=1.0, unit="EUR"), "2,5", NumberKey(answer=2.5, unit="EUR")),
        (TextKey(answers=("a",)), "b | c", TextKey(answers=("b", "c"))),
        (
            ChoiceKey(choices=("Rome", "Lima"), answer="Rome"),
            "lima",
            ChoiceKey(choices=("Rome", "Lima"), answer="Lima"),
        ),
        (
            MultiChoiceKey(choices=("a", "b", "c"), answers=("a",)),
            "b|c",
            MultiChoiceKey(choices=("a", "b", "c"), answers=("b", "c")),
        ),
        (DateKey(answer="2026-01-01"), "2026-02-01", DateKey(answer="2026-02-01")),
        (RegexKey(pattern="a"), "a|b", RegexKey(pattern="a|b")),
        (ListKey(entries=(("a",),)), "b|c", ListKey(entries=(("b",), ("c",)))),
        (JsonKey(answer={}), '{"a": 1}', JsonKey(answer={"a": 1})),
    ],
)
def test_a_typed_answer_becomes_a_key_of_the_same_kind(key: Key, text: str, expected: Key) -> None:
    assert key_with_answer(PackItem(id="x", question="?", key=key), text) == expected


@pytest.mark.parametrize(
    ("key", "text"),
    [
        (NumberKey(answer=1.0), "many"),
        (NumberKey(answer=1.0), "nan"),
        (TextKey(answers=("a",)), "  "),
        (ChoiceKey(choices=("a", "b"), answer="a"), "c"),
        (JsonKey(answer={}), "[1]"),
        (ContainsKey(any_of=("a",)), "b"),
    ],
)
def test_what_is_no_such_answer_is_refused(key: Key, text: str) -> None:
    with pytest.raises(RequestError) as caught:
        key_with_answer(PackItem(id="x", question="?", key=key), text)
    assert caught.value.info.kind is FailureKind.CANNOT_REGRADE


def test_exports_hold_every_answer(path: Path) -> None:
    record = read_pack_run(path)
    rows = list(csv.DictReader(io.StringIO(results_as("x.csv", record).decode("utf-8-sig"))))
    assert len(rows) == 12
    assert {(row["limit_tokens"], row["limit_s"]) for row in rows} == {("256", "300.0")}
    assert {row["status"] for row in rows if row["item"] == "t5"} == {"correct", "no_answer"} or (
        {row["status"] for row in rows if row["item"] == "t5"} == {"correct", "wrong"}
    )
    document = json.loads(results_as("x.json", record))
    assert len(document["record"]["cells"]) == 12
    assert document["pairs"][0]["only_first"] == ["t5"]
    with pytest.raises(RequestError):
        results_as("x.pdf", record)


def test_llm_comparator_gets_scores_seen_from_the_first_model(path: Path) -> None:
    document = json.loads(results_as("x.comparator.json", read_pack_run(path)))
    assert [model["name"] for model in document["models"]] == ["Ant 1B", "Bee 2B"]
    scores = {
        example["custom_fields"]["item"]: example["score"] for example in document["examples"]
    }
    assert scores["t5"] == 1.5
    assert scores["n1"] == -1.5
    assert scores["c3"] == 0
    fields = {field["name"] for field in document["metadata"]["custom_fields_schema"]}
    assert all(example["custom_fields"].keys() == fields for example in document["examples"])


SHOWN = (JudgeVerdict.SECOND, JudgeVerdict.FIRST)


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ('{"winner":"A"}', JudgeVerdict.SECOND),
        (' {"winner":"B"}\n', JudgeVerdict.FIRST),
        ('{"winner":"tie"}', JudgeVerdict.TIE),
        ('{"winner":"C"}', JudgeVerdict.UNREADABLE),
        ("A is better", JudgeVerdict.UNREADABLE),
        ("[" * 10_000, JudgeVerdict.UNREADABLE),
    ],
)
def test_a_verdict_is_read_or_it_is_none(text: str, verdict: JudgeVerdict) -> None:
    assert verdict_of(text, SHOWN) is verdict


def judgement(straight: JudgeVerdict, turned: JudgeVerdict) -> Judgement:
    return Judgement(
        judge=make_card("Judge"),
        item_id="x",
        first="A",
        second="B",
        straight=straight,
        turned=turned,
        characters_shown=10,
        first_characters=10,
        second_characters=20,
    )


def test_only_verdicts_of_both_orders_count() -> None:
    firm = judgement(JudgeVerdict.FIRST, JudgeVerdict.FIRST)
    flipped = judgement(JudgeVerdict.FIRST, JudgeVerdict.SECOND)
    assert firm.verdict is JudgeVerdict.FIRST
    assert flipped.verdict is JudgeVerdict.TIE
    assert flip_rate([firm, flipped]) == 0.5
    assert isinstance(flip_rate([]), Unavailable)


def test_nobody_judges_itself_or_its_kin(path: Path) -> None:
    contenders = read_pack_run(path).plan.contenders
    check_judge(make_card("Cat 3B"), contenders)
    for name in ("Ant 1B", "Ant2.5 7B Instruct", "bee-9b"):
        with pytest.raises(RequestError):
            check_judge(make_card(name), contenders)


def test_judges_see_no_markdown() -> None:
    text = "## Title\n- **bold** and `code`\n> quote\n1 * 2"
    assert without_markdown(text) == "Title\nbold and code\nquote\n1  2"
    assert "Answer A:\none" in judge_prompt("Why?", "one", "two")
