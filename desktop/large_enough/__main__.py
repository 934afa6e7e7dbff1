"""Chooses the face: the window, the command line or a worker.

Nothing else is imported before the choice is made: a worker must not load Qt, the window must not
load the engine, and a command must not wait for either.
"""

import io
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

INTERRUPTED = 130
"""Exit code of a command that was ended by Ctrl-C, as a shell counts it."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program.

    Args:
        argv: Arguments without the program's name; None takes them from the command line. Without
            any, the window opens, as with `window` and what it is to start with; `--worker` and
            `--quantise` start a worker; anything else is a command.

    Returns:
        The exit code of the process.
    """
    arguments = list(sys.argv[1:] if argv is None else argv)
    if arguments[:1] == ["--worker"]:
        from large_enough.worker.__main__ import main as run_worker

        return run_worker(arguments[1:])
    if arguments[:1] == ["--quantise"]:
        from large_enough.worker.quantise import main as run_quantiser

        return run_quantiser()
    _prepare_streams(os.environ)
    if arguments[:1] in ([], ["window"]):
        return _open_window(os.environ, arguments[1:])
    return _run_command(arguments)


def _open_window(environ: Mapping[str, str], arguments: Sequence[str]) -> int:
    """Open the window, or compare in the terminal and say why."""
    from large_enough.resources.display import window_obstacle

    obstacle = window_obstacle(environ)
    if obstacle is None:
        from large_enough.ui.app import run

        return run(environ, arguments)
    from large_enough.resources.system_language import wanted_languages
    from large_enough.wording.no_window import no_window_text
    from large_enough.wording.translate import _, use_language

    use_language(wanted_languages(environ))

    sys.stdout.write(no_window_text(obstacle) + "\n")
    sys.stdout.write(_("Without a window: a comparison in the terminal instead.") + "\n\n")
    return _run_command(["compare", "--samples"])


def _run_command(arguments: Sequence[str]) -> int:
    try:
        from large_enough.cli.main import main as run_command

        return run_command(arguments)
    except KeyboardInterrupt:  # also while modules are still being read
        return INTERRUPTED


def _prepare_streams(environ: Mapping[str, str]) -> None:
    """See to it that printing never fails.

    Windows starts the window's program without standard streams: what is printed then goes into a
    log file. A terminal whose encoding lacks a character gets a replacement.
    """
    if sys.stdout is None or sys.stderr is None:
        log = _open_log(environ)
        sys.stdout = sys.stdout or log
        sys.stderr = sys.stderr or log
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def _open_log(environ: Mapping[str, str]) -> io.TextIOWrapper:
    from large_enough.resources.paths import user_folders

    folder = user_folders(environ).logs
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return (folder / "output.log").open("w", encoding="utf-8", buffering=1)
    except OSError:  # a full or read-only disk must not keep the window from opening
        return Path(os.devnull).open("w", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
