"""Holds what the actions of `large-enough models` work with."""

import dataclasses
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from large_enough.catalog.catalogue import CatalogueEntry, read_catalogue
from large_enough.catalog.choose import resolve
from large_enough.catalog.identity import CACHE_FILE_NAME, FileHashes
from large_enough.catalog.scan import Scan, scan_folder
from large_enough.domain.errors import FailureKind, RequestError
from large_enough.domain.model_card import ModelCard
from large_enough.resources.locate import catalogue_path
from large_enough.resources.paths import UserFolders, models_folder, user_folders
from large_enough.resources.settings import Settings, load_settings, save_settings


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ModelsRoom:
    """The models folder of one person, and what is known about it."""

    folder: Path
    """The models folder."""
    folders: UserFolders
    settings: Settings
    entries: tuple[CatalogueEntry, ...]
    """The catalogue."""
    environ: Mapping[str, str]

    @classmethod
    def for_user(cls, environ: Mapping[str, str], models_dir: Path | None) -> "ModelsRoom":
        """Return the room of the person whose environment this is.

        Args:
            environ: Usually `os.environ`.
            models_dir: Folder of model files; overrides settings and environment.

        Raises:
            RequestError: The catalogue that came with the program is damaged.
        """
        folders = user_folders(environ)
        settings, _problem = load_settings(folders.config)
        folder = models_folder(folders, environ, override=models_dir, setting=settings.models_dir)
        return cls(
            folder=folder,
            folders=folders,
            settings=settings,
            entries=read_catalogue(catalogue_path()),
            environ=environ,
        )

    def scan(self) -> Scan:
        """Read what lies in the models folder, and what was added from elsewhere."""
        return scan_folder(self.folder, self.entries, added=self.settings.added_models)

    def resolve(self, name: str, cards: Sequence[ModelCard]) -> ModelCard:
        """Return the model that a person means.

        Raises:
            RequestError: No model is meant, or several are.
            ModelFileError: The named file cannot be used as a model.
        """
        return resolve(name, cards, self.entries)

    def keep_added(self, paths: tuple[str, ...]) -> None:
        """Keep in the settings which files and folders elsewhere are listed.

        Raises:
            RequestError: The settings cannot be written.
        """
        changed = msgspec.structs.replace(self.settings, added_models=paths)
        try:
            save_settings(self.folders.config, changed)
        except OSError as error:
            folder, detail = str(self.folders.config), error.strerror or str(error)
            raise RequestError(FailureKind.BAD_SETTING, folder, detail=detail) from error

    def hashes(self) -> FileHashes:
        """Return the checksums that are remembered."""
        return FileHashes(self.folders.cache / CACHE_FILE_NAME)
