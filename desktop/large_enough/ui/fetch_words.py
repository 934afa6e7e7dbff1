"""Says how far a download is."""

from large_enough.catalog.progress import FetchProgress
from large_enough.comparison.fetch_items import GOING_ON, FetchItem, FetchState
from large_enough.domain.quantity import Unavailable
from large_enough.ui.library import FetchStatus
from large_enough.wording.failures import explain
from large_enough.wording.numbers import bytes_rate_text, bytes_text, duration_text, share_text
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


def item_line(item: FetchItem) -> str:
    """Return how far a model is that is wanted: "46 % · 45 MB of 98 MB · 12.0 MB/s · 4 s left"."""
    match item.state:
        case FetchState.ASKING:
            return _("asking its publisher for size and checksum")
        case FetchState.WAITING:
            return " · ".join((_("waits for its turn"), _arrived_text(item)))
        case FetchState.PAUSED:
            return " · ".join((_("paused"), _arrived_text(item)))
        case FetchState.FETCHING:
            return _fetching_line(item)
        case FetchState.DONE:
            return _("on this disk, and the right file")
        case FetchState.FAILED:
            return _failure_line(item)


def item_fraction(item: FetchItem) -> float | None:
    """Return how much of a model is here, 0 to 1; None if that is not known."""
    if item.state is FetchState.DONE:
        return 1.0
    if item.progress is not None:
        return item.progress.done_bytes / max(1, item.progress.total_bytes)
    if isinstance(item.size_bytes, Unavailable):
        return None
    return item.arrived_bytes / max(1, item.size_bytes)


def _fetching_line(item: FetchItem) -> str:
    fraction = item_fraction(item)
    if item.progress is None or fraction is None:
        return _("connecting")
    has_share = item.progress.stage in ("downloading", "verifying")
    share = [share_text(fraction)] if has_share else []
    return " · ".join((*share, fetch_line(item.progress)))


def _arrived_text(item: FetchItem) -> str:
    if isinstance(item.size_bytes, Unavailable):
        return _("size not known yet")
    if not item.arrived_bytes:
        return bytes_text(item.size_bytes)
    return _("{done} of {total} are here").format(
        done=bytes_text(item.arrived_bytes), total=bytes_text(item.size_bytes)
    )


def _failure_line(item: FetchItem) -> str:
    if item.error is None:
        return ""
    explanation = explain(item.error)
    return f"{explanation.happened} {explanation.next_step}"


def offer_state(item: FetchItem | None, *, is_here: bool) -> str:
    """Return why a model is not offered to be fetched; "" if it is."""
    if is_here:
        return _("On this disk already.")
    if item is None or item.state is FetchState.DONE:
        return ""
    if item.state in GOING_ON:
        return _("On its way: see the downloads below.")
    return _("Begun: it can go on in the downloads below.")
