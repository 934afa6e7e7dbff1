"""Writes packs for spreadsheets and other programs."""

import contextlib
from pathlib import Path

from large_enough.cli import exit_codes
from large_enough.cli.output import remarks, results, say, say_error
from large_enough.cli.packs_faults import print_faults
from large_enough.cli.packs_import import not_kept
from large_enough.cli.packs_named import named_pack
from large_enough.cli.packs_show import exit_code
from large_enough.domain.errors import LargeEnoughError
from large_enough.packs.exporting import SUFFIXES, Exported, ExportForm, export_pack
from large_enough.packs.shelf import Shelf, pack_id
from large_enough.resources.new_file import NewFile
from large_enough.wording.translate import _


def export_to(
    shelf: Shelf, name: str, form: ExportForm, output: Path | None, *, may_replace: bool
) -> int:
    """Write a pack in another form, and say what that form cannot express.

    Args:
        shelf: Where packs lie.
        name: Id or file of the pack.
        form: The other form.
        output: Where to write; None for a file of the pack's name in the current folder.
        may_replace: Whether files that are there may be replaced.

    Returns:
        0; 1 if the pack has faults or a file cannot be written; 2 if there is no such pack.
    """
    try:
        pack = named_pack(shelf, name).pack
        path = (output or Path(pack_id(pack.id) + SUFFIXES[form])).expanduser()
        exported = export_pack(pack, form, path.name)
        _write(exported, path.parent, may_replace=may_replace)
    except LargeEnoughError as error:
        say_error(error.info)
        return exit_code(error)
    print_faults(remarks(), _("What this form cannot express:"), exported.notes)
    for file in exported.files:
        say(results(), _("Written: {path}"), path=path.parent / file)
    return exit_codes.DONE


def _write(exported: Exported, folder: Path, *, may_replace: bool) -> None:
    """Write all files, once there is room for each of them.

    Raises:
        RequestError: PACK_NOT_KEPT.
    """
    with contextlib.ExitStack() as stack:
        path = folder
        try:
            files = []
            for name, content in exported.files.items():
                path = folder / name
                files.append((stack.enter_context(NewFile(path, may_replace=may_replace)), content))
            for file, content in files:
                file.finish(content)
        except OSError as error:
            raise not_kept(path, error) from error
