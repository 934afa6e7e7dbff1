"""An answer's text, made ready for graders."""

import re

import msgspec

from large_enough.domain.grade import Reply, ReplyEnd

_NEW_LINES = re.compile("\r\n?")
_OPENINGS = (
    "<think>",
    "<thinking>",
    "<thought>",
    "<reasoning>",
    "[think]",
    "<|channel|>analysis<|message|>",
)
_CLOSINGS = (
    "</think>",
    "</thinking>",
    "</thought>",
    "</reasoning>",
    "[/think]",
    "<|channel|>final<|message|>",
)
_OPENING = re.compile("|".join(map(re.escape, _OPENINGS)), re.IGNORECASE)
_CLOSING = re.compile("|".join(map(re.escape, _CLOSINGS)), re.IGNORECASE)
_END_MARKS = re.compile(r"<\|(?:end|return|im_end|eot_id|endoftext)\|>|</s>")


class AnswerText(msgspec.Struct, frozen=True, kw_only=True):
    """What graders look at."""

    text: str
    """Without thoughts; lines end with line feeds only."""
    is_cut: bool = False
    """Whether the model was stopped before it was done."""
    has_thoughts: bool = False
    """Whether thoughts were left out of the text."""
    shown_choices: tuple[str, ...] = ()
    language: str = "en"
    extracted: str | None = None
    """What the item's own pattern found; None if the item has none."""


def answer_text(reply: Reply) -> AnswerText:
    """Return what there is to grade of a reply."""
    lines = _NEW_LINES.sub("\n", reply.text)
    text = _END_MARKS.sub("", without_thoughts(lines))
    return AnswerText(
        text=text.strip(),
        is_cut=reply.end is not ReplyEnd.FINISHED,
        has_thoughts=text.strip() != lines.strip(),
        shown_choices=reply.shown_choices,
        language=reply.language,
    )


def without_thoughts(text: str) -> str:
    """Return the text without what stands in tags of thoughts.

    What precedes a closing tag alone is thought as well: some templates open it themselves. What
    follows an opening tag that is never closed is thought that was cut.
    """
    closings = list(_CLOSING.finditer(text))
    if closings:
        before = text[: closings[0].start()]
        opening = _OPENING.search(before)
        kept = before[: opening.start()] if opening else ""
        text = kept + text[closings[-1].end() :]
    opening = _OPENING.search(text)
    return text[: opening.start()] if opening else text
