"""Makes packs of spreadsheets and of other programs' files."""

import sys
from pathlib import Path

import msgspec

from large_enough.cli import exit_codes
from large_enough.cli.output import print_json, remarks, results, say, say_error
from large_enough.cli.packs_faults import fault_documents, print_faults
from large_enough.domain.errors import FailureKind, LargeEnoughError, RequestError
from large_enough.domain.pack import Pack
from large_enough.packs.importing import Imported, read_questions
from large_enough.packs.limits import MOST_FILE_BYTES
from large_enough.packs.shelf import Shelf, file_name, pack_id
from large_enough.packs.writing import pack_json
from large_enough.resources.new_file import NewFile
from large_enough.wording.numbers import count_text
from large_enough.wording.translate import _, ngettext

JSON_SCHEMA_VERSION = 1
"""Of the object that `--json` prints."""
_STANDARD_INPUT = "-"
PACK_FILE_SUFFIX = ".json"


class ImportRequest(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody wants a pack of."""

    path: Path
    """The file, "-" for standard input."""
    title: str
    """Of the pack; empty for one made of the file's name."""
    target: str | None
    """Id of the pack, or a path to write it to; None for an id made of the title."""
    sheet: str
    """Of a spreadsheet; empty for the first one that is not empty."""
    leaves_out_faulty: bool
    may_replace: bool
    as_json: bool


def import_pack(shelf: Shelf, request: ImportRequest) -> int:
    """Make a pack, and say what was guessed, looks damaged, or cannot be used.

    Returns:
        0; 1 if rows are faulty and may not be left out, or the pack could not be kept.
    """
    imported = _read(request)
    pack = imported.pack if request.leaves_out_faulty or not imported.faults else None
    place: Path | None = None
    try:
        if pack is not None:
            pack = _called(pack, request.target)
            place = keep_pack(shelf, pack, request.target or "", may_replace=request.may_replace)
    except LargeEnoughError as error:
        say_error(error.info)
        return exit_codes.FAILED
    if request.as_json:
        print_json(_document(imported, place))
    else:
        _tell(imported, pack, place)
    return exit_codes.FAILED if place is None else exit_codes.DONE


def _read(request: ImportRequest) -> Imported:
    if str(request.path) != _STANDARD_INPUT:
        return read_questions(request.path, title=request.title, sheet=request.sheet)
    content = sys.stdin.buffer.read(MOST_FILE_BYTES + 1)
    return read_questions(content, title=request.title, sheet=request.sheet)


def _called(pack: Pack, target: str | None) -> Pack:
    """Return a pack under the id that was wished for."""
    if target is None or target.endswith(PACK_FILE_SUFFIX):
        return pack
    return msgspec.structs.replace(pack, id=pack_id(target))


def keep_pack(shelf: Shelf, pack: Pack, target: str, *, may_replace: bool) -> Path:
    """Write a pack to the user's folder, or where it was wished for.

    Args:
        shelf: The packs that are here.
        pack: The pack.
        target: A path that ends in .json; anything else means the user's folder.
        may_replace: Whether a file that is there may be replaced.

    Raises:
        RequestError: PACK_NOT_KEPT.
    """
    if not target.endswith(PACK_FILE_SUFFIX):
        path = shelf.own_folder / file_name(pack.id)
        if path.exists() and not may_replace:
            raise RequestError(FailureKind.PACK_NOT_KEPT, str(path), problem=already_there())
        return shelf.save(pack)
    path = Path(target).expanduser()
    try:
        with NewFile(path, may_replace=may_replace) as file:
            file.finish(pack_json(pack))
    except OSError as error:
        raise not_kept(path, error) from error
    return path


def not_kept(path: Path, error: OSError) -> RequestError:
    """Return the error that tells why a file could not be written."""
    reason = already_there() if isinstance(error, FileExistsError) else error.strerror or str(error)
    return RequestError(FailureKind.PACK_NOT_KEPT, str(path), problem=reason)


def already_there() -> str:
    """Return why a file is not replaced, as a part of a sentence."""
    return _("it is there already; --force replaces it")


def _tell(imported: Imported, pack: Pack | None, place: Path | None) -> None:
    print_faults(remarks(), _("Not usable:"), imported.faults)
    print_faults(remarks(), _("Notes:"), imported.notes)
    if imported.other_sheets:
        say(remarks(), _("Another sheet can be read with --sheet NAME."))
    if pack is not None and place is not None:
        template = ngettext(
            "{count} question is in the pack “{id}”: {path}",
            "{count} questions are in the pack “{id}”: {path}",
            len(pack.items),
        )
        say(results(), template, count=count_text(len(pack.items)), id=pack.id, path=place)
    elif imported.pack is not None:
        say(
            remarks(),
            _("Nothing was kept. Correct these rows, or leave them out with --leave-out-faulty."),
        )
    else:
        say(remarks(), _("Nothing was kept."))


def _document(imported: Imported, place: Path | None) -> dict[str, object]:
    return {
        "schema_version": JSON_SCHEMA_VERSION,
        "path": None if place is None else str(place),
        "sheet": imported.sheet,
        "other_sheets": list(imported.other_sheets),
        "item_count": 0 if imported.pack is None else len(imported.pack.items),
        "faults": fault_documents(imported.faults),
        "notes": fault_documents(imported.notes),
    }
