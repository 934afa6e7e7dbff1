"""Walks through folders, each once however it is linked, and never too far."""

import errno
import itertools
import os
import stat
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import NamedTuple

MOST_MEMBERS = 20_000
"""So many entries of one folder are looked at, the rest is left alone."""
MOST_FOLDERS = 5_000
"""So many folders of one place are entered."""

ListFolder = Callable[[str], AbstractContextManager[Iterator[os.DirEntry[str]]]]
"""Lists a folder as `os.scandir` does."""


class Member(NamedTuple):
    """A file that was met."""

    path: Path
    status: os.stat_result | None
    """Of what a link leads to; None if that is not there or cannot be asked."""


class Unreadable(NamedTuple):
    """A folder that could not be listed."""

    path: Path
    detail: str
    """What the operating system says."""


class Listing(NamedTuple):
    """The names in a folder, in their order."""

    files: tuple[str, ...]
    folders: tuple[str, ...]

    @property
    def visible_folders(self) -> tuple[str, ...]:
        """The folders that are not hidden."""
        return tuple(name for name in self.folders if not name.startswith("."))


class Disk:
    """The folders of one look at the disk. Nothing is opened or changed."""

    def __init__(
        self,
        is_cancelled: Callable[[], bool] = lambda: False,
        list_folder: ListFolder = os.scandir,
    ) -> None:
        self._is_cancelled = is_cancelled
        self._list_folder = list_folder
        self._seen: set[tuple[int, int]] = set()
        self._folders_left = MOST_FOLDERS
        self.folder_times_ns: dict[str, int | None] = {}
        """When each folder, or file named itself, that was looked at last changed; None for one
        that is not there or may not be asked."""

    def enter_place(self) -> None:
        """Begin with another place: so many folders of it are entered, whatever came before."""
        self._folders_left = MOST_FOLDERS

    def listing(self, folder: Path) -> Listing | Unreadable:
        """Return what lies in a folder; nothing if it is not there, or was listed before."""
        files: list[str] = []
        folders: list[str] = []
        try:
            if self._is_new(folder) and not self._is_cancelled():
                with self._list_folder(os.fspath(folder)) as entries:
                    for entry in itertools.islice(entries, MOST_MEMBERS):
                        (folders if _is_folder(entry) else files).append(entry.name)
        except OSError as error:
            return Unreadable(folder, error.strerror or str(error))
        return Listing(tuple(sorted(files)), tuple(sorted(folders)))

    def files(
        self, folder: Path, deepest_level: int, is_wanted: Callable[[str], bool]
    ) -> Iterator[Member | Unreadable]:
        """Yield files of a folder and of those below it, by their names.

        Args:
            folder: Need not exist. What was listed before is left out.
            deepest_level: 0 for the folder alone, 1 for those in it, and so on.
            is_wanted: Asked with the name of each file.
        """
        listing = self.listing(folder)
        if isinstance(listing, Unreadable):
            yield listing
            return
        wanted = {name: False for name in listing.files if is_wanted(name)}
        entered = dict.fromkeys(listing.visible_folders if deepest_level else (), True)
        for name, is_folder in sorted({**wanted, **entered}.items()):
            path = folder / name
            if is_folder:
                yield from self.files(path, deepest_level - 1, is_wanted)
            else:
                yield Member(path, status_of(path))

    def file(self, path: Path) -> Member:
        """Return a file that was named itself, and note when it last changed."""
        status = status_of(path)
        self.folder_times_ns[os.fspath(path)] = None if status is None else status.st_mtime_ns
        return Member(path, status)

    def members(
        self, folder: Path, names: Iterable[str], is_wanted: Callable[[str], bool]
    ) -> Iterator[Member]:
        """Yield those files of a folder, already listed, that are wanted."""
        for name in names:
            if is_wanted(name):
                yield Member(folder / name, status_of(folder / name))

    def _is_new(self, folder: Path) -> bool:
        """Note the folder; return whether it is there, was not met before, and may be entered.

        Raises:
            OSError: It cannot be asked, or is no folder.
        """
        self.folder_times_ns[os.fspath(folder)] = None
        try:
            status = folder.stat()
        except (FileNotFoundError, NotADirectoryError):  # the latter: a file where its parent was
            return False
        self.folder_times_ns[os.fspath(folder)] = status.st_mtime_ns
        if not stat.S_ISDIR(status.st_mode):
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR))
        identity = (status.st_dev, status.st_ino)
        if identity in self._seen or not self._folders_left:
            return False
        self._folders_left -= 1
        self._seen.add(identity)
        return True


def status_of(path: Path) -> os.stat_result | None:
    """Return the status of what lies there, links followed; None if it cannot be asked."""
    try:
        return path.stat()
    except (OSError, ValueError):  # nothing there, no right, a loop of links, an impossible name
        return None


def _is_folder(entry: "os.DirEntry[str]") -> bool:
    try:
        return entry.is_dir()
    except OSError:  # links that lead to themselves
        return False
