"""Which adapters fit a model, by their headers alone."""

from pathlib import Path

import numpy as np
import pytest
from tests.helpers.adapters import Pair, random_pair, write_adapter
from tests.helpers.gguf_files import TINY_METADATA, write_gguf

from large_enough.domain.errors import FailureKind, ModelFileError
from large_enough.gguf.adapter import check_adapter, read_adapter
from large_enough.gguf.header import GgufHeader, read_header

SHAPES = {
    "token_embd.weight": (64, 96),
    "output.weight": (64, 96),
    "blk.0.attn_q.weight": (64, 32),
    "blk.0.ffn_up_exps.weight": (64, 16, 4),
}
QUERY = "blk.0.attn_q.weight"
EMBEDDING = "token_embd.weight"
EXPERTS = "blk.0.ffn_up_exps.weight"
FITTING = random_pair(64, 32)
FITTING_EMBEDDING: Pair = (np.zeros((96, 4)), np.zeros((64, 4)))
FITTING_EXPERTS: Pair = (np.zeros((4, 2, 64)), np.zeros((4, 16, 2)))


@pytest.fixture
def model(tmp_path: Path) -> GgufHeader:
    return read_header(write_gguf(tmp_path / "base.gguf", TINY_METADATA, SHAPES))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "pirate-talk-F16.gguf"


def refusal(path: Path, model: GgufHeader) -> tuple[FailureKind, str]:
    with pytest.raises(ModelFileError) as caught:
        check_adapter(path, model, "Tiny 1M")
    error = caught.value.info
    assert error.subject == str(path)
    if error.kind is FailureKind.ADAPTER_MISMATCH:
        assert error.facts["base"] == "Tiny 1M"
    return error.kind, str(error.facts["reason"])


def test_an_adapter_is_described(path: Path) -> None:
    found = read_adapter(write_adapter(path, {QUERY: FITTING}))
    assert found.path == str(path)
    assert found.name == "Pirate Talk"
    assert found.scale == 1.0
    assert found.size_bytes == path.stat().st_size


@pytest.mark.parametrize(
    "pairs",
    [
        {QUERY: FITTING},
        {QUERY: random_pair(64, 32, rank=1)},
        {EMBEDDING: FITTING_EMBEDDING},
        {EXPERTS: FITTING_EXPERTS},
        {QUERY: FITTING, EMBEDDING: FITTING_EMBEDDING, EXPERTS: FITTING_EXPERTS},
    ],
)
def test_what_fits(path: Path, model: GgufHeader, pairs: dict[str, Pair]) -> None:
    check_adapter(write_adapter(path, pairs), model, "Tiny 1M")


@pytest.mark.parametrize(
    ("pairs", "reason"),
    [
        ({"blk.7.attn_q.weight": FITTING}, "the model has no such part: blk.7.attn_q.weight"),
        ({QUERY: random_pair(60, 32)}, "a part of the model has other dimensions: " + QUERY),
        ({QUERY: random_pair(64, 30)}, "a part of the model has other dimensions: " + QUERY),
        (
            {QUERY: (np.zeros((4, 64)), np.zeros((32, 5)))},
            "a part of the model has other dimensions: " + QUERY,
        ),
        (
            {EMBEDDING: random_pair(64, 96)},
            "a part of the model has other dimensions: " + EMBEDDING,
        ),
        ({EXPERTS: random_pair(64, 16)}, "a part of the model has other dimensions: " + EXPERTS),
    ],
)
def test_what_does_not_fit(
    path: Path, model: GgufHeader, pairs: dict[str, Pair], reason: str
) -> None:
    write_adapter(path, pairs)
    assert refusal(path, model) == (FailureKind.ADAPTER_MISMATCH, reason)


def test_another_architecture(path: Path, model: GgufHeader) -> None:
    write_adapter(path, {QUERY: FITTING}, architecture="qwen2")
    assert refusal(path, model) == (
        FailureKind.ADAPTER_MISMATCH,
        "it was made for another architecture: qwen2",
    )


def test_a_table_of_words_that_is_the_output_layer_too(path: Path, tmp_path: Path) -> None:
    tied = {name: shape for name, shape in SHAPES.items() if name != "output.weight"}
    model = read_header(write_gguf(tmp_path / "tied.gguf", TINY_METADATA, tied))
    write_adapter(path, {EMBEDDING: FITTING_EMBEDDING})
    assert refusal(path, model)[1].startswith("it changes the table of words")


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        ({"general_type": "imatrix"}, "it says that it is something else"),
        ({"adapter_type": "ia3"}, "it is an adapter of another kind"),
        ({"invocation": (1, 2)}, "it acts only after certain words"),
    ],
)
def test_other_kinds_of_files(
    path: Path, model: GgufHeader, options: dict[str, str], reason: str
) -> None:
    write_adapter(path, {QUERY: FITTING}, **options)  # type: ignore[arg-type]
    kind, said = refusal(path, model)
    assert kind is FailureKind.NOT_AN_ADAPTER
    assert said.startswith(reason)


@pytest.mark.parametrize(
    ("shapes", "reason"),
    [
        ({}, "it holds nothing"),
        ({"x_norm.weight": (4,)}, "it holds nothing"),
        ({f"{QUERY}.lora_a": (64, 4)}, f"one half of a pair of matrices is missing: {QUERY}"),
        ({"odd.weight": (4,)}, "it holds a part that adapters do not have: odd.weight"),
    ],
)
def test_contents_that_make_no_adapter(
    path: Path, model: GgufHeader, shapes: dict[str, tuple[int, ...]], reason: str
) -> None:
    write_gguf(path, {"general.type": "adapter", "adapter.type": "lora"}, shapes)
    assert refusal(path, model) == (FailureKind.NOT_AN_ADAPTER, reason)
    with pytest.raises(ModelFileError):
        read_adapter(path)


def test_a_file_that_is_not_there(path: Path, model: GgufHeader) -> None:
    with pytest.raises(ModelFileError) as caught:
        check_adapter(path, model, "Tiny 1M")
    assert caught.value.info.kind is FailureKind.FILE_MISSING
