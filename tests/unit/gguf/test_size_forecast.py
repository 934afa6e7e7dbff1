"""How large a quantised copy will be."""

from pathlib import Path

import pytest
from tests.helpers.gguf_files import TINY_METADATA, write_gguf

from large_enough.gguf.header import GgufHeader, TensorInfo, read_header
from large_enough.gguf.size_forecast import forecast_size, is_quantised_format
from large_enough.gguf.tensor_types import TYPE_IDS


def header(*tensors: TensorInfo, data_offset_bytes: int = 1000) -> GgufHeader:
    return GgufHeader(3, {"general.architecture": "llama"}, tensors, data_offset_bytes, 0)


def tensor(name: str, shape: tuple[int, ...], format_name: str = "F32") -> TensorInfo:
    return TensorInfo(name, shape, TYPE_IDS[format_name], 0, 0)


def test_header_and_padded_tensors_add_up() -> None:
    model = header(tensor("blk.0.attn_q.weight", (32, 3)), tensor("blk.0.attn_norm.weight", (32,)))
    found = forecast_size(model, "Q8_0")
    assert found.size_bytes == 1000 + 128 + 128  # 3 blocks of 34 bytes, padded to 32; 32 floats
    assert found.bits_per_weight == pytest.approx(8 * (102 + 128) / 128)
    assert found.twice_rounded_share == found.fallback_share == 0


def test_what_is_rounded_again_is_counted() -> None:
    model = header(
        tensor("blk.0.attn_q.weight", (32, 6), "Q4_0"),
        tensor("blk.0.attn_k.weight", (32, 2), "Q8_0"),
    )
    assert forecast_size(model, "Q8_0").twice_rounded_share == 0.75
    assert forecast_size(model, "Q4_0").twice_rounded_share == 0.25


def test_rows_that_do_not_fit_are_counted() -> None:
    model = header(
        tensor("blk.0.attn_q.weight", (96, 3)), tensor("blk.0.ffn_up.weight", (256, 3), "BF16")
    )
    found = forecast_size(model, "Q4_K_M")
    assert found.fallback_share == pytest.approx(288 / 1056)
    assert found.twice_rounded_share == 0


def test_a_file_of_nothing_can_be_asked() -> None:
    assert forecast_size(header(), "Q4_0").size_bytes == 1000


def test_a_header_as_it_is_read(tmp_path: Path) -> None:
    path = write_gguf(tmp_path / "tiny.gguf", TINY_METADATA)
    model = read_header(path)
    assert forecast_size(model, "F16").size_bytes < model.file_size_bytes


@pytest.mark.parametrize(
    ("name", "is_quantised"), [("F32", False), ("BF16", False), ("Q8_0", True)]
)
def test_which_formats_are_rounded(name: str, is_quantised: bool) -> None:
    assert is_quantised_format(TYPE_IDS[name]) is is_quantised
