"""`large-enough models`: shows which models there are, fetches some, makes smaller copies."""

import argparse
import contextlib
from collections.abc import Mapping
from pathlib import Path

from large_enough.catalog.catalogue import read_catalogue
from large_enough.cli import (
    exit_codes,
    models_fit,
    models_get,
    models_list,
    models_pairs,
    models_quantize,
)
from large_enough.comparison.model_search import ModelSearch
from large_enough.comparison.workbench import Workbench
from large_enough.gguf.mixtures import QUANTISE_TYPES
from large_enough.resources.locate import catalogue_path
from large_enough.resources.paths import user_folders
from large_enough.wording.translate import _


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command, its actions and their options."""
    parser = commands.add_parser(
        "models", help=_("show the models that are here, fetch others, make smaller copies")
    )
    actions = parser.add_subparsers(title=_("actions"), required=True, metavar=_("ACTION"))
    _add_list(actions)
    _add_get(actions)
    models_fit.add_parser(actions)
    models_pairs.add_parser(actions)
    _add_quantize(actions)


def run(arguments: argparse.Namespace, environ: Mapping[str, str]) -> int:
    """Run one action.

    Returns:
        0; 1 if a model could not be fetched or made; 2 if there is no such model; 130 after
        Ctrl-C.
    """
    if arguments.action == "quantize":
        return _quantize(arguments, environ)
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


def _quantize(arguments: argparse.Namespace, environ: Mapping[str, str]) -> int:
    request = models_quantize.QuantiseRequest(
        model=arguments.model,
        type_names=tuple(arguments.types),
        may_replace=arguments.force,
        as_json=arguments.json,
    )
    with contextlib.closing(Workbench.for_user(environ, arguments.models_dir)) as workbench:
        return models_quantize.quantise_model(request, workbench)


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


def _add_quantize(actions: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = actions.add_parser(
        "quantize",
        aliases=["quantise"],
        help=_("make smaller copies of a model"),
        description=_(
            "Makes quantised copies of a model in the models folder, each with a name of its own. "
            "It says first how large they will be and what speaks against them. The original stays "
            "as it is."
        ),
    )
    parser.add_argument(
        "model",
        metavar=_("MODEL"),
        help=_("a catalogue id, a file, or a unique part of a model's name"),
    )
    parser.add_argument(
        "types",
        nargs="+",
        metavar=_("TYPE"),
        help=_("one or more of {types}").format(types=", ".join(QUANTISE_TYPES)),
    )
    parser.add_argument(
        "--force", action="store_true", help=_("replace copies that are there already")
    )
    parser.add_argument("--json", action="store_true", help=_("print what was made as JSON"))
    _add_folder(parser)
    parser.set_defaults(run=run, action="quantize")


def _add_folder(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--models-dir", type=Path, metavar=_("FOLDER"), help=_("use this models folder")
    )
