"""Reads LoRA adapters, and tells whether one fits a model, without llama.cpp.

The rules are those of llama.cpp's llama-adapter.cpp (`llama_adapter_lora_init_impl`): what it
refuses is refused here, by name, before anything is loaded. Two things more are: what would make it
abort when it first computes (`llm_graph_context::build_lora_mm`).
"""

from pathlib import Path
from typing import NoReturn

from large_enough.domain.errors import FailureKind, ModelFileError
from large_enough.domain.model_card import Adapter
from large_enough.domain.text import to_translate
from large_enough.gguf.header import GgufHeader, read_header
from large_enough.gguf.names import model_name, shown_text

_NO_ADAPTER = to_translate("it says that it is something else")
_NO_LORA = to_translate("it is an adapter of another kind")
_INVOKED = to_translate("it acts only after certain words, which this program does not wait for")
_HALF = to_translate("one half of a pair of matrices is missing")
_ODD_PART = to_translate("it holds a part that adapters do not have")
_EMPTY = to_translate("it holds nothing")
_ARCHITECTURE = to_translate("it was made for another architecture")
_NO_SUCH_PART = to_translate("the model has no such part")
_DIMENSIONS = to_translate("a part of the model has other dimensions")
_TIED = to_translate("it changes the table of words, which this model uses for its output, too")

_FIRST, _SECOND, _NORM = ".lora_a", ".lora_b", "_norm.weight"
_EMBEDDING, _OUTPUT = "token_embd.weight", "output.weight"
_INVOCATION_KEY = "adapter.alora.invocation_tokens"

_Shape = tuple[int, int, int]


def read_adapter(path: Path) -> Adapter:
    """Read what an adapter's file says about itself.

    Raises:
        ModelFileError: The file cannot be used as an adapter, for whatever reason.
    """
    header = read_header(path)
    _pairs(header, path)
    return Adapter(
        path=str(path.absolute()),
        name=model_name(header, path.name),
        size_bytes=header.file_size_bytes,
    )


def check_adapter(path: Path, model: GgufHeader, model_name: str) -> None:
    """Make sure that an adapter can be added to a model.

    Args:
        path: The adapter's file.
        model: Header of the whole model.
        model_name: To name it by.

    Raises:
        ModelFileError: NOT_AN_ADAPTER or ADAPTER_MISMATCH, with the first thing that is wrong; or
            the file cannot be read.
    """
    header = read_header(path)
    pairs = _pairs(header, path)
    reason = _reason_not_to_fit(header, pairs, model)
    if reason is not None:
        raise ModelFileError(
            FailureKind.ADAPTER_MISMATCH, str(path), base=model_name, reason=reason
        )


def _pairs(header: GgufHeader, path: Path) -> dict[str, tuple[_Shape, _Shape]]:
    """Return, by the tensor they belong to, the shapes of each pair of matrices.

    Raises:
        ModelFileError: NOT_AN_ADAPTER.
    """
    if header.text("general.type") != "adapter":
        _refuse(path, _NO_ADAPTER)
    if header.text("adapter.type") != "lora":
        _refuse(path, _NO_LORA)
    if header.list_lengths.get(_INVOCATION_KEY):
        _refuse(path, _INVOKED)
    halves: dict[str, dict[str, _Shape]] = {}
    for tensor in header.tensors:
        name, suffix = tensor.name[: -len(_FIRST)], tensor.name[-len(_FIRST) :]
        if suffix in (_FIRST, _SECOND):
            halves.setdefault(name, {})[suffix] = _three(tensor.shape)
        elif not tensor.name.endswith(_NORM):
            _refuse(path, f"{_ODD_PART}: {shown_text(tensor.name)}")
    for name, pair in halves.items():
        if len(pair) < 2:
            _refuse(path, f"{_HALF}: {shown_text(name)}")
    if not halves:
        _refuse(path, _EMPTY)
    return {name: (pair[_FIRST], pair[_SECOND]) for name, pair in halves.items()}


def _reason_not_to_fit(
    adapter: GgufHeader, pairs: dict[str, tuple[_Shape, _Shape]], model: GgufHeader
) -> str | None:
    architecture = adapter.text("general.architecture") or ""
    if architecture != model.text("general.architecture"):
        return f"{_ARCHITECTURE}: {shown_text(architecture)}"
    shapes = {tensor.name: tensor.shape for tensor in model.tensors}
    for name, (first, second) in pairs.items():
        if name not in shapes:
            return f"{_NO_SUCH_PART}: {shown_text(name)}"
        if not _fit(name, first, second, _three(shapes[name])):
            return f"{_DIMENSIONS}: {shown_text(name)}"
    # llama.cpp multiplies with that table by the adapter's matrices in the wrong order, and aborts.
    if _EMBEDDING in pairs and _OUTPUT not in shapes:
        return _TIED
    return None


def _fit(name: str, first: _Shape, second: _Shape, shape: _Shape) -> bool:
    """Return whether the product of the two matrices is as large as the tensor it is added to."""
    row_length, rows, experts = shape
    if not first[2] == second[2] == experts:  # with fewer, llama.cpp aborts
        return False
    if name.endswith(_EMBEDDING):  # looked up, not multiplied: the other way round
        return (row_length, rows) == (second[1], first[1])
    return (row_length, rows) == (first[0], second[1]) and first[1] == second[0]


def _three(shape: tuple[int, ...]) -> _Shape:
    """Return the first three dimensions; those that are left out are 1."""
    first, second, third = (*shape, 1, 1, 1)[:3]
    return first, second, third


def _refuse(path: Path, reason: str) -> NoReturn:
    raise ModelFileError(FailureKind.NOT_AN_ADAPTER, str(path), reason=reason)
