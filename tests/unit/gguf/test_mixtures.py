"""Which format each tensor gets: compared with llama.cpp's own dry run."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from tests.helpers.gguf_files import Value, write_gguf
from tests.helpers.quantise_dry_run import DryRun, dry_run

from large_enough.gguf.header import GgufHeader, read_header
from large_enough.gguf.kept_tensors import dimension_count
from large_enough.gguf.mixtures import QUANTISE_TYPES, layer_of, targets
from large_enough.gguf.quantisation import file_type_number
from large_enough.gguf.tensor_types import TENSOR_TYPES

LAYERS = 24
METADATA: Mapping[str, Value] = {
    "llama.block_count": LAYERS,
    "llama.context_length": 512,
    "llama.embedding_length": 256,
    "llama.feed_forward_length": 256,
    "llama.attention.head_count": 8,
    "llama.attention.head_count_kv": 8,
    "llama.attention.layer_norm_rms_epsilon": 1e-5,
}
EXPERTS: Mapping[str, Value] = {"llama.expert_count": 8, "llama.expert_used_count": 2}
GROUPS: Mapping[str, Value] = {"llama.attention.head_count_kv": 2}


def shapes(
    width: int = 256, layers: int = LAYERS, *, tied: bool = True, experts: int = 0
) -> dict[str, tuple[int, ...]]:
    """Return the tensors of a model with one of each kind that the rules know."""
    ffn = {
        f"ffn_{part}{'_exps' if experts else ''}.weight": (
            width,
            4,
            *([experts] if experts else []),
        )
        for part in ("gate", "up", "down")
    }
    layer = {
        "attn_norm.weight": (width,),
        "attn_q.bias": (width,),
        **{f"attn_{part}.weight": (width, 4) for part in ("q", "k", "v", "output")},
        "ffn_gate_inp.weight": (width, 4),
        "ssm_conv1d.weight": (4, width),
        "odd.weight": (width, 1),
        **ffn,
    }
    tensors: dict[str, tuple[int, ...]] = {"token_embd.weight": (width, 32)}
    for number in range(layers):
        tensors |= {f"blk.{number}.{name}": shape for name, shape in layer.items()}
    return tensors if tied else {**tensors, "output.weight": (width, 32)}


MODELS: Mapping[str, tuple[Mapping[str, Value], Mapping[str, tuple[int, ...]]]] = {
    "tied": ({}, shapes()),
    "with an output layer": ({}, shapes(tied=False)),
    "grouped heads": (GROUPS, shapes()),
    "rows of 96": ({}, shapes(96, tied=False)),
    "rows of 40": ({}, shapes(40)),
    "eight experts": (EXPERTS, shapes(experts=8)),
    "four experts": ({**EXPERTS, "llama.expert_count": 4}, shapes(experts=4)),
    "eighty layers": ({**GROUPS, "llama.block_count": 80}, shapes(layers=80)),
    "fused attention": (
        {},
        {f"blk.{number}.attn_qkv.weight": (256, 8) for number in range(LAYERS)},
    ),
}


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("mixtures")
    return {
        name: write_gguf(folder / f"{number}.gguf", {**METADATA, **metadata}, tensors)
        for number, (name, (metadata, tensors)) in enumerate(MODELS.items())
    }


def foretold(header: GgufHeader, type_name: str) -> DryRun:
    parts = targets(header, type_name)
    return DryRun(
        tuple((part.tensor.name, TENSOR_TYPES[part.type_id].name) for part in parts),
        sum(part.is_fallback for part in parts),
    )


@pytest.mark.parametrize("model", MODELS)
def test_every_type_is_mixed_as_llama_cpp_does(models: dict[str, Path], model: str) -> None:
    header = read_header(models[model])
    for type_name in QUANTISE_TYPES:
        expected = dry_run(models[model], file_type_number(type_name))
        assert len(expected.formats) == len(header.tensors)
        assert foretold(header, type_name) == expected, type_name


@pytest.mark.model
@pytest.mark.parametrize("type_name", QUANTISE_TYPES)
def test_smollm2_is_mixed_as_llama_cpp_does(smollm2_path: Path, type_name: str) -> None:
    expected = dry_run(smollm2_path, file_type_number(type_name))
    assert foretold(read_header(smollm2_path), type_name) == expected


@pytest.mark.parametrize(
    ("shape", "count"), [((), 1), ((7,), 1), ((7, 1), 1), ((7, 2, 1), 2), ((1, 1, 3), 3)]
)
def test_ones_at_the_end_are_no_dimensions(shape: tuple[int, ...], count: int) -> None:
    assert dimension_count(shape) == count


def test_layers_are_read_from_names() -> None:
    assert [layer_of(name) for name in ("blk.12.x", "token_embd.weight")] == [12, -1]
