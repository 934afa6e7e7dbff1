"""Builds runs of packs out of a seed: as many questions and contenders as a test wants."""

import random

import msgspec
from tests.helpers.records import make_card, make_context, make_timing

from large_enough.domain.errors import ErrorInfo, FailureKind
from large_enough.domain.grade import Grade, GradeStatus, GradeStep, ReplyEnd
from large_enough.domain.model_card import ModelCard
from large_enough.domain.pack import ChoiceKey, Key, NumberKey, Pack, PackItem, UnanswerableKey
from large_enough.domain.pack_run import (
    RUN_LETTERS,
    Cell,
    CellKey,
    PackRunEnd,
    PackRunPlan,
    PackRunRecord,
    PackRunSettings,
)
from large_enough.domain.resource_use import MemoryUse, ResourceUse
from large_enough.domain.round import Contender, Machine

FAMILIES = ("Tariff lookup", "Minimum fee", "Rounding", "Notice period", "Not in the document")
QUESTIONS = (
    "Which fee applies to 40 EUR paid abroad?",
    "What does a transfer cost a Basic customer in May?",
    "How many days after the statement must a wrong charge be reported?",
    "Which of these accounts has no monthly fee for a student of 24?",
)
CONTEXT = (
    "Schedule of fees, valid from 1 March. Basic: 3.50 EUR a month, transfers 0.30 EUR each, "
    "payments abroad 2.5 %, at least 1.00 EUR. Plus: 7.90 EUR a month, transfers free, payments "
    "abroad 1.5 %. Students up to 26 years pay no monthly fee for Basic."
)
_SIZES = (
    ("SmolLM2 135M Instruct", 134_515_008, 98_362_432),
    ("Qwen2.5 0.5B Instruct", 494_032_768, 491_400_064),
    ("Qwen2.5 1.5B Instruct", 1_543_714_304, 1_117_320_768),
    ("Llama 3.2 3B Instruct", 3_212_749_888, 2_019_377_696),
    ("Qwen2.5 7B Instruct", 7_615_616_512, 4_683_073_248),
)
_RIGHT_SHARES = (0.28, 0.55, 0.68, 0.76, 0.86)
_BAD_ENDS = {
    GradeStatus.TRUNCATED: ReplyEnd.LENGTH,
    GradeStatus.LOOPING: ReplyEnd.LOOPING,
    GradeStatus.TIMEOUT: ReplyEnd.TIMEOUT,
    GradeStatus.OVERFLOW: ReplyEnd.OVERFLOW,
    GradeStatus.ERROR: ReplyEnd.FAILED,
}
MACHINE = Machine(
    operating_system="Linux",
    cpu_name="A processor",
    physical_core_count=2,
    logical_core_count=4,
    usable_core_count=2,
    memory_bytes=16_000_000_000,
    on_battery=False,
    python_version="3.12.1",
    program_version="0.1",
    source_revision="abc",
)


def make_item(number: int) -> PackItem:
    """Return a question about fees; what kind of key it has depends on its number."""
    family = FAMILIES[number % len(FAMILIES)]
    keys: tuple[Key, ...] = (
        NumberKey(answer=1.0 + number % 7 / 2, unit="EUR", tolerance_abs=0.005),
        ChoiceKey(choices=("Basic", "Plus", "Gold"), answer="Basic"),
        NumberKey(answer=0.3, unit="EUR"),
    )
    key = UnanswerableKey() if family == FAMILIES[-1] else keys[number % len(keys)]
    return PackItem(
        id=f"fee-{number:03}",
        question=QUESTIONS[number % len(QUESTIONS)],
        context=CONTEXT,
        key=key,
        family=family,
        group=f"template-{number % 20}",
        level=1 + number % 3,
        tags=("fees", "abroad") if number % 4 == 0 else ("fees",),
        explain="2.5 % of 40 EUR is 1.00 EUR, which is also the least fee.",
    )


def make_pack(item_count: int = 12) -> Pack:
    """Return a pack about fees."""
    return Pack(
        id="retail-banking",
        version="1.0.0",
        title="Retail banking",
        domain="finance",
        chance=0.09,
        items=tuple(make_item(number) for number in range(1, item_count + 1)),
    )


