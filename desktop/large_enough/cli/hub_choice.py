"""Asks which file of a repository is meant."""

import sys
from collections.abc import Sequence

from rich.text import Text

from large_enough.catalog.repository import Listing
from large_enough.catalog.repository_choice import HubModel
from large_enough.cli.models_wishes import Chooser
from large_enough.cli.output import remarks
from large_enough.domain.text import harmless_line
from large_enough.wording.numbers import bytes_text
from large_enough.wording.translate import _, ngettext


def chooser() -> Chooser | None:
    """Return what asks; None if standard input is no terminal, so that nobody could answer."""
    return ask if sys.stdin is not None and sys.stdin.isatty() else None


def ask(listing: Listing, models: Sequence[HubModel]) -> HubModel | None:
    """List the models with their sizes and read a number; None if none was chosen."""
    console = remarks()
    console.print(Text(_("{repository} holds:").format(repository=listing.repository)))
    for number, model in enumerate(models, start=1):
        console.print(Text(f"{number:>4}  {_line(model)}"), soft_wrap=True)
    if listing.is_cut:
        console.print(Text(_("and more files than can be listed here")))
    console.print(Text(_("Number of the file to fetch (Enter for none): ")), end="")
    try:
        answer = input().strip()
    except EOFError:
        return None
    is_number = answer.isdecimal() and 1 <= int(answer[:6]) <= len(models)
    return models[int(answer[:6]) - 1] if is_number else None


def _line(model: HubModel) -> str:
    parts = [harmless_line(model.path), bytes_text(model.size_bytes)]
    if len(model.files) > 1:
        count = len(model.files)
        parts.append(ngettext("{count} file", "{count} files", count).format(count=count))
    return ", ".join(parts)
