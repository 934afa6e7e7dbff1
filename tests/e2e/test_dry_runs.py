"""What real workers say about models without loading them."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.helpers.raw_worker import ONE_THREAD, raw_worker
from tests.helpers.tiny_model import write_tiny_model

from large_enough.domain.clock import SystemClock
from large_enough.domain.dry_run import DryRun
from large_enough.domain.errors import ErrorInfo, FailureKind
from large_enough.domain.generation import BufferKind, CacheType, LoadSettings
from large_enough.domain.model_card import BackendKind
from large_enough.engine.dry_runs import DryRuns
from large_enough.engine.launcher import LaunchCommand, worker_command
from large_enough.gguf.memory import estimate_memory
from large_enough.gguf.split import read_model
from large_enough.protocol.messages import Failed, Inspect, Load, Loaded, Ready


@pytest.fixture
def dry_runs() -> Iterator[DryRuns]:
    runs = DryRuns(worker_command(BackendKind.LLAMA, os.environ), SystemClock())
    yield runs
    runs.close()


def run(dry_runs: DryRuns, path: Path, **settings: object) -> DryRun:
    found = dry_runs.run(str(path), LoadSettings(**settings))  # type: ignore[arg-type]
    assert isinstance(found, DryRun), found
    return found


@pytest.mark.parametrize("architecture", ["llama", "cohere2", "mamba"])
def test_a_dry_run_has_the_sizes_of_a_real_load(
    dry_runs: DryRuns, tmp_path: Path, architecture: str
) -> None:
    path = write_tiny_model(tmp_path / "tiny.gguf", architecture=architecture)
    settings = LoadSettings(context_tokens=1024)
    found = run(dry_runs, path, context_tokens=1024)
    with raw_worker("llama") as worker:
        loaded = worker.load(path, settings).model
    real = {
        kind: sum(buffer.size_bytes for buffer in loaded.buffers if buffer.kind is kind)
        for kind in BufferKind
    }
    assert found.context_tokens == loaded.context_tokens
    assert found.weights_bytes == loaded.weights_bytes
    cache_bytes = real[BufferKind.KV_CACHE] + real[BufferKind.RECURRENT]
    assert found.kv_cache_bytes == pytest.approx(cache_bytes, abs=20_000)
    scratch_bytes = real[BufferKind.COMPUTE] + real[BufferKind.OUTPUT]
    assert found.compute_bytes == pytest.approx(scratch_bytes, rel=0.01)
    assert [room.device.kind for room in found.rooms][-1] == "cpu"


def test_one_worker_answers_for_several_models_and_contexts(
    dry_runs: DryRuns, tmp_path: Path
) -> None:
    one = write_tiny_model(tmp_path / "one.gguf")
    other = write_tiny_model(tmp_path / "other.gguf", architecture="cohere2")
    small, large = (run(dry_runs, one, context_tokens=tokens) for tokens in (512, 1024))
    assert large.kv_cache_bytes == pytest.approx(2 * small.kv_cache_bytes, abs=20_000)
    assert run(dry_runs, other, context_tokens=512).weights_bytes != small.weights_bytes


def test_a_context_is_not_larger_than_what_was_trained_for(
    dry_runs: DryRuns, tmp_path: Path
) -> None:
    path = write_tiny_model(tmp_path / "tiny.gguf", context_tokens=512)
    assert run(dry_runs, path, context_tokens=4096).context_tokens == 512


def test_a_file_that_cannot_be_loaded_is_told_and_the_worker_lives_on(
    dry_runs: DryRuns, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.gguf"
    broken.write_bytes(b"GGUF")
    found = dry_runs.run(str(broken), LoadSettings())
    assert isinstance(found, ErrorInfo)
    assert found.kind is FailureKind.FILE_TRUNCATED
    assert run(dry_runs, write_tiny_model(tmp_path / "tiny.gguf")).weights_bytes > 0


def test_a_worker_that_cannot_be_started_is_told(tmp_path: Path) -> None:
    command = LaunchCommand(arguments=(str(tmp_path / "nothing"),), environment={})
    found = DryRuns(command, SystemClock()).run("m.gguf", LoadSettings())
    assert isinstance(found, ErrorInfo)
    assert found.kind is FailureKind.WORKER_NOT_STARTED


def test_a_worker_may_look_first_and_load_then_but_not_the_other_way(tmp_path: Path) -> None:
    path = write_tiny_model(tmp_path / "tiny.gguf")
    look = Inspect(path=str(path), settings=LoadSettings(context_tokens=512))
    with raw_worker("llama") as worker:
        worker.wait_for(Ready)
        worker.send(look)
        worker.send(Load(path=str(path), settings=look.settings, placement=ONE_THREAD))
        worker.wait_for(Loaded)
        worker.send(look)
        answer = worker.next_event()
        assert isinstance(answer, Failed)
        assert answer.error.kind is FailureKind.PROTOCOL_BROKEN


@pytest.mark.model
@pytest.mark.parametrize("cache_type", [CacheType.F16, CacheType.Q8_0])
def test_the_real_model(dry_runs: DryRuns, smollm2_path: Path, cache_type: CacheType) -> None:
    settings = LoadSettings(context_tokens=8192, cache_type=cache_type)
    found = run(dry_runs, smollm2_path, context_tokens=8192, cache_type=cache_type)
    by_formula = estimate_memory(read_model(smollm2_path).header, settings)
    assert found.weights_bytes == by_formula.weights_bytes
    assert found.kv_cache_bytes == pytest.approx(by_formula.kv_cache_bytes, rel=0.001)
    assert found.compute_bytes == pytest.approx(by_formula.compute_bytes, rel=0.1)
