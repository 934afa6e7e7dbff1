"""Looks for models where this user has some: in our own folder and in those of other programs."""

import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from large_enough.catalog.catalogue import CatalogueEntry
from large_enough.catalog.changes import has_changed_since
from large_enough.catalog.choose import resolve
from large_enough.catalog.header_cache import CACHE_FILE_NAME, HeaderCache
from large_enough.catalog.places.known import added_places, known_places, own_place
from large_enough.catalog.places.place import Place
from large_enough.catalog.places.whereabouts import Whereabouts
from large_enough.catalog.scan import Scan, scan_places
from large_enough.domain.errors import FailureKind, RequestError
from large_enough.domain.found_model import FoundModel, ModelApp
from large_enough.domain.model_card import ModelCard
from large_enough.resources.paths import APPS_VARIABLE, UserFolders, models_folder
from large_enough.resources.settings import Settings, load_settings


class ModelSearch:
    """The models on this disk. Nothing is read before the first look."""

    def __init__(
        self,
        models_folder: Path,
        find_elsewhere: Callable[[], Sequence[Place]],
        entries: Sequence[CatalogueEntry],
        cache: HeaderCache,
    ) -> None:
        """Begin.

        Args:
            models_folder: Where models are fetched to.
            find_elsewhere: Returns the other places to look at; asked for each look, because
                settings change and programs are installed while this one runs.
            entries: The catalogue, by which models are known.
            cache: What was read before.
        """
        self.models_folder = models_folder
        """Where models are fetched to."""
        self._find_elsewhere = find_elsewhere
        self._entries = entries
        self._cache = cache
        self._last: tuple[tuple[Place, ...], Scan] | None = None

    @classmethod
    def for_user(
        cls,
        environ: Mapping[str, str],
        folders: UserFolders,
        entries: Sequence[CatalogueEntry],
        models_dir: Path | None = None,
    ) -> "ModelSearch":
        """Return the search of the person whose environment this is.

        Args:
            environ: Usually `os.environ`.
            folders: The user's own folders, with the settings.
            entries: The catalogue.
            models_dir: If given, only this folder is looked at.
        """
        settings, _problem = load_settings(folders.config)
        folder = models_folder(folders, environ, override=models_dir, setting=settings.models_dir)

        def find_elsewhere() -> tuple[Place, ...]:
            settings_now, _problem = load_settings(folders.config)
            return places_elsewhere(environ, settings_now, sys.platform)

        cache = HeaderCache(folders.cache / CACHE_FILE_NAME)
        return cls(folder, tuple if models_dir else find_elsewhere, entries, cache)

    def places(self) -> tuple[Place, ...]:
        """Return where models are looked for, our own folder first; many need not exist."""
        return (own_place(self.models_folder), *self._find_elsewhere())

    def scan(
        self,
        on_found: Callable[[FoundModel], None] = lambda _model: None,
        is_cancelled: Callable[[], bool] = lambda: False,
    ) -> Scan:
        """Read what lies at all places.

        Args:
            on_found: Called with each model as soon as it is read, on the caller's thread.
            is_cancelled: Asked before each file.
        """
        places = self.places()
        found = scan_places(
            places,
            self._entries,
            cache=self._cache,
            on_found=on_found,
            is_cancelled=is_cancelled,
        )
        self._last = places, found
        return found

    def has_changed(self) -> bool:
        """Return whether another look would bring anything new.

        It asks the operating system once for each folder: some milliseconds for a thousand of
        them, but on a disk that sleeps or a network share longer. So ask beside the window.
        """
        if self._last is None:
            return True
        places, found = self._last
        is_whole = found.is_complete and places == self.places()
        return not is_whole or has_changed_since(found.stamps)

    def resolve(self, name: str, cards: Sequence[ModelCard]) -> ModelCard:
        """Find the model that a person means, also by the names of the last look.

        Raises:
            RequestError: No model is meant, or more than one.
            ModelFileError: The named file is not a model.
        """
        found = self._last[1].found if self._last is not None else ()
        return resolve(name, cards, self._entries, other_names(found))

    def found(self) -> tuple[FoundModel, ...]:
        """Return all files of the last look that hold a model, those that are offered first."""
        found = self._last[1].found if self._last is not None else ()
        return tuple(sorted(found, key=lambda model: model.is_repeat))

    def resolve_file(self, name: str) -> ModelCard:
        """Find the very file that a person means: a copy is not taken for another one.

        Where a name fits several, one in the models folder is meant, else the one that is offered.

        Raises:
            RequestError: No model of the last look is meant, or more than one.
            ModelFileError: The named file is not a model.
        """
        found = self.found()
        own = tuple(one for one in found if one.app is ModelApp.OWN)
        offered = tuple(one for one in found if not one.is_repeat)
        try:
            return self._resolve_among(found, name)
        except RequestError as error:
            if error.info.kind is FailureKind.UNKNOWN_MODEL:
                raise
        try:
            return self._resolve_among(own, name)
        except RequestError as unfound:
            if unfound.info.kind is FailureKind.AMBIGUOUS_MODEL:
                raise
        return self._resolve_among(offered, name)

    def _resolve_among(self, found: Sequence[FoundModel], name: str) -> ModelCard:
        names = {
            one.card.path: [one.shown_name]
            for one in found
            if one.shown_name != one.card.name and not one.adapter_paths
        }
        return resolve(name, [one.card for one in found], self._entries, names)


def places_elsewhere(
    environ: Mapping[str, str], settings: Settings, platform: str
) -> tuple[Place, ...]:
    """Return the places of other programs, and folders and files that the user added.

    Args:
        environ: `LARGE_ENOUGH_APPS` in it chooses programs.
        settings: What the user chose.
        platform: As `sys.platform` has it.
    """
    chosen = [name.strip().lower() for name in environ.get(APPS_VARIABLE, "").split(",")]
    is_chosen = any(chosen)
    known = known_places(Whereabouts.of_user(environ, platform))
    wanted = tuple(
        place
        for place in known
        if place.app.value not in settings.left_out_apps
        and (place.app.value in chosen or not is_chosen)
    )
    return (*wanted, *added_places(settings.added_models))


def other_names(found: Sequence[FoundModel]) -> dict[str, list[str]]:
    """Return how programs call the models, by the path of the card that is offered.

    A name that stands for a model with an adapter on it is left out: it would promise another.
    """
    names: dict[str, list[str]] = {}
    by_place = {(model.card.path, model.shown_name): model for model in found}
    for model in found:
        if not model.is_repeat:
            twins = (by_place.get((twin.path, twin.shown_name)) for twin in model.twins)
            same = [model, *(twin for twin in twins if twin is not None)]
            names[model.card.path] = [one.shown_name for one in same if not one.adapter_paths]
            names[model.card.path] += [Path(twin.path).name for twin in model.twins]
    return names
