"""`large-enough models`: shows which models there are, and fetches those of the catalogue."""

import argparse
from collections.abc import Mapping
from pathlib import Path

from large_enough.catalog.catalogue import read_catalogue
from large_enough.cli import exit_codes, models_fit, models_get, models_list, models_pairs
from large_enough.comparison.model_search import ModelSearch
from large_enough.resources.locate import catalogue_path
from large_enough.resources.paths import user_folders
from large_enough.wording.translate import _


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command, its two actions and their options."""
    parser = commands.add_parser(
        "models", help=_("show the models that are here, and fetch some that are not")
    )
    actions = parser.add_subparsers(title=_("actions"), required=True, metavar=_("ACTION"))
    _add_list(actions)
    _add_get(actions)
    models_fit.add_parser(actions)
    models_pairs.add_parser(actions)


def run(arguments: argparse.Namespace, environ: Mapping[str, str]) -> int:
    """Run one action.

    Returns:
        0; 1 if a model could not be fetched; 2 if there is no such model; 130 after Ctrl-C.
    """
    folders = user_folders(environ)
    entries = read_catalogue(catalogue_path())
    search = ModelSearch.for_user(environ, folders, entries, arguments.models_dir)
    if arguments.action == "list":
        models_list.show_models(search, entries, as_json=arguments.json)
        return exit_codes.DONE
    request = models_get.GetRequest(
        ids=tuple(arguments.ids),
        wants_all=arguments.all,
        folder=search.models_folder,
        cache=folders.cache,
    )
    return models_get.get_models(request, entries, environ)


def _add_list(actions: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = actions.add_parser(
        "list",
        help=_("show the models that are here and those of the catalogue"),
        description=_(
            "Shows the models in the models folder and those that other programs keep on this "
            "disk, and those that can be fetched."
        ),
    )
    parser.add_argument("--json", action="store_true", help=_("print all that is known as JSON"))
    _add_folder(parser)
    parser.set_defaults(run=run, action="list")


def _add_get(actions: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = actions.add_parser(
        "get",
        help=_("fetch models of the catalogue"),
        description=_(
            "Fetches models of the catalogue into the models folder, and verifies them. It says "
            "first what it fetches, from where and how much. A fetch that is interrupted goes on "
            "where it stopped when the same command is given again."
        ),
    )
    parser.add_argument(
        "ids",
        nargs="*",
        metavar="ID",
        help=_("as “large-enough models list” shows it (default: the starter pair)"),
    )
    parser.add_argument("--all", action="store_true", help=_("fetch the whole catalogue"))
    _add_folder(parser)
    parser.set_defaults(run=run, action="get")


def _add_folder(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--models-dir", type=Path, metavar=_("FOLDER"), help=_("use this models folder")
    )
