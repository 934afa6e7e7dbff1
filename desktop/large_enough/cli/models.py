"""`large-enough models`: shows, fetches, adds, verifies, removes and quantises models."""

import argparse
import contextlib
from collections.abc import Callable, Mapping
from pathlib import Path

from large_enough.cli import (
    exit_codes,
    hub_choice,
    models_add,
    models_fit,
    models_get,
    models_list,
    models_pairs,
    models_quantize,
    models_remove,
    models_show,
    models_verify,
)
from large_enough.cli.models_arguments import (
    adding_parser,
    get_parser,
    list_parser,
    quantize_parser,
    remove_parser,
    show_parser,
    verify_parser,
)
from large_enough.cli.models_room import ModelsRoom
from large_enough.cli.wanted_kind import WantedKind
from large_enough.comparison.workbench import Workbench
from large_enough.wording.translate import _


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command, its actions and their options."""
    parser = commands.add_parser(
        "models", help=_("show, fetch, add, verify, remove and quantise models")
    )
    actions = parser.add_subparsers(title=_("actions"), required=True, metavar=_("ACTION"))
    _finish(list_parser(actions), _list)
    _finish(show_parser(actions), _show)
    _finish(get_parser(actions), _get)
    _finish(adding_parser(actions), _add)
    _finish(verify_parser(actions), _verify)
    _finish(remove_parser(actions), _remove)
    _finish(quantize_parser(actions), _quantize)
    models_fit.add_parser(actions)
    models_pairs.add_parser(actions)


def run(arguments: argparse.Namespace, environ: Mapping[str, str]) -> int:
    """Run one action.

    Returns:
        0; 1 if something could not be done; 2 if there is no such model; 130 after Ctrl-C.
    """
    room = ModelsRoom.for_user(environ, arguments.models_dir)
    action: Callable[[ModelsRoom, argparse.Namespace], int] = arguments.action
    return action(room, arguments)


def _list(room: ModelsRoom, arguments: argparse.Namespace) -> int:
    models_list.show_models(
        room.search,
        room.entries,
        as_json=arguments.json,
        kind=WantedKind(arguments.family, arguments.domain),
    )
    return exit_codes.DONE


def _show(room: ModelsRoom, arguments: argparse.Namespace) -> int:
    return models_show.show_model(
        room, arguments.name, as_json=arguments.json, wants_sha256=arguments.sha256
    )


def _get(room: ModelsRoom, arguments: argparse.Namespace) -> int:
    request = models_get.GetRequest(
        ids=tuple(arguments.ids),
        wants_all=arguments.all,
        folder=room.folder,
        cache=room.folders.cache,
        hub=arguments.hub,
        hub_setting=room.settings.hub_address,
        chooser=hub_choice.chooser(),
    )
    return models_get.get_models(request, room.entries, room.environ)


def _add(room: ModelsRoom, arguments: argparse.Namespace) -> int:
    return models_add.add_models(room, arguments.paths, arguments.manner)


def _verify(room: ModelsRoom, arguments: argparse.Namespace) -> int:
    return models_verify.verify_models(room, arguments.names, as_json=arguments.json)


def _remove(room: ModelsRoom, arguments: argparse.Namespace) -> int:
    return models_remove.remove_models(room, arguments.names, is_sure=arguments.yes)


def _quantize(room: ModelsRoom, arguments: argparse.Namespace) -> int:
    request = models_quantize.QuantiseRequest(
        model=arguments.model,
        type_names=tuple(arguments.types),
        may_replace=arguments.force,
        as_json=arguments.json,
    )
    with contextlib.closing(Workbench.for_user(room.environ, arguments.models_dir)) as workbench:
        return models_quantize.quantise_model(request, workbench)


def _finish(
    parser: argparse.ArgumentParser, action: Callable[[ModelsRoom, argparse.Namespace], int]
) -> None:
    """Add what all actions have."""
    parser.add_argument(
        "--models-dir", type=Path, metavar=_("FOLDER"), help=_("use this models folder")
    )
    parser.set_defaults(run=run, action=action)
