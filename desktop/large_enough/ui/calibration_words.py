"""Says how far a calibration is, and what came of it."""

from typing import TYPE_CHECKING

from large_enough.domain.calibration import Calibration
from large_enough.wording.energy_words import digits_text
from large_enough.wording.numbers import duration_text, share_text
from large_enough.wording.translate import _, ngettext

if TYPE_CHECKING:
    from large_enough.comparison.calibrating import CalibrationProgress


def progress_words(progress: "CalibrationProgress") -> str:
    """Return what is being done and how long it takes: "2 cores are busy. 1 min 5 s left."."""
    cores = progress.busy_cores
    step = (
        ngettext("{count} core is kept busy.", "{count} cores are kept busy.", cores).format(
            count=cores
        )
        if cores
        else _("Reading what the laptop draws when idle: leave it alone.")
    )
    left = _("About {time} left.").format(time=duration_text(progress.left_s))
    return f"{step} {left}"


def result_words(calibration: Calibration) -> str:
    """Return what was found."""
    per_core = "; ".join(digits_text(watts) for watts in calibration.watts_per_core)
    return _(
        "Calibrated: {idle} W when idle, {per_core} W more for each busy core. The loads that were "
        "tried are met within {share}."
    ).format(
        idle=digits_text(calibration.idle_w),
        per_core=per_core,
        share=share_text(calibration.relative_residual),
    )
