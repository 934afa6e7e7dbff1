"""Finding the cause of a failure in the engine's log."""

import pytest

from large_enough.domain.errors import EngineError, FailureKind, ModelFileError
from large_enough.worker.decode_causes import (
    adapter_failure,
    decode_failure,
    error_text,
    load_failure,
    quantise_failure,
)
from large_enough.worker.engine_log import LEVEL_ERROR, LEVEL_INFO, LEVEL_WARN, LogLine


def errors(*texts: str) -> list[LogLine]:
    return [LogLine(LEVEL_INFO, "loading"), *(LogLine(LEVEL_ERROR, text) for text in texts)]


@pytest.mark.parametrize(
    ("text", "kind", "facts"),
    [
        (
            "gguf_init_from_file_ptr: invalid magic characters: 'hell', expected 'GGUF'",
            FailureKind.NOT_GGUF,
            {},
        ),
        (
            "tensor 'blk.2.ffn_up.weight' data is not within the file bounds, model is corrupted",
            FailureKind.FILE_TRUNCATED,
            {},
        ),
        (
            "gguf_init_from_file: failed to open GGUF file 'x.gguf' (No such file or directory)",
            FailureKind.FILE_MISSING,
            {},
        ),
        (
            "gguf_init_from_file: failed to open GGUF file 'x.gguf' (Permission denied)",
            FailureKind.FILE_UNREADABLE,
            {},
        ),
        (
            "llama_model_load: error loading model: unknown model architecture: 'zzzzz'",
            FailureKind.UNSUPPORTED_ARCHITECTURE,
            {"architecture": "zzzzz"},
        ),
        (
            "error loading model: CLIP cannot be used as main model, use it with --mmproj instead",
            FailureKind.NOT_A_LANGUAGE_MODEL,
            {},
        ),
        (
            "done_getting_tensors: wrong number of tensors; expected 2131, got 720",
            FailureKind.LOAD_REFUSED,
            {},
        ),
        (
            "error loading model vocabulary: unknown pre-tokenizer type: 'tomorrow'",
            FailureKind.UNSUPPORTED_TOKENIZER,
            {"tokenizer": "tomorrow"},
        ),
        (
            "error loading model vocabulary: unknown tokenizer: 'runes'",
            FailureKind.UNSUPPORTED_TOKENIZER,
            {"tokenizer": "runes"},
        ),
        (
            "ggml_aligned_malloc: insufficient memory (attempted to allocate 900000.00 MB)",
            FailureKind.OUT_OF_MEMORY,
            {},
        ),
        (
            "failed to initialize the context: failed to allocate buffer for kv cache",
            FailureKind.OUT_OF_MEMORY,
            {},
        ),
        ("unable to allocate CUDA0 buffer", FailureKind.OUT_OF_MEMORY, {}),
        (
            "quantized V cache was requested, but this requires Flash Attention",
            FailureKind.LOAD_REFUSED,
            {},
        ),
        (
            "illegal split file idx: 1 (file: m.gguf), model must be loaded with the first split",
            FailureKind.NOT_FIRST_SPLIT,
            {},
        ),
        (
            "llama_model_loader: failed to load GGUF split from m-00002-of-00003.gguf",
            FailureKind.SPLIT_PART_MISSING,
            {"part": "m-00002-of-00003.gguf"},
        ),
        ("missing tensor 'blk.0.attn_q.weight'", FailureKind.FILE_MALFORMED, {}),
        (
            "check_tensor_dims: tensor 'blk.0.ffn_up.weight' not found",
            FailureKind.FILE_MALFORMED,
            {},
        ),
        ("key not found in model: llama.block_count", FailureKind.FILE_MALFORMED, {}),
        ("something nobody has seen yet", FailureKind.LOAD_REFUSED, {}),
    ],
)
def test_causes_of_a_failed_load(text: str, kind: FailureKind, facts: dict[str, str]) -> None:
    error = load_failure(errors(text, "llama_model_load_from_file_impl: failed"), "/m.gguf")
    assert (error.info.kind, error.info.facts) == (kind, facts)
    assert error.info.subject == "/m.gguf"
    assert text in error.info.detail


def test_the_files_fault_and_the_engines_are_told_apart() -> None:
    assert isinstance(load_failure(errors("invalid magic characters"), ""), ModelFileError)
    assert isinstance(load_failure(errors("unable to allocate"), ""), EngineError)


def test_an_empty_log_still_gives_a_failure() -> None:
    assert load_failure([], "/m.gguf").info.kind is FailureKind.LOAD_REFUSED


def test_causes_of_a_failed_computation() -> None:
    memory = decode_failure(errors("ggml_gallocr_reserve_n: failed to allocate CUDA0 buffer"), -2)
    assert memory.info.kind is FailureKind.OUT_OF_MEMORY
    other = decode_failure([], -3)
    assert other.info.kind is FailureKind.ENGINE_REFUSED
    assert other.info.facts == {"return_code": -3}
    assert "-3" in other.info.detail


def test_errors_come_before_warnings_and_only_the_last_ones() -> None:
    warning = LogLine(LEVEL_WARN, "hm")
    assert error_text([warning]) == "hm"
    assert error_text([warning, *errors("bad")]) == "bad"
    assert error_text(errors(*map(str, range(100)))).splitlines() == [
        str(number) for number in range(80, 100)
    ]


@pytest.mark.parametrize(
    ("text", "kind", "subject"),
    [
        ("basic_ios::clear: iostream error", FailureKind.DISK_FULL, ""),  # GNU
        ("ios_base::clear: unspecified iostream_category error", FailureKind.DISK_FULL, ""),  # LLVM
        ("ios_base::failbit set: iostream stream error", FailureKind.DISK_FULL, ""),  # Microsoft
        ("tensor 'output.weight' has invalid data", FailureKind.NOT_QUANTISED, ""),
        ("something new", FailureKind.NOT_QUANTISED, ""),
        ("unknown model architecture: 'zz'", FailureKind.UNSUPPORTED_ARCHITECTURE, "/m/a.gguf"),
    ],
)
def test_causes_of_failed_quantising(text: str, kind: FailureKind, subject: str) -> None:
    lines = errors(f"llama_model_quantize: failed to quantize: {text}")
    error = quantise_failure(lines, "/m/a.gguf")
    assert isinstance(error, EngineError)
    assert (error.info.kind, error.info.subject, error.info.detail) == (kind, subject, text)


@pytest.mark.parametrize(
    ("text", "kind", "detail"),
    [
        (
            "llama_adapter_lora_init_from_file_ptr: failed to apply lora adapter: wrong shape",
            FailureKind.ADAPTER_MISMATCH,
            "wrong shape",
        ),
        (
            "llama_adapter_lora_init: failed to open 'x': No such file or directory",
            FailureKind.FILE_MISSING,
            "failed to open 'x': No such file or directory",
        ),
        (
            "llama_adapter_lora_init_from_file_ptr: failed to apply lora adapter: std::bad_alloc",
            FailureKind.OUT_OF_MEMORY,
            "std::bad_alloc",
        ),
    ],
)
def test_causes_of_refused_adapters(text: str, kind: FailureKind, detail: str) -> None:
    error = adapter_failure(errors(text), "/m/a.gguf")
    assert (error.info.kind, error.info.subject, error.info.detail) == (kind, "/m/a.gguf", detail)
