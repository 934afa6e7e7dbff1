"""Keeps packs: those that come with the program, and the user's own."""

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import msgspec

from large_enough.domain.errors import ErrorInfo, FailureKind, LargeEnoughError, RequestError
from large_enough.domain.pack import Pack
from large_enough.domain.pack_fault import Fault
from large_enough.packs.checking import pack_faults
from large_enough.packs.loading import PACK_SUFFIX, bad_pack, load_pack
from large_enough.packs.writing import pack_json
from large_enough.resources.files import replace_file
from large_enough.resources.locate import asset_path

FOLDER_NAME = "packs"
"""Of the user's packs, below the folder of data."""
LONGEST_NAME = 80
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)
# Windows takes these for devices, whatever follows (Microsoft, "Naming Files, Paths").


class ShelvedPack(msgspec.Struct, frozen=True, kw_only=True):
    """A pack's file on the shelf."""

    path: str
    is_shipped: bool
    """Whether it comes with the program, and so is never changed."""
    pack: Pack | None
    """None if the file cannot be used."""
    error: ErrorInfo | None = None
    """Why not."""
    warnings: tuple[Fault, ...] = ()

    @property
    def name(self) -> str:
        """The pack's id; the file's name if it cannot be used."""
        return self.pack.id if self.pack is not None else Path(self.path).name


class Shelf:
    """The packs at hand."""

    def __init__(self, own_folder: Path, shipped_folder: Path | None = None) -> None:
        """Say where packs lie.

        Args:
            own_folder: Of the user's packs; need not exist.
            shipped_folder: Of those that come with the program; by default where they are.
        """
        self.own_folder = own_folder
        self._shipped_folder = shipped_folder or asset_path("packs")

    @classmethod
    def for_user(cls, data_folder: Path) -> "Shelf":
        """Return the shelf of a user.

        Args:
            data_folder: As `user_folders` gives it.
        """
        return cls(data_folder / FOLDER_NAME)

    def packs(self) -> tuple[ShelvedPack, ...]:
        """Read all packs, those that come with the program first; damaged ones are among them."""
        shipped = (_shelved(path, is_shipped=True) for path in _files(self._shipped_folder))
        own = (_shelved(path, is_shipped=False) for path in _files(self.own_folder))
        return (*shipped, *own)

    def find(self, name: str) -> ShelvedPack:
        """Return the pack with that id; the user's own before one that comes with the program.

        Raises:
            RequestError: UNKNOWN_PACK.
        """
        packs = self.packs()
        for one in reversed(packs):
            if name in {one.name, Path(one.path).name}:
                return one
        names = ", ".join(dict.fromkeys(one.name for one in packs))
        facts = {"candidates": names} if names else {}
        raise RequestError(FailureKind.UNKNOWN_PACK, name, **facts)

    def save(self, pack: Pack) -> Path:
        """Keep a pack among the user's; one with the same id is replaced.

        Returns:
            Where it lies.

        Raises:
            BadPackError: It could not be loaded again.
            RequestError: PACK_NOT_KEPT: its file cannot be written.
        """
        faults = pack_faults(pack)
        if faults:
            raise bad_pack(pack.id, faults)
        name = file_name(pack.id)
        try:
            return replace_file(self.own_folder, name, pack_json(pack))
        except OSError as error:
            raise _not_kept(self.own_folder / name, error) from error

    def delete(self, name: str) -> None:
        """Delete one of the user's packs; those that come with the program stay.

        Raises:
            RequestError: There is none of that name, or it cannot be deleted.
        """
        for path in _files(self.own_folder):
            if name in {_shelved(path, is_shipped=False).name, path.name}:
                try:
                    path.unlink()
                except OSError as error:
                    raise _not_kept(path, error) from error
                return
        raise RequestError(FailureKind.UNKNOWN_PACK, name)


def pack_id(title: str) -> str:
    """Return lower-case words with hyphens, made of a title or a file's name."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    name = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:LONGEST_NAME].strip("-")
    return name or "questions"


def file_name(identifier: str) -> str:
    """Return the name of a pack's file, one that every system takes."""
    name = pack_id(identifier)
    return f"{name}-{PACK_SUFFIX}" if _RESERVED.fullmatch(name) else name + PACK_SUFFIX


def _files(folder: Path) -> Iterator[Path]:
    try:
        paths = sorted(folder.iterdir())
    except OSError:  # not there yet, or not to be read
        return
    yield from (path for path in paths if path.name.lower().endswith(PACK_SUFFIX))


def _shelved(path: Path, *, is_shipped: bool) -> ShelvedPack:
    try:
        one = load_pack(path)
    except LargeEnoughError as error:
        return ShelvedPack(path=str(path), is_shipped=is_shipped, pack=None, error=error.info)
    return ShelvedPack(path=str(path), is_shipped=is_shipped, pack=one.pack, warnings=one.warnings)


def _not_kept(path: Path, error: OSError) -> RequestError:
    reason = error.strerror or str(error)
    return RequestError(FailureKind.PACK_NOT_KEPT, str(path), problem=reason)
