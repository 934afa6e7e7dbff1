"""Figures that are given here were logged by llama.cpp (see engine notes in the module)."""

import msgspec
import pytest

from large_enough.domain.generation import CacheType, LoadSettings
from large_enough.domain.model_card import MemoryEstimate
from large_enough.gguf.header import GgufHeader, MetadataValue, TensorInfo
from large_enough.gguf.layers import Layer, Shape
from large_enough.gguf.memory import PROCESS_BYTES, VOCABULARY_WORD_BYTES, estimate_memory

MIB = 1 << 20
Q4_K, Q6_K, Q4_1 = 12, 14, 3


def header(
    architecture: str,
    tensors: tuple[TensorInfo, ...] = (),
    **facts: MetadataValue,
) -> GgufHeader:
    metadata: dict[str, MetadataValue] = {"general.architecture": architecture}
    metadata |= {f"{architecture}.{key.replace('__', '.')}": fact for key, fact in facts.items()}
    return GgufHeader(3, metadata, tensors, 0, 0)


def tensor(name: str, shape: tuple[int, ...], type_id: int = 0, size_bytes: int = 0) -> TensorInfo:
    return TensorInfo(name, shape, type_id, 0, size_bytes)


def qwen(layers: int, width: int, feed_forward: int, heads: int, kv_heads: int) -> GgufHeader:
    return header(
        "qwen2",
        (tensor("token_embd.weight", (width, 151_936), Q4_K),),
        block_count=layers,
        context_length=32_768,
        embedding_length=width,
        feed_forward_length=feed_forward,
        attention__head_count=heads,
        attention__head_count_kv=kv_heads,
    )


QWEN_0_5B = qwen(24, 896, 4864, 14, 2)
QWEN_1_5B = qwen(28, 1536, 8960, 12, 2)
SMOLLM2 = header(
    "llama",
    (tensor("token_embd.weight", (576, 49_152), 8),),
    block_count=30,
    embedding_length=576,
    feed_forward_length=1536,
    attention__head_count=9,
    attention__head_count_kv=3,
)


def estimate(model: GgufHeader, context_tokens: int = 4096, **more: object) -> MemoryEstimate:
    settings = LoadSettings(context_tokens=context_tokens, **more)  # type: ignore[arg-type]
    return estimate_memory(model, settings, processor="x86_64")


@pytest.mark.parametrize(
    ("model", "context_tokens", "mebibytes"),
    [
        (QWEN_1_5B, 32_768, 896),
        (QWEN_1_5B, 4096, 112),
        (QWEN_0_5B, 8192, 96),
        (SMOLLM2, 4096, 90),
        (SMOLLM2, 512, 11.25),
        (SMOLLM2, 4000, 90),  # padded to a multiple of 256
    ],
)
def test_keys_and_values(model: GgufHeader, context_tokens: int, mebibytes: float) -> None:
    assert estimate(model, context_tokens).kv_cache_bytes == mebibytes * MIB


def test_smaller_numbers_in_the_cache() -> None:
    q8_0 = estimate(QWEN_1_5B, 32_768, cache_type=CacheType.Q8_0)
    assert q8_0.kv_cache_bytes == 476 * MIB
    q4_0 = estimate(QWEN_1_5B, 32_768, cache_type=CacheType.Q4_0)
    assert q4_0.kv_cache_bytes == 252 * MIB


@pytest.mark.parametrize(
    ("model", "context_tokens", "ubatch_tokens", "compute_mib", "output_mib"),
    [
        (SMOLLM2, 512, 512, 14.01, 0.19),
        (SMOLLM2, 4096, 256, 8.76, 0.19),
        (SMOLLM2, 32_768, 512, 45.51, 0.19),
        (QWEN_0_5B, 4096, 512, 39.51, 0.58),
        (QWEN_0_5B, 32_768, 256, 33.76, 0.58),
        (QWEN_1_5B, 4096, 512, 68.51, 0.58),
        (QWEN_1_5B, 32_768, 512, 96.51, 0.58),
    ],
)
def test_scratch_space_as_llama_cpp_logs_it(
    model: GgufHeader,
    context_tokens: int,
    ubatch_tokens: int,
    compute_mib: float,
    output_mib: float,
) -> None:
    found = estimate(model, context_tokens, ubatch_tokens=ubatch_tokens).compute_bytes / MIB
    assert found == pytest.approx(compute_mib + output_mib, abs=0.02)


def test_the_process_grows_with_the_vocabulary() -> None:
    words = 151_936
    assert estimate(QWEN_0_5B).process_bytes == PROCESS_BYTES + VOCABULARY_WORD_BYTES * words


