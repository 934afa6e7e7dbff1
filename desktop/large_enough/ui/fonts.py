"""Gives the window its typeface."""

import logging

from PySide6.QtGui import QFont, QFontDatabase, QGuiApplication

from large_enough.resources.locate import asset_path
from large_enough.ui.tokens import Type

FAMILY = "Inter"
_FILES = ("Inter-Regular.otf", "Inter-SemiBold.otf", "Inter-Italic.otf")
_CODE_SIZE_PX = 13
_POINTS_PER_INCH = 72
_TABULAR = QFont.Tag("tnum")  # OpenType feature: digits of equal width

_log = logging.getLogger(__name__)


def install_fonts() -> None:
    """Make the bundled typeface known to Qt; without it the system's own is shown."""
    for file in _FILES:
        if QFontDatabase.addApplicationFont(str(asset_path("fonts", file))) < 0:
            _log.info("font not usable: %s", file)


def font(kind: Type, scale: float = 1.0) -> QFont:
    """Return the font for one kind of text.

    Args:
        kind: What the text is.
        scale: Enlarges everything alike, for projectors.
    """
    result = QFont(FAMILY)
    _set_size(result, kind.size_px * scale)
    if kind.is_strong:
        result.setWeight(QFont.Weight.DemiBold)
    if kind.is_tabular:
        result.setFeature(_TABULAR, 1)
    return result


def code_font(scale: float = 1.0) -> QFont:
    """Return the system's font of fixed width, for program text."""
    result = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    _set_size(result, _CODE_SIZE_PX * scale)
    return result


def _set_size(target: QFont, size_px: float) -> None:
    """Set a size in logical pixels; `setPixelSize` takes whole ones only."""
    dots_per_inch = QGuiApplication.primaryScreen().logicalDotsPerInch()
    target.setPointSizeF(size_px * _POINTS_PER_INCH / dots_per_inch)
