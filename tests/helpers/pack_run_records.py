"""Builds plans, cells and logs of runs, for tests without any process."""

from collections.abc import Sequence
from pathlib import Path

import msgspec
from tests.helpers.pack_runs import answers_of, small_pack
from tests.helpers.records import make_card, make_done, make_machine

from large_enough.comparison.pack_run_cells import CellMaker
from large_enough.comparison.pack_run_plan import plan_run, wanted_keys
from large_enough.comparison.pack_run_questions import question
from large_enough.domain.generation import Answer
from large_enough.domain.pack import Pack
from large_enough.domain.pack_run import Cell, PackRunPlan, Setup
from large_enough.domain.round import Contender
from large_enough.store.pack_run_cells import stored
from large_enough.store.pack_run_lines import CellLine, EndLine, SetupLine
from large_enough.store.pack_run_log import PackRunLog

UTC = "2026-03-01T12:00:00.000+00:00"


def make_run_plan(pack: Pack | None = None, names: Sequence[str] = ("Ant 1B",)) -> PackRunPlan:
    """Return a plan; each further contender is larger than the one before."""
    contenders = [
        Contender(
            letter="A",
            card=msgspec.structs.replace(
                make_card(name, size_bytes=10**8 * number), parameter_count=10**9 * number
            ),
        )
        for number, name in enumerate(names, 1)
    ]
    return plan_run(pack or small_pack(), contenders)


def make_cells(plan: PackRunPlan, letter: str, wrong: Sequence[str] = ()) -> list[Cell]:
    """Return all answers of a contender, measured, right but for the items named."""
    maker = CellMaker(pack=plan.pack)
    texts = {answer.get("when"): answer["text"] for answer in answers_of(plan.pack, wrong)}
    done = make_done(letter)
    return [
        maker.measured(
            asked,
            msgspec.structs.replace(done, answer=_saying(done.answer, texts[asked.item.question])),
            "ABCDEFGH".index(letter),
            UTC,
        )
        for asked in (question(plan, key) for key in wanted_keys(plan, letter))
    ]


def make_setup(letter: str) -> Setup:
    """Return how a contender was loaded."""
    context = make_done(letter).context
    return Setup(
        setup_id="ABCDEFGH".index(letter),
        letter=letter,
        engine=context.engine,
        loaded=context.loaded,
        placement=context.placement,
    )


def write_run(
    folder: Path, plan: PackRunPlan, wrong: dict[str, Sequence[str]] | None = None
) -> Path:
    """Write the log of a whole run; return its file."""
    with PackRunLog.create(folder, plan, make_machine(), UTC) as log:
        for contender in plan.contenders:
            letter = contender.letter
            log.append(SetupLine(setup=make_setup(letter)))
            for cell in make_cells(plan, letter, (wrong or {}).get(letter, ())):
                log.append(CellLine(cell=stored(cell)))
        log.append(EndLine(utc=UTC))
        return log.path


def _saying(answer: Answer, text: str) -> Answer:
    return msgspec.structs.replace(answer, text=text)
