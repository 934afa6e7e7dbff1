"""`large-enough models`: shows, fetches, adds, verifies and removes models."""

import argparse
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import get_args

from large_enough.catalog.added import Manner
from large_enough.catalog.catalogue import Domain
from large_enough.cli import (
    exit_codes,
    hub_choice,
    models_add,
    models_get,
    models_list,
    models_remove,
    models_show,
    models_verify,
)
from large_enough.cli.models_room import ModelsRoom
from large_enough.cli.wanted_kind import WantedKind
from large_enough.wording.translate import _


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command, its actions and their options."""
    parser = commands.add_parser("models", help=_("show, fetch, add, verify and remove models"))
    actions = parser.add_subparsers(title=_("actions"), required=True, metavar=_("ACTION"))
    for add_action in (_add_list, _add_show, _add_get, _add_add, _add_verify, _add_remove):
        add_action(actions)


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
        room.folder,
        room.entries,
        as_json=arguments.json,
        added=room.settings.added_models,
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


def _add_list(actions: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = actions.add_parser(
        "list",
        help=_("show the models that are here and those of the catalogue"),
        description=_("Shows the models in the models folder, and those that can be fetched."),
    )
    _add_json(parser)
    parser.add_argument(
        "--family",
        default="",
        metavar=_("FAMILY"),
        help=_("only models of this family, such as qwen3"),
    )
    parser.add_argument(
        "--domain",
        default="",
        choices=get_args(Domain),
        help=_("only models of the catalogue that are meant for this"),
    )
    _finish(parser, _list)


def _add_show(actions: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = actions.add_parser(
        "show",
        help=_("show what is known about one model"),
        description=_("Shows what is known about one model that is here, or in the catalogue."),
    )
    parser.add_argument("name", metavar="NAME", help=_("id, file, or a part of the name"))
    parser.add_argument(
        "--sha256", action="store_true", help=_("compute the checksum of its file, too")
    )
    _add_json(parser)
    _finish(parser, _show)


def _add_get(actions: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = actions.add_parser(
        "get",
        help=_("fetch models of the catalogue or of Hugging Face"),
        description=_(
            "Fetches models into the models folder, and verifies them. It says first what it "
            "fetches, from where and how much. A fetch that is interrupted goes on where it "
            "stopped when the same command is given again."
        ),
    )
    parser.add_argument(
        "ids",
        nargs="*",
        metavar="ID",
        help=_(
            "as “large-enough models list” shows it, or OWNER/REPO[:FILE] on Hugging Face, where "
            "FILE can be a quantisation such as Q4_K_M (default: the starter pair)"
        ),
    )
    parser.add_argument("--all", action="store_true", help=_("fetch the whole catalogue"))
    parser.add_argument(
        "--hub",
        metavar=_("ADDRESS"),
        help=_("fetch through this mirror of Hugging Face (also: HF_ENDPOINT)"),
    )
    _finish(parser, _get)


def _add_add(actions: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = actions.add_parser(
        "add",
        help=_("list model files that lie elsewhere"),
        description=_(
            "Lists GGUF files, or folders that hold some, from now on. They stay where they are, "
            "unless a link or a copy in the models folder is asked for."
        ),
    )
    parser.add_argument("paths", nargs="+", type=Path, metavar=_("FILE"), help=_("file or folder"))
    manner = parser.add_mutually_exclusive_group()
    for option, value, text in (
        ("--link", Manner.LINK, _("make a link in the models folder")),
        ("--copy", Manner.COPY, _("copy it into the models folder")),
    ):
        manner.add_argument(option, dest="manner", action="store_const", const=value, help=text)
    parser.set_defaults(manner=Manner.PATH)
    _finish(parser, _add)


def _add_verify(actions: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = actions.add_parser(
        "verify",
        help=_("compare model files with their checksums"),
        description=_(
            "Reads model files and compares their SHA-256 with that of the catalogue, or with the "
            "one that was noted when they were fetched."
        ),
    )
    parser.add_argument("names", nargs="*", metavar="NAME", help=_("default: all that are here"))
    _add_json(parser)
    _finish(parser, _verify)


def _add_remove(actions: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = actions.add_parser(
        "remove",
        help=_("remove models that were fetched"),
        description=_(
            "Removes models that Large Enough has fetched into the models folder, after a "
            "question. Of models that were added, the path is forgotten and the file stays."
        ),
    )
    parser.add_argument("names", nargs="+", metavar="NAME", help=_("id, file, or part of a name"))
    parser.add_argument("--yes", action="store_true", help=_("remove without a question"))
    _finish(parser, _remove)


def _add_json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help=_("print all that is known as JSON"))


def _finish(
    parser: argparse.ArgumentParser, action: Callable[[ModelsRoom, argparse.Namespace], int]
) -> None:
    """Add what all actions have."""
    parser.add_argument(
        "--models-dir", type=Path, metavar=_("FOLDER"), help=_("use this models folder")
    )
    parser.set_defaults(run=run, action=action)
