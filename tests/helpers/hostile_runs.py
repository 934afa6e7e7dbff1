"""Runs in which everything that may come from outside is hostile, for tests of documents."""

import msgspec
from tests.helpers.verdicts import example_record, patterns

from large_enough.domain.errors import ErrorInfo, FailureKind
from large_enough.domain.grade import GradeStatus, HandGrade
from large_enough.domain.model_card import Adapter, ModelCard
from large_enough.domain.pack import Pack, PackItem, TextKey
from large_enough.domain.pack_run import Cell, PackRunPlan, PackRunRecord, Regrading, Setup


def hostile_run(text: str, pattern: tuple[str, str] | None = None) -> PackRunRecord:
    """Return a run with this text wherever a model, a pack or a person could put it."""
    record = example_record(*(pattern or patterns(6, 1, 2, 1)))
    plan = _plan(record.plan, text)
    return msgspec.structs.replace(
        record,
        plan=plan,
        machine=msgspec.structs.replace(record.machine, cpu_name=text, operating_system=text),
        setups=tuple(_setup(setup, text) for setup in record.setups),
        cells=tuple(_cell(cell, text) for cell in record.cells),
        regradings=(Regrading(utc=text, pack_sha256=text, changed_item_ids=(text,), why=text),),
    )


def _plan(plan: PackRunPlan, text: str) -> PackRunPlan:
    return msgspec.structs.replace(
        plan,
        run_id=text,
        pack=_pack(plan.pack, text),
        pack_sha256=text,
        item_ids=tuple(_id(item_id, text) for item_id in plan.item_ids),
        contenders=tuple(
            msgspec.structs.replace(contender, card=_card(contender.card, text))
            for contender in plan.contenders
        ),
    )


def _pack(pack: Pack, text: str) -> Pack:
    return msgspec.structs.replace(
        pack,
        id=text,
        version=text,
        title=text,
        language=text,
        domain=text,
        licence=text,
        authors=(text,),
        canary=text,
        system_prompt=text,
        items=tuple(_item(item, text) for item in pack.items),
    )


def _item(item: PackItem, text: str) -> PackItem:
    return msgspec.structs.replace(
        item,
        id=_id(item.id, text),
        question=text,
        context=text,
        key=TextKey(answers=(text,)),
        family=text,
        explain=text,
    )


def _card(card: ModelCard, text: str) -> ModelCard:
    adapter = Adapter(path=f"/adapters/{text}", name=text, size_bytes=1, sha256=text)
    return msgspec.structs.replace(
        card,
        name=text,
        path=f"/models/{text}",
        architecture=text,
        quantisation=text,
        licence=text,
        sha256=text,
        adapter=adapter,
    )


def _setup(setup: Setup, text: str) -> Setup:
    engine = msgspec.structs.replace(
        setup.engine, name=text, engine_version=text, bindings_version=text, system_info=text
    )
    loaded = msgspec.structs.replace(setup.loaded, chat_template_sha256=text)
    return msgspec.structs.replace(setup, engine=engine, loaded=loaded)


def _cell(cell: Cell, text: str) -> Cell:
    grade = msgspec.structs.replace(cell.grade, taken=text, grader=text)
    hand = HandGrade(status=GradeStatus.WRONG, score=0.0, who=text, why=text, utc=text)
    is_by_hand = cell.key.letter == "A" and cell.grade.status is GradeStatus.WRONG
    return msgspec.structs.replace(
        cell,
        key=msgspec.structs.replace(cell.key, item_id=_id(cell.key.item_id, text)),
        prompt=text,
        text=text,
        thoughts=text,
        grade=grade,
        hand_grade=hand if is_by_hand else None,
        error=ErrorInfo(kind=FailureKind.EXITED, subject=text, detail=text),
        started_utc=text,
    )


def _id(item_id: str, text: str) -> str:
    """Return an id that is still unique."""
    return f"{text}{item_id}"
