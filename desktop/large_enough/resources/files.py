"""Brings files to their places in one step, so that a crash leaves the old or the new one."""

import contextlib
import errno
import os
import shutil
import tempfile
from pathlib import Path


def replace_file(folder: Path, name: str, data: bytes) -> Path:
    """Write a file so that a crash leaves either the old one or the new one.

    Args:
        folder: Made if it is not there.
        name: Of the file.
        data: What it is to hold.

    Returns:
        Where it lies.

    Raises:
        OSError: The folder cannot be made or the file cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    handle, unfinished_name = tempfile.mkstemp(prefix=name, suffix=".new", dir=folder)
    unfinished = Path(unfinished_name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(folder / name)
    except OSError:
        unfinished.unlink(missing_ok=True)
        raise
    return folder / name


def free_disk_bytes(folder: Path) -> int | None:
    """Return the room on the disk of a folder, which need not exist yet; None if nobody knows."""
    for place in (folder, *folder.parents):
        try:
            return shutil.disk_usage(place).free
        except OSError:
            continue
    return None


def bring_to_place(unfinished: Path, path: Path, *, may_replace: bool) -> None:
    """Give a finished file its name, once its content is on the disk.

    Args:
        unfinished: The file under its temporary name, in the same folder.
        path: Where it belongs.
        may_replace: Whether a file that is there already may be replaced.

    Raises:
        FileExistsError: There is such a file and it may not be replaced.
        OSError: The content cannot be written, or the name not given.
    """
    with unfinished.open("r+b") as file:
        os.fsync(file.fileno())
    if may_replace:
        unfinished.replace(path)
    else:
        _name_anew(unfinished, path)
    synchronise_folder(path.parent)


def _name_anew(unfinished: Path, path: Path) -> None:
    """Rename without ever replacing; a second name does so, where the file system knows them."""
    try:
        path.hardlink_to(unfinished)
    except FileExistsError:
        raise
    except OSError:  # FAT, some network shares
        if path.exists():
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path)) from None
        unfinished.replace(path)
    else:
        unfinished.unlink()


def synchronise_folder(folder: Path) -> None:
    """Make new names in a folder survive a power cut; Windows does so by itself."""
    if os.name != "posix":
        return
    # Folders that may not be read, file systems that cannot do this: the files themselves are safe.
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
