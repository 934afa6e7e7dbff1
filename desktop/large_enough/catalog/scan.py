"""Finds the models in a folder."""

import itertools
import os
import stat
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import msgspec

from large_enough.catalog.catalogue import CatalogueEntry
from large_enough.catalog.scripted import is_script, read_scripted_card
from large_enough.domain.errors import ErrorInfo, FailureKind, ModelFileError
from large_enough.domain.model_card import ModelCard
from large_enough.domain.quantity import Unavailable
from large_enough.gguf.card import read_card
from large_enough.gguf.split import first_part_path

DEEPEST_LEVEL = 4
"""Folders further down are not entered (publisher/repository/version/file is the usual depth)."""
MOST_FILES = 5000
"""A folder with more model files than this is not one of models; the rest is left alone."""

_WEIGHTS_SUFFIX = ".gguf"


class Scan(msgspec.Struct, frozen=True, kw_only=True):
    """What was found in a folder."""

    cards: tuple[ModelCard, ...]
    """Models that can answer, the smallest file first."""
    set_aside: tuple[ErrorInfo, ...]
    """Files and folders that cannot be used, each once, with the reason."""


def scan_folder(
    folder: Path,
    entries: Sequence[CatalogueEntry],
    *,
    added: Iterable[str] = (),
    most_files: int = MOST_FILES,
) -> Scan:
    """Read the headers of all models in a folder and in those below it.

    Args:
        folder: Need not exist.
        entries: The catalogue; its models are known by file name and size.
        added: Paths of files and folders elsewhere, whose models belong to it.
        most_files: Stop after this many.
    """
    walk = _Walk()
    cards: list[ModelCard] = []
    places = itertools.chain([walk.files(folder)], map(walk.place, map(Path, added)))
    for path in itertools.islice(itertools.chain.from_iterable(places), most_files):
        try:
            cards.append(card_of(path, entries))
        except ModelFileError as error:
            walk.set_aside.append(error.info)
    cards.sort(key=lambda card: (card.size_bytes, card.name.lower(), card.path))
    return Scan(cards=tuple(cards), set_aside=tuple(_each_once(walk.set_aside)))


def card_of(path: Path, entries: Sequence[CatalogueEntry]) -> ModelCard:
    """Return the card of one file, with what the catalogue knows about it.

    Raises:
        ModelFileError: The file cannot be used as a model.
    """
    if is_script(path):
        return read_scripted_card(path)
    card = read_card(path)
    entry = next((entry for entry in entries if _is_entry(card, path, entry)), None)
    if entry is None:
        return card
    return msgspec.structs.replace(
        card, catalog_id=entry.id, name=entry.name, licence=entry.licence
    )


def _is_entry(card: ModelCard, path: Path, entry: CatalogueEntry) -> bool:
    if path.name != entry.file_name:
        return False
    if isinstance(entry.size_bytes, Unavailable):
        return card.quantisation == entry.quantisation
    return card.size_bytes == entry.size_bytes


class _Walk:
    """Goes through folders, each once, however they are linked."""

    def __init__(self) -> None:
        self.set_aside: list[ErrorInfo] = []
        self._seen: set[tuple[int, int]] = set()

    def files(self, folder: Path, level: int = 0) -> Iterator[Path]:
        """Yield the files that may be models, those of one folder in the order of their names."""
        for path, is_folder in self._new_members(folder):
            if is_folder:
                if level < DEEPEST_LEVEL and not path.name.startswith("."):
                    yield from self.files(path, level + 1)
            elif _may_be_model(path):
                yield from self._usable(path)

    def place(self, path: Path) -> Iterator[Path]:
        """Yield the models of a folder, or the one file that was named itself."""
        if path.is_dir():
            yield from self.files(path)
        elif any(not is_folder for _, is_folder in self._if_new(path)):
            yield from self._usable(path)

    def _new_members(self, folder: Path) -> list[tuple[Path, bool]]:
        """Return what lies in a folder and was not met before, and whether it is a folder."""
        try:
            members = sorted(folder.iterdir())
        except FileNotFoundError:
            return []
        except OSError as error:
            self._put_aside(folder, error.strerror or str(error))
            return []
        return [member for path in members for member in self._if_new(path)]

    def _if_new(self, path: Path) -> Iterator[tuple[Path, bool]]:
        try:
            status = path.stat()
        except OSError:  # a broken link, or nothing we may see: reading it will tell why
            yield path, False
            return
        identity = (status.st_dev, status.st_ino)
        if identity not in self._seen:
            self._seen.add(identity)
            yield path, stat.S_ISDIR(status.st_mode)

    def _usable(self, path: Path) -> Iterator[Path]:
        """Yield the path unless its name cannot be used, or it is a later part of a model."""
        try:
            os.fspath(path).encode("utf-8")
        except UnicodeEncodeError:
            self._put_aside(path, "its name is not valid UTF-8")
            return
        first = first_part_path(path)
        if first is None or first == path:
            yield path
        elif not first.exists():
            error = ModelFileError(FailureKind.SPLIT_PART_MISSING, str(path), part=first.name)
            self.set_aside.append(error.info)

    def _put_aside(self, path: Path, detail: str) -> None:
        subject = os.fspath(path).encode("utf-8", "replace").decode("utf-8")
        error = ModelFileError(FailureKind.FILE_UNREADABLE, subject, detail=detail)
        self.set_aside.append(error.info)


def _may_be_model(path: Path) -> bool:
    return path.name.lower().endswith(_WEIGHTS_SUFFIX) or is_script(path)


def _each_once(errors: Iterable[ErrorInfo]) -> Iterator[ErrorInfo]:
    """Yield one error for each file, and one for all orphaned parts of one model."""
    seen: set[str] = set()
    for error in errors:
        missing = error.facts.get("part") if error.kind is FailureKind.SPLIT_PART_MISSING else None
        subject = str(missing or error.subject)
        if subject not in seen:
            seen.add(subject)
            yield error
