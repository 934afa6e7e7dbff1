"""One question for the contenders."""

import msgspec


class Prompt(msgspec.Struct, frozen=True, kw_only=True):
    """One question, as a file or a person gave it."""

    id: str
    """Unique within its file: the file's own name for it, else its row number."""
    domain: str
    """The field it comes from, as shown ("Retail banking"); empty if nothing says."""
    text: str
    """The user's message."""
    system: str = ""
    """System message; empty for none."""
