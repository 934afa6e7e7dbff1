"""Every way in which the real engine refuses a file, with the kind of failure it becomes."""

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.helpers.gguf_files import RawGguf, text_key
from tests.helpers.raw_worker import ONE_THREAD, RawWorker, raw_worker
from tests.helpers.tiny_model import write_tiny_model

from large_enough.domain.errors import ErrorInfo, FailureKind
from large_enough.domain.generation import CacheType, LoadSettings, Placement
from large_enough.protocol.messages import Failed, Load, Loaded, Loading, Ready


@pytest.fixture(scope="module")
def worker() -> Iterator[RawWorker]:
    """One worker for all refusals: none of them does it any harm."""
    with raw_worker("llama") as worker:
        worker.wait_for(Ready)
        yield worker


def refusal(
    worker: RawWorker,
    path: Path,
    settings: LoadSettings | None = None,
    placement: Placement = ONE_THREAD,
) -> ErrorInfo:
    worker.send(Load(path=str(path), settings=settings or LoadSettings(), placement=placement))
    while isinstance(event := worker.next_event(), Loading):
        pass
    assert isinstance(event, Failed)
    assert event.request_id is None
    return event.error


def test_files_that_are_none(worker: RawWorker, tmp_path: Path) -> None:
    text = tmp_path / "text.gguf"
    text.write_text("hello, I am no model at all, but a text that is long enough to be one")
    empty = tmp_path / "empty.gguf"
    empty.touch()
    whole = write_tiny_model(tmp_path / "whole.gguf")
    cut = tmp_path / "cut.gguf"
    cut.write_bytes(whole.read_bytes()[:-1000])
    stump = tmp_path / "stump.gguf"
    stump.write_bytes(whole.read_bytes()[:1000])
    kinds = {path: refusal(worker, path).kind for path in (text, empty, cut, stump)}
    assert kinds[text] is FailureKind.NOT_GGUF
    assert kinds[empty] in {FailureKind.NOT_GGUF, FailureKind.FILE_TRUNCATED}
    assert kinds[cut] is FailureKind.FILE_TRUNCATED
    assert kinds[stump] is FailureKind.FILE_TRUNCATED
    missing = refusal(worker, tmp_path / "missing.gguf")
    assert (missing.kind, missing.subject) == (
        FailureKind.FILE_MISSING,
        str(tmp_path / "missing.gguf"),
    )
    assert refusal(worker, tmp_path).kind is FailureKind.FILE_UNREADABLE


def test_an_architecture_that_the_engine_does_not_know(worker: RawWorker, tmp_path: Path) -> None:
    path = write_tiny_model(tmp_path / "new.gguf", metadata={"general.architecture": "zzzzz"})
    error = refusal(worker, path)
    assert error.kind is FailureKind.UNSUPPORTED_ARCHITECTURE
    assert error.facts["architecture"] == "zzzzz"
    assert "unknown model architecture" in error.detail


def test_a_tokenizer_that_the_engine_does_not_know(worker: RawWorker, tmp_path: Path) -> None:
    path = write_tiny_model(tmp_path / "new.gguf", metadata={"tokenizer.ggml.model": "runes"})
    error = refusal(worker, path)
    assert (error.kind, error.facts) == (
        FailureKind.UNSUPPORTED_TOKENIZER,
        {"tokenizer": "runes"},
    )


def test_a_tensor_that_is_not_there(worker: RawWorker, tmp_path: Path) -> None:
    path = write_tiny_model(tmp_path / "hole.gguf", without=["blk.0.ffn_up.weight"])
    error = refusal(worker, path)
    assert error.kind is FailureKind.FILE_MALFORMED
    assert "blk.0.ffn_up" in error.detail


def test_a_key_that_is_not_there(worker: RawWorker, tmp_path: Path) -> None:
    header = RawGguf(keys=(text_key("general.architecture", "llama"),))
    error = refusal(worker, header.write(tmp_path / "bare.gguf"))
    assert error.kind in {FailureKind.FILE_MALFORMED, FailureKind.NOT_A_LANGUAGE_MODEL}


