"""Puts a recorded reason into the chosen language.

Reasons are recorded in English, so that records are the same everywhere. One with a detail of its
own has it behind a colon or in brackets at its end: "the battery cannot be asked: error 5".
"""

import re

from large_enough.wording.translate import _

_SEPARATOR = ": "
_BRACKETS = re.compile(r"(?P<words>.+) \((?P<detail>[^()]*)\)")


def reason_text(reason: str) -> str:
    """Return a reason in the chosen language; what is not known there stays as it is."""
    if not reason:
        return ""
    translated = _(reason)
    if translated != reason:
        return translated
    words, separator, detail = reason.partition(_SEPARATOR)
    if separator:
        return _("{problem}: {detail}").format(problem=_(words), detail=reason_text(detail))
    found = _BRACKETS.fullmatch(reason)
    if found is not None:
        return _("{problem} ({detail})").format(
            problem=_(found["words"]), detail=reason_text(found["detail"])
        )
    return reason
