import pytest

from large_enough.gguf.header import GgufHeader
from large_enough.gguf.names import (
    LONGEST_NAME_CHARACTERS,
    is_telling,
    model_name,
    name_by,
    quantised_file_name,
    shown_text,
)


def header(**texts: str) -> GgufHeader:
    metadata = {f"general.{name}": text for name, text in texts.items()}
    return GgufHeader(3, dict(metadata), (), 0, 0)


@pytest.mark.parametrize(
    ("file_name", "name"),
    [
        ("Llama-3.2-1B-Instruct-Q4_K_M.gguf", "Llama 3.2 1B Instruct"),
        ("gemma-3-270m-it-UD-Q4_K_XL.gguf", "Gemma 3 270M It"),
        ("tinyllama-1.1b-chat-v1.0.Q4_K_M.gguf", "Tinyllama 1.1B Chat v1.0"),
        ("Mixtral-8x7B-v0.1-IQ3_XXS-00001-of-00003.gguf", "Mixtral 8x7B v0.1"),
        ("DeepSeek-R1-Distill-Qwen-1.5B-Q8_0.gguf", "DeepSeek R1 Distill Qwen 1.5B"),
        ("SmolLM2-1.7B-Instruct-f16.gguf", "SmolLM2 1.7B Instruct"),
        ("LFM2-350M.i1-Q4_K_M.GGUF", "LFM2 350M"),
        ("bitnet-2B-4T-TQ2_0.gguf", "Bitnet 2B 4T"),
        ("gpt-oss-20b-mxfp4.gguf", "Gpt Oss 20B"),
        ("phi-2.gguf", "Phi 2"),
        ("SmolLM2-135M-Instruct.Q4_1.Q8_0.gguf", "SmolLM2 135M Instruct"),
        (".gguf", ".gguf"),
        ("\u202e\x07", "?"),
    ],
)
def test_the_file_name_alone(file_name: str, name: str) -> None:
    assert model_name(header(), file_name) == name


def test_the_starter_files() -> None:
    smollm2 = header(name="Smollm2 135M 8k Lc100K Mix1 Ep2", basename="smollm2", size_label="135M")
    assert model_name(smollm2, "SmolLM2-135M-Instruct.Q4_1.gguf") == "SmolLM2 135M Instruct"
    qwen = header(
        name="Qwen2.5 Coder 0.5B Instruct AWQ", basename="Qwen2.5-Coder", size_label="0.5B"
    )
    file_name = "qwen2.5-coder-0.5b-instruct-q4_k_m.gguf"
    assert model_name(qwen, file_name) == "Qwen2.5 Coder 0.5B Instruct"


@pytest.mark.parametrize(
    "file_name", ["model.gguf", "ggml-model-q4_0.gguf", f"sha256-{'ab' * 32}", "00.gguf"]
)
def test_the_header_where_the_file_name_says_nothing(file_name: str) -> None:
    assert model_name(header(name="Qwen3 0.6B"), file_name) == "Qwen3 0.6B"


def test_the_header_completes_a_shortened_file_name() -> None:
    assert model_name(header(name="Qwen3 0.6B Base"), "qwen3.gguf") == "Qwen3 0.6B Base"
    assert model_name(header(name="Something Else"), "qwen3.gguf") == "Qwen3"


def test_the_size_is_added_where_it_is_missing() -> None:
    assert model_name(header(size_label="3.8B"), "phi-mini.gguf") == "Phi Mini 3.8B"
    assert model_name(header(size_label="huge!"), "phi-mini.gguf") == "Phi Mini"


def test_a_name_from_outside_is_made_harmless() -> None:
    hostile = header(name="good\x1b[31m \u202eevil\u2066\n\tname " + "x" * 500)
    name = model_name(hostile, "model.gguf")
    assert name.isprintable()
    assert len(name) <= LONGEST_NAME_CHARACTERS
    assert "\u202e" not in name
    assert name.endswith("…")


def test_shown_text_keeps_what_fits() -> None:
    assert shown_text("  a\u2028b ") == "a b"
    assert shown_text("") == ""


@pytest.mark.parametrize(
    ("hint", "header_name", "expected"),
    [
        ("smollm2:135m", "Smollm2 135M 8k Lc100K Mix1 Ep2", "Smollm2 135M"),
        ("qwen3:4b-instruct-q4_K_M", "Qwen3 4B Instruct 2507", "Qwen3 4B Instruct"),
        ("llama3.2:latest", "Llama 3.2 3B Instruct", "Llama3.2 3B"),
        ("qwen3", "Qwen3 4B Thinking", "Qwen3 4B Thinking"),
        ("mario:latest", "Llama 3 8B", "Mario 8B"),
        ("hf.co/bartowski/Llama-3.2-3B-Instruct-GGUF:Q4_K_M", "?", "Llama 3.2 3B Instruct"),
        ("janhq/Jan-v1-4B-GGUF", "Jan v1 4B", "Jan v1 4B"),
        ("tiny:latest", "Sha256 0123456789abcdef0123", "Tiny"),
        (":latest", "Ada", "Ada"),
    ],
)
def test_the_name_of_a_program_stands_in_for_that_of_a_file(
    hint: str, header_name: str, expected: str
) -> None:
    assert name_by(hint, header_name) == expected


@pytest.mark.parametrize(
    "file_name", ["model.gguf", "ggml-model-q4_0.gguf", "sha256-" + "0" * 64, "0" * 40, "123"]
)
def test_names_that_tell_nothing(file_name: str) -> None:
    assert not is_telling(file_name)
    assert is_telling("ada.gguf")


@pytest.mark.parametrize(
    ("parent", "copy"),
    [
        ("SmolLM2-135M-F16.gguf", "SmolLM2-135M.Q4_K_M.gguf"),
        ("model.bf16.GGUF", "model.Q4_K_M.gguf"),
        ("model.Q8_0.gguf", "model.Q8_0.Q4_K_M.gguf"),
        ("model-f32-00001-of-00003.gguf", "model.Q4_K_M.gguf"),
        ("model", "model.Q4_K_M.gguf"),
        ("-F16.gguf", "-F16.Q4_K_M.gguf"),
    ],
)
def test_copies_are_named_after_their_parents(parent: str, copy: str) -> None:
    assert quantised_file_name(parent, "Q4_K_M") == copy