def test_models_that_do_not_write(worker: RawWorker, tmp_path: Path) -> None:
    projector = write_tiny_model(
        tmp_path / "mmproj.gguf", metadata={"general.architecture": "clip"}
    )
    embedder = write_tiny_model(tmp_path / "embed.gguf", metadata={"llama.pooling_type": 1})
    for path in (projector, embedder):
        assert refusal(worker, path).kind is FailureKind.NOT_A_LANGUAGE_MODEL


def test_settings_that_cannot_be(worker: RawWorker, tmp_path: Path) -> None:
    path = write_tiny_model(tmp_path / "whole.gguf")
    for settings, name in (
        (LoadSettings(context_tokens=0), "context_tokens"),
        (LoadSettings(ubatch_tokens=4096), "ubatch_tokens"),
    ):
        error = refusal(worker, path, settings)
        assert (error.kind, error.subject) == (FailureKind.BAD_SETTING, name)
    error = refusal(worker, path, placement=Placement(thread_count=0))
    assert error.subject == "thread_count"


def test_a_cache_format_that_does_not_suit_the_model(worker: RawWorker, tmp_path: Path) -> None:
    says = [f"word{number}" for number in range(22)]  # heads of 72: no whole blocks of 32
    path = write_tiny_model(tmp_path / "odd.gguf", says)
    error = refusal(worker, path, LoadSettings(cache_type=CacheType.Q8_0))
    assert error.kind is FailureKind.LOAD_REFUSED
    assert error.detail


LIMITED = """
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))
from large_enough.worker.__main__ import main
sys.exit(main(sys.argv[1:]))
"""
"""A worker that may take four gigabytes of address space, no more."""


def test_memory_that_is_not_there(tmp_path: Path) -> None:
    path = write_tiny_model(tmp_path / "long.gguf", context_tokens=1 << 24)
    with raw_worker("llama", program=(sys.executable, "-c", LIMITED)) as worker:
        worker.wait_for(Ready)
        error = refusal(worker, path, LoadSettings(context_tokens=1 << 22))  # a cache of 5 GB
        assert error.kind is FailureKind.OUT_OF_MEMORY
        assert "kv cache" in error.detail
        worker.send(Load(path=str(path), settings=LoadSettings(), placement=ONE_THREAD))
        assert isinstance(worker.wait_for(Loaded), Loaded)


def test_a_model_loads_after_all_that(tmp_path: Path) -> None:
    with raw_worker("llama") as worker:
        worker.wait_for(Ready)
        path = write_tiny_model(tmp_path / "a name with spaces and ümlauts.gguf")
        refusal(worker, tmp_path / "missing.gguf")
        refusal(worker, path, LoadSettings(context_tokens=0))
        worker.send(Load(path=str(path), settings=LoadSettings(), placement=ONE_THREAD))
        assert isinstance(worker.wait_for(Loaded), Loaded)
        error = refusal(worker, path)
        assert error.kind is FailureKind.PROTOCOL_BROKEN


def test_bindings_that_are_missing_or_do_not_fit(tmp_path: Path) -> None:
    write_tiny_model(tmp_path / "tiny.gguf")
    import llama_cpp

    empty = tmp_path / "empty"
    empty.mkdir()
    libraries = Path(llama_cpp.__file__).parent / "lib"
    lacking = tmp_path / "lacking"
    shutil.copytree(libraries, lacking)
    base = next(path for path in lacking.iterdir() if path.name.startswith("libggml-base."))
    for name in ("libllama.so", "libllama.dylib", "llama.dll"):
        if (lacking / name).exists():
            shutil.copyfile(base, lacking / name)  # a library, but not the one
    for folder, kind in (
        (empty, FailureKind.BINDINGS_MISSING),
        (lacking, FailureKind.BINDINGS_MISMATCH),
    ):
        with raw_worker("llama", environment={"LLAMA_CPP_LIB_PATH": str(folder)}) as worker:
            ready = worker.wait_for(Ready)
            assert ready.engine.engine_version == "not available"
            assert refusal(worker, tmp_path / "tiny.gguf").kind is kind
