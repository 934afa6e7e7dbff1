"""Sorts what is met on the disk into models, adapters and files that are set aside."""

import datetime
import os
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

from large_enough.catalog.cards import with_entry
from large_enough.catalog.catalogue import CatalogueEntry
from large_enough.catalog.disk import status_of
from large_enough.catalog.header_cache import HeaderCache
from large_enough.catalog.header_facts import (
    AdapterFacts,
    HeaderFacts,
    ModelFacts,
    Refusal,
    read_facts,
    why_aside,
)
from large_enough.catalog.places.place import (
    NOT_ASKED,
    Layout,
    Place,
    Sight,
    Sighting,
    aside,
    shown_path,
    size_of,
)
from large_enough.catalog.scripted import is_script, read_scripted_card
from large_enough.catalog.twins import Seen, with_twins
from large_enough.domain.errors import ErrorInfo, FailureKind, ModelFileError
from large_enough.domain.found_model import FoundAdapter, FoundModel, SetAside, WhyAside
from large_enough.domain.model_card import ModelCard
from large_enough.domain.quantity import Unavailable
from large_enough.gguf.names import is_telling, name_by
from large_enough.gguf.split import first_part_path

_MAY_GROW = frozenset(
    {FailureKind.NOT_GGUF, FailureKind.FILE_MALFORMED, FailureKind.FILE_TRUNCATED}
)


class Look:
    """What one look at the disk has brought so far."""

    def __init__(
        self,
        entries: Sequence[CatalogueEntry],
        cache: HeaderCache,
        on_found: Callable[[FoundModel], None],
    ) -> None:
        self._entries = entries
        self._cache = cache
        self._on_found = on_found
        self._seen: list[Seen] = []
        self._told: set[object] = set()
        self._met: set[Path] = set()
        self.adapters: list[FoundAdapter] = []
        """All adapters, in the order in which they were met."""
        self.apart: list[SetAside] = []
        """Everything that is set aside, each file once."""
        self.growing: dict[str, int | None] = {}
        """When files that may be copies in progress were last written, in ns since 1970."""

    def take(self, place: Place, sight: Sight) -> None:
        """Read one file, from memory if it is known, and note what it is."""
        if isinstance(sight, SetAside):
            self._put_aside(sight)
        elif not _is_text(sight.path):
            detail = "its name is not valid UTF-8"
            kind = FailureKind.FILE_UNREADABLE
            self._put_aside(
                aside(place, WhyAside.UNREADABLE, kind, sight.path, sight.status, detail=detail)
            )
        elif not self._is_met_again(place, sight) and not self._is_later_part(place, sight):
            self._take_facts(place, sight, self._facts(sight))

    def models(self, is_cancelled: Callable[[], bool]) -> tuple[FoundModel, ...]:
        """Return all models, each with its twins, the smallest first."""

        def fingerprint_of(seen: Seen) -> str:
            if is_cancelled():
                return ""
            path = Path(seen.model.card.path)
            return self._cache.fingerprint_of(path, seen.status, seen.header_bytes)

        return tuple(sorted(with_twins(self._seen, fingerprint_of), key=_order))

    def _is_met_again(self, place: Place, sight: Sighting) -> bool:
        """Return whether a file that was named itself was met in a folder before."""
        is_known = sight.path in self._met
        self._met.add(sight.path)
        return is_known and place.layout is Layout.FILE

    def _is_later_part(self, place: Place, sight: Sighting) -> bool:
        """Return whether the file belongs to a split model; set it aside if the first is gone."""
        first = first_part_path(sight.path)
        if first is None or first == sight.path:
            return False
        if status_of(first) is None:
            kind = FailureKind.SPLIT_PART_MISSING
            error = ModelFileError(kind, os.fspath(sight.path), part=first.name)
            self._refuse(place, sight, error.info)
        return True

    def _facts(self, sight: Sighting) -> HeaderFacts:
        if is_script(sight.path):
            return _script_facts(sight.path)
        if sight.status is None:
            return read_facts(sight.path)  # tells why it cannot be asked
        return self._cache.facts_of(sight.path, sight.status)

    def _take_facts(self, place: Place, sight: Sighting, facts: HeaderFacts) -> None:
        if isinstance(facts, ModelFacts) and sight.status is not None:
            model = self._found(place, sight, facts)
            self._seen.append(Seen(model, sight.status, facts.header_bytes))
            self._on_found(model)
        elif isinstance(facts, AdapterFacts):
            self._take_adapter(place, sight, facts)
        elif isinstance(facts, Refusal):
            self._refuse(place, sight, facts.error)

    def _found(self, place: Place, sight: Sighting, facts: ModelFacts) -> FoundModel:
        card = _named(with_entry(facts.card, self._entries), sight.name)
        later = (os.fspath(sight.path.with_name(name)) for name in facts.later_parts)
        return FoundModel(
            card=card,
            app=place.app,
            shown_name=sight.name or card.name,
            paths=(card.path, *later),
            modified_utc=_modified_utc(sight.status),
            adapter_paths=tuple(map(shown_path, sight.adapter_paths)),
        )

    def _take_adapter(self, place: Place, sight: Sighting, facts: AdapterFacts) -> None:
        self._refuse(place, sight, facts.error)
        self.adapters.append(
            FoundAdapter(
                card=facts.card,
                app=place.app,
                shown_name=sight.name or facts.card.name,
                modified_utc=_modified_utc(sight.status),
            )
        )

    def _refuse(self, place: Place, sight: Sighting, error: ErrorInfo) -> None:
        if error.kind in _MAY_GROW and sight.status is not None:
            self.growing[os.fspath(sight.path)] = sight.status.st_mtime_ns
        self._put_aside(
            SetAside(
                app=place.app,
                why=why_aside(error),
                error=error,
                size_bytes=size_of(sight.status),
                shown_name=sight.name,
            ),
            sight.status,
        )

    def _put_aside(self, one: SetAside, status: os.stat_result | None = None) -> None:
        """Note what is set aside; each file once, and all orphaned parts of one model once."""
        what: object = one.error.subject
        part = one.error.facts.get("part")
        if one.why is WhyAside.PART_MISSING and part:
            what = Path(one.error.subject).with_name(str(part))
        elif status is not None and status.st_ino:
            what = (status.st_dev, status.st_ino)
        if what not in self._told:
            self._told.add(what)
            self.apart.append(one)


def _is_text(path: Path) -> bool:
    return shown_path(path) == os.fspath(path)


def _script_facts(path: Path) -> HeaderFacts:
    try:
        return ModelFacts(card=read_scripted_card(path), header_bytes=0)
    except ModelFileError as error:
        return Refusal(error=error.info, is_lasting=False)


def _named(card: ModelCard, name: str) -> ModelCard:
    """Return the card with the program's name, if the file's own tells nothing: a checksum."""
    if not name or is_telling(Path(card.path).name):
        return card
    return msgspec.structs.replace(card, name=name_by(name, card.name))


def _modified_utc(status: os.stat_result | None) -> str | Unavailable:
    if status is None:
        return NOT_ASKED
    try:
        date = datetime.datetime.fromtimestamp(status.st_mtime, datetime.UTC)
    except (OverflowError, OSError, ValueError):
        return Unavailable(reason="the disk tells an impossible date")
    return date.isoformat(timespec="seconds")


def _order(model: FoundModel) -> tuple[int, str, str]:
    return model.card.size_bytes, model.card.name.lower(), model.card.path
