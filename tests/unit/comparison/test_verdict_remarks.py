"""Remarks: each is there where it should be, and nowhere else."""

from collections.abc import Callable

import msgspec
import pytest
from tests.helpers.verdicts import example_record, sized_card

from large_enough.comparison.verdict import verdict
from large_enough.domain.energy import PowerConditions
from large_enough.domain.generation import Buffer, BufferKind
from large_enough.domain.grade import GradeStatus, HandGrade
from large_enough.domain.model_card import BackendKind
from large_enough.domain.pack import AnswerType
from large_enough.domain.pack_run import (
    AnswerWay,
    Cell,
    PackRunRecord,
    PackRunSettings,
    Regrading,
    Variant,
)
from large_enough.domain.quantity import Unavailable
from large_enough.domain.verdict import Remark, RemarkKind

B = 10**9
SMALL, LARGE = "+++++++-++" * 3, "++++++++++" * 3
HAND = HandGrade(status=GradeStatus.CORRECT, score=1.0, who="M", why="", utc="2026-11-27")
LAPTOP = PowerConditions(machine="laptop", on_battery=True, power_plan="balanced")
REGRADINGS = tuple(
    Regrading(utc="2026-11-27", pack_sha256="cd" * 32, changed_item_ids=ids)
    for ids in (("fee-001", "fee-002"), ("fee-002",), ())
)


def remarks(record: PackRunRecord) -> dict[RemarkKind, list[Remark]]:
    found: dict[RemarkKind, list[Remark]] = {}
    for remark in verdict(record).remarks:
        found.setdefault(remark.kind, []).append(remark)
    return found


def cells_with(letter: str, count: int, change: Callable[[Cell], Cell]) -> Callable[[Cell], Cell]:
    """Change the first answers of a contender."""
    ids = {f"fee-{number:03}" for number in range(1, count + 1)}

    def changed(cell: Cell) -> Cell:
        return change(cell) if cell.key.letter == letter and cell.key.item_id in ids else cell

    return changed


def in_context(**fields: object) -> Callable[[Cell], Cell]:
    def change(cell: Cell) -> Cell:
        context = msgspec.structs.replace(cell.context, **fields)
        return msgspec.structs.replace(cell, context=context)

    return change


def by_hand(cell: Cell) -> Cell:
    return msgspec.structs.replace(cell, hand_grade=HAND)


def busy(cell: Cell) -> Cell:
    buffer = Buffer(kind=BufferKind.WEIGHTS, device="CPU_Mapped", size_bytes=1)
    loaded = msgspec.structs.replace(cell.context.loaded, buffers=(buffer,))
    return in_context(loaded=loaded, system_load_before=0.9)(cell)


def slower(cell: Cell) -> Cell:
    timing = msgspec.structs.replace(cell.timing, decode_s=cell.timing.decode_s * 1.5)
    return msgspec.structs.replace(cell, timing=timing)


def slow_at_the_end(cell: Cell) -> Cell:
    is_late = cell.key.letter == "B" and cell.key.item_id > "fee-020"
    return slower(cell) if is_late else cell


def no_chance(record: PackRunRecord) -> PackRunRecord:
    pack = msgspec.structs.replace(record.plan.pack, chance=Unavailable(reason="not computed"))
    return msgspec.structs.replace(record, plan=msgspec.structs.replace(record.plan, pack=pack))


def sampled(record: PackRunRecord) -> PackRunRecord:
    plan = msgspec.structs.replace(record.plan, item_ids=record.plan.item_ids[:20])
    kept = set(plan.item_ids)
    cells = tuple(cell for cell in record.cells if cell.key.item_id in kept)
    return msgspec.structs.replace(record, plan=plan, cells=cells)


