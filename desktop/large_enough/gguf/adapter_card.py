"""Makes the card of an adapter from the header of its file.

The keys are those of llama.cpp's llama-adapter.cpp and convert_lora_to_gguf.py.
"""

import math
from pathlib import Path

from large_enough.domain.found_model import AdapterCard
from large_enough.domain.quantity import Quantity, Unavailable
from large_enough.gguf.card import NOT_IN_FILE
from large_enough.gguf.header import GgufHeader
from large_enough.gguf.names import model_name, shown_text


def adapter_card(header: GgufHeader, path: Path) -> AdapterCard:
    """Return what the header of an adapter says.

    Args:
        header: Of the file; its `general.type` is "adapter".
        path: Where the file lies.
    """
    return AdapterCard(
        path=str(path.absolute()),
        name=model_name(header, path.name),
        size_bytes=header.file_size_bytes,
        architecture=_text(header, "general.architecture"),
        method=_text(header, "adapter.type"),
        alpha=_alpha(header),
        base_model=_text(header, "general.base_model.0.name"),
    )


def _text(header: GgufHeader, key: str) -> str | Unavailable:
    return shown_text(header.text(key) or "") or NOT_IN_FILE


def _alpha(header: GgufHeader) -> Quantity:
    value = header.metadata.get("adapter.lora.alpha")
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return NOT_IN_FILE
    return float(value)
