"""Names as publishers and converters write them, and whose relatives they are."""

import pytest

from large_enough.catalog.kinship import family_key, kin_of

NAMES = [
    # name, family, size, variant
    ("SmolLM2 135M Instruct", "SmolLM2", "135M", "instruct"),
    ("SmolLM2-1.7B-Instruct-Q4_K_M.gguf", "SmolLM2", "1.7B", "instruct"),
    ("Qwen2.5 Coder 0.5B Instruct", "Qwen2.5 Coder", "0.5B", "instruct"),
    ("qwen2.5-coder-32b-instruct-q4_k_m", "qwen2.5 coder", "32B", "instruct"),
    ("Qwen2.5-7B", "Qwen2.5", "7B", ""),
    ("Qwen3-30B-A3B-Instruct-2507-UD-Q4_K_XL", "Qwen3", "30B", "instruct"),
    ("Qwen3-4B-Thinking-2507", "Qwen3", "4B", "thinking"),
    ("Llama-3.2-1B-Instruct-Q8_0", "Llama 3.2", "1B", "instruct"),
    ("Meta-Llama-3.1-8B-Instruct", "Meta Llama 3.1", "8B", "instruct"),
    ("Mistral-7B-Instruct-v0.3", "Mistral", "7B", "instruct"),
    ("Mixtral-8x7B-v0.1", "Mixtral", "8x7B", ""),
    ("gemma-3-4b-it-Q4_0", "gemma 3", "4B", "instruct"),
    ("gemma-3n-E2B-it", "gemma 3n", "E2B", "instruct"),
    ("gemma-3-27b-pt", "gemma 3", "27B", ""),
    ("gemma-3-4b-it-qat-q4_0", "gemma 3", "4B", "instruct"),
    ("Phi-3.5-mini-instruct", "Phi 3.5 mini", "", "instruct"),
    ("phi-4-Q6_K", "phi 4", "", ""),
    ("DeepSeek-R1-Distill-Qwen-1.5B", "DeepSeek R1 Qwen", "1.5B", "distill"),
    ("TinyLlama-1.1B-Chat-v1.0", "TinyLlama", "1.1B", "chat"),
    ("Falcon3-1B-Base", "Falcon3", "1B", ""),
    ("granite-3.1-2b-instruct-IQ4_XS", "granite 3.1", "2B", "instruct"),
    ("OLMo-2-0425-1B-Instruct", "OLMo 2 0425", "1B", "instruct"),
    ("gpt-oss-20b-MXFP4", "gpt oss", "20B", ""),
    ("Llama-3.2-3B.i1-Q4_K_S", "Llama 3.2", "3B", ""),
    ("SmolLM2-135M-Instruct.Q4_1.gguf", "SmolLM2", "135M", "instruct"),
    ("stories260K", "stories260K", "", ""),
    ("model", "model", "", ""),
    ("7B", "7B", "7B", ""),
]


@pytest.mark.parametrize(("name", "family", "size", "variant"), NAMES)
def test_names(name: str, family: str, size: str, variant: str) -> None:
    kin = kin_of(name)
    assert (kin.family, kin.size_label, kin.variant) == (family, size, variant)


def test_two_spellings_are_one_family() -> None:
    spellings = ("Qwen2.5-Coder-0.5B", "qwen2.5_coder_1.5b_instruct", "Qwen2.5 Coder 3B")
    assert {family_key(kin_of(name).family) for name in spellings} == {"qwen25coder"}


def test_the_header_spells_what_the_name_agrees_with() -> None:
    metadata = {"general.basename": "Qwen2.5-Coder", "general.size_label": "0.5B"}
    assert kin_of("qwen2.5-coder-instruct", metadata).family == "Qwen2.5 Coder"
    assert kin_of("qwen2.5-coder-instruct", metadata).size_label == "0.5B"


def test_a_converter_s_guess_is_not_believed() -> None:
    guess = {"general.basename": "8k-lc100k-mix1", "general.size_label": "large"}
    kin = kin_of("SmolLM2 135M Instruct", guess)
    assert (kin.family, kin.size_label) == ("SmolLM2", "135M")


def test_what_it_was_tuned_from_is_the_file_s_word() -> None:
    assert kin_of("Hermes-3", {"general.base_model.0.name": "Llama 3.2 3B"}).base == "Llama 3.2 3B"
    assert kin_of("Hermes-3", {"general.base_model.0.name": 3}).base == ""


@pytest.mark.parametrize("name", ["", "-", "\x1b[31m", "\u202e", "_" * 10_000])
def test_odd_names_do_no_harm(name: str) -> None:
    kin = kin_of(name)
    assert "\x1b" not in kin.family
    assert kin.size_label == ""
