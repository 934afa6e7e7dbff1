"""Tells cheaply whether a new look at the disk would bring anything new.

The folders that were looked at are asked when they last changed: a file that is added, removed or
renamed changes the time of its folder, and downloads are renamed, or linked, when they end. Files
that were refused as damaged are asked as well, because a copy that is still growing changes its
own time and not that of its folder. That is one question to the operating system for each folder,
some milliseconds for a thousand, and nothing is opened.

Watching through the operating system (inotify, FSEvents, ReadDirectoryChangesW) would tell sooner,
but differs on each system, has limits on the number of folders, and does not work on network
disks. The price of asking: Windows does not note such changes on FAT and exFAT sticks, so that
there a look has to be asked for.
"""

import os

import msgspec


class Stamps(msgspec.Struct, frozen=True, kw_only=True):
    """The times of everything that a look at the disk depends on, in ns since 1970."""

    folders: dict[str, int | None] = {}
    """By path; None for a folder that was not there."""
    files: dict[str, int | None] = {}
    """Files that may still be growing, by path; None for one that was not there."""


def time_ns(path: str) -> int | None:
    """Return when a file or folder last changed; None if it is not there or cannot be asked."""
    try:
        return os.stat(path).st_mtime_ns  # noqa: PTH116 - asked very often
    except (OSError, ValueError):
        return None


def has_changed_since(stamps: Stamps) -> bool:
    """Return whether anything that a look depended on is no longer as it was.

    Args:
        stamps: Of that look.
    """
    known = (*stamps.folders.items(), *stamps.files.items())
    return any(time_ns(path) != known_ns for path, known_ns in known)