def make_cards(count: int) -> tuple[ModelCard, ...]:
    """Return models of growing size."""
    cards = []
    for number in range(count):
        name, parameters, size_bytes = _SIZES[number % len(_SIZES)]
        card = make_card(name, size_bytes=size_bytes + number // len(_SIZES))
        cards.append(msgspec.structs.replace(card, parameter_count=parameters))
    return tuple(cards)


def make_plan(
    item_count: int = 12, contender_count: int = 3, settings: PackRunSettings | None = None
) -> PackRunPlan:
    """Return a plan: the pack's items in their order, small models first."""
    pack = make_pack(item_count)
    return PackRunPlan(
        run_id="run-1",
        pack=pack,
        pack_sha256="ab" * 32,
        contenders=tuple(
            Contender(letter=letter, card=card)
            for letter, card in zip(RUN_LETTERS, make_cards(contender_count), strict=False)
        ),
        settings=settings or PackRunSettings(),
        item_ids=tuple(item.id for item in pack.items),
    )


def make_grade(status: GradeStatus, taken: str = "") -> Grade:
    """Return a grade with that status."""
    scores = {GradeStatus.CORRECT: 1.0, GradeStatus.PARTIAL: 0.5}
    if status is GradeStatus.NEEDS_HUMAN:
        from large_enough.domain.grade import NOT_JUDGED

        return Grade(status=status, score=NOT_JUDGED, grader="free/1")
    return Grade(
        status=status,
        score=scores.get(status, 0.0),
        taken=taken,
        steps=(GradeStep(kind="answer_line"),),
        grader="number/1",
    )


def make_cell(
    item_id: str,
    letter: str,
    status: GradeStatus = GradeStatus.CORRECT,
    *,
    repeat: int = 0,
    text: str = "The fee is 2.5 % of 40 EUR.\n\nANSWER: 1.00 EUR",
    total_s: float = 1.0,
) -> Cell:
    """Return a finished answer."""
    has_text = status not in (GradeStatus.EMPTY, GradeStatus.OVERFLOW, GradeStatus.ERROR)
    memory = MemoryUse(
        needed_bytes=210_000_000,
        weights_bytes=98_000_000,
        working_bytes=112_000_000,
        peak_resident_bytes=230_000_000,
        method="/proc/PID/status",
        sample_count=9,
    )
    error = (
        ErrorInfo(kind=FailureKind.CRASHED, subject="worker")
        if status is GradeStatus.ERROR
        else None
    )
    return Cell(
        key=CellKey(letter=letter, item_id=item_id, repeat=repeat),
        prompt=f"{CONTEXT}\n\n{QUESTIONS[0]}",
        end=_BAD_ENDS.get(status, ReplyEnd.FINISHED),
        text=text if has_text else "",
        prompt_token_count=212,
        timing=make_timing(total_s=total_s),
        resources=ResourceUse(memory=memory),
        context=make_context(),
        error=error,
        started_utc="2026-11-27T12:00:00+00:00",
        grade=make_grade(status, "1.00 EUR" if status is GradeStatus.CORRECT else "3.50"),
    )


def make_run(
    item_count: int = 12,
    contender_count: int = 3,
    *,
    seed: int = 1,
    done_share: float = 1.0,
    settings: PackRunSettings | None = None,
) -> PackRunRecord:
    """Return a run, as far as it has come.

    Args:
        item_count: Questions.
        contender_count: Models, the smallest first.
        seed: Of all chances.
        done_share: How much of it is done, contender by contender, 0 to 1.
        settings: How it is asked.
    """
    plan, dice = make_plan(item_count, contender_count, settings), random.Random(seed)
    cells = [
        make_cell(item_id, one.letter, _drawn(dice, number), total_s=0.4 + 1.7 * number)
        for number, one in enumerate(plan.contenders)
        for item_id in plan.item_ids
    ]
    done = cells[: round(len(cells) * done_share)]
    end = PackRunEnd.COMPLETE if len(done) == len(cells) else PackRunEnd.STOPPED
    return PackRunRecord(
        plan=plan,
        machine=MACHINE,
        started_utc="2026-11-27T12:00:00+00:00",
        cells=tuple(done),
        end=end,
    )


def _drawn(dice: random.Random, number: int) -> GradeStatus:
    right = _RIGHT_SHARES[number % len(_RIGHT_SHARES)]
    chance = dice.random()
    if chance < right:
        return GradeStatus.CORRECT
    if chance < right + (1 - right) * 0.7:
        return GradeStatus.WRONG
    return dice.choice(
        (
            GradeStatus.PARTIAL,
            GradeStatus.NO_ANSWER,
            GradeStatus.TRUNCATED,
            GradeStatus.REFUSED,
            GradeStatus.EMPTY,
            GradeStatus.LOOPING,
            GradeStatus.ERROR,
        )
    )
