"""Takes conversations apart that other programs' questions consist of."""

from large_enough.packs.answers import json_text
from large_enough.packs.drafts import Draft
from large_enough.wording.translate import _

SYSTEM = "extra_system"
"""Where a draft keeps its system message until all of them are known."""


def put_input(draft: Draft, value: object) -> None:
    """Put a question into a draft: a text, or a list of messages of a conversation.

    Args:
        draft: Gets `question`, and a system message if there is one.
        value: As the file has it.
    """
    if isinstance(value, str):
        draft.content["question"] = value
        return
    if not isinstance(value, list) or not all(isinstance(part, dict) for part in value):
        draft.blame("input", _("it is neither a text nor a list of messages"))
        return
    turns = [(str(part.get("role", "user")), _content(part.get("content"))) for part in value]
    system = "\n\n".join(text for role, text in turns if role in {"system", "developer"})
    others = [(role, text) for role, text in turns if role not in {"system", "developer"}]
    if system:
        draft.content[SYSTEM] = system
    if len(others) > 1:
        draft.note("input", _("a conversation of several messages became one question"))
        draft.content["question"] = "\n\n".join(f"{role}: {text}" for role, text in others)
    elif others:
        draft.content["question"] = others[0][1]


def share_system(drafts: list[Draft]) -> str:
    """Return the system message that all drafts have; others become part of their questions."""
    systems = {draft.content.get(SYSTEM) for draft in drafts if not draft.faults}
    common = systems.pop() if len(systems) == 1 else None
    for draft in drafts:
        system = draft.content.pop(SYSTEM, None)
        if system and system != common:
            draft.content["question"] = f"{system}\n\n{draft.content.get('question', '')}"
            draft.note("input", _("the system message became a part of the question"))
    return common or ""


def _content(value: object) -> str:
    """Return the text of a message; what is not text is shown as JSON."""
    if isinstance(value, list):
        parts = [part.get("text") if isinstance(part, dict) else part for part in value]
        return "\n".join(part for part in parts if isinstance(part, str))
    return "" if value is None else json_text(value)