SCRIPT = [
    sized_card("Script", B, backend=BackendKind.ECHO),
    sized_card("Elk 7B", 7 * B),
]
MIXED = [sized_card("Ant 1B", B, quantisation="Q8_0"), sized_card("Elk 7B", 7 * B)]
K = RemarkKind
CASES: dict[str, tuple[PackRunRecord, Remark]] = {
    "scripted": (
        example_record(SMALL, LARGE, cards=SCRIPT),
        Remark(kind=K.SCRIPTED, letters=("A",)),
    ),
    "no context": (
        example_record(SMALL, LARGE, settings=PackRunSettings(variant=Variant.NO_CONTEXT)),
        Remark(kind=K.NO_CONTEXT),
    ),
    "forced choice": (
        example_record(SMALL, LARGE, settings=PackRunSettings(way=AnswerWay.FORCED_CHOICE)),
        Remark(kind=K.FORCED_CHOICE),
    ),
    "incomplete": (
        example_record(SMALL, LARGE[:-4] + "...."),
        Remark(kind=K.INCOMPLETE, letters=("B",), facts={"missing": 4}),
    ),
    "waiting": (
        example_record("??" + SMALL[2:], "?" + LARGE[1:]),
        Remark(kind=K.WAITING, letters=("A", "B"), facts={"count": 3}),
    ),
    "sampled": (
        sampled(example_record(SMALL, LARGE)),
        Remark(kind=K.SAMPLED, facts={"asked": 20, "all": 30}),
    ),
    "few groups": (
        example_record(SMALL, LARGE, group_size=5),
        Remark(kind=K.FEW_GROUPS, facts={"groups": 6, "fewest": 10}),
    ),
    "mostly format": (
        example_record("tn0" + SMALL[3:], LARGE),
        Remark(kind=K.MOSTLY_FORMAT, letters=("A",), facts={"share": 0.1}),
    ),
    "chance": (
        example_record("+--" + "-" * 27, LARGE),
        Remark(kind=K.CHANCE, letters=("A",), facts={"chance": 0.09}),
    ),
    "large not best": (
        example_record(LARGE, SMALL),
        Remark(kind=K.LARGE_NOT_BEST, letters=("A",)),
    ),
    "quantisation differs": (
        example_record(SMALL, LARGE, cards=MIXED),
        Remark(kind=K.QUANTISATION_DIFFERS, letters=("A", "B")),
    ),
    "regraded": (
        example_record(SMALL, LARGE, fields={"regradings": REGRADINGS}),
        Remark(kind=K.REGRADED, facts={"items": 2}),
    ),
    "by hand": (
        example_record(SMALL, LARGE, change=cells_with("A", 2, by_hand)),
        Remark(kind=K.BY_HAND, letters=("A",), facts={"count": 2}),
    ),
    "drift": (
        example_record(SMALL, LARGE, change=slow_at_the_end),
        Remark(kind=K.DRIFT, letters=("B",), facts={"ratio": 1.5}),
    ),
    "disturbed": (
        example_record(SMALL, LARGE, change=cells_with("B", 6, busy)),
        Remark(kind=K.DISTURBED, letters=("B",), facts={"share": 0.1}),
    ),
    "throttled": (
        example_record(SMALL, LARGE, change=cells_with("B", 6, in_context(was_throttled=True))),
        Remark(kind=K.THROTTLED, letters=("B",), facts={"share": 0.1}),
    ),
    "swapped": (
        example_record(
            SMALL, LARGE, change=cells_with("A", 6, in_context(swapped_out_bytes=10**9))
        ),
        Remark(kind=K.SWAPPED, letters=("A",), facts={"share": 0.1}),
    ),
    "on battery": (
        example_record(SMALL, LARGE, change=cells_with("A", 1, in_context(conditions=LAPTOP))),
        Remark(kind=K.ON_BATTERY, letters=("A",), facts={"share": 1 / 60}),
    ),
    "unreadable lines": (
        example_record(SMALL, LARGE, fields={"unreadable_lines": 3}),
        Remark(kind=K.UNREADABLE_LINES, facts={"count": 3}),
    ),
    "repeats differ": (
        example_record([SMALL, SMALL[:-3] + "---"], [LARGE, LARGE]),
        Remark(kind=K.REPEATS_DIFFER, letters=("A",), facts={"share": 28 / 30}),
    ),
}


def test_every_remark_is_tried() -> None:
    assert [wanted.kind for _record, wanted in CASES.values()] == list(RemarkKind)


def test_an_ordinary_run_needs_no_remark() -> None:
    assert remarks(example_record(SMALL, LARGE)) == {}


@pytest.mark.parametrize("name", CASES)
def test_what_there_is_to_know_is_said_and_nothing_else(name: str) -> None:
    record, wanted = CASES[name]
    found = remarks(record)
    (remark,) = found.pop(wanted.kind)
    assert remark.letters == wanted.letters
    assert remark.facts == pytest.approx(wanted.facts)
    assert found == {}


def test_remarks_stand_in_their_order() -> None:
    record = example_record(
        "?" + LARGE[1:], SMALL[:-1] + ".", cards=SCRIPT, fields={"unreadable_lines": 1}
    )
    kinds = [remark.kind for remark in verdict(record).remarks]
    assert kinds == sorted(kinds, key=list(RemarkKind).index)
    assert len(kinds) >= 5


@pytest.mark.parametrize(
    "record",
    [
        example_record("t" + SMALL[1:], LARGE),  # one of 30: under 5 %
        example_record(SMALL, LARGE, change=cells_with("A", 2, busy)),  # 2 of 60
        example_record(SMALL, LARGE, change=cells_with("A", 2, in_context(was_throttled=True))),
        example_record(
            SMALL, LARGE, change=cells_with("A", 2, in_context(swapped_out_bytes=10**9))
        ),
        example_record(SMALL, LARGE, change=cells_with("A", 6, in_context(swapped_out_bytes=9))),
        example_record(SMALL, LARGE, change=slower),  # slow throughout
        example_record(LARGE, LARGE),  # no better than the large one
        example_record(*[LARGE + LARGE] * 2, group_size=6),  # ten groups are enough
        no_chance(example_record(SMALL, LARGE)),
    ],
)
def test_trifles_are_not_worth_a_remark(record: PackRunRecord) -> None:
    assert remarks(record) == {}


def test_what_guessing_gives_is_computed_where_the_pack_does_not_say() -> None:
    """Of all questions a share has three options, and the others cannot be guessed."""
    record = no_chance(example_record("+---------" * 3, LARGE))
    (found,) = remarks(record)[RemarkKind.CHANCE]
    options = sum(item.type is AnswerType.CHOICE for item in record.plan.pack.items)
    assert found.facts["chance"] == pytest.approx(options / 3 / 30)


def test_one_model_in_two_quantisations_does_not_mix_effects() -> None:
    cards = [
        sized_card("Ant 1B", B, 5 * 10**8, quantisation="Q4_K_M"),
        sized_card("Ant 1B", B, 9 * 10**8, quantisation="Q8_0"),
    ]
    assert remarks(example_record(SMALL, LARGE, cards=cards)) == {}


def test_a_quantisation_that_is_not_known_is_not_remarked_upon() -> None:
    unknown = msgspec.structs.replace(MIXED[0], quantisation=Unavailable(reason="not said"))
    assert remarks(example_record(SMALL, LARGE, cards=[unknown, MIXED[1]])) == {}
