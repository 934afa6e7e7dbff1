"""Limits that spoilt answers: who is told of them, what is asked again, and with which limits."""

import msgspec
import pytest
from tests.helpers.matrix_runs import make_cell, make_plan
from tests.helpers.pack_run_records import UTC
from tests.helpers.records import make_machine

from large_enough.comparison.pack_run_limits import (
    limit_troubles,
    proposed_limits,
    still_replaceable,
    with_raised_limits,
)
from large_enough.domain.errors import ErrorInfo, FailureKind, RequestError
from large_enough.domain.grade import GradeStatus, HandGrade, ReplyEnd
from large_enough.domain.pack_run import (
    Cell,
    CellKey,
    LimitRise,
    PackRunEnd,
    PackRunRecord,
    PackRunSettings,
    RunLimits,
)

RIGHT, CUT, SLOW = GradeStatus.CORRECT, GradeStatus.TRUNCATED, GradeStatus.TIMEOUT
LIMITS = RunLimits(max_tokens=100, longest_s=60.0)
PLAN = make_plan(20, 2, PackRunSettings(limits=LIMITS))
MARKS = {"+": RIGHT, "c": CUT, "t": SLOW, "e": GradeStatus.EMPTY, "-": GradeStatus.WRONG}


def record_of(first: str, second: str = "+" * 20) -> PackRunRecord:
    cells = tuple(
        make_cell(item_id, letter, MARKS[mark])
        for letter, marks in (("A", first), ("B", second))
        for item_id, mark in zip(PLAN.item_ids, marks, strict=False)
    )
    return PackRunRecord(
        plan=PLAN, machine=make_machine(), started_utc=UTC, cells=cells, end=PackRunEnd.COMPLETE
    )


def raised(
    record: PackRunRecord, max_tokens: int | None = None, longest_s: float | None = None
) -> LimitRise:
    plan = with_raised_limits(record, max_tokens=max_tokens, longest_s=longest_s, utc=UTC)
    return plan.rises[-1]


def refused(
    record: PackRunRecord, max_tokens: int | None = None, longest_s: float | None = None
) -> tuple[str, str]:
    with pytest.raises(RequestError) as caught:
        raised(record, max_tokens, longest_s)
    assert caught.value.info.kind is FailureKind.BAD_SETTING
    return caught.value.info.subject, str(caught.value.info.facts["problem"])


def ids(rise: LimitRise) -> set[str]:
    return {f"{key.letter}{key.item_id[-1]}" for key in rise.keys}


def test_only_more_than_one_in_twenty_is_much() -> None:
    assert limit_troubles(record_of("c" + "+" * 19)) == ()
    (trouble,) = limit_troubles(record_of("cc" + "+" * 18))
    assert (trouble.letter, trouble.trouble_count, trouble.answer_count) == ("A", 2, 20)
    assert limit_troubles(record_of("--" + "+" * 18)) == ()
    assert [one.letter for one in limit_troubles(record_of("ct" + "+" * 18, "ee" + "+" * 18))] == [
        "A",
        "B",
    ]


def test_what_was_cut_is_asked_again_of_all_contenders_also_what_was_right() -> None:
    record = record_of("cct" + "+" * 17, "+c" + "+" * 18)
    cells = list(record.cells)
    right = msgspec.structs.replace(cells[5], end=ReplyEnd.LENGTH)
    cells[5] = right
    record = msgspec.structs.replace(record, cells=tuple(cells))
    rise = raised(record, max_tokens=400)
    assert ids(rise) == {"A1", "A2", "A6", "B2"}
    assert ids(raised(record, longest_s=90.0)) == {"A3"}
    assert ids(raised(record, max_tokens=400, longest_s=90.0)) == ids(rise) | {"A3"}


def test_limits_stand_with_each_answer_that_they_hold_for() -> None:
    record = record_of("c" * 3 + "+" * 17)
    plan = with_raised_limits(record, max_tokens=400, longest_s=None, utc=UTC)
    again, other = (CellKey(letter="A", item_id=PLAN.item_ids[place]) for place in (0, 5))
    assert plan.limits(again).max_tokens == 400
    assert plan.limits(again).longest_s == 60.0
    assert plan.limits(other).max_tokens == 100
    longer = LimitRise(utc=UTC, longest_s=99.0, keys=(again,))
    plan = msgspec.structs.replace(plan, rises=(*plan.rises, longer))
    assert (plan.limits(again).max_tokens, plan.limits(again).longest_s) == (400, 99.0)


