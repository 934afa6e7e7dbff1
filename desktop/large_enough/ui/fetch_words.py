"""Says how far a download is."""

from large_enough.catalog.progress import FetchProgress
from large_enough.domain.quantity import Unavailable
from large_enough.ui.library import FetchStatus
from large_enough.wording.numbers import bytes_rate_text, bytes_text, duration_text
from large_enough.wording.translate import _


def fetch_title(status: FetchStatus) -> str:
    """Return which model is being fetched: "Getting SmolLM2 135M Instruct (1 of 2)"."""
    if status.model_count == 1:
        return _("Getting {name}").format(name=status.name)
    return _("Getting {name} ({number} of {count})").format(
        name=status.name, number=status.number, count=status.model_count
    )


def fetch_line(progress: FetchProgress) -> str:
    """Return how far it is: "45 MB of 98 MB · 12.0 MB/s · 4 s left"."""
    parts = [_stage_text(progress)]
    if progress.stage == "downloading":
        if not isinstance(progress.bytes_per_s, Unavailable):
            parts.append(bytes_rate_text(progress.bytes_per_s))
        if not isinstance(progress.left_s, Unavailable):
            parts.append(_("{duration} left").format(duration=duration_text(progress.left_s)))
        if progress.source:
            parts.append(_("from {source}").format(source=progress.source))
    return " · ".join(parts)


def _stage_text(progress: FetchProgress) -> str:
    match progress.stage:
        case "waiting":
            return _("another window is fetching it; waiting")
        case "connecting":
            return _("connecting")
        case "restarting":
            return _("the server cannot go on where it stopped; beginning again")
        case "downloading":
            return _("{done} of {total}").format(
                done=bytes_text(progress.done_bytes), total=bytes_text(progress.total_bytes)
            )
        case "joining":
            return _("putting the parts together")
        case "verifying":
            return _("checking that it is the right file")
