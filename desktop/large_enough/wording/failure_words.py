"""Holds the sentences of one kind of failure."""

import msgspec


class FailureWords(msgspec.Struct, frozen=True, kw_only=True):
    """What to say about one kind of failure.

    Each field lists alternatives, the most telling first, marked with `to_translate`. Names in
    braces are facts of the failure; `{file}` is the name of the file it happened to, `{subject}`
    that name with its folder, `{first_line}` and `{last_line}` are lines of the technical detail
    (an engine's log tells the cause first, a trace last), `{parts}` is the sum of the memory
    needed. The last alternative has no names.
    """

    happened: tuple[str, ...]
    next_step: tuple[str, ...]
