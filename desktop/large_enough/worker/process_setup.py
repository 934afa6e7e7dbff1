"""What a worker process does to itself before any native library is loaded."""

import ctypes
import faulthandler
import os
import signal
import sys
from typing import IO

PR_SET_PDEATHSIG = 1
"""linux/prctl.h: send me this signal when the thread that started me ends."""


def claim_channel() -> tuple[IO[bytes], IO[bytes]]:
    """Take standard input and output away from everybody else.

    Native libraries print, and some read. From here on whatever is written to file descriptor 1
    goes to standard error, and whoever reads descriptor 0 finds it empty.

    Returns:
        The private streams for commands and for events.
    """
    commands_fd, events_fd = os.dup(0), os.dup(1)
    if sys.platform == "win32":
        import msvcrt

        for descriptor in (commands_fd, events_fd):
            msvcrt.setmode(descriptor, os.O_BINARY)
    nothing_fd = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing_fd, 0)
    os.close(nothing_fd)
    os.dup2(2, 1)
    if sys.stderr is None:  # a windowed bundle has none, though the program gave us a pipe
        sys.stderr = os.fdopen(os.dup(2), "w", buffering=1, errors="backslashreplace")
    sys.stdout = sys.stderr
    return os.fdopen(commands_fd, "rb"), os.fdopen(events_fd, "wb")


def prepare_process(*, is_killed_with_parent: bool = True) -> None:
    """Set environment, fault reports, signals and the tie to the parent's life.

    Args:
        is_killed_with_parent: Whether Linux is asked to kill this process when its parent dies.
            One that has to tidy up then does so when its standard input ends, and must live on for
            that moment.
    """
    # Without it ggml starts a debugger on itself when an assertion fails.
    os.environ.setdefault("GGML_NO_BACKTRACE", "1")
    faulthandler.enable()
    # Ctrl-C in a terminal reaches every process there; the program ends its workers itself.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if is_killed_with_parent and sys.platform == "linux":
        _die_with_parent(signal.SIGKILL)


def _die_with_parent(last_signal: int) -> None:
    """Ask Linux to kill this process when its parent dies: the second line after the pipe's end.

    On Windows the parent's job object does this, on macOS the heartbeat thread looks.
    """
    parent_id = os.getppid()
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, last_signal)
    if os.getppid() != parent_id:  # it died just before we asked
        os._exit(0)
