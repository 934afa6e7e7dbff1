"""Shows the models that are here and those that could be."""

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
from rich.console import Console
from rich.text import Text

from large_enough.catalog.catalogue import CatalogueEntry
from large_enough.catalog.scan import Scan
from large_enough.cli.models_table import Row, Section, entry_row, model_row, print_sections
from large_enough.cli.output import print_json, results
from large_enough.cli.wanted_kind import ANY_KIND, WantedKind
from large_enough.comparison.model_search import ModelSearch
from large_enough.domain.found_model import (
    FoundAdapter,
    FoundModel,
    ModelApp,
    SetAside,
    WhyAside,
)
from large_enough.domain.quantity import Unavailable
from large_enough.domain.text import harmless_line
from large_enough.wording.failures import explain
from large_enough.wording.program_names import PROGRAM_NAMES
from large_enough.wording.translate import _

JSON_SCHEMA_VERSION = 1
"""Of the object that `--json` prints."""


def show_models(
    search: ModelSearch,
    entries: Sequence[CatalogueEntry],
    *,
    as_json: bool,
    kind: WantedKind = ANY_KIND,
) -> None:
    """Print what is on this disk, what is set aside, and what could be fetched.

    Args:
        search: Looks at the disk.
        entries: The catalogue.
        as_json: Whether to print JSON.
        kind: Models of another kind are left out.
    """
    scan = kind.of_scan(search.scan(), entries)
    entries = kind.of_entries(entries)
    if as_json:
        print_json(_document(search, scan, entries))
        return
    console = results()
    print_sections(console, _sections(search, scan, entries))
    _show_adapters(console, scan.adapters)
    _show_set_aside(console, [one for one in scan.apart if one.why is not WhyAside.ADAPTER])


def _sections(search: ModelSearch, scan: Scan, entries: Sequence[CatalogueEntry]) -> list[Section]:
    """Return our own folder with what could be fetched into it, then all other keepers."""
    offered = [model for model in scan.found if not model.is_repeat]
    here = {card.catalog_id for card in scan.cards}
    folder = search.models_folder
    rows = [model_row(model, folder) for model in offered if model.app is ModelApp.OWN]
    rows += [entry_row(entry) for entry in entries if entry.id not in here]
    heading = _("Models in {folder}").format(folder=harmless_line(str(folder)))
    others = [_section(app, offered) for app in ModelApp if app is not ModelApp.OWN]
    return [Section(heading, tuple(rows)), *(section for section in others if section.rows)]


def _section(app: ModelApp, offered: Iterable[FoundModel]) -> Section:
    rows: tuple[Row, ...] = tuple(model_row(model) for model in offered if model.app is app)
    if app in PROGRAM_NAMES:
        return Section(_("Models of {program}").format(program=PROGRAM_NAMES[app]), rows)
    return Section(_("Models that you added"), rows)


def _show_adapters(console: Console, adapters: Sequence[FoundAdapter]) -> None:
    if not adapters:
        return
    console.print()
    console.print(Text(_("Adapters, each for models of one kind:")))
    for adapter in adapters:
        fits = adapter.card.base_model
        if isinstance(fits, Unavailable):
            fits = adapter.card.architecture
        words = [adapter.shown_name, *([fits] if isinstance(fits, str) else []), adapter.card.path]
        console.print(Text(harmless_line(" · ".join(words)), style="dim"), soft_wrap=True)


def _show_set_aside(console: Console, apart: Sequence[SetAside]) -> None:
    if not apart:
        return
    console.print()
    console.print(Text(_("Set aside:")))
    for one in apart:
        keeper = PROGRAM_NAMES.get(one.app, "")
        named = " ".join(word for word in (keeper, one.shown_name) if word)
        happened = explain(one.error).happened
        line = f"{named}: {happened}" if named else happened
        console.print(Text(harmless_line(line), style="dim"))


def _document(search: ModelSearch, scan: Scan, entries: Sequence[CatalogueEntry]) -> dict[str, Any]:
    here = {card.catalog_id for card in scan.cards}
    catalogue = [{**msgspec.to_builtins(entry), "is_here": entry.id in here} for entry in entries]
    return {
        "schema_version": JSON_SCHEMA_VERSION,
        "folder": str(search.models_folder),
        "models": [_with_card(model) for model in scan.found if not model.is_repeat],
        "adapters": [_with_card(adapter) for adapter in scan.adapters],
        "set_aside": [_with_error(one) for one in scan.apart],
        "catalogue": catalogue,
    }


def _with_card(found: FoundModel | FoundAdapter) -> dict[str, Any]:
    """Return what the header says and, beside it, what is known of the place."""
    place: dict[str, Any] = msgspec.to_builtins(found)
    card: dict[str, Any] = place.pop("card")
    return {**card, **place}


def _with_error(one: SetAside) -> dict[str, Any]:
    place: dict[str, Any] = msgspec.to_builtins(one)
    error: dict[str, Any] = place.pop("error")
    return {**error, **place}
