"""Cuts a growing Markdown text into pieces that can be shown one after the other.

Pure text work, without Qt. A piece that is shown stays as it is; only the unfinished end is shown
anew, so that a long answer costs no more per update than a short one.
"""

import re

LONGEST_RUN = 2_000
"""Characters without a space that are shown unbroken: laying out longer ones takes too long."""

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})(.*)")
_LONG_RUN = re.compile(rf"\S{{{LONGEST_RUN}}}")
_BREAK = "\u200b"  # a place to break a line, of no width
_OVERRIDES = "\u202d\u202e"  # turn the reading order of what follows
_SHOWN_INSTEAD: dict[int, str | None] = {
    **{code: chr(0x2400 + code) for code in range(0x20) if chr(code) not in "\n\t"},
    **{ord(character): "\ufffd" for character in _OVERRIDES},
    0x7F: "\u2421",
    ord("\r"): None,
}


def safe_cut(text: str, start: int) -> int:
    """Return the last place after which a new piece can begin.

    That is after an empty line outside a code fence, where the next character is there already
    and is not indented: what follows can then belong to nothing before it.

    Args:
        text: The Markdown so far.
        start: Where to look from: such a place itself.

    Returns:
        The offset, or `start` if there is none after it.
    """
    cut = position = start
    fence = ""
    while (end := text.find("\n", position)) >= 0:
        line, position = text[position:end], end + 1
        if fence:
            fence = "" if _closes(line, fence) else fence
        elif opening := _opened_fence(line):
            fence = opening
        elif not line.strip() and position < len(text) and not text[position].isspace():
            cut = position
    return cut


def for_view(text: str) -> str:
    """Return the text as it may be shown: with no run too long, no hidden control characters."""
    visible = text.translate(_SHOWN_INSTEAD)
    return _LONG_RUN.sub(r"\g<0>" + _BREAK, visible)


def for_plain_view(text: str) -> str:
    """Return the text as plain text may be shown: a run that is too long goes on below itself."""
    visible = text.translate(_SHOWN_INSTEAD)
    return _LONG_RUN.sub("\\g<0>\n", visible)


def _opened_fence(line: str) -> str:
    """Return the marks that open a code fence in this line, or nothing."""
    match = _FENCE.match(line)
    if match is None:
        return ""
    marks, rest = match.groups()
    return "" if marks[0] == "`" and "`" in rest else marks


def _closes(line: str, fence: str) -> bool:
    match = _FENCE.match(line)
    if match is None:
        return False
    marks, rest = match.groups()
    return marks[0] == fence[0] and len(marks) >= len(fence) and not rest.strip()
