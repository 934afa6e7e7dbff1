"""Tells files that cannot answer a prompt from language models that can."""

from typing import NamedTuple

from large_enough.domain.found_model import WhyAside
from large_enough.domain.text import to_translate
from large_enough.gguf.header import GgufHeader


class Obstacle(NamedTuple):
    """Why no prompt can be given to a file."""

    why: WhyAside
    """In one word."""
    reason: str
    """As part of a sentence."""


_FILE_KINDS = {
    "adapter": Obstacle(WhyAside.ADAPTER, to_translate("it is an adapter for another model")),
    "imatrix": Obstacle(
        WhyAside.STATISTICS, to_translate("it holds statistics for quantising another model")
    ),
    "mmproj": Obstacle(WhyAside.PROJECTOR, to_translate("it lets another model see or hear")),
    "vocab": Obstacle(WhyAside.VOCABULARY, to_translate("it holds only a vocabulary")),
}
"""By `general.type`, which is "model" for models."""

_EMBEDDING = Obstacle(WhyAside.EMBEDDING, to_translate("it turns text into numbers for searching"))
_DRAFT = Obstacle(WhyAside.DRAFT, to_translate("it only drafts words for another model"))
_DIFFUSION = Obstacle(
    WhyAside.OTHER_KIND,
    to_translate("it writes by diffusion, which this program does not do"),
)
_PICTURES = Obstacle(WhyAside.OTHER_KIND, to_translate("it makes pictures or films"))

_ARCHITECTURES = {
    "clip": _FILE_KINDS["mmproj"],
    **dict.fromkeys(
        (
            "bert",
            "modern-bert",
            "neo-bert",
            "nomic-bert",
            "nomic-bert-moe",
            "jina-bert-v2",
            "jina-bert-v3",
            "eurobert",
            "gemma-embedding",
            "llama-embed",
            "t5encoder",
        ),
        _EMBEDDING,
    ),
    **dict.fromkeys(("eagle3", "dflash", "gemma4-assistant"), _DRAFT),
    **dict.fromkeys(("dream", "llada", "llada-moe", "rnd1"), _DIFFUSION),
    **dict.fromkeys(
        (
            "flux",
            "sd1",
            "sd3",
            "sdxl",
            "aura",
            "hidream",
            "lumina2",
            "qwen_image",
            "wan",
            "hyvid",
            "ltxv",
            "cosmos",
        ),
        _PICTURES,
    ),
    "wavtokenizer-dec": Obstacle(
        WhyAside.OTHER_KIND, to_translate("it makes sound for another model")
    ),
    "t5": Obstacle(
        WhyAside.OTHER_KIND, to_translate("it needs an encoder, which this program does not run")
    ),
}
"""By `general.architecture`: names of llama.cpp's llama-arch.cpp that cannot be asked anything."""


def why_it_cannot_answer(header: GgufHeader) -> Obstacle | None:
    """Return why no prompt can be given to this file; None if one can."""
    kind = (header.text("general.type") or "").lower()
    if kind in _FILE_KINDS:
        return _FILE_KINDS[kind]
    architecture = header.text("general.architecture") or ""
    if architecture in _ARCHITECTURES:
        return _ARCHITECTURES[architecture]
    if header.integer(f"{architecture}.pooling_type"):  # 0 is "none"; embedders and rerankers pool
        return _EMBEDDING
    if not header.tensors:
        return _FILE_KINDS["vocab"]
    return None
