"""Compares model files with their published checksums, telling the outcome."""

import contextlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import msgspec

from large_enough.catalog.origins import Origins
from large_enough.catalog.verify import (
    FileVerdict,
    KnownBy,
    Verdict,
    expected_sha256,
    files_of,
    verify_file,
)
from large_enough.cli import exit_codes
from large_enough.cli.interruption import Interruption, interruptible
from large_enough.cli.models_room import ModelsRoom
from large_enough.cli.output import print_json, remarks, results, say, say_error
from large_enough.cli.progress_bar import progress_bar
from large_enough.domain.errors import LargeEnoughError, RequestError
from large_enough.domain.model_card import BackendKind, ModelCard
from large_enough.wording.numbers import share_text
from large_enough.wording.translate import _

JSON_SCHEMA_VERSION = 1
"""Of the object that `--json` prints."""


def verify_models(room: ModelsRoom, names: Sequence[str], *, as_json: bool) -> int:
    """Verify the named models, or all that are here.

    Returns:
        0 if none differs; 1 if one does or cannot be read; 2 if there is no such model; 130 after
        Ctrl-C.
    """
    try:
        cards = _wanted(room, names)
    except LargeEnoughError as error:
        say_error(error.info)
        return exit_codes.USAGE if isinstance(error, RequestError) else exit_codes.FAILED
    with interruptible() as interruption:
        verdicts, is_readable = _verify(room, cards, interruption, as_json=as_json)
    if as_json:
        files = msgspec.to_builtins(verdicts)
        print_json({"schema_version": JSON_SCHEMA_VERSION, "files": files})
    if interruption.has_come:
        return exit_codes.INTERRUPTED
    is_good = is_readable and all(verdict.verdict is not Verdict.DIFFERENT for verdict in verdicts)
    return exit_codes.DONE if is_good else exit_codes.FAILED


def _wanted(room: ModelsRoom, names: Sequence[str]) -> list[ModelCard]:
    cards = room.resolve(names) if names else room.files()
    return [card for card in cards if card.backend is BackendKind.LLAMA]


def _files(cards: Sequence[ModelCard]) -> list[tuple[ModelCard, Path]]:
    """Return all files, each with its model."""
    return [(card, path) for card in cards for path in files_of(card)]


def _verify(
    room: ModelsRoom, cards: Sequence[ModelCard], interruption: Interruption, *, as_json: bool
) -> tuple[list[FileVerdict], bool]:
    """Return what was found, and whether all files could be read."""
    origins, hashes = Origins(room.folder), room.hashes()
    verdicts: list[FileVerdict] = []
    is_readable = True
    for card, path in _files(cards):
        expected = expected_sha256(path, card, origins, room.entries)
        try:
            with _bar(path.name) as on_progress:
                found = verify_file(path, expected, hashes, on_progress, interruption.is_wanted)
        except LargeEnoughError as error:
            say_error(error.info)
            is_readable = False
            continue
        if found is None:
            break
        verdicts.append(found)
        if not as_json:
            _tell(found)
    return verdicts, is_readable


def _tell(found: FileVerdict) -> None:
    say(
        results(),
        _template(found),
        path=found.path,
        sha256=str(found.sha256),
        expected=str(found.expected_sha256),
    )


def _template(found: FileVerdict) -> str:
    match found.verdict:
        case Verdict.INTACT:
            if found.known_by is KnownBy.CATALOGUE:
                return _("{path}: intact, as the catalogue has it")
            return _("{path}: intact, as it was when it was fetched")
        case Verdict.DIFFERENT:
            return _("{path}: NOT the published file; its SHA-256 is {sha256}, not {expected}")
        case Verdict.NO_CHECKSUM:
            return _("{path}: no checksum is known, so that nothing can be said")


@contextlib.contextmanager
def _bar(name: str) -> Iterator[Callable[[float], None]]:
    """Show how far reading a file is; only in a terminal."""
    console = remarks()
    if not console.is_terminal:
        yield lambda _share: None
        return
    with progress_bar(console) as progress:
        task = progress.add_task(Path(name).name, total=1.0, detail="")
        yield lambda share: progress.update(task, completed=share, detail=share_text(share))
