"""Says where a contender of a run stands."""

from large_enough.wording.numbers import share_text
from large_enough.wording.translate import _


def run_state_text(state: str, fraction: float | None) -> str:
    """Return where a contender stands, in a word or two, and how far where that is known.

    Args:
        state: A `comparison.pack_run_events.RunState`.
        fraction: How far within the state, 0 to 1; None where nothing can be said.
    """
    words = {
        "waiting": _("waiting"),
        "checking": _("checking its file"),
        "loading": _("loading"),
        "warming_up": _("warming up"),
        "counting": _("measuring the questions"),
        "answering": _("answering"),
        "done": _("done"),
        "paused": _("paused"),
        "failed": _("cannot go on"),
    }.get(state, state)
    return words if fraction is None else f"{words} {share_text(fraction)}"
