"""Puts the calibration of the estimate into words."""

from large_enough.domain.calibration import Calibration
from large_enough.wording.energy_words import digits_text
from large_enough.wording.numbers import duration_text, share_text
from large_enough.wording.translate import _, ngettext


def calibrating_text(busy_cores: int, left_s: float) -> str:
    """Return how far a calibration is."""
    left = _("{time} left; leave the machine alone.").format(time=duration_text(left_s))
    if busy_cores == 0:
        return _("Reading the battery while nothing runs: {left}").format(left=left)
    return ngettext(
        "Reading the battery with {count} busy core: {left}",
        "Reading the battery with {count} busy cores: {left}",
        busy_cores,
    ).format(count=busy_cores, left=left)


def calibrated_text(calibration: Calibration) -> str:
    """Return what was found: "This laptop draws 5.1 W when idle and 4.2 W more for each ..."."""
    return _(
        "This laptop draws {idle} W when idle and about {core} W more for each busy core; the fit "
        "leaves {rest} of the power over. Estimates use that from now on, once you switch them on."
    ).format(
        idle=digits_text(calibration.idle_w),
        core=" / ".join(digits_text(watts) for watts in calibration.watts_per_core),
        rest=share_text(calibration.relative_residual),
    )
