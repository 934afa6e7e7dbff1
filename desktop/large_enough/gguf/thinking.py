"""Says whether a model thinks before it answers, by the tags in its chat template."""

from large_enough.domain.quantity import Unavailable
from large_enough.gguf.header import GgufHeader

THINKING_TAGS = (
    "<|channel|>analysis<|message|>",
    "<|channel>thought",
    "[THINK]",
    "<|START_THINKING|>",
    "<|open|>think<|sep|>",
    "<seed:think>",
    "<mm:think>",
    "◁think▷",
    "<thought>",
    "<think>",
)
"""Texts that begin a thought, as `worker.thoughts` knows them."""

_SWITCH = "enable_thinking"


def thinks(header: GgufHeader) -> bool | Unavailable:
    """Return whether the template knows thoughts; a template that only drops old ones counts, too.

    Args:
        header: Of the model's first file.
    """
    template = header.text("tokenizer.chat_template")
    if not template:
        return Unavailable(reason="the file holds no chat template")
    return _SWITCH in template or any(tag in template for tag in THINKING_TAGS)
