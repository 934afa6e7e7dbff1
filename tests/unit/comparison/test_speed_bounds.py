"""The bound that memory sets to an answer's speed."""

from pathlib import Path

import msgspec
import pytest
from tests.helpers.records import make_card, make_done, make_plan
from tests.unit.gguf.test_memory import header, tensor

from large_enough.comparison.speed_bounds import (
    NO_WEIGHTS,
    NOT_ON_PROCESSOR,
    SCRIPTED,
    speed_bound,
)
from large_enough.domain.errors import FailureKind, ModelFileError
from large_enough.domain.generation import Buffer, BufferKind
from large_enough.domain.model_card import BackendKind
from large_enough.domain.quantity import Unavailable
from large_enough.domain.round import Contender, Done
from large_enough.domain.speed_bound import Bandwidth, SpeedBound
from large_enough.gguf.header import GgufHeader

BANDWIDTH = Bandwidth(
    bytes_per_s=11e9,
    buffer_bytes=1 << 28,
    thread_count=2,
    pass_count=9,
    machine="laptop",
    measured_utc="2026-05-04T10:00:00+00:00",
)


def on(device: str) -> Done:
    done = make_done("A")
    weights = Buffer(kind=BufferKind.WEIGHTS, device=device, size_bytes=98_000_000)
    loaded = msgspec.structs.replace(done.context.loaded, buffers=(weights,))
    return msgspec.structs.replace(
        done, context=msgspec.structs.replace(done.context, loaded=loaded)
    )


def no_file(path: str) -> GgufHeader:
    raise ModelFileError(FailureKind.FILE_MISSING, path)


def contender() -> Contender:
    return make_plan().contenders[0]


def test_the_header_tells_what_is_read() -> None:
    weight = tensor("blk.0.ffn_up.weight", (8, 8), 0, 110_000_000)
    model = header("llama", (weight,), block_count=1, embedding_length=8)
    bound = speed_bound(contender(), on("CPU_Mapped"), BANDWIDTH, read_header=lambda _path: model)
    assert isinstance(bound, SpeedBound)
    assert not bound.reads.is_upper_bound
    assert bound.tokens_per_s == pytest.approx(100.0, rel=0.01)


def test_a_header_without_weights_gives_none() -> None:
    empty = header("llama")
    bound = speed_bound(contender(), on("CPU"), BANDWIDTH, read_header=lambda _path: empty)
    assert bound == NO_WEIGHTS


def test_without_the_file_all_weights_are_an_upper_bound() -> None:
    bound = speed_bound(contender(), on("CPU_REPACK"), BANDWIDTH, read_header=no_file)
    assert isinstance(bound, SpeedBound)
    assert bound.reads.is_upper_bound
    assert bound.reads.total_bytes == 98_000_000
    assert bound.tokens_per_s == pytest.approx(112.2, abs=0.1)


def test_an_unknown_bandwidth_keeps_its_reason() -> None:
    unknown = Unavailable(reason="models are at work")
    bound = speed_bound(contender(), on("CPU"), unknown, read_header=no_file)
    assert isinstance(bound, SpeedBound)
    assert bound.tokens_per_s == unknown


def test_only_real_models_on_the_processor_have_one() -> None:
    assert speed_bound(contender(), on("CUDA0"), BANDWIDTH) == NOT_ON_PROCESSOR
    assert speed_bound(contender(), make_done("A"), BANDWIDTH) == NOT_ON_PROCESSOR
    scripted = Contender(letter="A", card=make_card(backend=BackendKind.ECHO))
    assert speed_bound(scripted, on("CPU"), BANDWIDTH) == SCRIPTED


def test_the_real_file(smollm2_path: Path) -> None:
    card = msgspec.structs.replace(make_card(), path=str(smollm2_path))
    bound = speed_bound(Contender(letter="A", card=card), on("CPU_Mapped"), BANDWIDTH)
    assert isinstance(bound, SpeedBound)
    assert 95_000_000 < bound.reads.weights_bytes < smollm2_path.stat().st_size
    assert isinstance(bound.reads.cache_bytes, int)
