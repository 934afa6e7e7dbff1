"""Deletes the log of a run."""

from pathlib import Path

from large_enough.store.line_file import not_written
from large_enough.store.pack_run_log import PackRunLog


def delete_pack_run(path: Path) -> None:
    """Delete a run with everything recorded about it.

    Raises:
        StoreError: It is not there, cannot be deleted, or another process writes it.
    """
    with PackRunLog.reopen(path):
        pass  # nobody else writes it now
    try:
        path.unlink()
    except OSError as error:
        raise not_written(path, error) from error
