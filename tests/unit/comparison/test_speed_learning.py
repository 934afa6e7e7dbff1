"""What is learnt from rounds about speeds."""

from pathlib import Path

import msgspec
import pytest
from tests.helpers.fit_world import write_card
from tests.helpers.records import make_answer, make_done, make_plan, make_record, make_timing

from large_enough.catalog.fingerprint import file_fingerprint
from large_enough.comparison.speed_learning import speed_runs_of
from large_enough.domain.expected_speed import SpeedRun
from large_enough.domain.generation import Buffer, BufferKind
from large_enough.domain.model_card import BackendKind, ModelCard
from large_enough.domain.round import Done
from large_enough.gguf.split import read_model

UTC = "2026-05-04T10:00:00+00:00"
ON_PROCESSOR = Buffer(kind=BufferKind.WEIGHTS, device="CPU", size_bytes=98_000_000)


@pytest.fixture
def card(tmp_path: Path) -> ModelCard:
    return write_card(tmp_path / "model.gguf")


def done(*, generated_token_count: int = 41, **context: object) -> Done:
    timing = make_timing(generated_token_count=generated_token_count)
    made = make_done("A", make_answer(timing))
    loaded = msgspec.structs.replace(made.context.loaded, buffers=(ON_PROCESSOR,))
    usual = {"loaded": loaded, "system_load_before": 0.0, **context}
    return msgspec.structs.replace(made, context=msgspec.structs.replace(made.context, **usual))


def learnt(card: ModelCard, result: Done) -> tuple[SpeedRun, ...]:
    return speed_runs_of(make_record([result], make_plan(card)), "laptop", UTC)


def test_an_answer_tells_speed_and_reads(card: ModelCard) -> None:
    (found,) = learnt(card, done())
    assert found.machine == "laptop"
    assert found.model == file_fingerprint(Path(card.path))
    assert found.tokens_per_s == pytest.approx(50.0)
    weights = sum(tensor.size_bytes for tensor in read_model(Path(card.path)).header.tensors)
    assert found.read_bytes >= weights
    assert found.utc == UTC


def test_nothing_is_learnt_from_what_was_disturbed(card: ModelCard) -> None:
    assert learnt(card, done(is_contended=True)) == ()
    assert learnt(card, done(system_load_before=0.9)) == ()
    assert learnt(card, done(was_throttled=True)) == ()
    assert learnt(card, done(generated_token_count=3)) == ()


def test_nor_from_what_does_not_run_on_the_processor(card: ModelCard) -> None:
    on_card = Buffer(kind=BufferKind.WEIGHTS, device="CUDA0", size_bytes=1)
    loaded = msgspec.structs.replace(make_done().context.loaded, buffers=(on_card,))
    assert learnt(card, done(loaded=loaded)) == ()
    scripted = msgspec.structs.replace(card, backend=BackendKind.ECHO)
    assert learnt(scripted, done()) == ()


def test_a_file_that_went_away_teaches_nothing(card: ModelCard) -> None:
    Path(card.path).unlink()
    assert learnt(card, done()) == ()
