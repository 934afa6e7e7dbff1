"""Says what is wrong with a pattern from a stranger; never matches it against anything."""

import regex

from large_enough.packs.limits import MOST_PATTERN_CHARACTERS
from large_enough.wording.numbers import count_text
from large_enough.wording.translate import _


def pattern_problem(pattern: str, *, needs_group: bool = False) -> str:
    """Return why a regular expression cannot be used; empty if it can.

    Args:
        pattern: As the file has it.
        needs_group: Whether it must have a group, whose text is taken.
    """
    if len(pattern) > MOST_PATTERN_CHARACTERS:
        limit = count_text(MOST_PATTERN_CHARACTERS)
        return _("it is longer than {limit} characters").format(limit=limit)
    try:
        compiled = regex.compile(pattern, regex.VERSION0)
    except (regex.error, RecursionError, OverflowError, ValueError, IndexError) as error:
        return _("it is not a regular expression ({reason})").format(reason=error)
    if needs_group and not compiled.groups:
        return _("it has no group in brackets that says what the answer is")
    return ""