class TestRepackedWeights:
    """The copy that the CPU backend makes of weights it can compute with faster."""

    MODEL = header(
        "llama",
        (
            tensor("token_embd.weight", (256, 1000), Q4_K, 144_000),
            tensor("output.weight", (256, 1000), Q6_K, 210_000),
            tensor("blk.0.attn_q.weight", (256, 256), Q4_K, 36_864),
            tensor("blk.0.attn_k.weight", (256, 36), Q4_K, 5184),
            tensor("blk.0.attn_norm.weight", (256,), 0, 1024),
            tensor("blk.0.ffn_up.weight", (256, 64), Q4_1, 10_240),
        ),
    )

    def test_counts_matrices_of_the_right_type_and_shape(self) -> None:
        assert estimate(self.MODEL).repacked_bytes == 36_864

    def test_arm_processors_re_arrange_more(self) -> None:
        found = estimate_memory(self.MODEL, LoadSettings(), processor="aarch64")
        assert found.repacked_bytes == 36_864 + 210_000

    @pytest.mark.parametrize(
        "settings", [{"use_repack": False}, {"use_mmap": False}, {"gpu_layers": -1}]
    )
    def test_there_is_none_otherwise(self, settings: dict[str, object]) -> None:
        assert estimate(self.MODEL, **settings).repacked_bytes == 0  # type: ignore[arg-type]

    def test_word_vectors_that_serve_as_output_are_copied(self) -> None:
        tied = header("llama", (tensor("token_embd.weight", (256, 1000), Q4_K, 144_000),))
        assert estimate(tied).repacked_bytes == 144_000

    def test_weights_are_the_sum_of_all_tensors(self) -> None:
        total = sum(tensor.size_bytes for tensor in self.MODEL.tensors)
        assert estimate(self.MODEL).weights_bytes == total

    def test_the_need_is_the_sum_of_the_parts(self) -> None:
        found = estimate(self.MODEL)
        assert found.needed_bytes > found.weights_bytes + found.repacked_bytes + PROCESS_BYTES


def gemma3(**more: MetadataValue) -> GgufHeader:
    return header(
        "gemma3",
        block_count=26,
        embedding_length=1152,
        attention__head_count=4,
        attention__head_count_kv=1,
        attention__key_length=256,
        attention__value_length=256,
        attention__sliding_window=512,
        **more,
    )


def test_layers_with_a_sliding_window_keep_less() -> None:
    # llama.cpp: 22 of 26 layers slide; they keep pad256(512 + 512) tokens
    expected = (4 * 32_768 + 22 * 1024) * 2 * 256 * 2
    assert estimate(gemma3(), 32_768).kv_cache_bytes == expected


def test_a_short_context_makes_windows_pointless() -> None:
    assert estimate(gemma3(), 512).kv_cache_bytes == 26 * 512 * 2 * 256 * 2


def test_the_pattern_of_windows_may_be_listed_or_a_period() -> None:
    flags = tuple(index < 13 for index in range(26))
    listed = gemma3(attention__sliding_window_pattern=flags)
    assert [layer.is_sliding for layer in Shape(listed).layers()] == list(flags)
    period = gemma3(attention__sliding_window_pattern=2)
    assert sum(layer.is_sliding for layer in Shape(period).layers()) == 13


def test_dense_layers_may_come_first() -> None:
    model = header("smallthinker", block_count=8, attention__sliding_window=64)
    sliding = [layer.is_sliding for layer in Shape(model).layers()]
    assert sliding == [False, True, True, True] * 2


def test_an_unknown_pattern_counts_as_none() -> None:
    model = header("newcomer", block_count=8, attention__sliding_window=64)
    assert not any(layer.is_sliding for layer in Shape(model).layers())


def test_heads_may_differ_from_layer_to_layer() -> None:
    model = header(
        "openelm",
        block_count=3,
        embedding_length=1280,
        attention__head_count=(12, 16, 20),
        attention__head_count_kv=(3, 4, 5),
        attention__key_length=64,
        attention__value_length=64,
    )
    assert [layer.key_width for layer in Shape(model).layers()] == [192, 256, 320]
    assert estimate(model, 256).kv_cache_bytes == 256 * (192 + 256 + 320) * 2 * 2


def test_layers_that_keep_a_state_keep_no_tokens() -> None:
    model = header(
        "qwen3next",
        block_count=8,
        embedding_length=2048,
        attention__head_count=16,
        attention__head_count_kv=2,
        attention__key_length=256,
        attention__value_length=256,
        ssm__conv_kernel=4,
        ssm__inner_size=4096,
        ssm__state_size=128,
        ssm__group_count=16,
    )
    assert sum(layer.key_width > 0 for layer in Shape(model).layers()) == 2
    state = 3 * (4096 + 2 * 16 * 128) + 4096 * 128
    tokens = 2 * 4096 * 2 * 512 * 2
    assert estimate(model).kv_cache_bytes == tokens + 8 * state * 4


def test_recurrent_layers_may_be_listed() -> None:
    model = header("qwen3next", block_count=2, attention__recurrent_layers=(1, 0))
    assert Shape(model).layers()[0] == Layer(0, 0, is_sliding=False)


def test_a_layer_without_key_heads_keeps_none() -> None:
    mamba = header(
        "mamba",
        block_count=4,
        embedding_length=768,
        attention__head_count=0,
        ssm__conv_kernel=4,
        ssm__inner_size=1536,
        ssm__state_size=16,
    )
    assert estimate(mamba).kv_cache_bytes == 4 * (3 * 1536 + 1536 * 16) * 4


