"""Shows the packs that are here."""

from collections.abc import Sequence

from rich.cells import cell_len
from rich.text import Text

from large_enough.cli import exit_codes
from large_enough.cli.output import print_json, results
from large_enough.domain.pack import Pack
from large_enough.domain.text import harmless_line
from large_enough.packs.health import health
from large_enough.packs.shelf import Shelf, ShelvedPack
from large_enough.packs.writing import pack_sha256
from large_enough.wording.failures import explain
from large_enough.wording.numbers import count_text
from large_enough.wording.translate import _

JSON_SCHEMA_VERSION = 1
"""Of the object that `--json` prints."""
_GAP = "   "
_NUMBER_COLUMNS = frozenset({2, 3})


def show_packs(shelf: Shelf, *, as_json: bool) -> int:
    """Print the packs that come with the program, then the user's.

    Returns:
        0, also if some are damaged: those are set aside and said to be.
    """
    packs = shelf.packs()
    if as_json:
        print_json(_document(shelf, packs))
        return exit_codes.DONE
    shipped = [one for one in packs if one.is_shipped and one.pack is not None]
    own = [one for one in packs if not one.is_shipped and one.pack is not None]
    _section(_("Packs that come with the program"), shipped)
    _section(_("Your packs in {folder}").format(folder=str(shelf.own_folder)), own)
    _show_set_aside([one for one in packs if one.pack is None])
    return exit_codes.DONE


def _section(heading: str, packs: Sequence[ShelvedPack]) -> None:
    console = results()
    console.print(Text(harmless_line(heading)), soft_wrap=True)
    if not packs:
        console.print(Text(_GAP + _("none yet"), style="dim"))
    else:
        rows = [_headings(), *(_cells(one.pack) for one in packs if one.pack is not None)]
        widths = [max(cell_len(row[column]) for row in rows) for column in range(len(rows[0]))]
        for number, row in enumerate(rows):
            style = "" if number else "bold"
            console.print(Text(_aligned(row, widths), style=style), soft_wrap=True)
    console.print()


def _headings() -> tuple[str, ...]:
    return ("id", _("title"), _("questions"), _("kinds"), _("language"), _("version"))


def _cells(pack: Pack) -> tuple[str, ...]:
    found = health(pack)
    cells = (
        pack.id,
        pack.title,
        count_text(found.graded_count),
        count_text(found.group_count),
        pack.language,
        pack.version,
    )
    return tuple(map(harmless_line, cells))


def _aligned(cells: Sequence[str], widths: Sequence[int]) -> str:
    """Return the cells in columns, numbers to the right."""
    padded = []
    for column, (cell, width) in enumerate(zip(cells, widths, strict=True)):
        blank = " " * (width - cell_len(cell))
        padded.append(blank + cell if column in _NUMBER_COLUMNS else cell + blank)
    return (_GAP + _GAP.join(padded)).rstrip()


def _show_set_aside(packs: Sequence[ShelvedPack]) -> None:
    if not packs:
        return
    results().print(Text(_("Set aside:")))
    for one in packs:
        if one.error is not None:
            line = Text(_GAP + harmless_line(explain(one.error).happened), style="dim")
            results().print(line, soft_wrap=True)


def _document(shelf: Shelf, packs: Sequence[ShelvedPack]) -> dict[str, object]:
    return {
        "schema_version": JSON_SCHEMA_VERSION,
        "folder": str(shelf.own_folder),
        "packs": [_entry(one, one.pack) for one in packs if one.pack is not None],
        "set_aside": [
            {"path": one.path, "problem": explain(one.error).happened}
            for one in packs
            if one.error is not None
        ],
    }


def _entry(one: ShelvedPack, pack: Pack) -> dict[str, object]:
    return {
        "id": pack.id,
        "title": pack.title,
        "version": pack.version,
        "language": pack.language,
        "domain": pack.domain,
        "licence": pack.licence,
        "item_count": len(pack.items),
        "graded_count": len(pack.graded_items),
        "path": one.path,
        "is_shipped": one.is_shipped,
        "sha256": pack_sha256(pack),
    }