def test_what_is_proposed_has_room_in_the_context_and_is_the_same_for_all() -> None:
    record = record_of("cct" + "+" * 17, "+c" + "+" * 18)
    proposal = proposed_limits(record)
    assert proposal is not None
    assert (proposal.max_tokens, proposal.longest_s, proposal.answer_count) == (400, 120.0, 4)
    rise = raised(record)
    assert (rise.max_tokens, rise.longest_s, len(rise.keys)) == (400, 120.0, 4)
    tight = _with_prompts_of(record, 3900)
    proposal = proposed_limits(tight)
    assert proposal is not None
    assert proposal.max_tokens == 196  # 4096 in all
    assert refused(tight, max_tokens=197) == (
        "--max-tokens",
        "beside these questions the context has room for 196 tokens at most",
    )


def test_who_is_cut_later_gets_the_limit_that_others_had() -> None:
    record = record_of("cc" + "+" * 18, "cc" + "+" * 18)
    risen = with_raised_limits(record, max_tokens=333, longest_s=None, utc=UTC)
    first = msgspec.structs.replace(
        risen.rises[0], keys=tuple(key for key in risen.rises[0].keys if key.letter == "A")
    )
    plan = msgspec.structs.replace(risen, rises=(first,))
    cells = tuple(
        msgspec.structs.replace(cell, end=ReplyEnd.FINISHED) if cell.key.letter == "A" else cell
        for cell in record.cells
    )
    proposal = proposed_limits(msgspec.structs.replace(record, plan=plan, cells=cells))
    assert proposal is not None
    assert proposal.max_tokens == 333


def test_nothing_is_proposed_where_it_would_not_help() -> None:
    assert proposed_limits(record_of("ee" + "+" * 18)) is None
    assert "no answer was cut" in refused(record_of("ee" + "+" * 18))[1]
    full = _with_prompts_of(record_of("cc" + "+" * 18), 3996)
    assert proposed_limits(full) is None
    assert "--n-ctx" in refused(full)[1]


@pytest.mark.parametrize(
    ("max_tokens", "longest_s", "option"),
    [
        (100, None, "--max-tokens"),
        (-5, None, "--max-tokens"),
        (400, 60.0, "--longest"),
        (None, 10.0, "--longest"),
        (None, float("inf"), "--longest"),
        (None, float("nan"), "--longest"),
    ],
)
def test_limits_must_be_higher_than_before(
    max_tokens: int | None, longest_s: float | None, option: str
) -> None:
    assert refused(record_of("cct" + "+" * 17), max_tokens, longest_s)[0] == option


def test_a_run_is_first_brought_to_its_end_but_for_those_that_cannot_go_on() -> None:
    unfinished = record_of("cc" + "+" * 18, "+" * 7)
    assert proposed_limits(unfinished) is None
    assert "not complete" in refused(unfinished, max_tokens=400)[1]
    gone = {"B": ErrorInfo(kind=FailureKind.FILE_MISSING)}
    assert raised(msgspec.structs.replace(unfinished, problems=gone), max_tokens=400).keys


def test_what_a_person_judged_stays() -> None:
    record = record_of("ccc" + "+" * 17)
    hand = HandGrade(status=RIGHT, score=1.0, who="Eva", why="enough of it is there", utc=UTC)
    judged = msgspec.structs.replace(record.cells[0], hand_grade=hand)
    with_hand = msgspec.structs.replace(record, cells=(judged, *record.cells[1:]))
    assert ids(raised(with_hand, max_tokens=400)) == {"A2", "A3"}
    late = still_replaceable(raised(record, max_tokens=400), with_hand)
    assert ids(late) == {"A2", "A3"}


def _with_prompts_of(record: PackRunRecord, tokens: int) -> PackRunRecord:
    def longer(cell: Cell) -> Cell:
        return msgspec.structs.replace(cell, prompt_token_count=tokens)

    return msgspec.structs.replace(record, cells=tuple(map(longer, record.cells)))


def test_who_cannot_go_on_keeps_its_answers() -> None:
    record = record_of("cc" + "+" * 18, "c+" + "+" * 18)
    problem = ErrorInfo(kind=FailureKind.CRASHED, subject="A")
    assert ids(raised(record, max_tokens=400)) == {"A1", "A2", "B1"}
    stopped = msgspec.structs.replace(record, problems={"A": problem})
    assert ids(raised(stopped, max_tokens=400)) == {"B1"}
