"""Writes down which files of the kernel there are, and lays them out again.

A trace of what was read does not tell which folders were listed and which files were merely found
to be there. So the places where probes look are listed once, in the trace itself.
"""

from collections.abc import Iterable
from pathlib import Path

from large_enough.measure.power.trace import TraceRecorder
from large_enough.measure.power.trace_file import Trace

LIST_TREE = "list_tree"
"""Name of the call in a trace; it replies with pairs of path and permissions (folders: None)."""

_PLACES = (
    *(".dockerenv", "run/.containerenv", "dev/dxg", "proc/cpuinfo"),
    *("sys/class/powercap/*", "sys/class/powercap/*/energy_uj"),
    *("sys/class/power_supply/*", "sys/class/power_supply/*/*_now"),
    *("sys/class/hwmon/*", "sys/class/hwmon/*/name", "sys/class/hwmon/*/power1_*"),
    *("sys/class/hwmon/*/energy?_input", "sys/class/hwmon/*/in1_*", "sys/class/hwmon/*/freq2_*"),
    *("sys/bus/pci/devices", "sys/bus/pci/devices/*"),
    *("sys/bus/pci/drivers/i915", "sys/bus/pci/drivers/xe"),
)
"""Where probes list folders or look whether a file exists."""
_PERMISSIONS = 0o777


def note_tree(root: Path, recorder: TraceRecorder) -> None:
    """Write down what lies where probes look.

    Args:
        root: Folder that holds `sys` and `proc`.
        recorder: Of the trace.
    """
    recorder.function(LIST_TREE, lambda: list(_entries(root)))()


def lay_out_tree(trace: Trace, root: Path) -> None:
    """Make the folders and files of a trace, empty, so that probes find them.

    Args:
        trace: With the list of a tree; without one nothing is made.
        root: An empty folder.
    """
    for path, mode in _listed(trace):
        place = root / path
        if mode is None:
            place.mkdir(parents=True, exist_ok=True)
            continue
        place.parent.mkdir(parents=True, exist_ok=True)
        place.touch()
        place.chmod(mode)


def _entries(root: Path) -> Iterable[tuple[str, int | None]]:
    for pattern in _PLACES:
        for path in sorted(root.glob(pattern)):
            try:
                mode = None if path.is_dir() else path.stat().st_mode & _PERMISSIONS
            except OSError:  # gone meanwhile
                continue
            yield path.relative_to(root).as_posix(), mode


def _listed(trace: Trace) -> Iterable[tuple[Path, int | None]]:
    """Return what may be laid out: a trace may come from anybody, so nothing outside its root."""
    for call in trace.calls:
        if call.call == LIST_TREE and isinstance(call.reply, list):
            for path, mode in call.reply:
                if not Path(path).is_absolute() and ".." not in Path(path).parts:
                    yield Path(path), mode
