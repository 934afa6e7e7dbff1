"""Makes names of models that are fit to be shown.

`general.name` is often what a conversion script guessed ("Smollm2 135M 8k Lc100K Mix1 Ep2",
"... Instruct AWQ" of a file that is no AWQ), while people know a model by its file's name. So the
file's name decides on the words, and the header on how they are written.
"""

import re

from large_enough.domain.text import harmless_line
from large_enough.gguf.header import GgufHeader

LONGEST_NAME_CHARACTERS = 80
"""Longer names are cut: they come from outside and would break every layout."""

_SUFFIX = re.compile(r"\.gguf$", re.IGNORECASE)
_SPLIT = re.compile(r"-\d{5}-of-\d{5}$")
_QUANTISATION = re.compile(
    r"[-_. ]((UD|i1|imat|imatrix)[-_. ])?"
    r"(I?Q\d+(_\d+)*(_K)?(_(XXS|XS|S|M|L|XL|XXL|NL))?|TQ\d_\d|MXFP4(_MOE)?|NVFP4|BF16|F(P)?(16|32))$",
    re.IGNORECASE,
)
_FLOAT_MARK = re.compile(r"[-_. ](BF16|F(P)?(16|32))$", re.IGNORECASE)
_FORMAT_WORDS = frozenset({"gguf", "ggml", "awq", "gptq", "imatrix", "quantized"})
_MEANINGLESS = re.compile(r"(ggml )?models?|(sha256 )?[0-9a-f]{16,}|[\W\d_]*")
_SIZE = re.compile(r"(\d+x)?\d+(\.\d+)?[bmk]", re.IGNORECASE)
_VERSION = re.compile(r"v\d.*")
_SEPARATORS = re.compile(r"[-_\s]+")


def shown_text(text: str) -> str:
    """Return the text on one line, without characters that could mislead, cut if it is long."""
    line = harmless_line(text)
    if len(line) <= LONGEST_NAME_CHARACTERS:
        return line
    return line[: LONGEST_NAME_CHARACTERS - 1].rstrip() + "…"


def is_telling(file_name: str) -> bool:
    """Return whether a name says anything: "model.gguf" and checksums do not."""
    return _are_telling(_file_words(file_name))


def model_name(header: GgufHeader, file_name: str) -> str:
    """Return a name to show, for example "SmolLM2 135M Instruct"; never empty.

    Args:
        header: Of the file (of the first part, if the model is split).
        file_name: Without its folder.
    """
    header_words = _words(header.text("general.name") or header.text("general.basename") or "")
    words = _chosen(_file_words(file_name), header_words)
    known = [*_words(header.text("general.basename") or ""), *header_words]
    size_label = header.text("general.size_label") or ""
    return _joined(words, known, size_label) or shown_text(file_name) or "?"


def name_by(hint: str, header_name: str) -> str:
    """Return a name to show for a file whose own name tells nothing.

    Args:
        hint: The name by which a program knows it, for example "qwen3:4b" or "owner/Qwen3-4B-GGUF".
        header_name: What `model_name` made of the header.
    """
    stem = hint.rpartition("/")[2].removesuffix(":latest").replace(":", "-")
    header_words = _words(header_name)
    known = header_words if _are_telling(header_words) else []
    size_word = next((word for word in known if _SIZE.fullmatch(word)), "")
    return _joined(_chosen(_file_words(stem), known), known, size_word) or header_name


def _are_telling(words: list[str]) -> bool:
    return _MEANINGLESS.fullmatch(" ".join(words).lower()) is None


def _file_words(file_name: str) -> list[str]:
    return _words(_without_quantisations(_stem(file_name)))


def _chosen(words: list[str], header_words: list[str]) -> list[str]:
    """Return the words of the file's name, or the header's where those tell more."""
    if not _are_telling(words):
        return header_words or words
    if len(words) == 1 and len(header_words) > 1:  # Ollama, Jan and others shorten names
        return header_words if words[0].lower() in map(str.lower, header_words) else words
    return words


def _joined(words: list[str], known: list[str], size_word: str) -> str:
    """Return the words as a name, spelled as those that are known, with the size in it."""
    spellings = {word.lower(): word for word in known if word != word.lower()}
    sized = _with_size(words, size_word)
    return shown_text(" ".join(_spelled(word, spellings) for word in sized))


def quantised_file_name(file_name: str, type_name: str) -> str:
    """Return the name of a quantised copy: "model.Q4_K_M.gguf" of "model-F16.gguf".

    What a parent was quantised to stays in the name, as it stays in the weights: a copy of
    "model.Q8_0.gguf" is "model.Q8_0.Q4_K_M.gguf".

    Args:
        file_name: Of the parent (of the first part, if it is split), without its folder.
        type_name: The copy's quantisation.
    """
    stem = _stem(file_name)
    return f"{_FLOAT_MARK.sub('', stem) or stem}.{type_name}.gguf"


def _stem(file_name: str) -> str:
    return _SPLIT.sub("", _SUFFIX.sub("", file_name))


def _without_quantisations(stem: str) -> str:
    """Return the stem without the names of formats at its end; there may be several."""
    while (shorter := _QUANTISATION.sub("", stem)) != stem:
        stem = shorter
    return stem


def _words(text: str) -> list[str]:
    words = [word for word in _SEPARATORS.split(text) if word]
    return [word for word in words if word.lower() not in _FORMAT_WORDS]


def _with_size(words: list[str], size_word: str) -> list[str]:
    has_size = any(_SIZE.fullmatch(word) for word in words)
    return words if has_size or not _SIZE.fullmatch(size_word) else [*words, size_word]


def _spelled(word: str, spellings: dict[str, str]) -> str:
    """Return a word as it should be written: as the file has it if it chose capitals at all."""
    if _SIZE.fullmatch(word):
        return word.upper().replace("X", "x")
    if word != word.lower() or _VERSION.fullmatch(word):
        return word
    return spellings.get(word, word.capitalize())
