"""Takes the wrapping off a short answer: Markdown, brackets, quotes, dollars."""

import re

_PAIRS = (
    ("\\boxed{", "}"),
    ("\\text{", "}"),
    ("\\textbf{", "}"),
    ("\\mathrm{", "}"),
    ("\\mathbf{", "}"),
    ("\\(", "\\)"),
    ("\\[", "\\]"),
    ("(", ")"),
    ("[", "]"),
    ("{", "}"),
    ("<", ">"),
    ("$", "$"),
    ('"', '"'),
    ("'", "'"),
    ("“", "”"),
    ("„", "“"),
    ("«", "»"),
    ("‘", "’"),
    ("`", "`"),
)
_LOOSE = " \t\n*_`~\u200b\ufeff"
"""Stand around an answer and never belong to it."""
_ENDS = ".,;:!?。"
_MOST_LAYERS = 8
_LEAD = re.compile(
    r"(?:option|choice|answer|letter|antwort|respuesta|opción|buchstabe|letra)\s*:?\s+(?=\S)",
    re.IGNORECASE,
)


def bare(text: str, *, keeps_ends: bool = False) -> str:
    """Return a short answer without its wrapping.

    Args:
        text: For example `**(B)**`, `$B$` or `"Paris."`.
        keeps_ends: Whether a full stop or comma at the end stays.
    """
    result = text
    for _ in range(_MOST_LAYERS):
        before = result
        result = _without_pair(result.strip(_LOOSE))
        if not keeps_ends:
            result = result.rstrip(_ENDS + _LOOSE)
        if result == before:
            break
    return result


def without_lead(text: str) -> str:
    """Return an answer without a word such as "Option" before it."""
    found = _LEAD.match(text)
    return text[found.end() :] if found else text


def _without_pair(text: str) -> str:
    for opening, closing in _PAIRS:
        inner = text[len(opening) : len(text) - len(closing)]
        is_wrapped = text.startswith(opening) and text.endswith(closing)
        if is_wrapped and len(text) > len(opening) + len(closing) - 1 and _is_one(inner, closing):
            return inner
    return text


def _is_one(inner: str, closing: str) -> bool:
    """Return whether the pair belongs together: "(a) and (b)" is not wrapped."""
    if closing not in inner:
        return True
    return closing in "})]" and inner.count(closing) <= _openings(inner, closing)


def _openings(inner: str, closing: str) -> int:
    depth = most_open = 0
    opening = {"}": "{", ")": "(", "]": "["}[closing]
    for character in inner:
        depth += (character == opening) - (character == closing)
        if depth < 0:
            return -1
        most_open += character == opening
    return most_open
