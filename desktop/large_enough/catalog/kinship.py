"""Tells from a model's name, and from its header where it says so, whose relative it is.

Publishers write family, version, size, variant and quantisation into one name, in any order and
with any separator. What is no size, variant or format is taken to be the family.
"""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from large_enough.domain.text import harmless_line

_SEPARATORS = re.compile(r"[-_\s]+|\.(?!\d)")
"""Dots belong to numbers, and separate elsewhere: 3B.i1, Instruct.Q4_1."""
_SIZE = re.compile(r"(?:\d+x)?\d+(?:\.\d+)?[bmk]", re.IGNORECASE)
_EFFECTIVE_SIZE = re.compile(r"e\d+(?:\.\d+)?b", re.IGNORECASE)
"""Gemma 3n and 4 call what stays in memory E2B or E4B."""
_ACTIVE_SIZE = re.compile(r"a\d+(?:\.\d+)?[bm]", re.IGNORECASE)
"""Mixtures of experts: what each token uses, behind the whole size (30B-A3B)."""
_EXPERT_COUNT = re.compile(r"\d+e", re.IGNORECASE)
_DATE = re.compile(r"(?:20)?2[3-9](?:0[1-9]|1[0-2])")
"""When it was published: 2507, 202409."""
_REVISION = re.compile(r"v\d+(?:\.\d+)*", re.IGNORECASE)
_QUANTISATION = re.compile(
    r"i?q\d.*|tq\d.*|mxfp4.*|nvfp4.*|bf16|f16|f32|fp16|fp32|\d+bit", re.IGNORECASE
)
_FORMATS = frozenset({"gguf", "ggml", "awq", "gptq", "imatrix", "imat", "i1", "ud", "hf", "qat"})
_VARIANTS = {
    **dict.fromkeys(("instruct", "it", "inst", "instruction"), "instruct"),
    **{word: word for word in ("chat", "base", "thinking", "reasoning", "distill", "pretrain")},
    "pt": "base",
}
"""Words of what a model was tuned for, and what they mean; a base model has none."""

_PARTS_OF_A_QUANTISATION = re.compile(r"[klms]|xs|xxs|xl|nl|[01]", re.IGNORECASE)


class Kin(NamedTuple):
    """Whose relative a model is."""

    family: str
    """Spelled as in the name."""
    size_label: str
    """In upper case; empty if the name holds none."""
    variant: str
    """In lower case; empty for a base model."""
    base: str
    """Name of what it was tuned from; empty if the file does not say."""


def kin_of(name: str, metadata: Mapping[str, object] | None = None) -> Kin:
    """Return family, size and variant.

    Args:
        name: The model's name, or its file's.
        metadata: Of its header. `general.basename` is the family if the name agrees with it:
            conversion scripts often guess.
    """
    known = metadata or {}
    words = _words(name.removesuffix(".gguf"))
    sizes = [word for word in words if _SIZE.fullmatch(word) or _EFFECTIVE_SIZE.fullmatch(word)]
    family = " ".join(word for word in words if not _is_no_family(word))
    basename = " ".join(_words(_text(known, "general.basename")))
    if basename and _letters(basename) == _letters(family):
        family = basename
    return Kin(
        family=family or " ".join(words),
        size_label=(sizes[0] if sizes else _size(known)).upper().replace("X", "x"),
        variant=_variant(words),
        base=_text(known, "general.base_model.0.name"),
    )


def family_key(family: str) -> str:
    """Return what two spellings of one family have in common: letters and digits."""
    return _letters(family)


def _words(name: str) -> list[str]:
    """Return the words of a name up to its quantisation, of which Q4_K_M would be three."""
    words = [word for word in _SEPARATORS.split(harmless_line(name)) if word]
    kept: list[str] = []
    for word in words:
        after_quantisation = bool(kept) and _QUANTISATION.fullmatch(kept[-1]) is not None
        if after_quantisation and _PARTS_OF_A_QUANTISATION.fullmatch(word):
            continue
        kept.append(word)
    return [word for word in kept if not _QUANTISATION.fullmatch(word)]


def _is_no_family(word: str) -> bool:
    lowered = word.lower()
    patterns: Sequence[re.Pattern[str]] = (
        _SIZE,
        _EFFECTIVE_SIZE,
        _ACTIVE_SIZE,
        _EXPERT_COUNT,
        _DATE,
        _REVISION,
    )
    is_pattern = any(pattern.fullmatch(word) for pattern in patterns)
    return is_pattern or lowered in _FORMATS or lowered in _VARIANTS


def _variant(words: Sequence[str]) -> str:
    found = {_VARIANTS[word.lower()] for word in words if word.lower() in _VARIANTS}
    return " ".join(sorted(found - {"base", "pretrain"}))


def _size(metadata: Mapping[str, object]) -> str:
    label = _text(metadata, "general.size_label")
    return label if _SIZE.fullmatch(label) else ""


def _text(metadata: Mapping[str, object], key: str) -> str:
    value = metadata.get(key)
    return harmless_line(value) if isinstance(value, str) else ""


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).lower()
