"""What is known about one model file without loading it."""

import enum

import msgspec

from large_enough.domain.quantity import Count, Unavailable


class BackendKind(enum.StrEnum):
    """Who runs the model."""

    LLAMA = "llama"
    """llama.cpp through llama-cpp-python: a real language model."""
    ECHO = "echo"
    """A script that plays back given tokens: for tests and demonstrations, never a measurement."""


def file_name_of(path: str) -> str:
    """Return the name of a model's file without its folder, which is nobody else's business.

    Args:
        path: Of any operating system: the record may come from another one.
    """
    return path.replace("\\", "/").rpartition("/")[2]


class Adapter(msgspec.Struct, frozen=True, kw_only=True):
    """A LoRA adapter that is added to a model: small matrices that change what it answers."""

    path: str
    """Absolute path of its file."""
    name: str
    """Name to show."""
    scale: float = 1.0
    """How strongly it is added; 1 as it was trained."""
    size_bytes: int
    """Size of its file."""
    sha256: str | Unavailable = Unavailable(reason="not computed yet")
    """SHA-256 of the file in lower-case hex."""


class ModelCard(msgspec.Struct, frozen=True, kw_only=True):
    """Identity and header facts of one model (all parts, if it is split over several files)."""

    path: str
    """Absolute path of the file to load (the first part of a split model)."""
    name: str
    """Name to show, for example "SmolLM2 135M Instruct"."""
    size_bytes: int
    """Size on disk of all parts together."""
    backend: BackendKind = BackendKind.LLAMA
    """Who runs it."""
    catalog_id: str | None = None
    """Identifier in `models/catalog.toml`, if the file is one of those (same size and name)."""
    architecture: str | Unavailable
    """`general.architecture` of the header, for example "llama" or "qwen2"."""
    parameter_count: Count
    """Number of weights: the sum of the elements of all tensors."""
    quantisation: str | Unavailable
    """Name of the file type, for example "Q4_K_M"."""
    context_length_tokens: Count
    """Longest context the model was trained for."""
    has_chat_template: bool
    """Whether the file holds a chat template; without one it can only complete text."""
    tokenizer: str | Unavailable
    """`tokenizer.ggml.model` of the header, for example "gpt2"."""
    licence: str | Unavailable
    """`general.license` of the header or the catalogue's word."""
    part_count: int = 1
    """Number of files the model is split over."""
    sha256: str | Unavailable = Unavailable(reason="not computed yet")
    """SHA-256 of the file in lower-case hex (of the first part, if split)."""
    adapter: Adapter | None = None
    """What is added to the model; None if it answers as it is. Model and adapter together are a
    contender of its own, with a name of its own."""

    @property
    def reference(self) -> str:
        """What this contender is found by again: the file's path, with that of its adapter."""
        return self.path if self.adapter is None else f"{self.path}+{self.adapter.path}"

    def with_adapter(self, adapter: Adapter) -> "ModelCard":
        """Return the card of this model with an adapter added."""
        return msgspec.structs.replace(
            self, adapter=adapter, name=f"{self.name} + {adapter.name}", catalog_id=None
        )

    @property
    def bits_per_weight(self) -> float | Unavailable:
        """Average number of bits on disk for each weight."""
        if isinstance(self.parameter_count, Unavailable):
            return self.parameter_count
        if self.parameter_count <= 0:
            return Unavailable(reason="the file holds no weights")
        return self.size_bytes * 8 / self.parameter_count


class MemoryEstimate(msgspec.Struct, frozen=True, kw_only=True):
    """Memory that loading a model will take, computed from its header before it is loaded."""

    weights_bytes: int
    """All tensors, as they lie in the file."""
    repacked_bytes: int
    """A second copy of tensors that the CPU backend re-arranges for speed; 0 if none is made."""
    kv_cache_bytes: int
    """Keys and values of every token of the context."""
    compute_bytes: int
    """Scratch space of one step of the computation, with the output buffer."""
    process_bytes: int
    """The worker process itself: Python and the libraries."""

    @property
    def needed_bytes(self) -> int:
        """The sum of all parts."""
        return (
            self.weights_bytes
            + self.repacked_bytes
            + self.kv_cache_bytes
            + self.compute_bytes
            + self.process_bytes
        )
