"""Keeps the calibration of this machine's estimate in a file of its own."""

from pathlib import Path

import msgspec

from large_enough.domain.calibration import Calibration
from large_enough.domain.errors import FailureKind, StoreError
from large_enough.resources.files import replace_file

FILE_NAME = "calibration.json"
"""In the user's configuration folder."""

_LONGEST_FILE_BYTES = 1 << 16
_MOST_W = 1000.0


def load_calibration(folder: Path) -> Calibration | None:
    """Return the calibration; None if there is none, or none that makes sense.

    Args:
        folder: The user's configuration folder.
    """
    try:
        with (folder / FILE_NAME).open("rb") as file:
            calibration = msgspec.json.decode(file.read(_LONGEST_FILE_BYTES), type=Calibration)
    except (OSError, msgspec.MsgspecError, RecursionError, ValueError):
        return None
    return calibration if _makes_sense(calibration) else None


def _makes_sense(calibration: Calibration) -> bool:
    """Return whether these may be watts of a laptop; what is fitted here always may."""
    powers_w = (calibration.idle_w, calibration.mean_power_w, *calibration.watts_per_core)
    is_sane = all(0 < power_w <= _MOST_W for power_w in powers_w)
    return is_sane and bool(calibration.watts_per_core) and calibration.residual_w >= 0


def save_calibration(folder: Path, calibration: Calibration) -> Path:
    """Write the calibration so that a crash leaves either the old one or the new one.

    Returns:
        Where it lies.

    Raises:
        StoreError: CALIBRATION_NOT_KEPT.
    """
    text = msgspec.json.format(msgspec.json.encode(calibration), indent=2) + b"\n"
    try:
        return replace_file(folder, FILE_NAME, text)
    except OSError as error:
        raise StoreError(
            FailureKind.CALIBRATION_NOT_KEPT,
            str(folder),
            detail=str(error),
            problem=error.strerror or str(error),
        ) from error
