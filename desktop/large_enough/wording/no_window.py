"""Says why there is no window."""

from large_enough.resources.display import Obstacle, ObstacleKind
from large_enough.resources.system_packages import (
    distribution_family,
    install_line,
    packages_of,
)
from large_enough.wording.translate import _


def no_window_text(obstacle: Obstacle, family: str | None = None) -> str:
    """Return what keeps the window from opening, with what would help.

    Args:
        obstacle: What was found.
        family: Whose package names to use; None asks the system.
    """
    match obstacle.kind:
        case ObstacleKind.NO_DISPLAY:
            return _("There is no display here (neither DISPLAY nor WAYLAND_DISPLAY is set).")
        case ObstacleKind.DISPLAY_UNREACHABLE:
            return _("The display {display} does not answer.").format(
                display=obstacle.display or "?"
            )
        case ObstacleKind.QT_MISSING:
            return _("PySide6, which draws the window, is not installed.")
        case ObstacleKind.LIBRARIES_MISSING:
            return _libraries_text(obstacle, distribution_family() if family is None else family)


def _libraries_text(obstacle: Obstacle, family: str) -> str:
    if not obstacle.libraries:
        return _("Qt, which draws the window, cannot be loaded: {detail}").format(
            detail=obstacle.detail
        )
    sentence = _("Qt, which draws the window, misses system libraries: {libraries}.").format(
        libraries=", ".join(obstacle.libraries)
    )
    line = install_line(packages_of(obstacle.libraries, family), family)
    if not line:
        return sentence
    return sentence + "\n" + _("This command installs them: {command}").format(command=line)
