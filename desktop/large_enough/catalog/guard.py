"""Runs a module or a script that must not outlive the process that started it.

Started as a script: `python -P guard.py MODULE_OR_SCRIPT ARGUMENTS...`. Standard input is a pipe
that the parent keeps open; when the parent ends, however it ends, the pipe closes and so does this
process. Uses the standard library alone, so that it runs in any environment.
"""

import os
import runpy
import sys
import threading

PARENT_GONE = 71
"""Exit code when the parent has ended."""


def leave_with_parent() -> None:
    """End this process when standard input closes; blocks until then."""
    # os.read and not sys.stdin: its lock, held by a thread, would abort the interpreter at its end
    while os.read(0, 4096):
        pass
    os._exit(PARENT_GONE)


def main() -> None:
    """Run what the command line names."""
    threading.Thread(target=leave_with_parent, daemon=True).start()
    del sys.argv[0]
    if sys.argv[0].endswith(".py"):
        runpy.run_path(sys.argv[0], run_name="__main__")
    else:
        runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
