import gguf
import pytest

from large_enough.gguf.tensor_types import TENSOR_TYPES

KNOWN = {int(kind): kind for kind in gguf.GGMLQuantizationType}
# The Python package still has Q8_1 as it was before its block lost four bytes; no file holds it.
SAME = sorted(set(KNOWN) & set(TENSOR_TYPES) - {9})


@pytest.mark.parametrize("type_id", SAME)
def test_agrees_with_the_formats_own_package(type_id: int) -> None:
    name, elements, size = TENSOR_TYPES[type_id]
    assert name == KNOWN[type_id].name
    assert (elements, size) == gguf.GGML_QUANT_SIZES[KNOWN[type_id]]


def test_knows_every_type_of_the_formats_own_package() -> None:
    assert set(KNOWN) <= set(TENSOR_TYPES)
