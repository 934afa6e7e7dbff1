"""Finds the models of Ollama, and of programs that keep them in the same way.

    manifests/HOST/NAMESPACE/MODEL/TAG      JSON, lists the layers of a model; before 2026
    manifests-v2/HOST/NAMESPACE/MODEL/TAG   the same, usually a link to a blob; looked at first
    blobs/sha256-HEX                        layers, and manifests of the newer kind
    blobs/sha256-HEX-partial                a layer whose download has not ended

A manifest may also be a list of manifests, one for each engine, either whole or as the digest of a
blob. The format is that of Ollama's own sources, manifest/manifest.go, manifest/paths.go and
server/download.go.
"""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from large_enough.catalog.disk import Disk, Unreadable, status_of
from large_enough.catalog.places.notes import UnusableNoteError, read_note
from large_enough.catalog.places.place import (
    Place,
    Sight,
    Sighting,
    unfinished,
    unreadable,
    unusable_note,
)
from large_enough.domain.text import harmless_line, to_translate

_MANIFEST_FOLDERS = ("manifests-v2", "manifests")
_NAME_PARTS = 4
_DIGEST = re.compile(r"sha256[:-]([0-9a-fA-F]{64})")
_UNFINISHED = re.compile(r"sha256-[0-9a-f]{64}[-.]partial")

_LIST_TYPE = "application/vnd.ollama.manifest.list.v2+json"
_MANIFEST_TYPES = ("", "application/vnd.docker.distribution.manifest.v2+json")
_MODEL_TYPE = "application/vnd.ollama.image.model"
_PROJECTOR_TYPE = "application/vnd.ollama.image.projector"
_ADAPTER_TYPE = "application/vnd.ollama.image.adapter"
_ENGINES = ("ollama", "llamacpp", "")  # those that run GGUF files, the usual one first
_FORMATS = ("gguf", "")

_USUAL_HOST, _USUAL_NAMESPACE = "registry.ollama.ai", "library"


class _Layer(msgspec.Struct, rename="camel"):
    """A blob that belongs to a model."""

    media_type: str = ""
    digest: str = ""


class _Manifest(msgspec.Struct, rename="camel"):
    """A model, a list of models, or the digest of either."""

    media_type: str = ""
    layers: list[_Layer] | None = None
    manifests: list["_Manifest"] | None = None
    digest: str = ""
    runner: str = ""
    format: str = ""


def is_ollama_folder(folder: Path) -> bool:
    """Return whether a folder holds manifests and blobs."""
    has_manifests = any((folder / name).is_dir() for name in _MANIFEST_FOLDERS)
    return has_manifests and (folder / "blobs").is_dir()


def ollama_sights(place: Place, disk: Disk) -> Iterator[Sight]:
    """Yield the layers of all models, then unfinished downloads."""
    listing = disk.listing(place.folder)
    if isinstance(listing, Unreadable):
        yield unreadable(place, listing)
        return
    seen: set[str] = set()
    for folder in _MANIFEST_FOLDERS:
        for member in disk.files(place.folder / folder, _NAME_PARTS - 1, _is_visible):
            if isinstance(member, Unreadable):
                yield unreadable(place, member)
                continue
            parts = member.path.relative_to(place.folder / folder).parts
            name = _shown_name(parts) if len(parts) == _NAME_PARTS else ""
            if name and name not in seen:
                seen.add(name)
                yield from _model(place, member.path, name)
    yield from _unfinished_blobs(place, disk)


def _is_visible(name: str) -> bool:
    return not name.startswith(".")


def _shown_name(parts: Sequence[str]) -> str:
    """Return the name as Ollama shortens it: what is usual is left out."""
    host, namespace, model, tag = parts
    name = f"{model}:{tag}"
    if host != _USUAL_HOST:
        name = f"{host}/{namespace}/{name}"
    elif namespace != _USUAL_NAMESPACE:
        name = f"{namespace}/{name}"
    return harmless_line(name)


def _model(place: Place, path: Path, name: str) -> Iterator[Sight]:
    """Yield the layers of one model."""
    try:
        manifest = _runnable(place, _read(path))
        layers = (manifest.layers or []) if manifest is not None else []
        blobs = {
            media_type: [
                _blob(place, layer.digest) for layer in layers if layer.media_type == media_type
            ]
            for media_type in (_MODEL_TYPE, _PROJECTOR_TYPE, _ADAPTER_TYPE)
        }
    except UnusableNoteError as error:
        yield unusable_note(place, path, str(error), name)
        return
    adapters = tuple(blobs[_ADAPTER_TYPE])
    for blob in blobs[_MODEL_TYPE]:
        yield Sighting(blob, status_of(blob), name, adapters)
    for blob in (*blobs[_PROJECTOR_TYPE], *adapters):
        yield Sighting(blob, status_of(blob), name)


def _read(path: Path) -> _Manifest:
    """Read a manifest.

    Raises:
        UnusableNoteError: It makes no sense.
    """
    try:
        return msgspec.json.decode(read_note(path), type=_Manifest)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise UnusableNoteError(to_translate("it is no manifest of a model")) from error


def _runnable(place: Place, manifest: _Manifest) -> _Manifest | None:
    """Return the manifest itself, or that of a list which llama.cpp can run; None if there is none.

    Raises:
        UnusableNoteError: The manifest that a list leads to makes no sense.
    """
    if manifest.media_type != _LIST_TYPE:
        return manifest if _is_for_llama(manifest) else None
    for engine in _ENGINES:
        for child in manifest.manifests or []:
            is_meant = child.runner.lower() == engine and child.media_type in _MANIFEST_TYPES
            if is_meant and _is_for_llama(child):
                return child if child.layers else _read(_blob(place, child.digest))
    return None


def _is_for_llama(manifest: _Manifest) -> bool:
    return manifest.runner.lower() in _ENGINES and manifest.format.lower() in _FORMATS


def _blob(place: Place, digest: str) -> Path:
    """Return where a blob lies: always in the folder of blobs, whatever the digest says.

    Raises:
        UnusableNoteError: The digest is none.
    """
    match = _DIGEST.fullmatch(digest)
    if match is None:
        raise UnusableNoteError(to_translate("it names a file by something else than a checksum"))
    return place.folder / "blobs" / f"sha256-{match[1].lower()}"


def _unfinished_blobs(place: Place, disk: Disk) -> Iterator[Sight]:
    for member in disk.files(place.folder / "blobs", 0, _is_unfinished_blob):
        if isinstance(member, Unreadable):
            yield unreadable(place, member)
        else:
            yield unfinished(place, *member)


def _is_unfinished_blob(name: str) -> bool:
    return _UNFINISHED.fullmatch(name) is not None
