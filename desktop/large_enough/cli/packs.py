"""`large-enough packs`: shows, checks, imports and exports packs of questions."""

import argparse
from collections.abc import Callable, Mapping

from large_enough.cli import (
    packs_build,
    packs_check,
    packs_export,
    packs_import,
    packs_list,
    packs_show,
)
from large_enough.cli.packs_arguments import (
    build_parser,
    check_parser,
    export_parser,
    import_parser,
    list_parser,
    show_parser,
)
from large_enough.packs.exporting import ExportForm
from large_enough.packs.shelf import Shelf
from large_enough.resources.paths import user_folders
from large_enough.wording.translate import _

Action = Callable[[Shelf, argparse.Namespace], int]


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command, its actions and their options."""
    parser = commands.add_parser(
        "packs", help=_("show, check, import and export packs of questions")
    )
    actions = parser.add_subparsers(title=_("actions"), required=True, metavar=_("ACTION"))
    _finish(list_parser(actions), _list)
    _finish(show_parser(actions), _show)
    _finish(check_parser(actions), _check)
    _finish(import_parser(actions), _import)
    _finish(export_parser(actions), _export)
    _finish(build_parser(actions), _build)


def run(arguments: argparse.Namespace, environ: Mapping[str, str]) -> int:
    """Run one action.

    Returns:
        0; 1 if something is wrong with a pack or could not be done; 2 if there is no such pack.
    """
    action: Action = arguments.action
    return action(Shelf.for_user(user_folders(environ).data), arguments)


def _list(shelf: Shelf, arguments: argparse.Namespace) -> int:
    return packs_list.show_packs(shelf, as_json=arguments.json)


def _show(shelf: Shelf, arguments: argparse.Namespace) -> int:
    if arguments.item is not None:
        return packs_show.show_item(shelf, arguments.name, arguments.item)
    return packs_show.show_pack(shelf, arguments.name, as_json=arguments.json)


def _check(shelf: Shelf, arguments: argparse.Namespace) -> int:
    return packs_check.check_packs(shelf, arguments.names, as_json=arguments.json)


def _import(shelf: Shelf, arguments: argparse.Namespace) -> int:
    request = packs_import.ImportRequest(
        path=arguments.file,
        title=arguments.title,
        target=arguments.to,
        sheet=arguments.sheet,
        leaves_out_faulty=arguments.leave_out_faulty,
        may_replace=arguments.force,
        as_json=arguments.json,
    )
    return packs_import.import_pack(shelf, request)


def _export(shelf: Shelf, arguments: argparse.Namespace) -> int:
    return packs_export.export_to(
        shelf,
        arguments.name,
        ExportForm(arguments.form),
        arguments.output,
        may_replace=arguments.force,
    )


def _build(shelf: Shelf, arguments: argparse.Namespace) -> int:
    request = packs_build.BuildRequest(
        name=arguments.name,
        seed=arguments.seed,
        language=arguments.language,
        target=arguments.to or "",
        may_replace=arguments.force,
    )
    return packs_build.build_pack(shelf, request)


def _finish(parser: argparse.ArgumentParser, action: Action) -> None:
    parser.set_defaults(run=run, action=action)
