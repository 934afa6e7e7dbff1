"""Puts a failure into words: what happened, to which file or model, what to do next.

The sentences stand in the tables of `failures_of_models`, `failures_of_making`,
`failures_of_workers` and `failures_of_requests`. Each is a list of alternatives, the most telling
first; the first one whose facts are all known is said, and the last one needs none. So a missing
fact never hides a failure.
"""

import re
import string
from collections.abc import Callable, Mapping, Sequence

import msgspec

from large_enough.domain.errors import ErrorInfo, FailureKind
from large_enough.wording.failure_words import FailureWords
from large_enough.wording.failures_of_making import MAKING_FAILURES
from large_enough.wording.failures_of_models import MODEL_FAILURES
from large_enough.wording.failures_of_requests import REQUEST_FAILURES
from large_enough.wording.failures_of_workers import SIGNAL_FAILURES, WORKER_FAILURES
from large_enough.wording.numbers import bytes_text, count_text, seconds_text
from large_enough.wording.reasons import reason_text
from large_enough.wording.translate import _

FAILURES: Mapping[FailureKind, FailureWords] = {
    **MODEL_FAILURES,
    **MAKING_FAILURES,
    **WORKER_FAILURES,
    **REQUEST_FAILURES,
}

MOST_FACT_CHARACTERS = 300
"""Longer facts (a trace, a hostile header) are cut in the sentence; `detail` keeps them whole."""


class Explanation(msgspec.Struct, frozen=True, kw_only=True):
    """A failure in the user's language."""

    happened: str
    """What happened, one or two sentences."""
    next_step: str
    """What the user can do about it."""


def explain(error: ErrorInfo) -> Explanation:
    """Return what happened and what to do next; never raises, whatever facts there are."""
    words = _words(error)
    values = _values(error)
    return Explanation(
        happened=_first_known(words.happened, values),
        next_step=_first_known(words.next_step, values),
    )


def _words(error: ErrorInfo) -> FailureWords:
    signal = error.facts.get("signal")
    if isinstance(signal, int) and (error.kind, signal) in SIGNAL_FAILURES:
        return SIGNAL_FAILURES[error.kind, signal]
    return FAILURES[error.kind]


def _first_known(alternatives: Sequence[str], values: Mapping[str, str]) -> str:
    known = (text for text in alternatives if placeholders(text) <= values.keys())
    return _(next(known)).format(**values)


def placeholders(sentence: str) -> set[str]:
    """Return the names in braces."""
    return {name for _text, name, _spec, _convert in string.Formatter().parse(sentence) if name}


def _values(error: ErrorInfo) -> dict[str, str]:
    """Return everything the sentences can name, ready to be shown."""
    values = {key: _fact_text(key, value) for key, value in error.facts.items()}
    values["parts"] = _memory_parts(error.facts)
    lines = error.detail.strip().splitlines() or [""]
    values["first_line"], values["last_line"] = _phrase(lines[0]), _phrase(lines[-1])
    values["subject"] = _shortened(error.subject)
    values["file"] = _shortened(file_name(error.subject))
    return {key: value for key, value in values.items() if value}


def _fact_text(key: str, value: str | float) -> str:
    """Return a fact as its name's unit asks; empty if it is no number that can be shown."""
    if isinstance(value, str):
        is_hash = _SHA256.fullmatch(value)
        return value[:_SHOWN_HASH_DIGITS] + "…" if is_hash else _phrase(reason_text(value))
    if not -_BEYOND_ALL_AMOUNTS < value < _BEYOND_ALL_AMOUNTS:
        return ""
    for suffix, formatter in _FORMATTERS.items():
        if key.endswith(suffix):
            return formatter(value)
    return str(value)


_SHA256 = re.compile("[0-9a-f]{64}")
_SHOWN_HASH_DIGITS = 12

_BEYOND_ALL_AMOUNTS = 1e18  # facts come from other processes; NaN and infinity fail this test too

_FORMATTERS: dict[str, Callable[[float], str]] = {
    "_bytes": bytes_text,
    "_tokens": count_text,
    "_s": seconds_text,
}


def _memory_parts(facts: Mapping[str, str | int | float]) -> str:
    """Return the sum that a model's need is made of: "19.9 GB weights + 0.54 GB context"."""
    labels = {
        "weights_bytes": _("{size} weights"),
        "repacked_bytes": _("{size} weights re-arranged for speed"),
        "kv_cache_bytes": _("{size} context"),
        "compute_bytes": _("{size} computing"),
        "process_bytes": _("{size} the program"),
        "reserve_bytes": _("{size} kept free"),
    }
    sizes = ((label, facts.get(key)) for key, label in labels.items())
    return " + ".join(
        label.format(size=bytes_text(size))
        for label, size in sizes
        if isinstance(size, int | float) and 0 < size < _BEYOND_ALL_AMOUNTS
    )


def file_name(path: str) -> str:
    """Return the last part of a path of any operating system; a name stays as it is."""
    is_path = path.startswith(("/", "\\")) or path[1:3] in (":\\", ":/")
    return path.replace("\\", "/").rstrip("/").rpartition("/")[2] if is_path else path


def _phrase(text: str) -> str:
    """Return a text as a part of a sentence: without the full stop that the sentence brings."""
    return _shortened(text.strip().rstrip(".:"))


def _shortened(text: str) -> str:
    if len(text) <= MOST_FACT_CHARACTERS:
        return text
    return text[:MOST_FACT_CHARACTERS] + "…"
