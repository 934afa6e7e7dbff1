"""Remembers what the headers of model files say, as long as the files do not change."""

import contextlib
import functools
import os
import threading
from pathlib import Path

import msgspec

from large_enough import __version__
from large_enough.catalog.header_facts import (
    FileState,
    HeaderFacts,
    ModelFacts,
    Refusal,
    read_facts,
)
from large_enough.domain.clock import Clock, SystemClock
from large_enough.gguf.fingerprint import weights_fingerprint
from large_enough.resources.files import replace_file

CACHE_FILE_NAME = "model-headers.json"
"""Name of the cache file in the user's cache folder."""
SCHEMA_VERSION = 1
"""Changes when what is remembered changes its meaning; another version is thrown away."""
MOST_REMEMBERED = 10_000
"""So many files are remembered, those that were looked at last."""

_LONGEST_CACHE_BYTES = 64 << 20
_SETTLED_NS = 3_000_000_000
"""A file written within the last three seconds may change once more without its time changing:
FAT counts in steps of two seconds. So it is not remembered yet."""


class _Remembered(msgspec.Struct, kw_only=True):
    """One file as it was when it was read."""

    state: FileState
    facts: HeaderFacts
    fingerprint: str = ""
    """Of `gguf.fingerprint.weights_fingerprint`; empty until it is needed."""


class _Cache(msgspec.Struct, kw_only=True):
    """The whole content of the cache file."""

    schema_version: int = SCHEMA_VERSION
    program_version: str = __version__
    files: dict[str, _Remembered] = {}


class HeaderCache:
    """Facts of model files by path, size, time of change and inode. May be used by any thread.

    The cache file is read when something is first asked, and written by `save`. One that is
    damaged, too large, or of another version of the program is as good as none.
    """

    def __init__(self, cache_file: Path | None, clock: Clock | None = None) -> None:
        """Begin.

        Args:
            cache_file: Need not exist; None to remember nothing beyond this object.
            clock: Tells when a file was written lately.
        """
        self._cache_file = cache_file
        self._clock = clock or SystemClock()
        self._lock = threading.RLock()
        self._is_changed = False

    def facts_of(self, path: Path, status: os.stat_result) -> HeaderFacts:
        """Return what a file's header says, from memory if the file is as it was.

        Args:
            path: Absolute, of the file or of the first part.
            status: Of the file, asked just now.
        """
        with self._lock:
            remembered = self._remembered(path, FileState.of(status))
        if remembered is not None:
            return remembered.facts
        facts = read_facts(path)
        self._keep(path, status, facts)
        return facts

    def fingerprint_of(self, path: Path, status: os.stat_result, header_bytes: int) -> str:
        """Return the fingerprint of a file; empty if it cannot be read.

        Args:
            path: Absolute, of the file or of the first part.
            status: Of the file, asked just now.
            header_bytes: Where its weights begin.
        """
        with self._lock:
            remembered = self._remembered(path, FileState.of(status))
        if remembered is not None and remembered.fingerprint:
            return remembered.fingerprint
        try:
            found = weights_fingerprint(path, header_bytes)
        except OSError:
            return ""
        if remembered is not None:
            remembered.fingerprint = found
            self._is_changed = True
        return found

    def save(self) -> None:
        """Write the cache file in one step, if there is anything new.

        A cache that cannot be written only makes the next look slower.
        """
        with self._lock:
            if self._cache_file is None or not self._is_changed:
                return
            newest = dict(list(self._files.items())[-MOST_REMEMBERED:])
            content = msgspec.json.encode(_Cache(files=newest))
            self._is_changed = False
        with contextlib.suppress(OSError):
            replace_file(self._cache_file.parent, self._cache_file.name, content)

    def _remembered(self, path: Path, state: FileState) -> _Remembered | None:
        """Return what is known of a file, if it and all its parts are as they were."""
        remembered = self._files.get(os.fspath(path))
        if remembered is None or remembered.state != state:
            return None
        if isinstance(remembered.facts, ModelFacts):
            parts = remembered.facts.later_parts.items()
            if any(_state_of(path.with_name(name)) != part for name, part in parts):
                return None
        self._files[os.fspath(path)] = self._files.pop(os.fspath(path))  # the newest comes last
        return remembered

    def _keep(self, path: Path, status: os.stat_result, facts: HeaderFacts) -> None:
        age_ns = self._clock.utc_now().timestamp() * 1e9 - status.st_mtime_ns
        is_settled = not -_SETTLED_NS < age_ns < _SETTLED_NS
        if is_settled and not (isinstance(facts, Refusal) and not facts.is_lasting):
            with self._lock:
                self._files[os.fspath(path)] = _Remembered(state=FileState.of(status), facts=facts)
                self._is_changed = True

    @functools.cached_property
    def _files(self) -> dict[str, _Remembered]:
        """Return what the cache file holds; nothing if it is missing, damaged or outdated."""
        if self._cache_file is None:
            return {}
        try:
            with self._cache_file.open("rb") as file:
                cache = msgspec.json.decode(file.read(_LONGEST_CACHE_BYTES), type=_Cache)
        except (OSError, msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
            return {}
        is_ours = (cache.schema_version, cache.program_version) == (SCHEMA_VERSION, __version__)
        return cache.files if is_ours else {}


def _state_of(path: Path) -> FileState | None:
    try:
        return FileState.of(path.stat())
    except OSError:
        return None