def test_other_states() -> None:
    rwkv = header("rwkv7", embedding_length=768, wkv__head_size=64, token_shift_count=2)
    assert Shape(rwkv).state_width == (64 + 2) * 768
    assert Shape(header("lfm2", embedding_length=100, shortconv__l_cache=3)).state_width == 200
    kimi = header(
        "kimi-linear",
        block_count=1,
        attention__head_count=32,
        kda__head_dim=128,
        ssm__conv_kernel=4,
    )
    assert Shape(kimi).state_width == 128 * 128 * 32 + 3 * 3 * 32 * 128


def test_layers_may_share_what_they_keep() -> None:
    model = header("gemma4", block_count=10, embedding_length=64, attention__shared_kv_layers=4)
    assert len(Shape(model).layers()) == 6


def test_latent_attention_keeps_no_values() -> None:
    model = header(
        "deepseek2",
        block_count=1,
        embedding_length=2048,
        attention__head_count=16,
        attention__head_count_kv=1,
        attention__key_length=576,
        attention__value_length=512,
        attention__key_length_mla=192,
        attention__value_length_mla=128,
    )
    assert Shape(model).layers() == [Layer(576, 0, is_sliding=False)]


def test_sliding_layers_may_have_their_own_head_size() -> None:
    model = header(
        "gemma4",
        block_count=2,
        embedding_length=512,
        attention__head_count=4,
        attention__head_count_kv=(1, 2),
        attention__key_length=512,
        attention__value_length=512,
        attention__key_length_swa=256,
        attention__value_length_swa=256,
        attention__sliding_window=128,
        attention__sliding_window_pattern=(1, 0),
    )
    assert [layer.key_width for layer in Shape(model).layers()] == [256, 1024]


def test_experts_that_work_at_once_count_together() -> None:
    model = header(
        "qwen3moe",
        block_count=1,
        feed_forward_length=6144,
        expert_feed_forward_length=768,
        expert_used_count=10,
    )
    assert Shape(model).feed_forward_width == 7680


def test_an_unknown_architecture_is_judged_by_its_tensors() -> None:
    model = header(
        "newcomer",
        (
            tensor("token_embd.weight", (1024, 32_000)),
            tensor("blk.0.x", (4,)),
            tensor("blk.11.x", (4,)),
        ),
    )
    shape = Shape(model)
    assert (shape.layer_count, shape.embedding_width) == (12, 1024)
    assert shape.vocabulary_size == 32_000
    # as if every layer kept keys and values of its full width
    assert estimate(model).kv_cache_bytes == 12 * 4096 * 2 * 1024 * 2


def test_context_0_is_what_the_model_was_trained_for() -> None:
    assert estimate(QWEN_0_5B, 0) == estimate(QWEN_0_5B, 32_768)


def test_more_texts_at_once_need_more_output_and_windows() -> None:
    settings = LoadSettings(context_tokens=8192)
    one = estimate_memory(gemma3(), settings)
    at_once = msgspec.structs.replace(settings, parallel_sequences=4)
    four = estimate_memory(gemma3(), at_once)
    assert four.kv_cache_bytes == 4 * one.kv_cache_bytes
    assert four.compute_bytes >= one.compute_bytes


def test_each_text_at_once_has_a_context_of_its_own() -> None:
    settings = LoadSettings(context_tokens=1024)
    at_once = msgspec.structs.replace(settings, parallel_sequences=8)
    one, eight = (estimate_memory(QWEN_0_5B, each).kv_cache_bytes for each in (settings, at_once))
    assert eight == 8 * one
    assert estimate_memory(QWEN_0_5B, at_once).weights_bytes == (
        estimate_memory(QWEN_0_5B, settings).weights_bytes
    )


def test_a_model_with_a_running_state_does_one_text_at_a_time() -> None:
    model = header("mamba", ssm__inner_size=1536, ssm__state_size=16, ssm__conv_kernel=4)
    at_once = LoadSettings(parallel_sequences=8)
    assert estimate_memory(model, at_once) == estimate_memory(model, LoadSettings())


@pytest.mark.parametrize("number", [-1, 1 << 31, (1 << 64) - 1])
def test_absurd_headers_give_absurd_but_storable_numbers(number: int) -> None:
    model = header(
        "llama",
        block_count=number,
        embedding_length=number,
        feed_forward_length=number,
        context_length=number,
        attention__head_count=number,
        attention__head_count_kv=number,
        attention__key_length=number,
        attention__sliding_window=number,
        ssm__inner_size=number,
        ssm__state_size=number,
    )
    found = estimate(model, 0)
    assert 0 <= found.needed_bytes < 1 << 63
    assert min(found.kv_cache_bytes, found.compute_bytes) >= 0


def test_a_header_that_says_nothing_still_gives_an_estimate() -> None:
    found = estimate_memory(GgufHeader(3, {}, (), 0, 0), LoadSettings())
    assert found.needed_bytes >= PROCESS_BYTES


def test_no_context_is_larger_than_what_the_model_was_trained_for() -> None:
    assert estimate(QWEN_0_5B, 100_000) == estimate(QWEN_0_5B, 32_768)
    assert estimate(QWEN_0_5B, 0) == estimate(QWEN_0_5B, 32_768)
