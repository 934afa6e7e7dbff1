"""Rounds in which everything that may come from outside is hostile, for tests of documents."""

import msgspec
from tests.helpers.records import (
    make_answer,
    make_card,
    make_done,
    make_machine,
    make_plan,
    make_record,
)

from large_enough.domain.errors import ErrorInfo, FailureKind
from large_enough.domain.quantity import Unavailable
from large_enough.domain.round import Failed, RoundRecord


def hostile_round(text: str) -> RoundRecord:
    """Return a round with this text wherever a model, a file or a person could put it."""
    card = msgspec.structs.replace(
        make_card(text),
        path=f"/models/{text}",
        architecture=text,
        quantisation=text,
        licence=text,
        tokenizer=Unavailable(reason=text or "none"),
        sha256=text,
    )
    plan = make_plan(card, card)
    plan = msgspec.structs.replace(
        plan,
        prompt=text,
        system=text,
        settings=msgspec.structs.replace(plan.settings, stop=(text,)),
    )
    done = make_done("A", msgspec.structs.replace(make_answer(text=text), thoughts=text))
    engine = msgspec.structs.replace(done.context.engine, name=text, system_info=text)
    done = msgspec.structs.replace(
        done, context=msgspec.structs.replace(done.context, engine=engine)
    )
    error = ErrorInfo(
        kind=FailureKind.EXITED, subject=text, detail=text, facts={"exit_code": 1, "problem": text}
    )
    failed = Failed(letter="B", error=error, partial_text=text)
    record = make_record([done, failed], plan)
    machine = msgspec.structs.replace(make_machine(), cpu_name=text, operating_system=text)
    return msgspec.structs.replace(record, machine=machine)
