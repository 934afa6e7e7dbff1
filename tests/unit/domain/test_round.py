import msgspec
import pytest
from tests.helpers.records import (
    make_answer,
    make_cancelled,
    make_done,
    make_failed,
    make_record,
)

from large_enough.domain.generation import Buffer, BufferKind
from large_enough.domain.quantity import Quantity, Unavailable
from large_enough.domain.round import AnswerResult, Done, RoundRecord


def test_results_and_contenders_are_found_by_letter() -> None:
    record = make_record([make_done("B")])
    assert record.result_of("B") == make_done("B")
    assert record.result_of("A") is None
    assert record.contender("A").card.name == "SmolLM2 135M Instruct"
    with pytest.raises(KeyError):
        record.contender("D")


@pytest.mark.parametrize(
    "result", [make_done(), make_failed(), make_cancelled(), make_cancelled("A", make_answer())]
)
def test_every_end_survives_json(result: AnswerResult) -> None:
    content = msgspec.json.encode(result)
    assert msgspec.json.decode(content, type=AnswerResult) == result


def test_a_record_survives_json() -> None:
    record = make_record([make_failed("B"), make_done("A")], is_complete=False)
    assert msgspec.json.decode(msgspec.json.encode(record), type=RoundRecord) == record


ON_PROCESSOR = (Buffer(kind=BufferKind.WEIGHTS, device="CPU_Mapped", size_bytes=1),)


def done_with(
    *,
    cpu_s: float = 1.96,
    load: Quantity = 0.02,
    buffers: tuple[Buffer, ...] = ON_PROCESSOR,
    is_contended: bool = False,
    total_s: float = 1.0,
) -> Done:
    """Return an answer of two threads."""
    done = make_done()
    timing = msgspec.structs.replace(done.answer.timing, total_s=total_s, cpu_s=cpu_s)
    return msgspec.structs.replace(
        done,
        answer=msgspec.structs.replace(done.answer, timing=timing),
        context=msgspec.structs.replace(
            done.context,
            loaded=msgspec.structs.replace(done.context.loaded, buffers=buffers),
            is_contended=is_contended,
            system_load_before=load,
        ),
    )


def test_an_answer_is_disturbed_when_its_threads_or_the_machine_were_not_free() -> None:
    assert not done_with().is_disturbed
    assert done_with(cpu_s=1.5).is_disturbed
    assert done_with(load=0.5).is_disturbed


def test_what_cannot_be_judged_is_not_called_disturbed() -> None:
    on_gpu = (Buffer(kind=BufferKind.WEIGHTS, device="CUDA0", size_bytes=1),)
    unknown = Unavailable(reason="not read")
    assert not done_with(cpu_s=0.1, buffers=on_gpu).is_disturbed
    assert not done_with(cpu_s=0.1, buffers=()).is_disturbed
    assert not done_with(cpu_s=0.1, is_contended=True).is_disturbed
    assert not done_with(cpu_s=0.0, total_s=0.1).is_disturbed
    assert not done_with(load=unknown).is_disturbed
