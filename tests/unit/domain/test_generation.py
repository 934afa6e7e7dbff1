import msgspec
import pytest
from tests.helpers.records import make_answer, make_done, make_timing

from large_enough.domain.generation import (
    Answer,
    Buffer,
    BufferKind,
    Chunk,
    LoadedModel,
    Timing,
)
from large_enough.domain.quantity import Unavailable


def test_speeds() -> None:
    timing = make_timing(decode_s=0.8, generated_token_count=41, character_count=200)
    assert timing.prompt_tokens_per_s == 400.0
    assert timing.generation_tokens_per_s == pytest.approx(50.0)
    assert timing.characters_per_s == pytest.approx(250.0)


def test_reused_tokens_are_not_counted_as_work() -> None:
    assert make_timing(reused_token_count=25).prompt_tokens_per_s == 200.0


@pytest.mark.parametrize(("reused", "is_known"), [(42, True), (43, False), (50, False)])
def test_a_prompt_nearly_all_reused_has_no_speed(reused: int, is_known: bool) -> None:
    speed = make_timing(reused_token_count=reused).prompt_tokens_per_s
    assert isinstance(speed, float) is is_known


@pytest.mark.parametrize("count", [0, 1])
def test_one_token_has_no_speed(count: int) -> None:
    timing = make_timing(generated_token_count=count)
    assert timing.generation_tokens_per_s == Unavailable(reason="fewer than two tokens")
    assert timing.characters_per_s == Unavailable(reason="fewer than two tokens")


def test_no_duration_has_no_speed() -> None:
    missing = Unavailable(reason="cancelled")
    timing = make_timing(decode_s=missing)
    assert timing.generation_tokens_per_s == missing
    assert make_timing(decode_s=0.0).characters_per_s == Unavailable(reason="too short to measure")


def test_an_answer_survives_json() -> None:
    answer = msgspec.structs.replace(
        make_answer(), timeline=(Chunk(t_s=0.1, character_count=3, token_count=1),)
    )
    assert msgspec.json.decode(msgspec.json.encode(answer), type=Answer) == answer
    assert b'"timeline":[[0.1,3,1]]' in msgspec.json.encode(answer)


def test_missing_durations_survive_json() -> None:
    timing = make_timing(decode_s=Unavailable(reason="cancelled"))
    assert msgspec.json.decode(msgspec.json.encode(timing), type=Timing) == timing


def loaded_on(*devices: str, kind: BufferKind = BufferKind.WEIGHTS) -> LoadedModel:
    buffers = tuple(Buffer(kind=kind, device=device, size_bytes=1) for device in devices)
    return msgspec.structs.replace(make_done().context.loaded, buffers=buffers)


@pytest.mark.parametrize(
    ("devices", "is_on_gpu", "is_on_processor"),
    [
        ((), False, False),
        (("CPU",), False, True),
        (("CPU_Mapped", "CPU_REPACK"), False, True),
        (("CPU_Mapped", "AMX"), False, True),
        (("CPU_Mapped", "CUDA_Host"), False, False),
        (("CPU_Mapped", "CUDA0"), True, False),
        (("Metal",), True, False),
        (("Vulkan1",), True, False),
    ],
)
def test_where_a_model_lies(
    devices: tuple[str, ...], is_on_gpu: bool, is_on_processor: bool
) -> None:
    model = loaded_on(*devices)
    assert model.is_on_gpu is is_on_gpu
    assert model.is_on_processor is is_on_processor


def test_a_build_with_a_card_computes_on_it_also_without_weights_there() -> None:
    assert loaded_on("CUDA0", kind=BufferKind.COMPUTE).is_on_gpu
