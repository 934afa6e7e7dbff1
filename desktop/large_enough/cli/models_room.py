"""Holds what the actions of `large-enough models` work with."""

import dataclasses
from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec

from large_enough.catalog.catalogue import CatalogueEntry, read_catalogue
from large_enough.catalog.identity import CACHE_FILE_NAME, FileHashes
from large_enough.catalog.scan import Scan
from large_enough.comparison.model_search import ModelSearch
from large_enough.domain.errors import FailureKind, RequestError
from large_enough.domain.model_card import ModelCard
from large_enough.resources.locate import catalogue_path
from large_enough.resources.paths import UserFolders, user_folders
from large_enough.resources.settings import Settings, load_settings, save_settings
from large_enough.store.parentage import PARENTAGE_FOLDER, parent_of


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ModelsRoom:
    """The models folder of one person, and what is known about it."""

    search: ModelSearch
    """Looks for models: in the models folder, with other programs, and where some were added."""
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
            models_dir: Folder of model files; overrides settings and environment, and only this
                folder is looked at.

        Raises:
            RequestError: The catalogue that came with the program is damaged.
        """
        folders = user_folders(environ)
        settings, _problem = load_settings(folders.config)
        entries = read_catalogue(catalogue_path())
        return cls(
            search=ModelSearch.for_user(environ, folders, entries, models_dir),
            folders=folders,
            settings=settings,
            entries=entries,
            environ=environ,
        )

    @property
    def folder(self) -> Path:
        """The models folder."""
        return self.search.models_folder

    def scan(self) -> Scan:
        """Read what lies in the models folder, with other programs, and what was added."""
        return self.search.scan()

    def files(self) -> tuple[ModelCard, ...]:
        """Return the models that are here, copies as well, but no file twice."""
        self.scan()
        files: dict[Path, ModelCard] = {}
        for one in self.search.found():
            files.setdefault(Path(one.card.path).resolve(), one.card)
        return tuple(files.values())

    def resolve(self, names: Iterable[str]) -> list[ModelCard]:
        """Return the very files that a person means, also by the names other programs give.

        Raises:
            RequestError: No model is meant, or several are.
            ModelFileError: The named file cannot be used as a model.
        """
        self.scan()
        return [self.search.resolve_file(name) for name in names]

    def is_made_here(self, card: ModelCard) -> bool:
        """Return whether a model is a quantised copy that this program made."""
        return parent_of(self.folders.data / PARENTAGE_FOLDER, Path(card.path)) is not None

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
