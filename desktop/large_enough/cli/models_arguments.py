"""Declares the options of the actions of `large-enough models`."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from large_enough.catalog.added import Manner
from large_enough.catalog.catalogue import Domain
from large_enough.gguf.mixtures import QUANTISE_TYPES
from large_enough.wording.translate import _

if TYPE_CHECKING:
    Actions = argparse._SubParsersAction[argparse.ArgumentParser]


def list_parser(actions: "Actions") -> argparse.ArgumentParser:
    """Add `list`: what is here, and what could be."""
    parser = actions.add_parser(
        "list",
        help=_("show the models that are here and those of the catalogue"),
        description=_(
            "Shows the models in the models folder and those that other programs keep on this "
            "disk, and those that can be fetched."
        ),
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
    return parser


def show_parser(actions: "Actions") -> argparse.ArgumentParser:
    """Add `show`: one model in words."""
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
    return parser


def get_parser(actions: "Actions") -> argparse.ArgumentParser:
    """Add `get`: fetching."""
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
    return parser


def adding_parser(actions: "Actions") -> argparse.ArgumentParser:
    """Add `add`: files from elsewhere."""
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
    return parser


def verify_parser(actions: "Actions") -> argparse.ArgumentParser:
    """Add `verify`: comparing checksums."""
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
    return parser


def remove_parser(actions: "Actions") -> argparse.ArgumentParser:
    """Add `remove`: giving disk space back."""
    parser = actions.add_parser(
        "remove",
        help=_("remove models that were fetched"),
        description=_(
            "Removes models that Large Enough has fetched into the models folder, after a "
            "question. Of models that were added, the path is forgotten and the file stays."
        ),
    )
    parser.add_argument(
        "names", nargs="+", metavar="NAME", help=_("id, file, or a part of the name")
    )
    parser.add_argument("--yes", action="store_true", help=_("remove without a question"))
    return parser


def quantize_parser(actions: "Actions") -> argparse.ArgumentParser:
    """Add `quantize`: making smaller copies."""
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
    return parser


def _add_json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help=_("print all that is known as JSON"))
