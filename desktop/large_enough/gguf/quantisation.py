"""Names the quantisation of a model from its header, checked against its tensors."""

import collections

from large_enough.domain.quantity import Unavailable
from large_enough.gguf.header import GgufHeader
from large_enough.gguf.tensor_types import TENSOR_TYPES

_FILE_TYPES: dict[int, tuple[str, str]] = {
    0: ("F32", "F32"),
    1: ("F16", "F16"),
    2: ("Q4_0", "Q4_0"),
    3: ("Q4_1", "Q4_1"),
    7: ("Q8_0", "Q8_0"),
    8: ("Q5_0", "Q5_0"),
    9: ("Q5_1", "Q5_1"),
    10: ("Q2_K", "Q2_K"),
    11: ("Q3_K_S", "Q3_K"),
    12: ("Q3_K_M", "Q3_K"),
    13: ("Q3_K_L", "Q3_K"),
    14: ("Q4_K_S", "Q4_K"),
    15: ("Q4_K_M", "Q4_K"),
    16: ("Q5_K_S", "Q5_K"),
    17: ("Q5_K_M", "Q5_K"),
    18: ("Q6_K", "Q6_K"),
    19: ("IQ2_XXS", "IQ2_XXS"),
    20: ("IQ2_XS", "IQ2_XS"),
    21: ("Q2_K_S", "Q2_K"),
    22: ("IQ3_XS", "IQ3_S"),
    23: ("IQ3_XXS", "IQ3_XXS"),
    24: ("IQ1_S", "IQ1_S"),
    25: ("IQ4_NL", "IQ4_NL"),
    26: ("IQ3_S", "IQ3_S"),
    27: ("IQ3_M", "IQ3_S"),
    28: ("IQ2_S", "IQ2_XS"),
    29: ("IQ2_M", "IQ2_S"),
    30: ("IQ4_XS", "IQ4_XS"),
    31: ("IQ1_M", "IQ1_M"),
    32: ("BF16", "BF16"),
    36: ("TQ1_0", "TQ1_0"),
    37: ("TQ2_0", "TQ2_0"),
    38: ("MXFP4", "MXFP4"),
    39: ("NVFP4", "NVFP4"),
    40: ("Q1_0", "Q1_0"),
    41: ("Q2_0", "Q2_0"),
}
# `enum llama_ftype` of llama.h: its name, and the number format it gives to most tensors.

_BY_NAME = {name: (number, main) for number, (name, main) in _FILE_TYPES.items()}

_GUESSED_FLAG = 1024  # LLAMA_FTYPE_GUESSED: the number was not in the file it was made from


def quantisation_name(header: GgufHeader) -> str | Unavailable:
    """Return the quantisation, for example "Q4_K_M".

    The header's word is taken if the file holds tensors of that kind at all; otherwise (files that
    were re-quantised by hand) the number format that holds most weights is named.
    """
    counts = collections.Counter[str]()
    for tensor in header.tensors:
        counts[TENSOR_TYPES[tensor.type_id].name] += tensor.element_count
    if not counts:
        return Unavailable(reason="the file holds no weights")
    file_type = (header.integer("general.file_type") or 0) & ~_GUESSED_FLAG
    name, main_type = _FILE_TYPES.get(file_type, ("", ""))
    if "general.file_type" in header.metadata and main_type in counts:
        return name
    return counts.most_common(1)[0][0]


def file_type_number(type_name: str) -> int:
    """Return the number of a quantisation in `enum llama_ftype`.

    Args:
        type_name: As `quantisation_name` returns it, for example "Q4_K_M".

    Raises:
        KeyError: There is no such quantisation.
    """
    return _BY_NAME[type_name][0]


def main_format(type_name: str) -> str:
    """Return the number format that a quantisation gives to most tensors: "Q4_K" for "Q4_K_M".

    Raises:
        KeyError: There is no such quantisation.
    """
    return _BY_NAME[type_name][1]
