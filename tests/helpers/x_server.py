"""An X server that draws into a file, for tests of the window on Qt's own platform."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

XVFB = shutil.which("Xvfb")
"""None where there is no such server."""
WIDTH, HEIGHT = 1280, 800


@dataclass(frozen=True)
class Screen:
    """A running server."""

    display: str
    framebuffer: Path

    def colour_count(self) -> int:
        """Return how many different pixels the screen shows."""
        pixels = self.framebuffer.read_bytes()[-WIDTH * HEIGHT * 4 :]  # after a header
        return len({pixels[place : place + 4] for place in range(0, len(pixels), 4)})


@contextmanager
def x_server(folder: Path) -> Iterator[Screen]:
    """Run a server with one screen, which lies in a file of this folder."""
    read_end, write_end = os.pipe()
    command = [str(XVFB), "-displayfd", str(write_end), "-screen", "0", f"{WIDTH}x{HEIGHT}x24"]
    command += ["-fbdir", str(folder), "-nolisten", "tcp"]
    with subprocess.Popen(
        command, pass_fds=(write_end,), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as server:
        os.close(write_end)
        with os.fdopen(read_end, encoding="ascii") as answer:
            number = answer.readline().strip()
        try:
            yield Screen(display=f":{number}", framebuffer=folder / "Xvfb_screen0")
        finally:
            server.terminate()
