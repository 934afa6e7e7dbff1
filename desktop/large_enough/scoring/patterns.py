"""Looks for regular expressions of strangers, within a time limit."""

import enum
import functools

import regex

LONGEST_PATTERN_CHARACTERS = 2_000
LIMIT_S = 0.25
"""Longest time for one pattern on one answer; a good one takes microseconds."""


class PatternFault(enum.StrEnum):
    """Why a pattern could not be looked for."""

    UNUSABLE = "unusable"
    TOO_SLOW = "too_slow"


@functools.lru_cache(maxsize=256)
def compiled(pattern: str, *, keeps_case: bool = False) -> "regex.Pattern[str] | PatternFault":
    """Return the pattern ready for use, or that it is none."""
    if not pattern or len(pattern) > LONGEST_PATTERN_CHARACTERS:
        return PatternFault.UNUSABLE
    flags = regex.VERSION0
    try:
        return regex.compile(pattern, flags if keeps_case else flags | regex.IGNORECASE)
    except (regex.error, ValueError, OverflowError, RecursionError, MemoryError):
        return PatternFault.UNUSABLE


def search(
    pattern: str, text: str, *, keeps_case: bool = False, is_whole: bool = False
) -> "regex.Match[str] | PatternFault | None":
    """Return the first place where the pattern is found, None if nowhere."""
    ready = compiled(pattern, keeps_case=keeps_case)
    if isinstance(ready, PatternFault):
        return ready
    look = ready.fullmatch if is_whole else ready.search
    try:
        return look(text, timeout=LIMIT_S)
    except (TimeoutError, RecursionError, MemoryError):
        return PatternFault.TOO_SLOW


def last_group(pattern: str, text: str) -> str | PatternFault | None:
    """Return the first group, or all, of the last place where a pattern is found."""
    ready = compiled(pattern)
    if isinstance(ready, PatternFault):
        return ready
    last = None
    try:
        for last in ready.finditer(text, timeout=LIMIT_S):  # noqa: B007 - the last one counts
            pass
    except (TimeoutError, RecursionError, MemoryError):
        return PatternFault.TOO_SLOW
    if last is None:
        return None
    return str((last.group(1) if ready.groups else last.group(0)) or "")
