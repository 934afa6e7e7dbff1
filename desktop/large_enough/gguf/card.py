"""Makes the card of a model from the header of its file."""

from pathlib import Path

from large_enough.domain.errors import FailureKind, ModelFileError
from large_enough.domain.model_card import ModelCard
from large_enough.domain.quantity import Count, Unavailable
from large_enough.gguf.header import GgufHeader
from large_enough.gguf.kinds import why_it_cannot_answer
from large_enough.gguf.names import model_name, shown_text
from large_enough.gguf.quantisation import quantisation_name
from large_enough.gguf.split import ModelFiles, read_model

NOT_IN_FILE = Unavailable(reason="the file does not say")
"""Why a fact of a card is missing."""


def read_card(path: Path) -> ModelCard:
    """Read what a model file says about itself, all parts of a split model together.

    Args:
        path: The file, or the first part.

    Raises:
        ModelFileError: The file cannot be used as a language model, for whatever reason.
    """
    return card_of_files(read_model(path))


def card_of_files(files: ModelFiles) -> ModelCard:
    """Make the card of a model whose headers are read.

    Raises:
        ModelFileError: No prompt can be given to it (the fact `why` is a `WhyAside`), or it does
            not say how it is built.
    """
    header, path = files.header, files.paths[0]
    obstacle = why_it_cannot_answer(header)
    if obstacle is not None:
        kind = FailureKind.NOT_A_LANGUAGE_MODEL
        raise ModelFileError(kind, str(path), reason=obstacle.reason, why=obstacle.why.value)
    architecture = header.text("general.architecture")
    if not architecture:
        detail = "it does not say how the model is built (general.architecture)"
        raise ModelFileError(FailureKind.FILE_MALFORMED, str(path), detail=detail)
    return ModelCard(
        path=str(path.absolute()),
        name=model_name(header, path.name),
        size_bytes=header.file_size_bytes,
        architecture=shown_text(architecture),
        parameter_count=sum(tensor.element_count for tensor in header.tensors),
        quantisation=quantisation_name(header),
        context_length_tokens=_count(header, f"{architecture}.context_length"),
        has_chat_template=bool((header.text("tokenizer.chat_template") or "").strip()),
        tokenizer=_text(header, "tokenizer.ggml.model"),
        licence=_text(header, "general.license"),
        part_count=len(files.paths),
    )


def _text(header: GgufHeader, key: str) -> str | Unavailable:
    return shown_text(header.text(key) or "") or NOT_IN_FILE


def _count(header: GgufHeader, key: str) -> Count:
    count = header.integer(key)
    return NOT_IN_FILE if count is None or count <= 0 else count
