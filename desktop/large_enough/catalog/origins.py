"""Remembers where the files of a models folder came from, in one small file inside it."""

import contextlib
from pathlib import Path, PurePosixPath
from typing import Literal

import msgspec

from large_enough.catalog.fetch import Arrival
from large_enough.catalog.job import UNFINISHED_SUFFIX
from large_enough.catalog.sources import HuggingFaceSource, WheelsSource, source_text
from large_enough.domain.clock import Clock
from large_enough.resources.files import replace_file
from large_enough.resources.lock import file_lock
from large_enough.wording.translate import _

FILE_NAME = "fetched.json"
"""Name of the file; it lies in the models folder and goes along when that is copied."""
BROKEN_SUFFIX = ".broken"
"""Added to the name of a file that could not be understood; the newest one is kept."""

_LONGEST_FILE_BYTES = 8 << 20


class Origin(msgspec.Struct, frozen=True, kw_only=True):
    """Where one file came from."""

    source: Literal["huggingface", "wheels"]
    """What kind of place it is."""
    repository: str = ""
    """Owner and name on the Hugging Face Hub; empty for other sources."""
    file: str = ""
    """Path inside the repository; empty for other sources."""
    package: str = ""
    """The first of the wheels; empty for other sources."""
    revision: str = ""
    """Commit of the repository; empty where the hub did not tell."""
    sha256: str
    """That the file had when it came, in lower-case hex: the published one."""
    size_bytes: int
    is_pinned: bool
    """Whether that SHA-256 is the catalogue's; else it is the hub's own."""
    date_utc: str
    """When it came, in ISO 8601."""


class _Document(msgspec.Struct, kw_only=True):
    """The whole content of the file."""

    schema_version: int = 1
    files: dict[str, Origin] = {}
    """By path below the models folder, with forward slashes."""


class Origins:
    """Origins of the files in one models folder."""

    def __init__(self, models: Path) -> None:
        self._models = models.absolute()

    def of(self, path: Path) -> Origin | None:
        """Return where a file came from; None if that is not recorded."""
        key = self._key(path)
        return None if key is None else self._read().files.get(key)

    def record(self, arrival: Arrival, clock: Clock, *, is_pinned: bool) -> None:
        """Note where a file came from that has just come and was verified.

        A disk that refuses the note does not make the file worse: nothing is raised.

        Args:
            arrival: What came.
            clock: For the date.
            is_pinned: Whether the catalogue has the checksum.
        """
        key = self._key(arrival.path)
        if key is not None:
            origin = _origin(arrival, clock, is_pinned=is_pinned)
            with contextlib.suppress(OSError):
                self._change({key: origin})

    def forget(self, path: Path) -> None:
        """Drop the note about a file; nothing is raised, as above."""
        key = self._key(path)
        if key is not None:
            with contextlib.suppress(OSError):
                self._change({key: None})

    def _key(self, path: Path) -> str | None:
        path = path.absolute()
        if not path.is_relative_to(self._models):
            return None
        return str(PurePosixPath(*path.relative_to(self._models).parts))

    def _change(self, changes: dict[str, Origin | None]) -> None:
        lock = self._models / f"{FILE_NAME}.lock{UNFINISHED_SUFFIX}"
        with file_lock(lock, lambda: False, lambda: None):
            document = self._read()
            for key, origin in changes.items():
                document.files.pop(key, None)
                if origin is not None:
                    document.files[key] = origin
            self._keep_broken()
            text = msgspec.json.format(msgspec.json.encode(document), indent=2) + b"\n"
            replace_file(self._models, FILE_NAME, text)

    def _read(self) -> _Document:
        """Return what the file holds; nothing if it is missing or damaged."""
        try:
            return self._decoded()
        except (OSError, msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
            return _Document()

    def _decoded(self) -> _Document:
        with (self._models / FILE_NAME).open("rb") as file:
            return msgspec.json.decode(file.read(_LONGEST_FILE_BYTES), type=_Document)

    def _keep_broken(self) -> None:
        """Put a damaged file aside before it is replaced."""
        try:
            self._decoded()
        except FileNotFoundError:
            return
        except (OSError, msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
            path = self._models / FILE_NAME
            path.replace(path.with_name(FILE_NAME + BROKEN_SUFFIX))


def origin_text(origin: Origin) -> str:
    """Return where a file came from in words, for example "Hugging Face, Qwen/Qwen3-4B-GGUF"."""
    if origin.source == "huggingface":
        source = HuggingFaceSource(repository=origin.repository, file=origin.file)
        return source_text(source)
    return _("the Python package index, {package}").format(package=origin.package)


def _origin(arrival: Arrival, clock: Clock, *, is_pinned: bool) -> Origin:
    whole = Origin(
        source="wheels",
        revision=arrival.revision,
        sha256=arrival.file.sha256,
        size_bytes=arrival.file.size_bytes,
        is_pinned=is_pinned,
        date_utc=clock.utc_now().isoformat(timespec="seconds"),
    )
    match arrival.source:
        case HuggingFaceSource(repository=repository, file=file):
            return msgspec.structs.replace(
                whole, source="huggingface", repository=repository, file=file
            )
        case WheelsSource(parts=parts):
            return msgspec.structs.replace(whole, package=parts[0].package)
