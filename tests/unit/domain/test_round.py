import msgspec
import pytest
from tests.helpers.energy_uses import make_part, make_use
from tests.helpers.power_sources import CONDITIONS, make_idle
from tests.helpers.records import (
    make_answer,
    make_cancelled,
    make_disturbed,
    make_done,
    make_failed,
    make_plan,
    make_record,
)

from large_enough.domain.energy import Energy, EnergyFlag, EnergyKind
from large_enough.domain.generation import Buffer, BufferKind
from large_enough.domain.quantity import Quantity, Unavailable
from large_enough.domain.round import (
    SWAPPING_BYTES,
    AnswerResult,
    Done,
    MachineUse,
    Purpose,
    RoundRecord,
    is_swapping,
)


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


def with_context(done: Done, **changes: object) -> Done:
    context = msgspec.structs.replace(done.context, **changes)
    return msgspec.structs.replace(done, context=context)


@pytest.mark.parametrize(
    ("ask_order", "letters"),
    [
        ((), "AB"),
        (("B", "A"), "BA"),
        (("B",), "BA"),
        (("D", "B"), "BA"),
    ],
)
def test_everybody_has_a_turn_whatever_order_is_wished(
    ask_order: tuple[str, ...], letters: str
) -> None:
    plan = msgspec.structs.replace(make_plan(), ask_order=ask_order)
    assert plan.letters_in_turn == tuple(letters)


def test_a_round_is_a_question_unless_it_says_otherwise() -> None:
    assert make_plan().purpose is Purpose.QUESTION


ON_BATTERY = msgspec.structs.replace(CONDITIONS, on_battery=True)


@pytest.mark.parametrize(
    ("changes", "flags"),
    [
        ({}, ()),
        ({"conditions": ON_BATTERY}, (EnergyFlag.ON_BATTERY,)),
        ({"conditions": CONDITIONS}, ()),
        ({"was_throttled": True}, (EnergyFlag.THROTTLED,)),
        ({"was_throttled": False}, ()),
        ({"was_throttled": Unavailable(reason="not told")}, ()),
        ({"swapped_out_bytes": SWAPPING_BYTES}, (EnergyFlag.SWAPPING,)),
        ({"swapped_out_bytes": SWAPPING_BYTES - 1}, ()),
        (
            {"conditions": ON_BATTERY, "was_throttled": True, "swapped_out_bytes": 10**9},
            (EnergyFlag.ON_BATTERY, EnergyFlag.THROTTLED, EnergyFlag.SWAPPING),
        ),
    ],
)
def test_flags_tell_what_is_known_to_disturb(
    changes: dict[str, object], flags: tuple[EnergyFlag, ...]
) -> None:
    assert with_context(make_done(), **changes).flags == flags


def test_other_load_is_a_flag() -> None:
    assert make_disturbed().flags == (EnergyFlag.OTHER_LOAD,)


def test_what_is_not_read_is_not_swapping() -> None:
    assert not is_swapping(Unavailable(reason="not read"))
    assert not is_swapping(0)


def test_the_energy_gets_the_flags_of_its_answer() -> None:
    done = with_context(make_done(), was_throttled=True)
    known = done.with_energy(make_use(make_part(split_kind=EnergyKind.NET)))
    (part,) = known.resources.energy.parts
    assert isinstance(part.net, Energy)
    assert part.net.flags == (EnergyFlag.THROTTLED,)
    assert known.answer == done.answer
    assert known.with_energy(known.resources.energy) == known  # as when it is read from a log


def test_a_whole_record_with_energies_survives_json() -> None:
    done = make_done().with_energy(make_use(make_part(split_kind=EnergyKind.NET)))
    record = msgspec.structs.replace(
        make_record([with_context(done, conditions=CONDITIONS, was_throttled=False)]),
        machine_use=MachineUse(models_bytes=5, swapped_out_bytes=0, idle=(make_idle(),)),
    )
    assert msgspec.json.decode(msgspec.json.encode(record), type=RoundRecord) == record
