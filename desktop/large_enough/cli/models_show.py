"""Shows everything that is known about one model."""

from pathlib import Path
from typing import Any

import msgspec
from rich.cells import cell_len
from rich.text import Text

from large_enough.catalog.model_sheet import ModelSheet, sheet_of
from large_enough.cli import exit_codes
from large_enough.cli.interruption import interruptible
from large_enough.cli.model_facts import Fact, entry_facts, sheet_facts
from large_enough.cli.models_room import ModelsRoom
from large_enough.cli.output import print_json, results, say_error
from large_enough.domain.errors import FailureKind, LargeEnoughError, RequestError
from large_enough.domain.quantity import Unavailable
from large_enough.domain.text import harmless_line

JSON_SCHEMA_VERSION = 1
"""Of the object that `--json` prints."""


def show_model(room: ModelsRoom, name: str, *, as_json: bool, wants_sha256: bool) -> int:
    """Print the card of a model that is here, or of one of the catalogue.

    Args:
        room: Where to look.
        name: As `resolve` takes it.
        as_json: Whether to print JSON.
        wants_sha256: Whether to compute the SHA-256 of its first file, which can take a while.

    Returns:
        0; 1 if its file cannot be used; 2 if there is no such model; 130 after Ctrl-C.
    """
    try:
        (card,) = room.resolve([name])
        sheet = sheet_of(card, room.folder, room.entries)
        if wants_sha256:
            sheet = _with_sha256(room, sheet)
    except LargeEnoughError as error:
        return _show_entry(room, error, as_json=as_json)
    if as_json:
        print_json({"schema_version": JSON_SCHEMA_VERSION, **msgspec.to_builtins(sheet)})
    else:
        _print(list(sheet_facts(sheet)))
    is_cut = wants_sha256 and isinstance(sheet.card.sha256, Unavailable)
    return exit_codes.INTERRUPTED if is_cut else exit_codes.DONE


def _with_sha256(room: ModelsRoom, sheet: ModelSheet) -> ModelSheet:
    with interruptible() as interruption:
        path = Path(sheet.card.path)
        found = room.hashes().sha256_of(path, lambda _share: None, interruption.is_wanted)
    if found is None:
        return sheet
    return msgspec.structs.replace(sheet, card=msgspec.structs.replace(sheet.card, sha256=found))


def _show_entry(room: ModelsRoom, error: LargeEnoughError, *, as_json: bool) -> int:
    """Show what the catalogue says about a model that is not here; else say what is wrong."""
    wanted = error.info.facts.get("catalogue_id")
    entry = next((entry for entry in room.entries if entry.id == wanted), None)
    if error.info.kind is not FailureKind.UNKNOWN_MODEL or entry is None:
        say_error(error.info)
        return exit_codes.USAGE if isinstance(error, RequestError) else exit_codes.FAILED
    if as_json:
        document: dict[str, Any] = {"entry": msgspec.to_builtins(entry), "is_here": False}
        print_json({"schema_version": JSON_SCHEMA_VERSION, **document})
    else:
        _print(list(entry_facts(entry)))
    return exit_codes.DONE


def _print(facts: list[Fact]) -> None:
    width = max(cell_len(heading) for heading, _value in facts)
    for heading, value in facts:
        blanks = " " * (width - cell_len(heading))
        line = Text(f"{heading}{blanks}   ", style="bold")
        line.append(harmless_line(value), style="not bold")
        results().print(line, soft_wrap=True)
