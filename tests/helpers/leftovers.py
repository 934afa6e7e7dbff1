"""Finds threads and child processes that a test started and left behind."""

import threading

import psutil

PATIENCE_S = 5.0
"""How long what is about to end may still take."""


def running_threads() -> set[threading.Thread]:
    """Return the threads of this process, without those that Python knows by hearsay only."""
    # A thread of Qt's that has run Python code is listed for good, as a _DummyThread.
    return {thread for thread in threading.enumerate() if not _is_hearsay(thread)}


def leftover_threads(before: set[threading.Thread]) -> list[str]:
    """Return the names of threads that have been added and do not end."""
    added = running_threads() - before
    for thread in added:
        thread.join(PATIENCE_S)
    return sorted(thread.name for thread in added if thread.is_alive())


def child_processes() -> set[psutil.Process]:
    """Return the processes below this one."""
    return set(psutil.Process().children(recursive=True))


def leftover_processes(before: set[psutil.Process]) -> list[str]:
    """Return descriptions of child processes that have been added and do not end; kill them."""
    _, alive = psutil.wait_procs(child_processes() - before, timeout=PATIENCE_S)
    found = [_description(process) for process in alive]
    for process in alive:
        process.kill()
    return sorted(found)


def _is_hearsay(thread: threading.Thread) -> bool:
    return type(thread).__name__ == "_DummyThread"


def _description(process: psutil.Process) -> str:
    try:
        return f"{process.pid}: {' '.join(process.cmdline())}"
    except psutil.Error:
        return str(process.pid)
